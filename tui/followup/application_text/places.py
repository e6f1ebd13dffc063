"""Where in a text of TOML a field stands, so that a mistake has a line."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]
"""The way to a field: ``("company",)``, or ``("contacts", 1, "email")`` in the second block."""

_BLOCK = re.compile(r"\s*\[\[\s*(\w+)\s*\]\]")
_FIELD = re.compile(r"""\s*["']?(?P<name>\w+)["']?\s*=\s*(?P<quotes>\"{3}|'{3})?(?P<rest>.*)""")


class Places:
    """The lines of fields and blocks in a text that is valid TOML, counted from 1."""

    def __init__(self, text: str) -> None:
        """Look through a text; what stands within a string of several lines is no field."""
        self._lines: dict[Path, int] = {}
        block: Path = ()
        counts: dict[str, int] = {}
        closing = ""
        for number, line in enumerate(text.split("\n"), start=1):
            if closing:
                closing = "" if closing in line else closing
            elif found := _BLOCK.match(line):
                name = found[1]
                block = (name, counts.get(name, 0))
                counts[name] = block[1] + 1
                self._lines[block] = number
            elif found := _FIELD.match(line):
                self._lines[(*block, found["name"])] = number
                quotes = found["quotes"] or ""
                closing = "" if quotes in found["rest"] else quotes

    def line(self, path: Path) -> int:
        """Return the line of a field, else of the block around it, else the first one."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return 1
