"""What can be done with a row of the details: people reached, facts put right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from builders import DANA, DAY, NOON, application, applied, interview, outcome, promise, snooze
from followup import handoff
from followup.domain.application import Application, Contact
from followup.domain.errors import RefusedError
from followup.domain.events import Event, FollowUp, Interview, Note, OutcomeKind
from followup.domain.step import StepKind
from followup.ui.links import call_to, mail_to
from followup.ui.screens.compose import ComposeScreen
from followup.ui.screens.details import DetailsScreen
from followup.ui.screens.details_rows import FactRow
from followup.ui.screens.fact_form import FactScreen
from ui_board import Board, running_details
from ui_host import fill

LEE = replace(DANA, phone="+49 (0)30 12-34 ext. 5", linkedin="https://www.linkedin.com/in/dana")
ANN = Contact(name="Ann", email="ann+jobs@globex.example")
BO = Contact(phone="555 0100")
PEOPLE = application(interview(NOON - 9 * DAY), contacts=(LEE, ANN, BO), url="https://x.example/1")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The links that were opened."""
    links: list[str] = []
    monkeypatch.setattr(handoff, "open_url", links.append)
    return links


def offered(board: Board) -> str:
    """The line of keys."""
    return board.page.splitlines()[-1]


async def settled(board: Board) -> None:
    """Wait until every link was opened."""
    links = [worker for worker in board.app.workers if worker.name == "link"]
    await board.until(lambda: all(worker.is_finished for worker in links))
    await board.settle()


class TestContacts:
    async def test_the_first_one_is_written_to(self, tmp_path: Path) -> None:
        async with running_details(tmp_path, PEOPLE) as board:
            assert "w Write" in offered(board)
            await board.press("w")
            assert isinstance(board.app.screen, ComposeScreen)
            await board.press("escape", "enter")
            assert isinstance(board.app.screen, ComposeScreen)

    async def test_others_get_a_mail_of_ones_own(self, tmp_path: Path, opened: list[str]) -> None:
        async with running_details(tmp_path, PEOPLE) as board:
            await board.press("j", "w")
            await settled(board)
            assert opened == ["mailto:ann%2Bjobs@globex.example"]
            assert isinstance(board.app.screen, DetailsScreen)

    async def test_they_are_called_and_looked_up(self, tmp_path: Path, opened: list[str]) -> None:
        async with running_details(tmp_path, PEOPLE) as board:
            await board.press("c", "b")
            await settled(board)
            assert opened == ["tel:+49301234", "https://www.linkedin.com/in/dana"]

    async def test_keys_are_offered_where_they_do_something(
        self, tmp_path: Path, opened: list[str]
    ) -> None:
        async with running_details(tmp_path, PEOPLE, size=(200, 50)) as board:
            assert "c Call   b LinkedIn   y Copy   f" in offered(board)
            await board.press("j")
            assert "w Write   y Copy   m Put first   f" in offered(board)
            await board.press("j")
            assert " c Call   y Copy   m Put first   f" in offered(board)
            await board.press("w", "b")
            await settled(board)
            assert opened == []

    async def test_an_address_is_copied(self, tmp_path: Path) -> None:
        async with running_details(tmp_path, PEOPLE) as board:
            await board.press("y")
            assert board.app.clipboard == "dana@globex.example"
            assert board.said == ["Copied dana@globex.example"]
            await board.press("j", "j", "y")
            assert board.app.clipboard == "555 0100"

    async def test_who_is_written_to_first_can_be_changed(self, tmp_path: Path) -> None:
        async with running_details(tmp_path, PEOPLE) as board:
            await board.press("j", "m")
            assert board.tracker.application(1).contacts == (ANN, LEE, BO)
            assert board.said == ["Written to first: Ann"]
            await board.press("u")
            assert board.tracker.application(1).contacts == (LEE, ANN, BO)

    async def test_the_job_page_is_opened_and_copied(
        self, tmp_path: Path, opened: list[str]
    ) -> None:
        async with running_details(tmp_path, PEOPLE) as board:
            await board.press("j", "j", "j")
            assert "b Open   y Copy   f" in offered(board)
            await board.press("b", "enter", "y")
            await settled(board)
            assert opened == ["https://x.example/1"] * 2
            assert board.app.clipboard == "https://x.example/1"

    async def test_what_cannot_be_opened_is_said(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(url: str) -> None:
            raise RefusedError("nothing here opens tel links: [red]x")

        monkeypatch.setattr(handoff, "open_url", refuse)
        async with running_details(tmp_path, PEOPLE) as board:
            await board.press("c")
            await settled(board)
            assert board.said == ["nothing here opens tel links: [red]x"]

    async def test_the_mouse_does_what_enter_does(self, tmp_path: Path, opened: list[str]) -> None:
        async with running_details(tmp_path, PEOPLE) as board:
            row = board.app.screen.focus_chain[-1]
            await board.pilot.click(row)
            assert board.app.screen.focused is row
            assert opened == []
            await board.pilot.double_click(row)
            await settled(board)
            assert opened == ["https://x.example/1"]


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("+49 (0)30 123", "tel:+4930123"),
        ("(030) 123-45", "tel:03012345"),
        ("(0)30 123", "tel:030123"),
        ("+1 555 0100 x12", "tel:+15550100"),
        ("+1;phone-context=evil", "tel:+1"),
    ],
)
def test_numbers_are_called_as_people_write_them(phone: str, link: str) -> None:
    assert call_to(phone) == link


def test_an_address_cannot_add_to_its_mail() -> None:
    assert mail_to("a?bcc=b@c.example&subject=x") == "mailto:a%3Fbcc%3Db@c.example%26subject%3Dx"


SENT = FollowUp(
    at=NOON - 6 * DAY, step=StepKind.FOLLOW_UP, channel="email", subject="Hi", message_id="<1@x>"
)


class TestFacts:
    async def test_a_date_is_corrected_as_one_step(self, tmp_path: Path) -> None:
        held = Interview(at=NOON - 3 * DAY, ends=NOON - 3 * DAY + DAY / 24, text="on site")
        async with running_details(tmp_path, application(applied(NOON - 9 * DAY), held)) as board:
            await board.press("g", "j", "e")
            assert isinstance(board.app.screen, FactScreen)
            assert "Correct: interview until 13:00" in board.page
            fill(board.app, "When", "2026-03-06 9:00")
            await board.press("enter")
            event = board.tracker.application(1).events[1]
            assert isinstance(event, Interview)
            # It ends when it did: only its beginning was wrong.
            assert (event.at.hour, event.at.day, event.ends.hour) == (9, 6, 13)
            assert event.text == "on site"
            assert "Fri 6 Mar 2026 09:00" in board.page
            assert board.said == ["Corrected: interview until 13:00. Undo brings it back"]
            await board.press("u")
            assert board.tracker.application(1).events[1] == held
            assert len([one for one in board.tracker.history() if not one.undone]) == 1

    async def test_a_fact_is_taken_away_and_brought_back(self, tmp_path: Path) -> None:
        wrong = Note(at=NOON - DAY, text="[red]wrong")
        async with running_details(tmp_path, application(applied(NOON - DAY * 9), wrong)) as board:
            await board.press("g", "j", "x")
            assert board.tracker.application(1).events == (applied(NOON - DAY * 9),)
            await board.until(lambda: "wrong" not in board.page)
            # The cursor is on what is left of the timeline.
            assert isinstance(board.app.screen.focused, FactRow)
            await board.press("u")
            assert board.tracker.application(1).events[1] == wrong
            await board.until(lambda: "[red]wrong" in board.page)

    async def test_the_board_follows_what_was_corrected(self, tmp_path: Path) -> None:
        card = application(interview(NOON - 9 * DAY), outcome(NOON - DAY))
        async with running_details(tmp_path, card) as board:
            assert board.column("closed") == ["Globex"]
            await board.press("G", "g", "j", "delete")
            assert board.column("due") == ["Globex"]

    async def test_what_others_took_away_cannot_be_corrected(self, tmp_path: Path) -> None:
        card = application(applied(NOON - 9 * DAY))
        async with running_details(tmp_path, card) as board:
            await board.press("g", "e")
            board.tracker.edit(replace(board.tracker.application(1), events=()))
            fill(board.app, "When", "2026-03-01")
            await board.press("enter")
            assert board.said == ["somebody else changed this meanwhile: look at it again"]

    async def test_leaving_the_dialog_or_saving_it_as_it_is_changes_nothing(
        self, tmp_path: Path
    ) -> None:
        async with running_details(tmp_path, application(SENT)) as board:
            for key in ("escape", "enter"):
                await board.press("g", "e", key)
                assert isinstance(board.app.screen, DetailsScreen)
            assert board.tracker.application(1).events == (SENT,)
            assert len(board.tracker.history()) == 1

    @pytest.mark.parametrize(
        ("event", "label", "typed", "expected"),
        [
            (SENT, "Step", "check", replace(SENT, step=StepKind.CHECK_IN)),
            (SENT, "Bounced", "y", replace(SENT, failed=True)),
            (SENT, "Words", "Hi\nDana", replace(SENT, text="Hi\nDana")),
            (SENT, "Subject", "Hello", replace(SENT, subject="Hello")),
            (
                promise(NOON - DAY, date(2026, 3, 13)),
                "Decide by",
                "2026-03-20",
                promise(NOON - DAY, date(2026, 3, 20)),
            ),
            (
                snooze(NOON - DAY, NOON + DAY),
                "Until",
                "2026-03-12 12:00",
                snooze(NOON - DAY, NOON + 2 * DAY),
            ),
            (
                outcome(NOON - DAY),
                "Result",
                "offer",
                replace(outcome(NOON - DAY), result=OutcomeKind.OFFER),
            ),
            (
                interview(NOON - DAY),
                "Cancelled",
                "yes",
                interview(NOON - DAY, cancelled=True),
            ),
        ],
    )
    async def test_every_field_can_be_corrected_alone(
        self, tmp_path: Path, event: Event, label: str, typed: str, expected: Event
    ) -> None:
        async with running_details(tmp_path, application(event)) as board:  # type: ignore[arg-type]
            await board.press("g", "e")
            fill(board.app, label, typed)
            await board.press("enter")
            assert board.tracker.application(1).events == (expected,)

    @pytest.mark.parametrize(
        ("event", "label", "typed", "told"),
        [
            (SENT, "When", "never", "is no date"),
            (SENT, "When", "2026-03-11", "has not come yet"),
            (SENT, "When", "", "say when it was"),
            (SENT, "Step", "shout", "one of nudge"),
            (SENT, "Bounced", "perhaps", "one of no, yes"),
            (interview(NOON - DAY), "Until", "2026-03-01 12:00", "ends before it starts"),
        ],
    )
    async def test_what_cannot_be_is_refused_and_stays_typed(
        self, tmp_path: Path, event: Event, label: str, typed: str, told: str
    ) -> None:
        async with running_details(tmp_path, application(event)) as board:  # type: ignore[arg-type]
            await board.press("g", "e")
            fill(board.app, label, typed)
            await board.press("enter")
            assert isinstance(board.app.screen, FactScreen)
            assert told in " ".join(board.page.split())
            assert board.tracker.application(1).events == (event,)


async def test_a_read_only_board_offers_no_corrections(tmp_path: Path) -> None:
    card: Application = application(applied(NOON - DAY))
    async with running_details(tmp_path, card, read_only=True) as board:
        await board.press("g", "e", "x")
        assert isinstance(board.app.screen, DetailsScreen)
        assert board.tracker.application(1).events == card.events
        assert "Correct" not in offered(board)
