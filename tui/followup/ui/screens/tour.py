"""A short tour of the board: a few cards that point at what is seen, and listen to the keys."""

from __future__ import annotations

from collections.abc import Callable
from string import Template
from typing import ClassVar

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from followup.ui.keys import BOARD_KEYS
from followup.ui.screens import plain
from followup.ui.screens.board_view import BoardView
from followup.ui.shown import Cursor
from followup.ui.widgets.header import Header
from followup.ui.widgets.lanes import Lanes
from followup.ui.widgets.why import Why

_LOOK_EVERY = 0.1  # seconds between looks at what the user has done


class Stop(Struct, frozen=True):
    """One card of the tour: what it says, what it points at, and what it waits for.

    ``$day`` in its words is the key that is bound to ``board.day``. ``done`` tells
    whether the user has tried it; without it the next card is asked for by key.
    """

    title: str
    words: str
    at: type[Widget]
    done: Callable[[Tour], bool] | None = None


def _opened(name: str) -> Callable[[Tour], bool]:
    """Return what tells whether a screen of a class has been opened, and left again."""

    def done(tour: Tour) -> bool:
        return name in tour.opened and tour.board.is_current

    return done


STOPS = (
    Stop(
        "The board",
        "Every application stands in the column of what it waits for. It moves there by itself: "
        "look around with the arrow keys.",
        Lanes,
        lambda tour: tour.board.cursor != tour.cursor,
    ),
    Stop(
        "What to do now",
        "The line on top always answers that, and names what opens next.",
        Header,
    ),
    Stop(
        "Why this date",
        "The strip below says why the card in hand stands where it does. $details opens all of "
        "it: the timeline, the people, your notes.",
        Why,
        _opened("DetailsScreen"),
    ),
    Stop(
        "Time moves cards",
        "Press $day to look a day ahead, or $week a week.",
        Lanes,
        lambda tour: tour.board.time.is_turned,
    ),
    Stop(
        "A preview",
        "That is the board as it will be; nothing can be changed in it. $now comes back to now.",
        Header,
        lambda tour: tour.was_turned and not tour.board.time.is_turned,
    ),
    Stop(
        "Following up",
        "$compose writes the next message: two sentences, not before 48 hours, no ultimatum. "
        "Have a look; esc leaves it unsent.",
        Lanes,
        _opened("ComposeScreen"),
    ),
    Stop(
        "What happened",
        "Log what happens and the dates follow: $interview an interview, $reply an answer, "
        "$promise a promise; $undo takes it back. $today lists the day, $help every key.",
        Why,
    ),
)


class Tour(Widget, can_focus=True):
    """Shows one card at a time above the strip; all keys of the board go on working."""

    DEFAULT_CSS = """
    Tour {
        height: auto;
        min-height: 4;
        padding: 0 2;
        background: $surface;
        border-top: solid $accent;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn(1)", "Next", id="tour.next"),
        Binding("backspace", "turn(-1)", "Back", id="tour.back"),
        Binding("escape", "leave", "Leave", id="tour.leave"),
    ]

    def __init__(self, board: BoardView) -> None:
        """Begin at the first card."""
        super().__init__()
        self.board: BoardView = board
        self.number = 0
        self._begin_card()

    def _begin_card(self) -> None:
        """Take note of how things stand, to tell later what the user has done."""
        self.cursor: Cursor | None = self.board.cursor
        self.was_turned: bool = self.board.time.is_turned
        self.opened: frozenset[str] = frozenset()

    @classmethod
    def begin(cls, board: BoardView) -> None:
        """Take somebody who looks at a board on the tour, unless they are on it."""
        if not board.query(cls):
            tour = cls(board)
            board.mount(tour, before=board.query_one(Why))
            tour.focus()

    @property
    def stop(self) -> Stop:
        """The card that is shown."""
        return STOPS[self.number]

    def on_mount(self) -> None:
        """Point at the first thing, and listen."""
        self._point()
        self.app.screen_change_signal.subscribe(self, self._note_screen, immediate=True)
        self.set_interval(_LOOK_EVERY, self.look)

    def _note_screen(self, screen: Screen[object]) -> None:
        self.opened |= {type(screen).__name__}

    def look(self) -> None:
        """Go on where the user has done what the card speaks of."""
        if self.board.is_current and self.board.focused is None:
            self.focus()
        if self.stop.done and self.stop.done(self):
            self.action_turn(1)

    def render(self) -> Content:
        """Return the card, and how to go on."""
        keys, stop = self._keys(), self.stop
        words = Template(stop.words).safe_substitute(keys)
        told = (("next", "next"), ("back", "back"), ("leave", "leave"))
        how = Content("   ").join([_key(keys[name], word) for name, word in told])
        arrow = "↓" if stop.at is Why else "↑"
        return plain.lines(
            plain.row(
                plain.line(f"{arrow} {stop.title}", "bold $accent"),
                plain.line(f"{self.number + 1} of {len(STOPS)}", plain.QUIET),
                how,
            ),
            plain.line(words),
        )

    def _keys(self) -> dict[str, str]:
        """Return the first key of each binding as it is bound, by the last part of its id."""
        keymap = self.board.tracker.config.keys
        bindings = (one for one in (*BOARD_KEYS, *self.BINDINGS) if isinstance(one, Binding))
        names = {str(binding.id): binding for binding in bindings}
        first = {name: keymap.get(name, one.key).split(",")[0] for name, one in names.items()}
        return {
            name.partition(".")[2]: self.app.get_key_display(one.with_key(first[name]))
            for name, one in names.items()
        }

    def action_turn(self, cards: int) -> None:
        """Go to the next card (1) or to the one before (-1); behind the last one it ends."""
        number = max(0, self.number + cards)
        if number >= len(STOPS):
            self.action_leave()
            return
        self._unpoint()
        self.number = number
        self._begin_card()
        self._point()
        self.refresh()

    def action_leave(self) -> None:
        """Leave the tour where it is."""
        self._unpoint()
        self.remove()

    def _point(self) -> None:
        self.board.query_one(self.stop.at).add_class("-pointed")

    def _unpoint(self) -> None:
        self.board.query(".-pointed").remove_class("-pointed")


def _key(key: str, word: str) -> Content:
    return Content.assemble((key, "bold $accent"), " ", (word, plain.QUIET))
