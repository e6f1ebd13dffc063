"""``add``, ``edit``, ``remove``, and taking them back."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from command_line import Followup
from followup.tracker import Tracker

Use = Callable[[str], None]


def events(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(event["event"], event["at"]) for event in document["events"]]


def test_add_says_where_the_application_stands(followup: Followup) -> None:
    assert followup.done("add", "Globex", "Backend Engineer") == (
        "1  Globex, Backend Engineer: Applied, nudge in 10 d\n"
    )


def test_add_takes_every_field(followup: Followup) -> None:
    given = {
        "--contact": "Dana Lee",
        "--email": "dana@globex.example",
        "--phone": "+49 30 1234",
        "--linkedin": "https://linkedin.example/in/dana",
        "--url": "https://globex.example/jobs/1",
        "--location": "Springfield",
        "--salary": "85k",
        "--source": "referral",
        "--notes": "ask about the reactor",
        "--policy": "patient",
        "--tag": "remote",
    }
    words = [word for option in given.items() for word in option]
    document = followup.json("add", "Globex", "SRE", *words, "--tag", "python")
    assert document["contacts"] == [
        {
            "name": "Dana Lee",
            "email": "dana@globex.example",
            "phone": "+49 30 1234",
            "linkedin": "https://linkedin.example/in/dana",
        }
    ]
    assert document["tags"] == ["remote", "python"]
    for field in ("url", "location", "salary", "source", "notes", "policy"):
        assert document[field] == given[f"--{field}"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], [("applied", "2026-03-11T14:00:00+00:00")]),
        (["--applied", "2 days ago"], [("applied", "2026-03-09T11:00:00+00:00")]),
        (["--interview", "fri 14:00"], [("interview", "2026-03-13T13:00:00+00:00")]),
        (
            ["--applied", "monday", "--interview", "2026-03-10"],
            [
                ("applied", "2026-03-09T11:00:00+00:00"),
                ("interview", "2026-03-10T16:00:00+00:00"),
            ],
        ),
    ],
)
def test_add_records_what_is_known(
    followup: Followup, options: list[str], expected: list[tuple[str, str]]
) -> None:
    assert events(followup.json("add", "Globex", "SRE", *options)) == expected


def test_a_date_alone_as_the_clock_leaves_the_time_open(followup: Followup) -> None:
    document = followup.json("add", "Globex", "SRE", at="2026-03-10")
    assert events(document) == [("applied", "2026-03-10T11:00:00+00:00")]
    assert document["events"][0]["date_only"] is True


def test_the_store_is_for_its_user_alone(followup: Followup, home: Path) -> None:
    followup.done("add", "Globex", "SRE")
    store = home / "data" / "followup" / "followup.json"
    assert stat.S_IMODE(store.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.parent.stat().st_mode) == 0o700


def test_edit_changes_what_is_given_and_nothing_else(followup: Followup) -> None:
    before = followup.json(
        "add", "Globex", "SRE", "--email", "dana@globex.example", "--tag", "onsite", "--url",
        "https://globex.example",
    )  # fmt: skip
    followup.done(
        "edit", "1", "--role", "Lead SRE", "--contact", "Dana Lee", "--tag", "remote",
        "--untag", "onsite", "--url", "",
    )  # fmt: skip
    after = followup.json("show", "1")
    assert after == before | {
        "role": "Lead SRE",
        "contacts": [{"name": "Dana Lee", "email": "dana@globex.example"}],
        "tags": ["remote"],
        "url": "",
    }


def test_the_store_is_let_go_in_the_end(
    followup: Followup, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[Tracker] = []
    monkeypatch.setattr(Tracker, "close", lambda tracker: closed.append(tracker))
    followup.done("add", "Globex", "SRE")
    assert len(closed) == 1


def test_remove_undo_redo(followup: Followup) -> None:
    followup.done("add", "Globex", "SRE")
    removed = followup.done("remove", "1")
    assert removed == "removed 1  Globex, SRE: `followup undo` brings it back\n"
    assert followup.json("list") == []
    assert followup.done("undo") == "undone: remove Globex\n"
    assert [one["id"] for one in followup.json("list")] == [1]
    assert followup.json("redo")["what"] == "remove Globex"
    assert followup.json("list") == []
    assert followup.json("add", "Initech", "SRE")["id"] == 2


def test_history_tells_what_can_be_taken_back(followup: Followup) -> None:
    followup.done("add", "Globex", "SRE")
    followup.done("log", "1", "reply")
    followup.done("undo")
    assert [(one["what"], one["undone"]) for one in followup.json("history")] == [
        ("log reply for Globex", True),
        ("add Globex, SRE", False),
    ]
    lines = followup.done("history").splitlines()
    assert lines[0] == "   2  Wed 11 Mar 2026 15:00  log reply for Globex  undone"
    assert "undone" not in lines[1]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["add", "", "SRE"], 2, "an application needs a company and a role: give both"),
        (["add", "Globex", "SRE", "--email", "dana"], 2, "'dana' is no e-mail address"),
        (["add", "Globex", "SRE", "--url", "javascript:x"], 2, "is no web address"),
        (["add", "Globex", "SRE", "--policy", "hasty"], 1, "no policy 'hasty'"),
        (["add", "Globex"], 2, "Missing argument 'ROLE'; see `followup add --help`"),
        (["edit", "7", "--role", "x"], 1, "no application 7"),
        (["remove", "7"], 1, "no application 7"),
        (["remove", "seven"], 2, "'seven' is not a valid integer"),
        (["undo"], 1, "nothing to undo"),
        (["redo"], 1, "nothing to redo"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    followup: Followup, words: list[str], status: int, told: str
) -> None:
    code, line = followup.refused(*words)
    assert code == status
    assert told in line
    assert followup.json("history") == []


class TestEditor:
    """``edit ID`` without options."""

    @pytest.fixture(autouse=True)
    def one(self, followup: Followup) -> None:
        followup.done(
            "add", "Globex", "SRE", "--email", "dana@globex.example", "--notes", "a\nb \"c\"",
        )  # fmt: skip

    def test_what_comes_back_is_stored(self, followup: Followup, editor: Use) -> None:
        editor(
            "text = text.replace('\"SRE\"', '\"Lead SRE\"').replace('phone = \"', 'phone = \"+49')"
        )
        before = followup.json("show", "1")
        assert followup.done("edit", "1").startswith("1  Globex, Lead SRE: ")
        assert followup.json("show", "1") == before | {
            "role": "Lead SRE",
            "contacts": [{"name": "", "email": "dana@globex.example", "phone": "+49"}],
        }

    def test_nothing_is_stored_where_nothing_was_changed(
        self, followup: Followup, editor: Use
    ) -> None:
        editor("pass")
        followup.done("edit", "1")
        assert len(followup.json("history")) == 1

    def test_no_text_is_left_behind(self, followup: Followup, editor: Use, home: Path) -> None:
        editor("pass")
        followup.done("edit", "1")
        assert not list(home.glob("followup-*"))

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ("text.replace('dana@globex.example', 'dana')", "line 19: 'dana' is no e-mail"),
            ("text.replace('company =', 'firm =')", "line 4: Object contains unknown field"),
            ("text.replace('\"Globex\"', '\"\"')", "line 4: an application needs a company"),
            ("text.replace('tags = []', 'tags = [1]')", "line 6: Expected `str`, got `int`"),
            ("text.replace('url = \"\"', 'url = \"ftp://x\"')", "line 7: 'ftp://x' is no web"),
            ("text.replace('policy = \"\"', 'policy = \"hasty\"')", "line 11: no policy 'hasty'"),
            ("text.replace('url = \"\"', 'url = ')", "line 7: Invalid value"),
        ],
    )
    def test_a_mistake_is_told_with_its_line_and_the_text_is_kept(
        self, followup: Followup, editor: Use, change: str, told: str
    ) -> None:
        editor(f"text = {change}")
        code, line = followup.refused("edit", "1")
        assert code == 2
        assert told in line
        kept = Path(line.rpartition("; your text is kept in ")[2])
        assert "Globex" in kept.read_text(encoding="utf-8") or "company" in told
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert len(followup.json("history")) == 1

    def test_an_editor_that_fails_changes_nothing(
        self, followup: Followup, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("EDITOR", "false")
        code, line = followup.refused("edit", "1")
        assert (code, line) == (
            1,
            "false failed: it ended with status 1; set EDITOR to an editor that works",
        )
        assert len(followup.json("history")) == 1
