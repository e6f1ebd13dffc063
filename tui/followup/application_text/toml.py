"""Values written as TOML, so that nothing in them can be taken for anything else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit


def toml(value: Any) -> str:
    """Return a value as TOML has it; text of several lines keeps them."""
    is_page = isinstance(value, str) and "\n" in value
    item = tomlkit.string(value, multiline=True) if is_page else tomlkit.item(value)
    written: str = item.as_string()
    # A line break after the quotes is no part of the text; tomlkit adds it where it has to.
    needs_break = is_page and not value.startswith("\n")
    return written.replace('"""', '"""\n', 1) if needs_break else written


def block(name: str, fields: Mapping[str, Any]) -> str:
    """Return a block of an array of tables, one field a line."""
    lines = (f"{field} = {toml(value)}\n" for field, value in fields.items())
    return f"[[{name}]]\n{''.join(lines)}"
