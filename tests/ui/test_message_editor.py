"""The page a message is written on: what is kept as it was drawn is what would be drawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.text import Text
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widgets import TextArea

from followup.domain.message import Severity, Verdict
from followup.ui.screens.message_editor import MessageEditor

SENTENCE = "I would like to know how far you have come with the role. "
SIZE = (40, 12)  # at which the text of the test has a scroll bar now and then
Act = Callable[[MessageEditor], object]


class Alone(App[None]):
    """Nothing but the editor."""

    CSS = "MessageEditor > .message-editor--warn { text-style: underline; }"

    def compose(self) -> ComposeResult:
        """Show it."""
        yield MessageEditor("")


def rows(editor: MessageEditor, draw: Callable[[MessageEditor, int], Strip]) -> list[Strip]:
    """All rows, as they are drawn."""
    return [draw(editor, y) for y in range(editor.size.height)]


def mark(start: int, length: int) -> Act:
    span = (start, start + length)
    verdict = Verdict(code="x", severity=Severity.WARN, message="", span=span)
    return lambda editor: editor.mark([verdict])


LETTERS = st.text(st.sampled_from("ab é字 \n"), min_size=1, max_size=30)
ACTS = st.one_of(
    LETTERS.map(lambda text: lambda editor: editor.insert(text)),
    st.just(MessageEditor.action_delete_left),
    st.just(MessageEditor.action_cursor_up),
    st.just(MessageEditor.action_cursor_left),
    st.just(MessageEditor.action_cursor_line_start),
    st.just(lambda editor: editor.action_cursor_up(select=True)),
    st.just(lambda editor: editor.write("ab ab\n" * 3)),
    st.just(MessageEditor.action_undo),
    st.just(lambda editor: editor.scroll_to(y=2, animate=False)),
    st.builds(mark, st.integers(0, 210), st.integers(1, 40)),
)


@settings(deadline=None, max_examples=60)
@given(acts=st.lists(ACTS, max_size=12))
async def test_rows_that_are_kept_look_as_if_drawn_anew(acts: list[Act]) -> None:
    app = Alone()
    async with app.run_test(size=SIZE) as pilot:
        editor = app.query_one(MessageEditor)
        editor.write(f"{SENTENCE * 3}\n" + "ab ab\n" * 6)
        for act in acts:
            act(editor)
            await pilot.pause()
            kept = rows(editor, MessageEditor.render_line)
            editor.notify_style_update()
            assert kept == rows(editor, TextArea.render_line)


async def test_an_undo_that_takes_the_line_of_the_cursor_away_is_no_trouble() -> None:
    app = Alone()
    async with app.run_test(size=SIZE) as pilot:
        editor = app.query_one(MessageEditor)
        editor.insert("\n" * SIZE[1])  # so that a scroll bar comes, and goes again
        await pilot.pause()
        assert editor.show_vertical_scrollbar
        editor.action_undo()
        await pilot.pause()
        assert (editor.text, editor.cursor_location) == ("", (0, 0))


async def test_a_letter_draws_but_the_row_that_it_stands_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = Alone()
    async with app.run_test(size=SIZE) as pilot:
        editor = app.query_one(MessageEditor)
        editor.write(SENTENCE * 10)
        await pilot.pause()
        drawn: list[int] = []
        get_line = MessageEditor.get_line

        def count(editor: MessageEditor, line_index: int) -> Text:
            drawn.append(line_index)
            return get_line(editor, line_index)

        monkeypatch.setattr(MessageEditor, "get_line", count)
        await pilot.press("a", "b", "c")
        await pilot.pause()
        assert editor.text.endswith("abc")
        assert 0 < len(drawn) <= 2 * 3
