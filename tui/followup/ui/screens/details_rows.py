"""The rows of the details that something can be done with; each has its own keys."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from followup.domain.application import Contact
from followup.domain.events import AnyEvent
from followup.domain.text import clean
from followup.ui.links import call_to, mail_to, open_link


class Row(Horizontal):
    """A label, and beside it what is known."""

    def __init__(self, label: Content, known: Content) -> None:
        """Take what is shown."""
        super().__init__()
        self._label = label
        self._known = known

    def compose(self) -> ComposeResult:
        """Lay the row out."""
        yield Static(self._label, classes="label")
        yield Static(self._known, classes="known")


class ActiveRow(Row, can_focus=True):
    """A row that takes the cursor, and with it the keys."""

    async def on_click(self, event: events.Click) -> None:
        """Do on a double click what enter does."""
        if event.chain == 2:
            await self.run_action(self.main_action)

    main_action: ClassVar[str] = ""

    def copy(self, text: str) -> None:
        """Put a text on the clipboard, and say so."""
        self.app.copy_to_clipboard(clean(text))
        self.notify(f"Copied {clean(text)}", markup=False)


class ContactRow(ActiveRow):
    """Somebody to reach; ``is_first`` is the one that follow-ups are written to."""

    main_action = "write"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w,enter", "write", "Write", id="details.write"),
        Binding("c", "call", "Call", id="details.call"),
        Binding("b", "open", "LinkedIn", id="details.open"),
        Binding("y", "copy", "Copy", id="details.copy", tooltip="Copy the address"),
        Binding(
            "m", "screen.put_first", "Put first", id="details.first", tooltip="Write to them first"
        ),
    ]

    def __init__(self, label: Content, known: Content, contact: Contact, is_first: bool) -> None:
        """Take the contact, and what is shown of them."""
        super().__init__(label, known)
        self.contact = contact
        self.is_first = is_first

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the contact can be reached by."""
        contact = self.contact
        match action:
            case "write":
                return self.is_first or bool(contact.email)
            case "call":
                return bool(contact.phone)
            case "open":
                return bool(contact.linkedin)
            case _:
                return True

    async def action_write(self) -> None:
        """Write a follow-up to the first contact, or a mail of one's own to another."""
        if self.is_first:
            await self.run_action("screen.run('compose')")
        else:
            open_link(self, mail_to(self.contact.email))

    def action_call(self) -> None:
        """Call the contact, with the program that the system has for it."""
        open_link(self, call_to(self.contact.phone))

    def action_open(self) -> None:
        """Open the contact's page."""
        open_link(self, self.contact.linkedin)

    def action_copy(self) -> None:
        """Copy how the contact is reached best."""
        contact = self.contact
        self.copy(contact.email or contact.phone or contact.linkedin or contact.name)


class LinkRow(ActiveRow):
    """A page on the web."""

    main_action = "open"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b,enter", "open", "Open", id="details.open"),
        Binding("y", "copy", "Copy", id="details.copy", tooltip="Copy the address"),
    ]

    def __init__(self, label: Content, known: Content, url: str) -> None:
        """Take the address, and what is shown of it."""
        super().__init__(label, known)
        self.url = url

    def action_open(self) -> None:
        """Open the page in the browser."""
        open_link(self, self.url)

    def action_copy(self) -> None:
        """Copy the address."""
        self.copy(self.url)


class FactRow(ActiveRow):
    """A fact of the timeline, which can be put right or taken away."""

    main_action = "screen.correct"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "e,enter", main_action, "Correct", id="details.correct", tooltip="Correct the fact"
        ),
        Binding(
            "x,delete", "screen.take_away", "Remove", id="details.remove", tooltip="Remove the fact"
        ),
    ]

    def __init__(self, label: Content, known: Content, event: AnyEvent) -> None:
        """Take the fact, and what is shown of it."""
        super().__init__(label, known)
        self.event = event
