"""Invitations on the import screen: whose they are, what was left out, and saying whose."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import application
from followup.ui.screens.import_file import ImportScreen
from followup.ui.screens.import_whose import WhoseScreen
from ui_host import HOSTILE
from ui_import import import_screen

KNOWN = (application(company="Globex", role="SRE"), application(company="Initech", role="Cook"))


def calendar(*titles: str) -> str:
    """A calendar with an event of every title, one a day."""
    events = (
        f"BEGIN:VEVENT\r\nUID:{number}@x\r\nDTSTAMP:20260301T100000Z\r\n"
        f"DTSTART:202603{number + 11}T100000Z\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
        for number, title in enumerate(titles)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(events)}END:VCALENDAR\r\n"


@pytest.fixture
def invitations(tmp_path: Path) -> Path:
    path = tmp_path / "a.ics"
    path.write_text(calendar("Interview with Hooli", "Interview", "Dentist"), encoding="utf-8")
    return path


async def test_they_are_listed_with_whose_they_are(tmp_path: Path, invitations: Path) -> None:
    async with import_screen(tmp_path, *KNOWN, size=(200, 50)) as screen:
        await screen.read(invitations)
        for told in (
            "Calendar (iCalendar)",
            "Whose as each one says",
            "Hooli, role not given new Wed 11 Mar 2026 10:00 Interview with Hooli",
            "'Interview' on Thu 12 Mar 10:00 does not say with whom",
            "1 event looks like no interview, such as 'Dentist'",
        ):
            assert told in screen.words
        assert "--company" not in screen.page


async def test_they_are_said_to_be_of_an_application(tmp_path: Path, invitations: Path) -> None:
    async with import_screen(tmp_path, *KNOWN) as screen:
        await screen.read(invitations)
        await screen.press("w")
        assert isinstance(screen.app.screen, WhoseScreen)
        await screen.press(*"glo")
        await screen.press("enter")
        assert "Whose Globex, SRE" in screen.words
        assert "Globex, SRE new facts" in screen.words
        await screen.press("ctrl+s")
        (updated,) = screen.preview.merge.updated
        assert updated.application.company == "Globex"


async def test_they_are_said_to_be_of_a_new_company(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_text(calendar("Interview"), encoding="utf-8")
    async with import_screen(tmp_path, *KNOWN) as screen:
        await screen.read(path)
        assert "Nothing to import" in screen.page
        await screen.press("enter")  # the cursor begins where it is said
        assert isinstance(screen.app.screen, WhoseScreen)
        await screen.press(*"Umbrella")
        await screen.press("enter")
        assert "Umbrella, role not given" in screen.words
        await screen.press("w", "enter")
        assert "Whose as each one says" in screen.words


async def test_arrows_choose_and_escape_changes_nothing(tmp_path: Path, invitations: Path) -> None:
    async with import_screen(tmp_path, *KNOWN) as screen:
        await screen.read(invitations)
        await screen.press("w", "down", "down", "up", "escape")
        assert isinstance(screen.app.screen, ImportScreen)
        assert "Whose as each one says" in screen.words
        await screen.press("w", "down", "enter")
        assert "Whose Globex, SRE" in screen.words


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_hostile_invitations_are_shown_literally(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "a.ics"
    path.write_text(calendar(*(f"Interview {text}" for text in HOSTILE)), encoding="utf-8")
    known = [application(company=text) for text in HOSTILE]
    async with import_screen(tmp_path, *known, size=size) as screen:
        await screen.read(path)
        assert "[red]ACME" in screen.page
        assert not set("\x1b\x07\u202e") & set(screen.page)
        await screen.press("w", "[")
        assert "[red]ACME" in screen.page
        assert "[@click=app.quit]x" in screen.page
        await screen.press("enter")
        assert "[red]ACME" in screen.page
