"""The dialog that puts tags on applications and takes them off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual.content import Content

from followup.domain.board import Card
from followup.domain.errors import InputError
from followup.ui.fitting import legible
from followup.ui.screens.fields import Field, TagsField
from followup.ui.screens.form import Form, title
from followup.ui.together import Retagging


class RemovedTags(TagsField):
    """Tags to take off; those that are there stand in it as a hint."""

    def __init__(self, there: Sequence[str]) -> None:
        """Take the tags that there are."""
        super().__init__("Take off", hint=", ".join(map(legible, there)))
        self._there = there

    def read(self, text: str) -> tuple[str, ...]:
        """Return the tags; raise ``InputError`` for one that is not there."""
        tags = super().read(text)
        missing = next((tag for tag in tags if tag not in self._there), None)
        if missing is not None:
            raise InputError(f"nothing here is tagged {missing}")
        return tags


class TagsScreen(Form[Retagging]):
    """Asks which tags to put on and which to take off."""

    def __init__(self, card: Card, there: Sequence[str]) -> None:
        """Take a card that says what it is about, and the tags that there are."""
        super().__init__()
        self.card = card
        self.added = TagsField("Put on", hint="with commas between them")
        self.removed = RemovedTags(there)

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title("Tags", self.card)

    def fields(self) -> Iterable[Field[Any]]:
        """Return the fields."""
        return (self.added, self.removed)

    def result(self) -> Retagging:
        """Return what is to change."""
        retagging = Retagging(self.added.value, self.removed.value)
        if retagging == Retagging():
            raise InputError("name a tag, or press escape")
        return retagging
