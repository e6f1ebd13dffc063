"""Every key of every screen does something: a walk for each place that has keys of its own.

A walk presses keys and waits for what each brings about. It is not over until every key that
its class binds was pressed where it applied; a class that binds keys and has no walk is found.
"""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest
from msgspec import Struct
from textual.binding import Binding
from textual.dom import DOMNode

from followup import handoff, ui
from followup.ui.screens.choices import Choices
from followup.ui.screens.fields import PageInput
from scenes import Scene
from studio import Sitting, sitting

Effect = Callable[[Sitting], Any]

# The import dialogs need files to press their keys on.
ELSEWHERE = {"CompanyColumnScreen", "DateOrderScreen", "FieldScreen", "ImportScreen", "WhoseScreen"}


def sees(words: str) -> Effect:
    """The words stand on the screen."""
    return lambda model: words in model.page


def lacks(words: str) -> Effect:
    return lambda model: words not in model.page


def opens(name: str) -> Effect:
    """A screen of that class lies on top."""
    return lambda model: type(model.app.screen).__name__ == name


def says(words: str) -> Effect:
    """A notification has the words."""
    return lambda model: any(words in said.message for said in model.app._notifications)


def on(company: str) -> Effect:
    """The cursor of the board is on the card of a company."""
    return sees(f"\n  {company}  ")


def focuses(place: str) -> Effect:
    """What matches a selector has the focus."""
    return lambda model: model.app.focused in list(model.app.screen.query(place))


def highlights(row: int) -> Effect:
    """That row of the choices is the one in hand."""
    return lambda model: model.app.screen.query_one(Choices).highlighted == row


def reads(text: str) -> Effect:
    """That stands in the field of several lines."""
    return lambda model: model.app.screen.query_one(PageInput).text == text


def asks_for(label: str) -> Effect:
    """The field of a form with that label has the focus."""
    return lambda model: model.app.focused.parent.label == label  # type: ignore[union-attr]


def ends(model: Sitting) -> bool:
    """The program leaves."""
    return not model.app.is_running or model.app._exit


BACK = ("escape", opens("BoardScreen"))


class Walk(Struct, frozen=True):
    """What is pressed in a place, and what each key brings about.

    The keys that are pressed ``elsewhere`` need more than the demo.
    """

    start: tuple[str, ...]
    steps: tuple[tuple[str, Effect], ...]
    is_empty: bool = False
    elsewhere: frozenset[str] = frozenset()


BOARD = Walk(
    (),
    (
        ("left", on("Soylent")), ("right", on("Initech")),
        ("h", on("Soylent")), ("l", on("Initech")),
        ("down", on("Weyland-Yutani")), ("up", on("Initech")), ("j", on("Weyland-Yutani")),
        ("k", on("Initech")), ("G", on("Tyrell")), ("g", on("Initech")), ("end", on("Tyrell")),
        ("home", on("Initech")),
        ("f", opens("ComposeScreen")), BACK, ("i", opens("InterviewScreen")), BACK,
        ("p", opens("PromiseScreen")), BACK, ("r", opens("ReplyScreen")), BACK,
        ("o", opens("OutcomeScreen")), BACK, ("s", opens("SnoozeScreen")), BACK,
        ("n", opens("NoteScreen")), BACK, ("number_sign", opens("TagsScreen")), BACK,
        ("y", opens("PolicyScreen")), BACK, ("H", says("")), ("L", opens("ComposeScreen")), BACK,
        ("a", opens("AddScreen")), BACK, ("I", opens("ImportScreen")), BACK,
        ("e", opens("EditScreen")), BACK, ("delete", opens("ConfirmScreen")), BACK,
        ("x", opens("ConfirmScreen")),
        ("y", lacks("Initech")), ("u", on("Initech")), ("ctrl+r", lacks("Initech  ")),
        ("u", on("Initech")),
        ("w", opens("SweepScreen")), BACK, ("v", sees("1 selected")), ("escape", lacks("selected")),
        ("space", sees("1 selected")), ("C", sees("4 selected")), ("A", sees("19 selected")),
        ("escape", lacks("selected")), ("enter", opens("DetailsScreen")), BACK,
        ("slash", sees("search")), ("escape", lacks("search")), ("O", sees("company")),
        ("V", opens("ViewsScreen")), BACK, ("t", opens("TodayScreen")), BACK,
        ("M", opens("RepliesScreen")), BACK, ("S", opens("StatisticsScreen")), BACK,
        ("P", opens("PluginsScreen")), BACK, ("question_mark", opens("HelpScreen")), BACK,
        ("right_square_bracket", sees("1 day ahead")), ("left_square_bracket", lacks("PREVIEW")),
        ("right_curly_bracket", sees("7 days ahead")), ("left_curly_bracket", lacks("PREVIEW")),
        ("at", opens("GoToScreen")), BACK, ("right_square_bracket", sees("PREVIEW")),
        ("0", lacks("PREVIEW")), ("T", sees("1 of 7")), ("escape", lacks("1 of 7")), ("q", ends),
    ),
)  # fmt: skip

DETAILS = Walk(
    ("enter",),
    (
        ("j", focuses("LinkRow")), ("k", focuses("ContactRow")), ("down", focuses("LinkRow")),
        ("up", focuses("ContactRow")), ("l", focuses("FactRow")), ("h", focuses("ContactRow")),
        ("right", focuses("FactRow")), ("left", focuses("ContactRow")), ("G", focuses("Notes")),
        ("g", focuses("FactRow")), ("end", focuses("Notes")), ("home", focuses("FactRow")),
        ("pagedown", sees("Timeline")), ("pageup", sees("People")), ("space", sees("Timeline")),
        ("f", opens("ComposeScreen")), ("escape", opens("DetailsScreen")),
        ("i", opens("InterviewScreen")), ("escape", opens("DetailsScreen")),
        ("p", opens("PromiseScreen")), ("escape", opens("DetailsScreen")),
        ("r", opens("ReplyScreen")), ("enter", sees("Replied")), ("u", sees("Follow up")),
        ("ctrl+r", sees("Replied")), ("u", sees("Follow up")),
        ("o", opens("OutcomeScreen")), ("escape", opens("DetailsScreen")),
        ("s", opens("SnoozeScreen")), ("escape", opens("DetailsScreen")),
        ("n", opens("NoteScreen")), ("escape", opens("DetailsScreen")),
        ("h", focuses("ContactRow")),
        ("e", opens("EditScreen")), ("escape", opens("DetailsScreen")),
        ("ctrl+e", says("No editor")), ("question_mark", opens("HelpScreen")),
        ("escape", opens("DetailsScreen")), ("escape", opens("BoardScreen")),
        ("enter", opens("DetailsScreen")), ("q", opens("BoardScreen")),
    ),
)  # fmt: skip

AGAIN = ("escape", opens("DetailsScreen"))
TODAY = ("escape", opens("TodayScreen"))
COMPOSE = ("escape", opens("ComposeScreen"))

WALKS: dict[str, Walk] = {
    "BoardScreen": BOARD,
    "DetailsScreen": DETAILS,
    "FirstRun": Walk((), (
        ("a", opens("AddScreen")), BACK, ("i", opens("ImportScreen")), BACK,
        ("d", says("followup demo")), ("t", says("followup demo")),
    ), is_empty=True),
    "Form": Walk(("a",), (
        ("tab", asks_for("Role")), ("shift+tab", asks_for("Company")),
        ("down", asks_for("Role")), ("up", asks_for("Company")),
        ("pagedown", sees("Interview")), ("pageup", sees("Company")),
        ("enter", opens("AddScreen")), BACK,
    )),
    "EditScreen": Walk(("e",), (("ctrl+e", says("No editor")),)),
    "GoToScreen": Walk(("at", *"fri"), (("enter", sees("PREVIEW")),)),
    "OverrideScreen": Walk(("left", "f", "ctrl+s", *"why"), (("enter", lacks("advised against")),)),
    "Choices": Walk(("o",), (
        ("j", highlights(1)),
        ("k", highlights(0)),
    )),
    "PageInput": Walk(("n", "a"), (("ctrl+j", reads("a\n")),)),
    "ConfirmScreen": Walk(("x",), (
        ("n", opens("BoardScreen")), ("x", opens("ConfirmScreen")), BACK,
        ("x", opens("ConfirmScreen")), ("y", lacks("Initech")),
    )),
    "PreviewScreen": Walk(("f", "ctrl+o"), (
        ("j", sees("Initech")), ("k", sees("Initech")), ("down", sees("Initech")),
        ("up", sees("Initech")), COMPOSE, ("ctrl+o", opens("PreviewScreen")),
        ("ctrl+o", opens("ComposeScreen")), ("ctrl+o", opens("PreviewScreen")),
        ("q", opens("ComposeScreen")),
    )),
    "ComposeScreen": Walk(("left", "f"), (
        ("ctrl+t", sees("template 2 of")), ("ctrl+n", sees("draft file")),
        ("ctrl+e", says("No editor")),
        ("ctrl+o", opens("PreviewScreen")), COMPOSE, ("ctrl+s", opens("OverrideScreen")), COMPOSE,
        ("ctrl+r", opens("BoardScreen")), ("f", opens("ComposeScreen")), BACK,
    )),
    "HelpScreen": Walk(("question_mark",), (
        ("j", sees("Keys")), ("k", sees("First card")), ("down", sees("Keys")),
        ("up", sees("First card")), BACK, ("question_mark", opens("HelpScreen")),
        ("q", opens("BoardScreen")), ("question_mark", opens("HelpScreen")),
        ("question_mark", opens("BoardScreen")),
    )),
    "StatisticsScreen": Walk(("S",), (
        ("G", sees("No figure is made")), ("g", sees("Replies by channel")), ("j", sees("How")),
        ("k", sees("Replies by channel")), ("question_mark", opens("HelpScreen")),
        ("escape", opens("StatisticsScreen")), BACK, ("S", opens("StatisticsScreen")),
        ("q", opens("BoardScreen")), ("S", opens("StatisticsScreen")), ("S", opens("BoardScreen")),
    )),
    "TodayScreen": Walk(("t",), (
        ("j", on("Weyland-Yutani")), ("k", on("Initech")),
        ("f", opens("ComposeScreen")), TODAY, ("enter", opens("ComposeScreen")), TODAY,
        ("i", opens("InterviewScreen")), TODAY, ("p", opens("PromiseScreen")), TODAY,
        ("r", opens("ReplyScreen")), TODAY, ("o", opens("OutcomeScreen")), TODAY,
        ("s", opens("SnoozeScreen")), TODAY, ("n", opens("NoteScreen")), TODAY,
        ("e", opens("EditScreen")), TODAY, BACK, ("t", opens("TodayScreen")),
        ("q", opens("BoardScreen")), ("t", opens("TodayScreen")), ("t", opens("BoardScreen")),
    )),
    "SweepScreen": Walk(("w",), (
        ("j", on("Oscorp")), ("k", on("Oscorp")), ("space", sees("0 to close")),
        ("space", sees("1 to close")), BACK, ("w", opens("SweepScreen")),
        ("q", opens("BoardScreen")),
        ("w", opens("SweepScreen")), ("w", opens("BoardScreen")), ("w", sees("1 to close")),
        ("enter", opens("BoardScreen")),
    )),
    "ViewsScreen": Walk(("V",), (
        BACK, ("V", opens("ViewsScreen")), ("q", opens("BoardScreen")), ("V", opens("ViewsScreen")),
        ("V", opens("BoardScreen")), ("V", opens("ViewsScreen")), ("enter", sees("is:overdue")),
        ("V", opens("ViewsScreen")), ("s", opens("ViewNameScreen")), BACK,
        ("V", opens("ViewsScreen")), ("x", opens("BoardScreen")), ("V", opens("ViewsScreen")),
        ("delete", opens("BoardScreen")),
    )),
    "RepliesScreen": Walk(("M",), (
        ("j", sees("unfortunately")), ("k", sees("last interview")), BACK,
        ("M", opens("RepliesScreen")), ("q", opens("BoardScreen")), ("M", opens("RepliesScreen")),
        ("M", opens("BoardScreen")), ("M", sees("last interview")),
        ("enter", opens("InterviewScreen")), ("escape", opens("RepliesScreen")),
        ("n", sees("unfortunately")), ("y", sees("Nothing")),
    )),
    "PluginsScreen": Walk(("P",), (
        ("j", sees("email  1.0")), ("k", sees("patient  1.0")), BACK, ("P", opens("PluginsScreen")),
        ("q", opens("BoardScreen")), ("P", opens("PluginsScreen")), ("P", opens("BoardScreen")),
    ), elsewhere=frozenset({"d", "e", "t", "enter"})),  # test_board_plugins.py
    "Tour": Walk(("T",), (
        ("space", sees("2 of 7")), ("backspace", sees("1 of 7")), ("escape", lacks("1 of 7")),
    )),
    "Search": Walk(("slash", *"tag:pyth"), (
        ("tab", sees("tag:python")), ("down", sees("Northwind")), ("up", sees("Northwind")),
        ("enter", sees("4 of 19")), ("slash", sees("search")), ("escape", lacks("4 of 19")),
    )),
    "Notes": Walk(("enter", "tab", "tab"), (("enter", opens("EditScreen")),)),
    "ContactRow": Walk(("slash", *"globex", "enter", "enter"), (
        ("y", says("Copied dana@globex")), ("w", opens("ComposeScreen")), AGAIN,
        ("enter", opens("ComposeScreen")), AGAIN,
        ("c", lambda _: "tel:+12025550106" in opened),
        ("b", lambda _: "https://linkedin.example/in/dana-lee" in opened),
        ("j", sees("Hank")), ("m", sees("Write to   Hank Scorpio")),
    )),
    "LinkRow": Walk(("enter", "j"), (
        ("y", says("Copied https://initech")), ("b", lambda _: len(opened) == 1),
        ("enter", lambda _: len(opened) == 2),
    )),
    "FactRow": Walk(("enter", "l"), (
        ("e", opens("FactScreen")), AGAIN, ("enter", opens("FactScreen")), AGAIN,
        ("delete", says("Removed: ")), ("u", sees("applied  ")), ("x", lacks("applied  ")),
    )),
}  # fmt: skip

opened: list[str] = []


@pytest.fixture(autouse=True)
def nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    opened.clear()
    monkeypatch.setattr(handoff, "open_url", opened.append)


def bound(kind: type[DOMNode]) -> set[str]:
    """The keys that a class binds itself."""
    own = kind.__dict__.get("BINDINGS", ())
    return {binding.key for binding in Binding.make_bindings(own)}


def binders() -> dict[str, type[DOMNode]]:
    """Every class of the screens that binds keys, by name."""
    modules = pkgutil.walk_packages(ui.__path__, "followup.ui.")
    return {
        kind.__name__: kind
        for module in map(importlib.import_module, (module.name for module in modules))
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__ and bound(kind)
    }


def test_every_place_that_has_keys_is_walked() -> None:
    assert set(binders()) - ELSEWHERE == set(WALKS)


@pytest.mark.parametrize("name", WALKS)
async def test_every_key_does_what_it_says(name: str) -> None:
    walk, kind = WALKS[name], binders()[name]
    pressed: set[str] = set()
    async with sitting(Scene(name, "", walk.start, walk.is_empty), (120, 40)) as model:
        for number, (key, effect) in enumerate(walk.steps):
            if any(isinstance(node, kind) for node, _ in model.app.screen._modal_binding_chain):
                pressed.add(key)
            await model.pilot.press(key)
            try:
                async with asyncio.timeout(5):
                    while not effect(model):
                        await model.pilot.pause()
            except TimeoutError:
                pytest.fail(f"step {number}, {key}:\n{model.page}")
    assert bound(kind) - pressed == walk.elsewhere


async def test_the_arrows_go_through_the_fields_of_a_form_that_scrolls() -> None:
    async with sitting(Scene("edit", "Company", ("e",)), (80, 24)) as model:
        assert asks_for("Company")(model)
        await model.pilot.press("down")
        assert asks_for("Role")(model)
