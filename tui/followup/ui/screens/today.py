"""Today: what to do now and what comes next, in order, with one key to do each (section 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from msgspec import Struct
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.signal import Signal
from textual.widgets import OptionList, Static

from followup.domain.board import Board, Card
from followup.domain.stage import Stage
from followup.domain.wording import fact, span
from followup.tracker import Tracker
from followup.ui.account import account_of
from followup.ui.fitting import cut, fit, legible
from followup.ui.screens import plain
from followup.ui.screens.form import STYLES
from followup.ui.screens.key_line import KeyLine
from followup.ui.stage_style import colour, glyph
from followup.ui.widgets.listing import Listing
from followup.ui.widgets.why import Why

KEYS = (
    "board.compose",
    "board.reply",
    "board.snooze",
    "board.outcome",
    "board.note",
    "today.leave",
)
DIGITS = "123456789"
SHOWN_NEXT = 12
"""How many of what comes next are listed."""

_DIGIT, _STAGE = 2, 13  # cells of columns
_FACT = 24  # cells of the last column, at least
_NARROWEST, _WIDEST = 10, 30  # cells of a company and of a role
_MARGINS = 7  # cells beside the list and before the fact


class Agenda(Struct, frozen=True):
    """What a board asks for at a moment (UTC), most urgent first, and what it will ask for."""

    now: tuple[Card, ...]
    to_answer: tuple[Card, ...]
    next: tuple[Card, ...]

    @classmethod
    def of(cls, board: Board) -> Agenda:
        """Return the agenda of a board."""
        return cls(board.to_do(), board.column(Stage.REPLIED).cards, board.opening()[:SHOWN_NEXT])

    def section_of(self, card: Card) -> str:
        """Return the heading under which a card is listed, nothing where it is not."""
        listed = (heading for heading, cards in self.sections() if card.id in map(_id, cards))
        return next(listed, "")

    def sections(self) -> Iterator[tuple[str, tuple[Card, ...]]]:
        """Yield what there is, each with its heading."""
        sections = (
            ("Now", self.now),
            ("They answered: the ball is with you", self.to_answer),
            ("Next", self.next),
        )
        return (section for section in sections if section[1])


class TodayScreen(Screen[None]):
    """Lists the agenda of a board and follows it as it changes.

    ``newest`` returns the board of now, ``changed`` tells of every new one. ``ask`` opens the
    dialog of a deed for a card.
    """

    CSS_PATH = STYLES
    AUTO_FOCUS = "Listing"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "do('compose')", "Follow up", id="board.compose"),
        Binding("enter", "do('compose')", show=False, priority=True),
        Binding("i", "do('interview')", "Interview", id="board.interview"),
        Binding("p", "do('promise')", "Promise", id="board.promise"),
        Binding("r", "do('reply')", "Reply", id="board.reply"),
        Binding("o", "do('outcome')", "Outcome", id="board.outcome"),
        Binding("s", "do('snooze')", "Snooze", id="board.snooze"),
        Binding("n", "do('note')", "Note", id="board.note"),
        Binding("e", "do('edit')", "Edit", id="board.edit"),
        Binding("j", "move(1)", "Down", id="today.down"),
        Binding("k", "move(-1)", "Up", id="today.up"),
        Binding("escape,q,t", "leave", "Back", id="today.leave"),
    ]

    def __init__(
        self,
        newest: Callable[[], Board],
        tracker: Tracker,
        ask: Callable[[str, Card], None],
        changed: Signal[Board],
    ) -> None:
        """Take the board to begin with."""
        super().__init__()
        self._newest = newest
        self._board = newest()
        self._tracker = tracker
        self._ask = ask
        self._changed = changed

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield Static(id="today-heading")
        yield Listing[Card](id="today")
        yield Why()
        yield KeyLine(*KEYS)

    def on_mount(self) -> None:
        """Show the agenda, and follow the board."""
        self._changed.subscribe(self, self.follow)
        # Another one may have come since the screen was asked for.
        self.follow(self._newest())

    def on_resize(self) -> None:
        """Fit the rows to the width."""
        self.follow(self._board)

    def follow(self, board: Board) -> None:
        """Show the agenda of a board, the cursor on the card where it was, or on the next."""
        listing = self._listing
        before, row = self.card, listing.highlighted
        section = Agenda.of(self._board).section_of(before) if before else ""
        self._board = board
        agenda = Agenda.of(board)
        self.query_one("#today-heading", Static).update(_heading(agenda, board.now))
        listing.show(self._rows(agenda, board.now))
        places = [place for place, card in enumerate(listing.items) if card]
        # A card that was dealt with is not followed to where it waits now.
        stayed = before if before and agenda.section_of(before) == section else None
        same = (place for place in places if stayed and _id(listing.items[place]) == stayed.id)
        near = [place for place in places if row is not None and place <= row]
        listing.highlighted = next(same, near[-1] if near else places[0] if places else None)
        self._explain()

    def _rows(self, agenda: Agenda, now: datetime) -> Iterator[tuple[Content, Card | None]]:
        number = 0
        for heading, cards in agenda.sections():
            if number:
                yield Content(" "), None
            yield plain.line(heading, plain.QUIET), None
            for card in cards:
                digit = DIGITS[number] if number < len(DIGITS) else " "
                number += 1
                yield self._line(card, now, digit), card

    def _line(self, card: Card, now: datetime, digit: str) -> Content:
        application, hue = card.application, colour(card.stage)
        rest = self.size.width - _DIGIT - _STAGE - _MARGINS
        name = max(_NARROWEST, min(_WIDEST, (rest - _FACT) // 2))
        room = max(_NARROWEST, rest - 2 * name)
        told = fact(card, now, self._tracker.zone, room)
        return Content.assemble(
            Content.styled(f"{digit} ", "bold $accent"),
            Content.styled(fit(f"{glyph(card.stage)} {card.stage.label}", _STAGE), hue),
            Content.styled(fit(cut(legible(application.company), name - 1), name), "bold"),
            Content.styled(fit(legible(application.role), name), plain.QUIET),
            " ",
            Content.styled(fit(legible(told), room), hue),
        )

    @property
    def card(self) -> Card | None:
        """The card at the cursor."""
        return self._listing.item

    @property
    def _listing(self) -> Listing[Card]:
        return self.query_one(Listing)

    @on(OptionList.OptionHighlighted)
    def _explain(self) -> None:
        """Say below the list why the card at the cursor is on it."""
        card = self.card
        moment = self._board.now
        self.query_one(Why).account = account_of(card, self._tracker, moment) if card else None

    def on_key(self, event: events.Key) -> None:
        """Follow up on the card whose number it is."""
        if event.character and event.character in DIGITS:
            event.stop()
            cards = [card for card in self._listing.items if card]
            number = DIGITS.index(event.character)
            if number < len(cards):
                self._listing.highlighted = self._listing.items.index(cards[number])
                self.action_do("compose")

    def action_do(self, name: str) -> None:
        """Ask for something about the card at the cursor."""
        if self.card:
            self._ask(name, self.card)

    def action_move(self, rows: int) -> None:
        """Move the cursor by a row."""
        self._listing.move(rows)

    def action_leave(self) -> None:
        """Go back to the board."""
        self.dismiss(None)


def _id(card: Card | None) -> int | None:
    return card.id if card else None


def _heading(agenda: Agenda, now: datetime) -> Content:
    """Return what the day asks for in a few words, or when to come back."""
    to_do: Sequence[Card] = (*agenda.now, *agenda.to_answer)
    if to_do:
        words = "1 thing to do" if len(to_do) == 1 else f"{len(to_do)} things to do"
        return plain.row(plain.line("Today", "bold"), plain.line(words, colour(Stage.DUE)))
    if agenda.next:
        first = agenda.next[0]
        wait = span(first.standing.changes_at - now) if first.standing.changes_at else ""
        back = f"come back in {wait}, for {legible(first.application.company)}" if wait else ""
        nothing = plain.line("Nothing to do: that is how it should be", plain.QUIET)
        return plain.row(plain.line("Today", "bold"), nothing, plain.line(back))
    nothing = plain.line("Nothing to do, and nothing ahead: a on the board adds an application")
    return plain.row(plain.line("Today", "bold"), nothing)
