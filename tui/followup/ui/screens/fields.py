"""The fields of a form: a label, what is typed, and below it what was understood."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from followup.domain.application import Contact
from followup.domain.errors import InputError
from followup.domain.hygiene import checked_contact, checked_url
from followup.domain.text import clean, clean_page, harmless
from followup.ui.screens import plain
from followup.ui.screens.page import Page

Value = TypeVar("Value")


class LineInput(Input):
    """An input of one line into which nothing can be pasted that a terminal would obey."""

    def _on_paste(self, event: events.Paste) -> None:
        event.text = harmless(event.text).strip("\n")


class PageInput(Page):
    """An input of several lines; ctrl+j breaks the line, because enter submits the form."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+j", "break_line", show=False)]

    @property
    def value(self) -> str:
        """What was typed, as an ``Input`` calls it."""
        return self.text

    def action_break_line(self) -> None:
        """Start a new line at the cursor."""
        self.insert("\n")


class Field(Widget, Generic[Value]):
    """One thing that a form asks for.

    ``hint`` stands in it while nothing is typed. ``problem`` is what is wrong with the
    text, empty where nothing is; it is shown in full colour once the form was submitted.
    """

    def __init__(self, label: str, value: str = "", *, hint: str = "") -> None:
        """Set the field up; ``value`` is cleaned and can be edited."""
        super().__init__()
        self.label = label
        self.hint = hint
        self.problem = ""
        self.input = self.make_input(value)

    def make_input(self, value: str) -> LineInput | PageInput:
        """Return the widget to type into."""
        return LineInput(clean(value), self.hint, compact=True)

    def read(self, text: str) -> Value:
        """Return what the text means; raise ``InputError`` in words where it means nothing."""
        raise NotImplementedError

    def echo(self, value: Value) -> str:
        """Return how the value was understood, where that is worth saying."""
        return ""

    @property
    def text(self) -> str:
        """What stands in the field, as it was typed."""
        return self.input.value

    @property
    def value(self) -> Value:
        """What the text means; raises ``InputError`` where it means nothing."""
        return self.read(self.text)

    def compose(self) -> ComposeResult:
        """Lay the field out."""
        yield Static(plain.line(self.label), classes="field-label")
        yield self.input
        yield Static(classes="field-said")

    def on_mount(self) -> None:
        """Say what the initial value means."""
        self.say()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def on_typed(self) -> None:
        """Follow what is typed."""
        self.say()

    def on_descendant_focus(self) -> None:
        """Light the label up."""
        self.add_class("-in-hand")

    def on_descendant_blur(self) -> None:
        """Let the label step back."""
        self.remove_class("-in-hand")

    def say(self) -> None:
        """Show below the field what was understood, or what is wrong."""
        try:
            understood, self.problem = self.echo(self.value), ""
        except InputError as fault:
            understood, self.problem = "", str(fault)
        if not self.problem:
            self.remove_class("-refused")
        said = (self.problem or understood) if self.text else ""
        if self.has_class("-refused"):
            said = f"✗ {self.problem}"
        self.query_one(".field-said", Static).update(plain.line(said))

    def check(self) -> bool:
        """Tell whether the field can be submitted, and say plainly where it can't."""
        self.say()
        self.set_class(bool(self.problem), "-refused")
        self.say()
        return not self.problem


class TextField(Field[str]):
    """A line of text; ``needed`` says in words why it cannot be empty, where it can't."""

    def __init__(self, label: str, value: str = "", *, hint: str = "", needed: str = "") -> None:
        """Set the field up."""
        super().__init__(label, value, hint=hint)
        self.needed = needed

    def read(self, text: str) -> str:
        """Return the clean text."""
        text = self.tidy(text)
        if self.needed and not text:
            raise InputError(self.needed)
        return text

    def tidy(self, text: str) -> str:
        """Return the text fit to be kept."""
        return clean(text)


class PageField(TextField):
    """Text of several lines."""

    def make_input(self, value: str) -> PageInput:
        """Return the widget to type into."""
        return PageInput(
            clean_page(value),
            placeholder=Content(self.hint),
            compact=True,
            highlight_cursor_line=False,
        )

    def tidy(self, text: str) -> str:
        """Return the text fit to be kept, its lines as they are."""
        return clean_page(text)


class EmailField(Field[str]):
    """An e-mail address."""

    def read(self, text: str) -> str:
        """Return the clean address."""
        return checked_contact(Contact(email=text)).email


class WebField(Field[str]):
    """A web address; ``https://`` need not be typed."""

    def read(self, text: str) -> str:
        """Return the clean address with its scheme."""
        text = clean(text)
        return checked_url(text if "://" in text or not text else f"https://{text}")

    def echo(self, value: str) -> str:
        """Return the address where a scheme was put before it."""
        return value if value != clean(self.text) else ""


class TagsField(Field[tuple[str, ...]]):
    """Tags, with commas between them."""

    def read(self, text: str) -> tuple[str, ...]:
        """Return the clean tags, each once."""
        return tuple(dict.fromkeys(tag for tag in map(clean, text.split(",")) if tag))
