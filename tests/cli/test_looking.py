"""``list``, ``due``, ``show`` and ``agenda``, for scripts and for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import NOW, Followup

KEYS = [
    "id", "company", "role", "stage", "overdue", "quiet", "next", "policy", "contacts", "tags",
    "last_event", "unconfirmed",
]  # fmt: skip


@pytest.fixture
def globex(followup: Followup) -> None:
    """The application of section 7: interviewed until Tue 17 Nov 16:00 in Berlin."""
    followup.done(
        "add", "Globex", "Backend Engineer", "--contact", "Dana Lee", "--email",
        "dana@globex.example", "--applied", "2026-11-02", "--interview", "2026-11-17 15:00",
        at=None,
    )  # fmt: skip


@pytest.mark.usefixtures("globex")
def test_list_json_is_the_document_of_the_contract(followup: Followup) -> None:
    (document,) = followup.json("list", at="2026-11-18T12:00Z")
    assert document == {
        "id": 1,
        "company": "Globex",
        "role": "Backend Engineer",
        "stage": "cooling",
        "overdue": False,
        "quiet": False,
        "next": {
            "step": "follow_up",
            "opens": "2026-11-19T15:00:00+00:00",
            "due": "2026-11-20T15:00:00+00:00",
            "why": "48 h after your interview ended Tue 17 Nov 16:00",
        },
        "policy": "patient",
        "contacts": [{"name": "Dana Lee", "email": "dana@globex.example"}],
        "tags": [],
        "last_event": "interview",
        "unconfirmed": None,
    }
    assert list(document) == KEYS


@pytest.mark.usefixtures("globex")
def test_show_json_adds_all_that_is_known(followup: Followup) -> None:
    document = followup.json("show", "1", at="2026-11-21T12:00Z")
    assert list(document) == [
        *KEYS, "url", "location", "salary", "source", "notes", "steps", "events",
    ]  # fmt: skip
    assert document["stage"] == "due"
    assert document["overdue"] is True
    assert document["steps"] == [document["next"]]
    assert [event["event"] for event in document["events"]] == ["applied", "interview"]
    assert document["events"][1]["ends"] == "2026-11-17T15:00:00+00:00"


def test_the_last_event_is_the_newest_that_the_clock_knows(followup: Followup) -> None:
    followup.done("add", "Globex", "SRE", "--applied", "2026-03-01")
    followup.done("log", "1", "reply", "--on", "2026-03-10 10:00")
    assert followup.json("show", "1")["last_event"] == "reply"
    assert followup.json("show", "1", at="2026-03-09")["last_event"] == "applied"
    assert followup.json("show", "1")["next"] is None


def test_a_cooling_application_is_due_after_48_hours_to_the_second(followup: Followup) -> None:
    followup.done("add", "Globex", "SRE", "--interview", "2026-03-10T15:00Z", at=None)
    before = followup.json("list", at="2026-03-12T15:59:00Z")
    after = followup.json("list", at="2026-03-12T16:00:00Z")
    assert (before[0]["stage"], after[0]["stage"]) == ("cooling", "due")
    assert before[0]["next"] == after[0]["next"]


@pytest.fixture
def several(followup: Followup) -> None:
    for company, options in {
        "Late": ["--interview", "2026-03-03 10:00"],
        "Cool": ["--interview", "2026-03-11 10:00", "--tag", "remote"],
        "Sent": ["--applied", "2026-03-05", "--tag", "remote", "--tag", "go"],
        "Gone": ["--applied", "2026-03-01", "--contact", "Ärne Ödman"],
        "Open": ["--interview", "2026-03-08 16:00"],
    }.items():
        followup.done("add", company, "SRE", *options)
    followup.done("log", "4", "outcome", "rejected")


@pytest.mark.usefixtures("several")
class TestSeveral:
    def companies(self, followup: Followup, *words: str) -> list[str]:
        return [document["company"] for document in followup.json(*words)]

    def test_list_goes_by_stage_closed_ones_last(self, followup: Followup) -> None:
        assert self.companies(followup, "list") == ["Sent", "Cool", "Late", "Open", "Gone"]

    def test_list_filters(self, followup: Followup) -> None:
        for words, companies in {
            "--stage due": ["Late", "Open"],
            "--stage cooling --stage closed": ["Cool", "Gone"],
            "--tag remote": ["Sent", "Cool"],
            "--tag remote --tag go": ["Sent"],
            "--search ödman": ["Gone"],
            "--search LATE": ["Late"],
            "--search odman": ["Gone"],
            "--search tag:remote": ["Sent", "Cool"],
            "--search stage:due": ["Late", "Open"],
            "--search is:overdue": ["Late"],
        }.items():
            assert self.companies(followup, "list", *words.split()) == companies, words

    def test_due_is_what_to_do_now_most_urgent_first(self, followup: Followup) -> None:
        assert self.companies(followup, "due") == ["Late", "Open"]

    def test_due_in_words(self, followup: Followup) -> None:
        assert followup.done("due") == (
            "1  ● Follow up  Late  SRE  6 d overdue\n5  ● Follow up  Open  SRE  due in 2 h\n"
        )

    def test_agenda_is_what_opens_when(self, followup: Followup) -> None:
        followup.done("log", "3", "interview", "--starts", "2026-03-12 09:00")
        opens = [(one["at"], one["what"], one["company"]) for one in followup.json("agenda")]
        assert opens == [
            ("2026-03-12T08:00:00+00:00", "interview", "Sent"),
            ("2026-03-13T10:00:00+00:00", "follow_up", "Cool"),
            ("2026-03-14T09:00:00+00:00", "follow_up", "Sent"),
        ]
        assert followup.done("agenda", "--days", "2") == (
            "Thu 12 Mar 2026\n"
            "  09:00  interview  Sent  SRE  3\n"
            "Fri 13 Mar 2026\n"
            "  11:00  follow-up  Cool  SRE  2\n"
        )


def test_nothing_due_is_exit_status_1_as_with_grep(followup: Followup) -> None:
    followup.done("add", "Globex", "SRE")
    empty = followup("due", "--json")
    assert (empty.exit_code, empty.stdout, empty.stderr) == (1, "[]\n", "")
    assert followup.refused("due") == (1, "nothing found")
    assert followup.refused("agenda", "--days", "3")[0] == 1
    assert followup.refused("list", "--tag", "none") == (1, "nothing found")
    assert followup.refused("show", "2")[0] == 1


def test_an_empty_store_lists_as_an_empty_array(followup: Followup) -> None:
    assert followup.json("list") == []


def test_show_in_words(followup: Followup) -> None:
    followup.done(
        "add", "Globex", "SRE", "--contact", "Dana Lee", "--email", "dana@globex.example",
        "--applied", "2026-03-01", "--interview", "2026-03-10 15:00", "--notes", "line 1\nline 2",
    )  # fmt: skip
    assert followup.done("show", "1") == (
        "1  Globex, SRE  ◔ Too early, opens in 25 h\n"
        "contact  Dana Lee, dana@globex.example\n"
        "next     Follow-up opens Thu 12 Mar 16:00, due Fri 13 Mar 16:00\n"
        "         48 h after your interview ended Tue 10 Mar 16:00 (patient)\n"
        "\n"
        "Sun 1 Mar 2026         applied\n"
        "Tue 10 Mar 2026 15:00  interview until 16:00\n"
        "\n"
        "line 1\n"
        "line 2\n"
    )


def test_a_clock_behind_the_facts_is_pointed_out_but_not_to_scripts(followup: Followup) -> None:
    followup.done("add", "Globex", "SRE")
    followup.done("log", "1", "reply", "--on", "2026-03-11 15:00")
    result = followup("list", at="2026-03-05")
    assert result.exit_code == 0
    assert result.stderr == (
        "followup: the clock stands before the newest recorded fact, Wed 11 Mar 2026 15:00,"
        " so that is not counted yet\n"
    )
    followup.json("list", at="2026-03-05")


class TestTables:
    def lines(self, followup: Followup) -> list[str]:
        return followup.done("list").splitlines()

    def test_wide_characters_keep_the_columns_straight(self, followup: Followup) -> None:
        followup.done("add", "日本電気", "技術者")
        followup.done("add", "Globex", "Engineer")
        first, second = self.lines(followup)
        assert first == "1  ○ Applied  日本電気  技術者    nudge in 10 d"
        assert second == "2  ○ Applied  Globex    Engineer  nudge in 10 d"

    def test_lines_are_cut_to_the_width_asked_for(
        self, followup: Followup, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        followup.done("add", "An Endlessly Long Company Name Incorporated", "日本" * 20)
        monkeypatch.setenv("COLUMNS", "60")
        (line,) = self.lines(followup)
        assert line.count("…") == 2
        from rich.cells import cell_len

        assert 58 <= cell_len(line) <= 60

    @pytest.mark.parametrize("columns", [40, 60, 80])
    def test_no_line_is_wider_and_details_are_whole(
        self, followup: Followup, monkeypatch: pytest.MonkeyPatch, columns: int
    ) -> None:
        told = "They would very much like to talk again, next week, with 日本電気 and all the team."
        followup.done("add", "An Endlessly Long Company Name Incorporated", "Engineer of 日本電気")
        followup.done("log", "1", "promise", "--by", "2026-04-20", "--text", told)
        followup.done("edit", "1", "--notes", f"{told}\n{told}")
        monkeypatch.setenv("COLUMNS", str(columns))
        from rich.cells import cell_len

        for words in ([], ["list"], ["agenda"], ["history"], ["show", "1"]):
            printed = followup.done(*words)
            assert max(map(cell_len, printed.splitlines())) <= columns, words
        assert "…" not in printed
        assert " ".join(printed.split()).count(told) == 3

    def test_pipes_get_whole_lines(self, followup: Followup) -> None:
        followup.done("add", "An Endlessly Long Company Name Incorporated", "x" * 200)
        assert "x" * 200 in self.lines(followup)[0]

    def test_colours_are_for_terminals_that_want_them(
        self, followup: Followup, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from click.testing import CliRunner

        from followup.cli.main import cli

        followup.done("add", "Globex", "SRE")
        words = ["--at", NOW, "list"]
        assert "\x1b[" in CliRunner().invoke(cli, words, color=True).stdout
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b[" not in CliRunner().invoke(cli, words, color=True).stdout


def test_a_date_alone_as_the_clock_is_the_start_of_the_day(followup: Followup) -> None:
    followup.done("add", "Globex", "SRE", "--interview", "2026-03-10 05:00", at=None)
    assert followup.json("list", at="2026-03-12")[0]["stage"] == "cooling"
    assert followup.json("list", at="2026-03-12 06:00")[0]["stage"] == "due"


def test_what_a_terminal_would_obey_is_not_stored(followup: Followup) -> None:
    hostile = "Glo\x1b]0;gotcha\x07bex\u202e \x9b31m"
    followup.done("add", hostile, "SRE\r\nroot", "--notes", "a\x1b[2Jb", "--tag", "\u2067x")
    document = followup.json("log", "1", "note", "c\x1b[2Jd")
    assert document["company"] == "Glo]0;gotchabex 31m"
    assert document["role"] == "SRE root"
    assert document["notes"] == "a[2Jb"
    assert document["events"][1]["text"] == "c[2Jd"


def test_what_a_terminal_would_obey_is_not_printed_either(followup: Followup, home: Path) -> None:
    """A store that somebody else wrote into, or that an older program had written."""
    followup.done("add", "Globex", "SRE", "--notes", "Globex", "--contact", "Globex")
    followup.done("log", "1", "note", "Globex")
    store = home / "data" / "followup" / "followup.json"
    text = store.read_text(encoding="utf-8")
    hostile = "Glo\\u001b[2J\x9b31m\u202e\u2067\\nbex"
    store.write_text(text.replace("Globex", hostile), encoding="utf-8")
    (document,) = followup.json("list")
    assert document["company"] == "Glo\x1b[2J\x9b31m\u202e\u2067\nbex"
    for words in (["list"], ["show", "1"], ["list", "--json"], ["history"], []):
        printed = followup.done(*words)
        assert not {"\x1b", "\x9b", "\u202e", "\u2067"} & set(printed), words
        assert "Glo" in printed
