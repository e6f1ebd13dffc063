"""The user's own editor, for a text that is easier to write there."""

from __future__ import annotations

from followup.editing import Page


def edit_text(text: str) -> str:
    """Open a text in ``$VISUAL`` or ``$EDITOR`` and return it as it was saved.

    Takes the terminal until the editor ends. Raises ``RefusedError`` where there is no such
    editor or it fails; the text is unharmed then.
    """
    page = Page(text, ".txt")
    edited = page.edit(lambda typed: typed)
    page.drop()
    return edited
