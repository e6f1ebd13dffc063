"""The keys of the board; each has an id by which the configuration can rebind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.binding import Binding

_RECORD = Binding.Group("What happened")
_CHANGE = Binding.Group("Changing")
_SELECT = Binding.Group("Many at once")
_MOVE = Binding.Group("Moving")
_LOOK = Binding.Group("Looking")
_TRAVEL = Binding.Group("Time travel")


def _key(
    keys: str, action: str, words: str, name: str, group: Binding.Group, tooltip: str = ""
) -> Binding:
    return Binding(keys, action, words, id=f"board.{name}", group=group, tooltip=tooltip)


BOARD_KEYS = [
    _key("left,h", "move(-1, 0)", "Left", "left", _MOVE),
    _key("right,l", "move(1, 0)", "Right", "right", _MOVE),
    _key("up,k", "move(0, -1)", "Up", "up", _MOVE),
    _key("down,j", "move(0, 1)", "Down", "down", _MOVE),
    _key("g,home", "edge(-1)", "First", "first", _MOVE, "First card of the column"),
    _key("G,end", "edge(1)", "Last", "last", _MOVE, "Last card of the column"),
    _key("f", "do('compose')", "Follow up", "compose", _RECORD, "Write a follow-up"),
    _key("i", "do('interview')", "Interview", "interview", _RECORD),
    _key("p", "do('promise')", "Promise", "promise", _RECORD, "They promised to decide"),
    _key("r", "do('reply')", "Reply", "reply", _RECORD, "They answered"),
    _key("o", "do('outcome')", "Outcome", "outcome", _RECORD, "How it ended, or reopen"),
    _key("s", "do('snooze')", "Snooze", "snooze", _RECORD, "Do not ask again before a date"),
    _key("n", "do('note')", "Note", "note", _RECORD),
    _key("number_sign", "do('tag')", "Tags", "tag", _CHANGE, "Put tags on, or take them off"),
    _key("y", "do('policy')", "Policy", "policy", _CHANGE, "Which policy makes the dates"),
    _key("H", "shift(-1)", "Move left", "move_left", _CHANGE, "Move the card a column back"),
    _key("L", "shift(1)", "Move right", "move_right", _CHANGE, "Move the card a column on"),
    _key("a", "add", "Add", "add", _CHANGE, "Add an application"),
    _key("I", "import", "Import", "import", _CHANGE, "Import a file, after a look at it"),
    _key("e", "do('edit')", "Edit", "edit", _CHANGE),
    _key("x,delete", "do('remove')", "Remove", "remove", _CHANGE),
    _key("w", "sweep", "Sweep", "sweep", _CHANGE, "Close what has gone quiet, after a look"),
    _key("u", "turn('undo')", "Undo", "undo", _CHANGE),
    _key("ctrl+r", "turn('redo')", "Redo", "redo", _CHANGE),
    _key("v", "select", "Select", "select", _SELECT, "Select a range from here, or end it"),
    _key("space", "mark", "Mark", "mark", _SELECT, "Select this card, or no more"),
    _key("C", "mark_column", "Column", "mark_column", _SELECT, "Select the column"),
    _key("A", "mark_all", "All", "mark_all", _SELECT, "Select all that is shown"),
    _key("enter", "details", "Details", "details", _LOOK, "Timeline, steps and why"),
    _key("slash", "search", "Search", "search", _LOOK, "Search as you type"),
    _key("O", "order", "Order", "order", _LOOK, "Sort the columns in the next way"),
    _key("V", "views", "Views", "views", _LOOK, "Show or keep what you often look for"),
    _key("escape", "back", "Back", "back", _LOOK, "Leave what is selected, found or previewed"),
    _key("t", "today", "Today", "today", _LOOK, "What to do now and next"),
    _key("M", "replies", "Mail", "replies", _LOOK, "What mail makes likely, to be confirmed"),
    _key("S", "statistics", "Statistics", "statistics", _LOOK, "Reply rates, funnel and weeks"),
    _key("P", "plugins", "Plugins", "plugins", _LOOK, "Plugins and their faults"),
    _key("T", "app.tour", "Tour", "tour", _LOOK, "A short tour of the board"),
    _key("question_mark", "help", "Keys", "help", _LOOK),
    _key("q", "app.quit", "Quit", "quit", _LOOK),
    _key("right_square_bracket", "travel(1)", "Look ahead", "day", _TRAVEL, "A day ahead"),
    _key("left_square_bracket", "travel(-1)", "Look back", "day_back", _TRAVEL, "A day back"),
    _key("right_curly_bracket", "travel(7)", "A week ahead", "week", _TRAVEL),
    _key("left_curly_bracket", "travel(-7)", "A week back", "week_back", _TRAVEL),
    _key("at", "go_to", "Go to date", "go_to", _TRAVEL, "To any date"),
    _key("0", "now", "Now", "now", _TRAVEL, "Back to now"),
]

# What the line of keys offers, the most useful first; what does not fit is under `?`.
BAR = (
    "board.compose",
    "board.interview",
    "board.reply",
    "board.outcome",
    "board.snooze",
    "board.add",
    "board.search",
    "board.day",
    "board.undo",
    "board.details",
    "board.select",
    "board.note",
    "board.help",
)
SELECT_BAR = (
    "board.outcome",
    "board.reply",
    "board.snooze",
    "board.tag",
    "board.note",
    "board.policy",
    "board.remove",
    "board.select",
    "board.mark",
    "board.mark_column",
    "board.mark_all",
    "board.back",
)
PREVIEW_BAR = (
    "board.now",
    "board.day",
    "board.day_back",
    "board.week",
    "board.week_back",
    "board.go_to",
    "board.details",
    "board.help",
)
SEARCH_BAR = (
    "search.keep",
    "search.complete",
    "search.up",
    "search.down",
    "search.close",
)
READ_ONLY_BAR = ("board.details", "board.search", "board.day", "board.quit", "board.help")
FIRST_BAR = ("first.add", "first.import", "first.demo", "first.tour", "board.quit", "board.help")


def is_offered(binding: Binding) -> bool:
    """Tell whether the palette offers what a key does: all of the board but moving about."""
    return str(binding.id).startswith("board.") and binding.group is not _MOVE


def mistakes(keymap: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with a keymap, by id of a binding, as far as the board goes.

    Ids of other screens are not looked at.
    """
    ours = {str(binding.id): binding for binding in BOARD_KEYS}
    for name in keymap:
        if name.startswith("board.") and name not in ours:
            yield f"[keys] of the configuration: no key is called {name}"
    owners: dict[str, str] = {}
    for name, binding in ours.items():
        wanted = binding.with_key(keymap.get(name, binding.key))
        for single in Binding.make_bindings([wanted]):
            owner = owners.setdefault(single.key, name)
            if owner != name:
                yield f"[keys] of the configuration: {owner} and {name} have the same key"
