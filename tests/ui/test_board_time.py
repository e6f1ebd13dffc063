"""Cards move by the clock alone; time travels; nothing jumps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from builders import DAY, HOUR, NOON, HandClock, application, interview, sent
from followup.ui.watch import Watch
from followup.ui.widgets.brush import CARD_LINES
from followup.ui.widgets.column import Column
from ui_board import drawn_lines, running_board

MINUTE = timedelta(minutes=1)


async def test_a_card_moves_when_its_step_opens_and_not_before(tmp_path: Path) -> None:
    clock = HandClock(NOON + 48 * HOUR - MINUTE)
    async with running_board(tmp_path, application(interview(NOON)), clock=clock) as board:
        await board.pass_time(MINUTE - timedelta(seconds=1))
        assert board.column("cooling") == ["Globex"]
        await board.pass_time(timedelta(seconds=1))
        assert board.column("due") == ["Globex"]
        assert board.column("cooling") == []
        assert "1 to do now" in board.page


async def test_the_board_notices_by_itself(tmp_path: Path) -> None:
    clock = HandClock(NOON + 47 * HOUR)
    async with running_board(tmp_path, application(interview(NOON)), clock=clock) as board:
        clock.advance(HOUR)
        await board.until(lambda: board.column("due") == ["Globex"])


async def test_the_cursor_stays_on_a_card_that_moves(tmp_path: Path) -> None:
    clock = HandClock(NOON + 47 * HOUR)
    cards = [application(interview(NOON + n * HOUR), company=f"C{n}") for n in range(2)]
    async with running_board(tmp_path, *cards, clock=clock) as board:
        assert board.company == "C0"
        await board.pass_time(HOUR)
        assert board.company == "C0"
        assert board.screen.query_one("#due", Column).cursor == 0
        assert board.screen.query_one("#cooling", Column).cursor is None
        assert board.column("cooling") == ["C1"]


async def test_a_card_becomes_overdue_and_says_so(tmp_path: Path) -> None:
    clock = HandClock(NOON + 72 * HOUR)
    async with running_board(tmp_path, application(interview(NOON)), clock=clock) as board:
        assert "overdue" not in board.page
        await board.pass_time(MINUTE)
        assert "1 min overdue" in board.page


async def test_a_minute_changes_the_words_and_nothing_else(tmp_path: Path) -> None:
    # The waits end on full hours, and are rounded up: they change with this minute.
    clock = HandClock(NOON + 6 * HOUR - MINUTE)
    cards = [application(interview(NOON - n * HOUR), company=f"C{n}") for n in range(5)]
    async with running_board(tmp_path, *cards, clock=clock) as board:
        before = board.lines()
        await board.pass_time(MINUTE)
        after = board.lines()
        changed = {number for number, line in enumerate(before) if line != after[number]}
        facts = {number for number, line in enumerate(before) if "opens in" in line}
        progress = {number for number, line in enumerate(before) if "━" in line}
        assert facts < changed
        assert changed <= facts | progress
        assert [line.find("opens") for line in before] == [line.find("opens") for line in after]


async def test_a_minute_draws_only_the_cards_whose_words_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One card says minutes, the others days: only the first changes within the hour.
    soon = application(interview(NOON - 47 * HOUR), company="Soon")
    others = [application(interview(NOON + n * DAY), company=f"L{n}") for n in range(9, 15)]
    async with running_board(tmp_path, soon, *others) as board:
        await board.pass_time(MINUTE)
        drawn = drawn_lines(monkeypatch)
        await board.pass_time(MINUTE)
        assert {stage for stage, _ in drawn} == {"cooling"}
        assert len(drawn) == CARD_LINES


async def test_a_clock_that_is_set_back_moves_cards_back(tmp_path: Path) -> None:
    clock = HandClock(NOON + 49 * HOUR)
    async with running_board(tmp_path, application(interview(NOON)), clock=clock) as board:
        assert board.column("due") == ["Globex"]
        await board.pass_time(-2 * HOUR)
        assert board.column("cooling") == ["Globex"]


async def test_a_clock_before_the_newest_fact_is_pointed_out(tmp_path: Path) -> None:
    ahead = application(sent(NOON + 3 * DAY))
    async with running_board(tmp_path, ahead) as board:
        assert any("clock stands before Fri 13 Mar 12:00" in text for text in board.said)


async def test_what_is_booked_ahead_is_no_reason_to_doubt_the_clock(tmp_path: Path) -> None:
    async with running_board(tmp_path, application(interview(NOON + 3 * DAY))) as board:
        assert board.said == []


async def test_time_travel_is_marked(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:
        for keys, words, day in (
            ("]", "1 day ahead", "Wed 11 Mar"),
            ("[", "1 day back", "Mon 9 Mar"),
            ("}", "7 days ahead", "Tue 17 Mar"),
            ("{", "7 days back", "Tue 3 Mar"),
            ("}[", "6 days ahead", "Mon 16 Mar"),
        ):
            await board.press(*keys)
            header = board.lines()[1]
            assert f"PREVIEW {day} 2026 12:00" in header
            assert f"{words}, 0 goes back" in header
            assert board.screen.query_one("Header").has_class("-preview")
            await board.press("0")
            assert "PREVIEW" not in board.page
            assert not board.screen.query_one("Header").has_class("-preview")


async def test_a_preview_shows_the_board_as_the_clock_will_make_it(tmp_path: Path) -> None:
    async with running_board(tmp_path, application(interview(NOON))) as board:
        assert board.column("cooling") == ["Globex"]
        await board.press("]", "]")
        assert board.column("due") == ["Globex"]
        assert "1 to do then" in board.page
        assert board.screen.board == board.tracker.board(NOON + 2 * DAY)
        await board.press("escape")
        assert board.column("cooling") == ["Globex"]
        assert board.screen.board == board.tracker.board(NOON)


async def test_a_preview_goes_on_with_the_clock(tmp_path: Path) -> None:
    clock = HandClock(NOON + 23 * HOUR)
    async with running_board(tmp_path, application(interview(NOON)), clock=clock) as board:
        await board.press("]")
        assert board.column("cooling") == ["Globex"]
        await board.pass_time(HOUR)
        assert board.column("due") == ["Globex"]


WRITING = ["f", "i", "p", "r", "o", "s", "n", "e", "a", "x", "delete", "u", "ctrl+r"]


async def test_nothing_is_written_from_a_preview(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:
        before = board.tracker.repository.applications()
        await board.press("]")
        for number, key in enumerate(WRITING, start=1):
            await board.press(key)
            assert board.app.screen is board.screen
            assert board.said == ["This is a preview: 0 goes back to now"] * number
        assert board.tracker.repository.applications() == before


async def test_nothing_is_written_to_a_read_only_board(tmp_path: Path) -> None:
    async with running_board(tmp_path, read_only=True) as board:
        before = board.tracker.repository.applications()
        for number, key in enumerate(WRITING, start=1):
            await board.press(key)
            assert board.app.screen is board.screen
            assert board.said == ["This board is read-only: nothing was changed"] * number
        assert board.tracker.repository.applications() == before
        assert "read-only, Tue 10 Mar 2026 12:00" in board.lines()[1]


@pytest.mark.parametrize("key", ["r", "e", "f"])
async def test_details_of_a_read_only_board_lead_to_no_writing(tmp_path: Path, key: str) -> None:
    async with running_board(tmp_path, read_only=True) as board:
        await board.press("enter", key)
        assert type(board.app.screen).__name__ == "DetailsScreen"


def test_the_watch_is_due_at_the_next_minute() -> None:
    clock = HandClock(NOON + timedelta(seconds=20))
    watch = Watch(clock)
    watch.told(watch.moment, None)
    clock.advance(timedelta(seconds=39))
    assert not watch.is_due
    clock.advance(timedelta(seconds=1))
    assert watch.is_due


def test_the_watch_is_due_when_a_card_changes() -> None:
    clock = HandClock(NOON)
    watch = Watch(clock)
    watch.told(watch.moment, NOON + timedelta(seconds=5))
    clock.advance(timedelta(seconds=4))
    assert not watch.is_due
    clock.advance(timedelta(seconds=1))
    assert watch.is_due


def test_the_watch_is_due_when_the_clock_was_set_back() -> None:
    clock = HandClock(NOON)
    watch = Watch(clock)
    watch.told(watch.moment, None)
    clock.advance(timedelta(seconds=-1))
    assert watch.is_due


def test_a_turned_watch_counts_days_of_24_hours() -> None:
    watch = Watch(HandClock(datetime(2026, 3, 28, 12, tzinfo=UTC), "Europe/Berlin"))
    watch.turn(1)
    assert watch.moment == datetime(2026, 3, 29, 12, tzinfo=UTC)
    assert watch.away == "1 day ahead"
    watch.turn_back()
    assert watch.away == ""


def test_a_turned_watch_goes_on_from_any_instant() -> None:
    clock = HandClock(NOON)
    watch = Watch(clock)
    watch.turn_to(NOON + 30 * HOUR)
    assert watch.away == "30 h ahead"
    clock.advance(HOUR)
    assert watch.moment == NOON + 31 * HOUR
    watch.turn(-1)
    assert watch.away == "6 h ahead"
    watch.turn_to(clock.now() - 3 * DAY)
    assert watch.away == "3 days back"
    watch.turn_to(clock.now())
    assert not watch.is_turned


DATES = {
    "fri 14:00": ("Fri 13 Mar 2026 14:00", "4 d ahead"),
    "in 3 weeks": ("Tue 31 Mar 2026 00:00", "21 d ahead"),
    "2027-01-02": ("Sat 2 Jan 2027 00:00", "298 d ahead"),
    "2026-03-10 10:00": ("Tue 10 Mar 2026 10:00", "2 h back"),
    "tomorrow noon": ("Wed 11 Mar 2026 12:00", "1 day ahead"),
}


@pytest.mark.parametrize("typed", DATES)
async def test_any_date_can_be_gone_to(tmp_path: Path, typed: str) -> None:
    async with running_board(tmp_path) as board:
        await board.press("at", *typed, "enter")
        moment, away = DATES[typed]
        header = board.lines()[1]
        assert f"PREVIEW {moment}" in header
        assert f"{away}, 0 goes back" in header
        assert board.screen.board == board.tracker.board(board.screen.time.moment)
        await board.press("f")
        assert board.said == ["This is a preview: 0 goes back to now"]
        await board.press("0")
        assert "PREVIEW" not in board.page


async def test_what_is_no_date_is_not_gone_to(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:
        await board.press("at")
        assert "in 3 weeks" in board.page
        assert "⏎ Go" in board.page
        await board.press("enter")
        assert "name a date" in board.page
        await board.press(*"the day after never", "enter")
        assert "is no date that can be read" in board.page
        await board.press("escape")
        assert "PREVIEW" not in board.page


async def test_the_way_back_to_now_is_offered_in_a_preview_alone(tmp_path: Path) -> None:
    async with running_board(tmp_path, size=(120, 60)) as board:
        await board.press("question_mark")
        assert "To any date" in board.page
        assert "Back to now" not in board.page
        await board.press("escape", "]", "question_mark")
        assert "Back to now" in board.page


async def test_coming_back_from_a_preview_costs_what_has_changed(tmp_path: Path) -> None:
    async with running_board(tmp_path) as board:
        before = {card.id: card for card in board.screen.board.cards()}
        await board.press("}", "0")
        after = {card.id: card for card in board.screen.board.cards()}
        assert all(after[id_] is card for id_, card in before.items())
