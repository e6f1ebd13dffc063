"""The dialog that asks for a password, which nobody sees (design, section 10)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.content import Content

from followup.domain.errors import InputError
from followup.domain.secret import Secret
from followup.ui.screens.fields import Field, LineInput
from followup.ui.screens.form import Form, title


class SecretField(Field[Secret]):
    """A line that shows a dot for each character."""

    def make_input(self, value: str) -> LineInput:
        """Return the widget to type into."""
        return LineInput(value, "kept until you leave, in no file", password=True, compact=True)

    def read(self, text: str) -> Secret:
        """Return what was typed, every character of it."""
        if not text:
            raise InputError("type it, or press escape")
        return Secret(text)


class SecretScreen(Form[Secret]):
    """Asks for what a channel needs to be let in; it is kept until the program ends."""

    def __init__(self, question: str) -> None:
        """Take what to ask for."""
        super().__init__()
        self.question = question
        self.typed = SecretField("Unseen")

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title(self.question)

    def fields(self) -> Iterable[Field[Any]]:
        """Return the one field."""
        return (self.typed,)

    def result(self) -> Secret:
        """Return what was typed."""
        return self.typed.value
