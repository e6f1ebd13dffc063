"""Computes for ever when it is asked for its rules."""

from __future__ import annotations

from followup.api import hookimpl


@hookimpl
def register_rules() -> object:
    while True:
        pass
