"""Text from outside on its way to a screen: cleaned, and never read as markup (section 10)."""

from __future__ import annotations

from textual.content import Content

from followup.domain.text import clean, clean_page

QUIET = "$quiet"
FAINT = "$faint"


def line(text: str, style: str = "") -> Content:
    """Return text as one line of literal content, in a style of theme tokens."""
    return Content.styled(clean(text), style)


def page(text: str, style: str = "") -> Content:
    """Return text as literal content of several lines, in a style of theme tokens."""
    return Content.styled(clean_page(text), style)


def row(*parts: Content, between: str = "  ") -> Content:
    """Return the parts that are not empty beside each other."""
    return Content(between).join([part for part in parts if part.plain])


def lines(*parts: Content) -> Content:
    """Return the parts that are not empty below each other."""
    return Content("\n").join([part for part in parts if part.plain])
