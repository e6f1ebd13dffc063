"""What mails made likely, and the user has to say: one key agrees, one says no."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from followup.domain.application import Application
from followup.domain.events import Interview
from followup.domain.mailbox import Suggestion
from followup.domain.telling import told_moment
from followup.tracker import Tracker
from followup.ui.deeds import dialog
from followup.ui.desk import Desk
from followup.ui.fitting import fit, legible
from followup.ui.screens import plain
from followup.ui.screens.form import STYLES
from followup.ui.screens.key_line import KeyLine
from followup.ui.widgets.listing import Listing
from followup.ui.writes import Write

_KIND = 12  # cells of what it is
_WHOSE = 28  # cells of an application


class Offer(Struct, frozen=True):
    """A suggestion, and one of the applications that it may be about."""

    suggestion: Suggestion
    application: Application


class RepliesScreen(Screen[None]):
    """Lists what is to be confirmed, and shows the mail at the cursor."""

    CSS_PATH = STYLES
    AUTO_FOCUS = "Listing"
    DEFAULT_CSS = """
    RepliesScreen #replies-heading { padding: 1 2; }
    RepliesScreen Listing {
        height: auto;
        max-height: 50%;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    RepliesScreen #mail { height: 1fr; padding: 1 2; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "agree", "That is so", id="replies.agree"),
        Binding("enter", "agree", show=False, priority=True),
        Binding("n", "drop", "It is not", id="replies.drop"),
        Binding("j", "move(1)", "Down", id="replies.down"),
        Binding("k", "move(-1)", "Up", id="replies.up"),
        Binding("escape,q,M", "leave", "Back", id="replies.leave"),
    ]

    def __init__(self, tracker: Tracker, desk: Desk) -> None:
        """Take where the suggestions are; they are listed once the screen is mounted."""
        super().__init__()
        self._tracker = tracker
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Lay the list out above the mail at the cursor."""
        yield Static(plain.line("To be confirmed", "bold"), id="replies-heading")
        yield Listing[Offer]()
        with VerticalScroll(id="mail", can_focus=False):
            yield Static(plain.line("One moment", plain.QUIET))
        yield KeyLine("replies.agree", "replies.drop", "replies.leave")

    def on_mount(self) -> None:
        """List what there is."""
        self.run_worker(self._list(), name="list")

    async def _list(self) -> None:
        offers = await asyncio.to_thread(self._read)
        if not self.display:  # neither while the screen is being taken away
            return
        row = self._listing.highlighted or 0
        self._listing.show((_row(offer), offer) for offer in offers)
        self._listing.highlighted = min(row, len(offers) - 1) if offers else None
        self._tell()

    def _read(self) -> list[Offer]:
        known = self._tracker.repository.get
        return [
            Offer(suggestion, application)
            for suggestion in self._tracker.hearing.suggestions()
            for id_ in suggestion.applications
            if (application := known(id_))
        ]

    @property
    def _listing(self) -> Listing[Offer]:
        return self.query_one(Listing)

    @property
    def _offer(self) -> Offer | None:
        return self._listing.item

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        """Show the mail at the cursor."""
        offer = self._offer
        told = _told(offer, self._tracker.zone) if offer else plain.line("Nothing", plain.QUIET)
        self.query_one("#mail Static", Static).update(told)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._listing.move(rows)

    def action_agree(self) -> None:
        """Store what the suggestion says; of an interview, ask first when it is."""
        offer = self._offer
        if offer is None or not self._may_change():
            return
        hearing = self._tracker.hearing
        is_booked = hearing.interviews_of(offer.suggestion, offer.application.id)
        if offer.suggestion.is_invitation and not is_booked:
            card = self._tracker.card_of(offer.application)
            question: Screen[Any] = dialog("interview:InterviewScreen")(card, self._tracker)
            self.app.push_screen(question, partial(self._booked, offer))
        else:
            self._accept(offer)

    def _booked(self, offer: Offer, interview: Interview | None) -> None:
        if interview:
            self._accept(offer, interview)

    def _accept(self, offer: Offer, *more: Interview) -> None:
        self._write(
            lambda: self._tracker.hearing.accept(
                offer.suggestion.number, offer.application.id, *more
            )
        )

    def action_drop(self) -> None:
        """Ask no more about the suggestion."""
        offer = self._offer
        if offer and self._may_change():
            self._write(lambda: self._tracker.hearing.dismiss(offer.suggestion.number))

    def _may_change(self) -> bool:
        if not self._desk.can_change:
            self._desk.say("Nothing can be changed now", "warning")
        return self._desk.can_change

    def _write(self, job: Callable[[], object]) -> None:
        def done(_given: object) -> None:
            self.run_worker(self._list(), name="list")

        def refused(fault: Exception) -> None:
            self._desk.say(str(fault), "warning")
            self.run_worker(self._list(), name="list")

        self._desk.writes.put(Write(job, done, refused))

    def action_leave(self) -> None:
        """Go back to the board."""
        self.dismiss()


def _row(offer: Offer) -> Content:
    application = offer.application
    return Content.assemble(
        fit(offer.suggestion.question.removeprefix("a ").removeprefix("an "), _KIND),
        "  ",
        fit(legible(f"{application.company}, {application.role}"), _WHOSE),
        "  ",
        (legible(offer.suggestion.sender), plain.QUIET),
    )


def _told(offer: Offer, zone: str) -> Content:
    suggestion = offer.suggestion
    head = plain.lines(
        plain.line(suggestion.subject or "no subject", "bold"),
        plain.line(f"{suggestion.sender}, {told_moment(suggestion.at, zone)}", plain.QUIET),
    )
    parts = (head, plain.page(suggestion.excerpt), plain.line(_outcome(suggestion), plain.QUIET))
    return Content("\n\n").join([part for part in parts if part.plain])


def _outcome(suggestion: Suggestion) -> str:
    """Return what comes of it where the user agrees."""
    if suggestion.closes:
        return "If that is so, the application is closed as rejected."
    if suggestion.is_invitation:
        return "If that is so, say when the interview is."
    if suggestion.came_back:
        return "If that is so, your message counts as not sent."
    return "If that is so, they have answered, and nothing more is to be sent."
