"""Gives things that are none."""

from __future__ import annotations

import itertools

from followup.api import hookimpl


class Nameless:
    title = "A command without a name"


class Empty:
    name = ""
    title = ""


class Evil:
    @property
    def name(self) -> str:
        raise ValueError("no name for you")


@hookimpl
def register_rules() -> object:
    return 7


@hookimpl
def register_channels() -> object:
    return "email"


@hookimpl
def register_policies() -> object:
    return None


@hookimpl
def register_commands() -> object:
    return [None, 3, [["list"], "of lists"], Nameless(), Empty(), Nameless]


@hookimpl
def register_badges() -> object:
    return [Evil(), object()]


@hookimpl
def register_importers() -> object:
    return ({} for _ in itertools.count())
