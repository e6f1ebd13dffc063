"""The line on top: what to do now, and the clock; or, unmistakably, that this is a preview."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from followup.domain import instants
from followup.domain.board import Board, Card, opens_at
from followup.domain.stage import Stage
from followup.domain.wording import DOUBT, span
from followup.ui.fitting import legible
from followup.ui.stage_style import colour


class Piece(Struct, frozen=True):
    """Some words of the header and their style, in theme tokens."""

    text: str
    style: str


class Tally(Struct, frozen=True):
    """What is counted of a board once, to be told at each look at the clock.

    ``doubts`` are the messages that are unconfirmed; ``soonest`` is the card to open next.
    """

    counts: dict[Stage, int] = {}
    doubts: int = 0
    soonest: Card | None = None

    @classmethod
    def of(cls, board: Board) -> Tally:
        """Count a board."""
        counts = {column.stage: len(column.cards) for column in board.columns}
        doubts = sum(card.unconfirmed is not None for card in board.cards())
        return cls(counts, doubts, board.next_to_open())


class Summary(Struct, frozen=True):
    """What the header says of a board: what calls for action first; and how many are open."""

    pieces: tuple[Piece, ...] = ()
    open: int | None = None

    @classmethod
    def ahead(cls, count: int) -> Summary:
        """Say of so many applications that they are not on the board yet."""
        return cls((Piece(f"sorting {count:,} applications", "$quiet"),))

    @classmethod
    def of(cls, tally: Tally, moment: datetime, *, then: bool = False) -> Summary:
        """Sum a board up at ``moment`` (UTC); ``then`` where it is not the present one."""
        counts, doubts, soonest = tally.counts, tally.doubts, tally.soonest
        due, calls, replied = (
            counts.get(stage, 0) for stage in (Stage.DUE, Stage.LAST_CALL, Stage.REPLIED)
        )
        now = "then" if then else "now"
        pieces = [Piece(f"{DOUBT} {doubts} unconfirmed", "bold $error")] if doubts else []
        if due:
            pieces.append(Piece(f"{due} to do {now}", f"bold {colour(Stage.DUE)}"))
        if calls:
            words = "1 last call" if calls == 1 else f"{calls} last calls"
            pieces.append(Piece(words, colour(Stage.LAST_CALL)))
        if replied:
            pieces.append(Piece(f"{replied} to answer", colour(Stage.REPLIED)))
        if not pieces:
            pieces.append(Piece(f"nothing to do {now}", "$quiet"))
        if soonest:
            company = legible(soonest.application.company)
            wait = span(opens_at(soonest) - moment)
            pieces.append(Piece(f"next opens in {wait} ({company})", "$quiet"))
        return cls(tuple(pieces), sum(counts.values()) - counts.get(Stage.CLOSED, 0))


class Header(Widget):
    """Answers "what do I do now?" in one line.

    ``away`` is how far a preview is from the present, in words, empty where it is none.
    ``read_only`` marks a board that cannot be changed. ``marks`` say how the board is
    narrowed or ordered, and what is selected; they give way to nothing.
    """

    ALLOW_SELECT = False

    summary: reactive[Summary] = reactive(Summary())
    moment: reactive[datetime | None] = reactive(None)
    away: reactive[str] = reactive("")
    read_only: reactive[bool] = reactive(False)
    marks: reactive[tuple[Piece, ...]] = reactive(())

    def __init__(self, zone: str) -> None:
        """Make a header whose clock shows the time of ``zone``."""
        super().__init__()
        self._zone = zone

    def watch_away(self, away: str) -> None:
        """Colour the whole line while time travels."""
        self.set_class(bool(away), "-preview")

    def render(self) -> Content:
        """Return the line: as many words as fit, the least pressing dropped first."""
        clock = Piece(instants.spoken(self.moment, self._zone) if self.moment else "", "$quiet")
        is_open = self.summary.open
        count = Piece("" if is_open is None else f"{is_open} open", "$quiet")
        if self.away:
            title = Piece(f"PREVIEW {self._dated()}", "bold $foreground")
            away = Piece(f"{self.away}, 0 goes back", "$foreground")
            return self._line(title, [count, away])
        title = Piece(self.screen.title or self.app.title, "bold $foreground")
        if self.read_only:
            clock = Piece(f"read-only, {self._dated()}", "bold $warning")
        return self._line(title, [count, clock])

    def _line(self, title: Piece, right: list[Piece]) -> Content:
        """Set pieces to the left and right; drop what does not fit, the least pressing first."""
        left, width = [title, *self.marks, *self.summary.pieces], self.size.width
        while _content(left, right, width).cell_length > width:
            if len(right) > 1:
                right = right[1:]
            elif len(left) > 1 + len(self.marks):
                left = left[:-1]
            elif right and self.marks:
                right = []
            else:
                break
        return _content(left, right, width).truncate(width, ellipsis=True)

    def _dated(self) -> str:
        """Return the moment with its year, which is not always the present one."""
        if self.moment is None:
            return ""
        day = instants.day_of(self.moment, self._zone)
        clock = instants.spoken(self.moment, self._zone)[-5:]
        return f"{instants.spoken_day(day)} {day.year} {clock}"


def _content(left: list[Piece], right: list[Piece], width: int) -> Content:
    title, *rest = (Content.styled(piece.text, piece.style) for piece in left)
    start = Content.assemble(title, "   ", Content.styled("  ·  ", "$quiet").join(rest))
    end = Content("   ").join([Content.styled(piece.text, piece.style) for piece in right])
    gap = max(3, width - start.cell_length - end.cell_length)
    return Content.assemble(start, " " * gap, end)
