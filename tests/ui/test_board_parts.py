"""The parts of the board that need no screen: widths, texts, progress, colours."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.color import Color
from textual.theme import Theme

from builders import (
    DAY,
    HOUR,
    NOON,
    application,
    applied,
    interview,
    outcome,
    promise,
    reply,
    sent,
    snooze,
    standing,
)
from followup.domain.board import Card
from followup.domain.events import AnyEvent, Interview, Note
from followup.domain.stage import Stage
from followup.ui.account import Account
from followup.ui.arrangement import COLUMNS, FOLDED, NARROWEST, arranged
from followup.ui.face import face_of
from followup.ui.fitting import cut, fit, legible
from followup.ui.progress import progress
from followup.ui.stage_style import event_glyph, glyph, variable
from followup.ui.theme import DARK, LIGHT


def card(*events: AnyEvent, now: datetime = NOON) -> Card:
    return Card(application(*events), standing(*events, now=now))


# Columns


@given(st.integers(0, 400), st.integers(0, COLUMNS - 1), st.integers(0, COLUMNS - 1))
def test_the_cursors_column_stands_open_and_all_of_them_fit(
    width: int, cursor: int, first: int
) -> None:
    arrangement = arranged(width, cursor, first)
    shown = [index for index in range(COLUMNS) if arrangement.shows(index)]
    assert cursor in shown
    assert not arrangement.is_folded(cursor)
    taken = sum(FOLDED if arrangement.is_folded(index) else arrangement.pitch for index in shown)
    assert taken <= width
    assert shown == list(range(shown[0], shown[-1] + 1))
    if width >= NARROWEST:
        assert arrangement.pitch >= NARROWEST


@given(st.integers(NARROWEST, 120), st.integers(0, COLUMNS - 1), st.integers(0, COLUMNS - 1))
def test_the_columns_move_no_further_than_they_have_to(width: int, cursor: int, first: int) -> None:
    before = arranged(width, first, first)
    if before.shows(cursor):
        assert arranged(width, cursor, before.first).first == before.first


# Texts


@given(st.text(), st.integers(0, 60))
def test_text_is_made_to_fit_exactly(text: str, width: int) -> None:
    assert cell_len(fit(legible(text), width)) == width
    assert cell_len(cut(legible(text), width)) <= width


@given(st.text(max_size=20))
def test_text_that_fits_is_left_alone(text: str) -> None:
    assert cut(text, cell_len(text)) == text


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Platform Engineer", 15, "Platform Engin…"),
        ("Data Platform Engineer", 14, "Data Platform…"),
        ("株式会社", 7, "株式会…"),
        ("株式会社", 6, "株式…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
    ],
)
def test_text_is_cut_with_an_ellipsis(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


def test_glyphs_that_terminals_measure_differently_are_taken_apart() -> None:
    assert legible("👩\u200d💻 ❤\ufe0f") == "👩💻 ❤"


# Progress


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((interview(NOON),), 0.0),
        ((interview(NOON - 12 * HOUR),), 0.25),
        ((interview(NOON - 9 * DAY), sent(NOON - 3 * DAY)), 3 / 7),
        ((interview(NOON - 9 * DAY), sent(NOON - 3 * DAY), snooze(NOON, NOON + DAY)), 0.0),
        ((interview(NOON - 3 * DAY), snooze(NOON - DAY, NOON + DAY)), 0.5),
        ((applied(NOON - 3 * DAY),), None),
        ((interview(NOON + DAY),), None),
        ((interview(NOON - 3 * DAY),), None),
        ((outcome(NOON),), None),
        ((reply(NOON),), None),
    ],
)
def test_progress_is_shown_where_time_is_running(
    events: tuple[AnyEvent, ...], expected: float | None
) -> None:
    over = progress(card(*events), NOON)
    assert over == (None if expected is None else pytest.approx(expected))


def test_a_promise_runs_until_its_day_is_over() -> None:
    promised = card(promise(NOON - 12 * HOUR, NOON.date()))
    assert progress(promised, NOON) == pytest.approx(0.5)


@given(st.integers(-100, 100))
def test_progress_never_leaves_its_bounds(hours: int) -> None:
    over = progress(card(interview(NOON)), NOON + timedelta(hours=hours))
    assert over is None or 0 <= over <= 1


# Faces


@given(st.text(max_size=30), st.text(max_size=30), st.integers(1, 40))
def test_every_line_of_a_face_is_as_wide_as_the_card(company: str, role: str, width: int) -> None:
    events = (interview(NOON - 12 * HOUR),)
    one = Card(application(*events, company=company, role=role), standing(*events, now=NOON))
    face = face_of(one, NOON, "UTC", width)
    assert {cell_len(text) for text in (face.company, face.role, face.fact)} == {width}
    assert face.done is not None
    assert 0 <= face.done <= width


def test_only_what_is_to_be_done_is_pressing() -> None:
    assert face_of(card(interview(NOON - 3 * DAY)), NOON, "UTC", 15).is_pressing
    assert not face_of(card(interview(NOON - DAY)), NOON, "UTC", 15).is_pressing


# The account


def account(*events: AnyEvent, now: datetime = NOON) -> Account:
    return Account(card(*events, now=now), now, "UTC", "E-mail", "patient")


@pytest.mark.parametrize(
    ("events", "words"),
    [
        (
            (interview(NOON + DAY),),
            "Wed 11 Mar 11:00 to 12:00, then the follow-up opens Fri 13 Mar 12:00",
        ),
        (
            (interview(NOON - DAY),),
            "follow-up opens Wed 11 Mar 12:00, due Thu 12 Mar 12:00",
        ),
        (
            (interview(NOON - 9 * DAY), sent(NOON - 7 * DAY)),
            "check-in 1 of 2 opened Tue 10 Mar 12:00, due Wed 11 Mar 12:00",
        ),
        (
            (interview(NOON - 3 * DAY), snooze(NOON, NOON + DAY)),
            "snoozed until Wed 11 Mar 12:00,"
            " follow-up opened Mon 9 Mar 12:00, due Tue 10 Mar 12:00",
        ),
        ((reply(NOON - HOUR),), "they answered Tue 10 Mar 11:00: the ball is with you"),
        ((outcome(NOON - DAY),), "rejected on Mon 9 Mar"),
        ((outcome(NOON - 300 * DAY),), "rejected on Wed 14 May 2025"),
        ((applied(NOON - 30 * DAY), sent(NOON - 20 * DAY)), "no steps remain"),
    ],
)
def test_the_account_says_what_is_next(events: tuple[AnyEvent, ...], words: str) -> None:
    assert account(*events).what_next[0] == words


def test_an_interview_on_a_day_has_no_made_up_time() -> None:
    day = Interview(at=NOON + DAY, ends=NOON + DAY + 6 * HOUR, date_only=True)
    assert account(day).what_next[0].startswith("Wed 11 Mar, then")


@pytest.mark.parametrize(
    ("events", "words"),
    [
        (
            (interview(NOON - 3 * DAY),),
            ("why", "48 h after your interview ended Sat 7 Mar 12:00 (patient)"),
        ),
        ((outcome(NOON),), ("why", "you said so; o reopens it")),
        ((reply(NOON),), ("they said", "nothing that you wrote down")),
        (
            (applied(NOON - 30 * DAY), sent(NOON - 20 * DAY)),
            ("why", "patient foresees nothing more; o says how it ended"),
        ),
    ],
)
def test_the_account_says_why(events: tuple[AnyEvent, ...], words: tuple[str, str]) -> None:
    assert account(*events).why == words


def test_the_account_tells_the_timeline_in_glyphs() -> None:
    events = (
        applied(NOON - 400 * DAY),
        interview(NOON - 9 * DAY),
        interview(NOON - 8 * DAY, cancelled=True),
        sent(NOON - 7 * DAY, failed=True),
        promise(NOON - 6 * DAY, NOON.date()),
        Note(at=NOON - 5 * DAY, text="x"),
    )
    assert list(account(*events).timeline()) == [
        "○ applied 3 Feb 2025",
        "◷ interview 1 Mar",
        "◷ cancelled interview 2 Mar",
        "→ failed message 3 Mar",
        "◌ they decide by 10 Mar, said 4 Mar",
        "· note 5 Mar",
        "● follow-up open",
    ]


# Looks


def test_every_stage_and_event_has_a_glyph_of_one_cell() -> None:
    glyphs = [glyph(stage) for stage in Stage]
    assert len(set(glyphs)) == len(Stage)
    events: list[AnyEvent] = [applied(NOON), interview(NOON), sent(NOON), reply(NOON)]
    assert {cell_len(each) for each in (*glyphs, *map(event_glyph, events))} == {1}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_colours_can_be_read(theme: Theme) -> None:
    """Text needs a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3), on the board and when selected."""
    names = [*(variable(stage) for stage in Stage), "quiet"]
    texts = [theme.variables[name] for name in names] + [str(theme.foreground)]
    for ground in ("selected", "preview"):
        assert contrast(theme.variables[ground], str(theme.background)) > 1.1
    grounds = [str(theme.background), theme.variables["selected"], theme.variables["preview"]]
    for ground in grounds:
        for text in texts:
            assert contrast(text, ground) >= 4.5, (text, ground)


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in Color.parse(colour).rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
