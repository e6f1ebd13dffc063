"""Gives a thing that cannot even be shown, and raises an error that cannot either."""

from __future__ import annotations

from followup.api import hookimpl


class UnspeakableError(Exception):
    def __str__(self) -> str:
        raise RuntimeError("never say it")

    __repr__ = __str__


class Thing:
    code = UnspeakableError()

    def __repr__(self) -> str:
        raise UnspeakableError

    __str__ = __repr__


@hookimpl
def register_rules() -> object:
    return [Thing()]


@hookimpl
def register_badges() -> object:
    raise UnspeakableError
