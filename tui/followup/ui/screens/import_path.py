"""The path of a file to import: typed, pasted, dropped, or completed from what is there."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

from textual import on
from textual.suggester import Suggester, SuggestionReady
from textual.widgets import Static

from followup.domain.errors import InputError
from followup.domain.text import clean
from followup.ui.screens import plain
from followup.ui.screens.fields import Field, LineInput

_QUOTES = "'\""
_LIKELY = (".csv", ".tsv", ".ics", ".json", ".zip", "/")


class PathField(Field[Path]):
    """The path of a file; what is there is offered while typing, and ``tab`` takes it."""

    def make_input(self, value: str) -> LineInput:
        """Return an input that completes paths."""
        return LineInput(clean(value), self.hint, compact=True, suggester=PathSuggester())

    def read(self, text: str) -> Path:
        """Return the path; ``~`` is the home directory."""
        text = text.strip().strip(_QUOTES)
        if not text:
            raise InputError("name the file: its path, or drop it on the terminal")
        try:
            return Path(text).expanduser()
        except RuntimeError as fault:  # as pathlib says it
            raise InputError("there is no such user: write the path in full") from fault

    @on(SuggestionReady)
    def on_offered(self, event: SuggestionReady) -> None:
        """Name below a long path what is offered beyond the edge of the field."""
        if event.value == self.text != event.suggestion:
            name = Path(event.suggestion).name
            self.query_one(".field-said", Static).update(plain.line(f"tab completes {name}"))

    def complete(self) -> bool:
        """Take what is offered at the end of the path; tell whether there was something."""
        before = self.input.value
        if isinstance(self.input, LineInput):
            self.input.cursor_position = len(before)
            self.input.action_cursor_right()
        return self.input.value != before


class PathSuggester(Suggester):
    """Completes the last part of a path by the first name in its folder that fits."""

    def __init__(self) -> None:
        """Keep nothing: files come and go."""
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the path with its last part completed; a folder ends in a slash."""
        return await asyncio.to_thread(completed, value)


def completed(typed: str) -> str | None:
    """Return what was typed with its last part completed, none where nothing is there.

    A name that would look otherwise on the screen than it is, is not offered; nor is a hidden
    one before its dot was typed.
    """
    folder, begun = os.path.split(typed)
    if not typed:
        return None
    # Unlike that of a path, this one leaves what it does not know as it is.
    there = os.path.expanduser(folder or ".")  # noqa: PTH111
    name = min(_names(there, begun), key=_rank, default=None)
    return None if name is None else typed[: len(typed) - len(begun)] + name


def _rank(name: str) -> tuple[bool, str]:
    """Return how late a name is offered: what looks like an export, or a folder, is first."""
    return not name.casefold().endswith(_LIKELY), name


def _names(folder: str, begun: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                is_hidden = entry.name.startswith(".") and not begun
                if (
                    entry.name.startswith(begun)
                    and not is_hidden
                    and clean(entry.name) == entry.name
                ):
                    yield f"{entry.name}/" if entry.is_dir() else entry.name
    except (OSError, ValueError):
        return
