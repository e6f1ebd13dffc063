"""Texts that nobody may see (design, section 10)."""

from __future__ import annotations


class Secret:
    """A text that is masked wherever it is printed, logged or formatted."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "Secret(…)"

    def reveal(self) -> str:
        """Return the text itself; call it where it is used, and keep it in no variable."""
        return self._text
