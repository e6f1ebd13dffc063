"""``stats``: the same figures for scripts and for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from command_line import NOW, Followup
from followup.cli.main import cli
from followup.domain.replies import OPEN_DAYS, TOO_FEW

KEYS = [
    "at", "too_few", "open_days", "applications", "open", "closed", "replies", "funnel", "weeks",
]  # fmt: skip
HOSTILE = ("[red]x", "a\x1b]0;title\x07b", "c\u202egnp.exe", "日本語の非常に長い名前" * 3)


def pursue(followup: Followup, channel: str, days: int | None) -> None:
    """An application that was followed up on 1 February, and answered so many days later."""
    added = followup.json("add", "Globex", "SRE", "--applied", "2026-01-10 12:00")
    number = str(added["id"])
    followup.done("log", number, "follow-up", "--on", "2026-02-01 12:00", "--channel", channel)
    if days is not None:
        followup.done("log", number, "reply", "--on", f"2026-02-{1 + days:02} 12:00")


@pytest.fixture
def pursued(followup: Followup) -> None:
    for days in (1, 2, 3, 4, 10, None):
        pursue(followup, "email", days)
    pursue(followup, "sms", None)


@pytest.mark.usefixtures("pursued")
def test_json_is_the_document_of_the_guide(followup: Followup) -> None:
    followup.done("log", "1", "outcome", "accepted")
    document = followup.json("stats")
    assert list(document) == KEYS
    email = {
        "sent": 6,
        "open": 0,
        "answered": 5,
        "unanswered": 1,
        "reply_rate": 5 / 6,
        "median_days": 3.0,
    }
    sms = {
        "sent": 1,
        "open": 0,
        "answered": 0,
        "unanswered": 1,
        "reply_rate": None,
        "median_days": None,
    }
    both = {**email, "sent": 7, "unanswered": 2, "reply_rate": 5 / 7}
    assert {key: document[key] for key in KEYS[:-2]} == {
        "at": "2026-03-11T14:00:00+00:00",
        "too_few": TOO_FEW,
        "open_days": OPEN_DAYS,
        "applications": 7,
        "open": 6,
        "closed": {
            "offer": 0,
            "accepted": 1,
            "rejected": 0,
            "withdrawn": 0,
            "ghosted": 0,
            "filled": 0,
        },
        "replies": {
            "all": both,
            "by_channel": [{"channel": "email", **email}, {"channel": "sms", **sms}],
            "by_number": [{"number": 1, **both}],
        },
    }
    assert [tuple(row.values()) for row in document["funnel"]] == [
        ("applied", 7, 1.0, None, None),
        ("interviewed", 0, 0.0, 7, 0.0),
        ("followed_up", 7, 1.0, 0, None),
        ("answered", 5, 5 / 7, 7, 5 / 7),
        ("offer", 1, 1 / 7, 5, 0.2),
        ("accepted", 1, 1 / 7, 1, None),
    ]
    assert list(document["funnel"][0]) == ["milestone", "count", "share", "before", "onward"]
    weeks: list[dict[str, Any]] = document["weeks"]
    assert len(weeks) == 12
    assert weeks[-1] == {
        "week": "2026-W11", "monday": "2026-03-09", "applications": 0, "replies": 0,
    }  # fmt: skip
    assert {week["week"]: week["applications"] for week in weeks if week["applications"]} == {
        "2026-W02": 7
    }
    # 1 February is a Sunday.
    assert {week["week"]: week["replies"] for week in weeks if week["replies"]} == {
        "2026-W06": 4,
        "2026-W07": 1,
    }


@pytest.mark.usefixtures("pursued")
def test_the_clock_decides_what_is_known_and_what_is_open(followup: Followup) -> None:
    then = followup.json("stats", at="2026-02-04T12:00Z")["replies"]["all"]
    assert (then["sent"], then["open"], then["answered"], then["reply_rate"]) == (7, 4, 3, None)
    before = followup.json("stats", at="2026-01-01")
    assert (before["applications"], before["replies"]["by_channel"]) == (0, [])


def test_json_reaches_back_to_the_first_week(followup: Followup) -> None:
    followup.done("add", "Globex", "SRE", "--applied", "2024-12-31")
    weeks = followup.json("stats")["weeks"]
    assert weeks[0] == {
        "week": "2025-W01", "monday": "2024-12-30", "applications": 1, "replies": 0,
    }  # fmt: skip
    assert len(weeks) == 63


@pytest.mark.usefixtures("pursued")
def test_people_read_figures_with_their_cases(
    followup: Followup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    told = followup.done("stats")
    rows = [" ".join(line.split()) for line in told.splitlines()]
    assert rows[:2] == ["Statistics Wed 11 Mar 2026 15:00", "7 applications, 7 open"]
    assert "email 6 0 83 % of 6 3.0 d of 5" in rows
    assert "sms 1 0 too few of 1 too few of 0" in rows
    assert "all messages 7 0 71 % of 7 3.0 d of 5" in rows
    assert "1st message 7 0 71 % of 7 3.0 d of 5" in rows
    assert "Applied 7 100 % of 7 ██████████████" in rows
    assert "Followed up 7 100 % of 7 too few of 0 ██████████████" in rows
    assert "Answered 5 71 % of 7 71 % of 7 ██████████" in rows
    assert "2 Feb 0 4" in rows
    assert "No figure is made of fewer than 5 cases." in told
    assert "How they ended" not in told


@pytest.mark.parametrize("columns", ["60", "80"])
def test_it_fits_and_harms_no_terminal(
    followup: Followup, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    for channel in HOSTILE:
        pursue(followup, channel, None)
    followup.done("log", "1", "outcome", "rejected")
    monkeypatch.setenv("COLUMNS", columns)
    told = followup.done("stats")
    assert max(cell_len(line) for line in told.splitlines()) <= int(columns)
    assert "[red]x" in told
    assert not {"\x1b", "\x07", "\u202e"} & set(told)
    assert "How they ended" in told


@pytest.mark.usefixtures("pursued")
def test_narrow_terminals_do_without_bars(
    followup: Followup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    told = followup.done("stats")
    assert "█" not in told
    assert "…" not in told.partition("How far they came")[2]


@pytest.mark.usefixtures("pursued")
def test_no_color_means_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def coloured() -> bool:
        result = CliRunner().invoke(cli, ["--at", NOW, "stats"], color=True)
        assert result.exit_code == 0
        return "\x1b" in result.stdout

    assert coloured()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured()


def test_an_empty_store_says_what_is_needed(followup: Followup) -> None:
    told = followup.done("stats")
    assert told.startswith("Nothing to count yet")
    assert "5 messages" in told
    assert "14 days" in told
    document = followup.json("stats")
    assert list(document) == KEYS
    assert document["applications"] == 0


def test_without_messages_the_funnel_is_there(followup: Followup) -> None:
    followup.done("add", "Globex", "SRE", "--applied", "2026-03-01")
    told = followup.done("stats")
    assert "1 application, 1 open" in told
    assert "No message has gone out yet" in told
    assert "How far they came" in told


def test_a_clock_before_the_newest_fact_is_pointed_out(followup: Followup, home: Path) -> None:
    followup.done("add", "Globex", "SRE", "--applied", "2026-03-01")
    followup.done("log", "1", "reply", "--on", "2026-03-10 12:00")
    result = followup("stats", at="2026-03-05")
    assert "the clock stands before the newest recorded fact" in result.stderr
    assert result.exit_code == 0


@pytest.mark.usefixtures("pursued")
def test_the_guide_names_every_key(followup: Followup) -> None:
    page = Path(__file__).parents[2] / "docs" / "guide" / "statistics.md"
    told = page.read_text(encoding="utf-8")

    def names(document: Any) -> set[str]:
        if isinstance(document, list):
            return {name for one in document for name in names(one)}
        if isinstance(document, dict):
            return set(document) | {name for one in document.values() for name in names(one)}
        return set()

    document = followup.json("stats")
    assert names(document) == {name for name in names(document) if f"`{name}`" in told}
    assert {row["milestone"] for row in document["funnel"]} == {
        row["milestone"] for row in document["funnel"] if f"`{row['milestone']}`" in told
    }
