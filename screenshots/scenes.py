"""What there is to see of the program: one scene for each screen, and the keys that lead there."""

from __future__ import annotations

from msgspec import Struct


class Scene(Struct, frozen=True):
    """A screen by name: the keys to press on the board, and words that stand on it at last.

    ``is_empty`` where it is seen before there is any application.
    """

    name: str
    shows: str
    keys: tuple[str, ...] = ()
    is_empty: bool = False


def _typed(text: str) -> tuple[str, ...]:
    """Return a text as the keys that type it."""
    return tuple(text)


SCENES = (
    Scene("board", "Initech"),
    Scene("selecting", "selected", ("v", "down")),
    Scene("search", "tag:python", ("slash", *_typed("tag:python"))),
    Scene("travel", "7 days ahead", ("right_curly_bracket",)),
    Scene("details", "Timeline", ("enter",)),
    Scene("compose", "sentence", ("f",)),
    Scene("too-early", "sentence", ("left", "f")),
    Scene("preview", "Subject", ("f", "ctrl+o")),
    Scene("override", "advised against", ("left", "f", "ctrl+s")),
    Scene("add", "Company", ("a",)),
    Scene("edit", "Company", ("e",)),
    Scene("interview", "Interview", ("i",)),
    Scene("promise", "Promise", ("p",)),
    Scene("reply", "Reply", ("r",)),
    Scene("outcome", "Outcome", ("o",)),
    Scene("snooze", "Snooze", ("s",)),
    Scene("note", "Note", ("n",)),
    Scene("tags", "Tags", ("number_sign",)),
    Scene("policy", "patient", ("y",)),
    Scene("remove", "Remove", ("x",)),
    Scene("views", "to answer", ("V",)),
    Scene("go-to", "date", ("at",)),
    Scene("today", "Today", ("t",)),
    Scene("statistics", "Replies by channel", ("S",)),
    Scene("plugins", "patient", ("P",)),
    Scene("sweep", "Oscorp", ("w",)),
    Scene("replies", "Dana", ("M",)),
    Scene("help", "First card", ("question_mark",)),
    Scene(
        "palette",
        "Snooze",
        (
            "ctrl+p",
            *_typed(
                "sno",
            ),
        ),
    ),
    Scene("tour", "1 of 7", ("T",)),
    Scene("first-run", "demo", is_empty=True),
    Scene("import", "Kwik", ("I", *_typed("~/applications.csv"), "enter")),
)
