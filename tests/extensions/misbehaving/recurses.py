"""Calls itself for ever."""

from __future__ import annotations

from followup.api import hookimpl


@hookimpl
def register_rules() -> object:
    return register_rules()
