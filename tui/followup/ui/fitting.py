"""Text made to fit cells: cleaned, cut with an ellipsis, measured as terminals measure it."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from followup.domain.text import clean

ELLIPSIS = "…"
# Terminals disagree about the width of glyphs that these join or restyle; without them
# every glyph stands alone and alignment holds.
_JOINERS = {ord(character): None for character in "\u200d\ufe0e\ufe0f"}


def legible(text: str) -> str:
    """Return text from outside as one clean line whose width terminals agree on."""
    return clean(text).translate(_JOINERS)


def cut(text: str, width: int) -> str:
    """Return the text in at most ``width`` cells, with an ellipsis where something is lost."""
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return ELLIPSIS[:width]
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def fit(text: str, width: int) -> str:
    """Return the text in exactly ``width`` cells, cut or filled up with spaces."""
    return set_cell_size(cut(text, width), max(0, width))
