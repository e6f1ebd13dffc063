"""Examples below the help of a command: how it is typed."""

from __future__ import annotations


def examples(*lines: str) -> str:
    """Return an epilog for a command that shows how it is typed."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))
