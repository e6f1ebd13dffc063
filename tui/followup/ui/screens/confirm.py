"""A question that is answered with one key."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from followup.ui.screens import plain
from followup.ui.screens.form import STYLES
from followup.ui.screens.key_line import KeyLine


class ConfirmScreen(ModalScreen[bool | None]):
    """Asks a question and dismisses with the answer, none where the user does not say."""

    CSS_PATH = STYLES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", id="confirm.yes"),
        Binding("n", "answer(False)", "No", id="confirm.no"),
        Binding("escape", "answer(None)", show=False, id="confirm.cancel"),
    ]

    def __init__(self, question: str, about: str = "") -> None:
        """Set the question up; ``about`` says in a sentence what it is about."""
        super().__init__()
        self.question = question
        self.about = about

    def compose(self) -> ComposeResult:
        """Lay the question out."""
        with Vertical(classes="dialog"):
            yield Static(plain.line(self.question, "bold"), classes="heading")
            if self.about:
                yield Static(plain.page(self.about, plain.QUIET), classes="about")
            with Vertical(classes="foot"):
                yield KeyLine("confirm.yes", "confirm.no")

    def action_answer(self, answer: bool | None) -> None:
        """Leave with the answer."""
        self.dismiss(answer)
