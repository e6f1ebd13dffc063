"""The folder with our calendar: one file for each entry, kept up to date, others left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from icalendar import Calendar
from msgspec.structs import replace

from builders import DAY, HOUR, application, interview, promise
from command_line import Followup
from exports import BERLIN, EXPORTERS, NOW, board
from followup import calendar_folder
from followup.domain.application import Application
from followup.domain.errors import InputError
from followup.domain.events import Interview

UID = "application-1-interview-1@followup"


def exporting(*applications: Application, minutes: int = 0) -> Callable[[str, BinaryIO], None]:
    """What writes the calendar of these applications, some minutes later."""
    at = NOW + minutes * HOUR / 60

    def export(name: str, stream: BinaryIO) -> None:
        EXPORTERS[name].write(board(*applications, now=at), stream, BERLIN)

    return export


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "calendars" / "followup"


def keep(folder: Path, *applications: Application, minutes: int = 0) -> dict[str, bytes]:
    calendar_folder.keep(str(folder), exporting(*applications, minutes=minutes))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


BOOKED = application(interview(NOW + DAY), promise(NOW - DAY, (NOW + 9 * DAY).date()))


def test_each_entry_is_a_calendar_of_its_own(folder: Path) -> None:
    files = keep(folder, BOOKED)
    assert set(files) == {
        f"application-1-{what}@followup.ics" for what in ("interview-1", "follow_up-1", "promise")
    }
    for name, data in files.items():
        calendar = Calendar.from_ical(data)
        (event,) = calendar.walk("VEVENT")
        assert f"{event['UID']}.ics" == name
        assert calendar["VERSION"] == "2.0"
        assert "METHOD" not in calendar  # a server refuses items that have one (RFC 4791)
        assert event.walk("VALARM")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_nothing_is_written_where_nothing_changed(folder: Path) -> None:
    before = keep(folder, BOOKED)
    inodes = {path.name: path.stat().st_ino for path in folder.iterdir()}
    assert keep(folder, BOOKED, minutes=30) == before
    assert {path.name: path.stat().st_ino for path in folder.iterdir()} == inodes


def test_what_changed_is_a_newer_version_under_the_same_uid(folder: Path) -> None:
    keep(folder, BOOKED)
    (old,) = Calendar.from_ical((folder / f"{UID}.ics").read_bytes()).walk("VEVENT")
    moved = replace(BOOKED, events=(interview(NOW + 2 * DAY), BOOKED.events[1]))
    keep(folder, moved, minutes=5)
    (new,) = Calendar.from_ical((folder / f"{UID}.ics").read_bytes()).walk("VEVENT")
    assert new["UID"] == old["UID"]
    assert new.decoded("dtstart") - old.decoded("dtstart") == DAY
    assert new.decoded("sequence") > old.decoded("sequence")
    assert new.decoded("dtstamp") > old.decoded("dtstamp")
    assert new.decoded("last-modified") > old.decoded("last-modified")


def test_what_is_gone_goes_and_what_is_not_ours_stays(folder: Path) -> None:
    folder.mkdir(parents=True)
    foreign = {
        "dentist.ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        "application-9-interview-1@followup.ics": b"no calendar at all",
        "application-8-interview-1@followup.ics": (
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:other\r\n"
            b"END:VEVENT\r\nEND:VCALENDAR\r\n"
        ),
        "color": b"#ff0000",
    }
    for name, data in foreign.items():
        (folder / name).write_bytes(data)
    assert len(keep(folder, BOOKED)) == len(foreign) + 3
    assert keep(folder) == foreign


@pytest.mark.parametrize("name", ["calendars/here", "./x"])
def test_a_folder_has_a_whole_path(name: str) -> None:
    with pytest.raises(InputError, match="begin it with / or ~"):
        calendar_folder.keep(name, exporting())


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match=r"cannot keep .*; check \[calendar\] folder"):
        calendar_folder.keep(str(tmp_path / "file"), exporting())


def test_an_interview_that_is_over_reminds_nobody(folder: Path) -> None:
    past = application(interview(NOW - DAY))
    keep(folder, past)
    assert b"VALARM" not in (folder / f"{UID}.ics").read_bytes()


def test_an_interview_says_where_it_is(folder: Path) -> None:
    at = NOW + DAY
    keep(folder, application(Interview(at=at, ends=at + HOUR, text="Interview\nwhere: Rome")))
    (event,) = Calendar.from_ical((folder / f"{UID}.ics").read_bytes()).walk("VEVENT")
    assert event["LOCATION"] == "Rome"


class TestTick:
    """``followup tick`` keeps the folder where the configuration names one."""

    @pytest.fixture(autouse=True)
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        config = tmp_path / "config.toml"
        config.write_text(
            f'timezone = "{BERLIN}"\n[calendar]\nfolder = "{tmp_path}/vdir"\n', encoding="utf-8"
        )
        monkeypatch.setenv("FOLLOWUP_CONFIG", str(config))
        monkeypatch.setenv("FOLLOWUP_STORE", str(tmp_path / "followup.json"))
        return tmp_path

    def test_it_follows_the_store(self, home: Path) -> None:
        followup = Followup()
        followup.done("add", "Globex", "SRE", "--interview", "2026-03-11 16:00")
        followup.done("tick")
        assert (home / "vdir" / f"{UID}.ics").exists()
        followup.done("remove", "1")
        followup.done("tick")
        assert list((home / "vdir").iterdir()) == []
