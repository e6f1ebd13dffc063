"""Prints at import and when it is asked."""

from __future__ import annotations

from followup.api import hookimpl

print("\x1b[2Jhello from an import")  # noqa: T201


@hookimpl
def register_badges() -> object:
    print("hello from a hook")  # noqa: T201
    return []
