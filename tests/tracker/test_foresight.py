"""Policies outside foresee what they would foresee here, or else the default does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    DAY,
    HOUR,
    NOON,
    HandClock,
    application,
    applied,
    interview,
    outcome,
    reply,
    sent,
)
from command_line import Followup
from followup.builtin.patient import Patient, PatientSettings
from followup.config import Config
from followup.domain.errors import InputError
from followup.domain.events import AnyEvent
from followup.domain.policy import Policy
from followup.domain.timeline import Timeline
from followup.extensions.isolation.proxies import OutsidePolicy
from plugin_trackers import Run, a_run
from scripts import write_script
from strategies import START, histories, zones

THANKS = Path(__file__).parents[2] / "plugins" / "thanks-24h" / "src"

SAME = f"""
import sys
from followup.api import hookimpl
from followup.builtin.patient import Patient
sys.path.insert(0, {str(THANKS)!r})
from followup_thanks_24h import Thanks

class Elsewhere(Patient):
    name = "elsewhere"

@hookimpl
def register_policies():
    return [Elsewhere(), Thanks()]
"""


def policy_script(steps: str, name: str = "mine") -> str:
    """A script with a policy that does this when it is asked for steps; it counts that."""
    return f"""
import time
from datetime import timedelta
from pathlib import Path
from followup.api import Settings, Step, StepKind, hookimpl

class Mine(Settings, frozen=True, kw_only=True):
    days: int = 3

    def __post_init__(self):
        if not 0 < self.days < 10:
            raise ValueError("days must be from 1 to 9")

class Policy:
    name = title = {name!r}
    settings_type = Mine

    def steps(self, timeline, settings, zone):
        with Path(__file__).with_name("calls").open("a") as file:
            print(len(timeline.events), file=file)
        {steps}

@hookimpl
def register_policies():
    return [Policy()]
"""


STEADY = policy_script(
    "opens = timeline.events[-1].at + timedelta(days=settings.days);"
    " return [Step(kind=StepKind.FOLLOW_UP, opens=opens, due=opens, why='steadily')]"
)


def calls(directory: Path) -> int:
    """How often the policy of a script was asked, since the last time."""
    path = directory / "plugins" / "calls"
    count = len(path.read_text().splitlines()) if path.exists() else 0
    path.unlink(missing_ok=True)
    return count


def reasons(run: Run) -> list[str]:
    """Why another policy counts than was chosen, for each card."""
    cards = run.tracker.board().cards()
    return [run.tracker.foresight.stand_in(card.application) for card in cards]


@pytest.fixture(scope="module")
def same(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with a_run(tmp_path_factory.mktemp("same"), {"same": SAME}) as run:
        yield run


@pytest.fixture(scope="module")
def thanks() -> Iterator[Policy]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(THANKS)
        from followup_thanks_24h import Thanks  # here: it is no part of the program

        yield Thanks()
    sys.modules.pop("followup_thanks_24h", None)


class TestDifference:
    @settings(max_examples=30, deadline=None)
    @given(st.lists(histories, min_size=1, max_size=8), zones, st.integers(0, 60))
    def test_patient_says_the_same_elsewhere(
        self, same: Run, told: list[list[AnyEvent]], zone: str, days: int
    ) -> None:
        timelines = tuple(Timeline.at(events, START + days * DAY) for events in told)
        elsewhere = same.host.policies["elsewhere"]
        assert isinstance(elsewhere, OutsidePolicy)
        table = {"check_ins": 3, "due_after_hours": 12.5}
        foreseen = elsewhere.steps_of_many(timelines, elsewhere.settings_type(**table), zone)
        here = PatientSettings(**table)  # type: ignore[arg-type]
        assert foreseen == [tuple(Patient().steps(each, here, zone)) for each in timelines]

    @settings(max_examples=30, deadline=None)
    @given(histories, zones, st.integers(0, 60))
    def test_a_policy_of_others_says_the_same_elsewhere(
        self, same: Run, thanks: Policy, events: list[AnyEvent], zone: str, days: int
    ) -> None:
        timeline = Timeline.at(events, START + days * DAY)
        elsewhere = same.host.policies["thanks-24h"]
        foreseen = elsewhere.steps(timeline, elsewhere.settings_type(), zone)
        assert foreseen == tuple(thanks.steps(timeline, thanks.settings_type(), zone))


class TestStandIn:
    """Where the chosen policy says nothing, ``patient`` counts, and the reason is there."""

    @pytest.mark.parametrize(
        ("script", "reason"),
        [
            (policy_script("raise ValueError"), "mine failed"),
            (policy_script("return 7"), "mine failed"),
            (policy_script("return [timeline]"), "mine failed"),
            (policy_script("time.sleep(3600)"), "mine failed"),
            (policy_script("while True: pass"), "mine failed"),
            (policy_script("import os; os._exit(0)"), "mine failed"),
            (policy_script("return []", name="other"), "no policy mine"),
            ("import nothing_of_that_name", "no policy mine"),
        ],
    )
    def test_every_card_says_why(self, tmp_path: Path, script: str, reason: str) -> None:
        with a_run(tmp_path, {"script": script}) as run:
            expected = run.tracker.add(application(interview(NOON)))
            for _ in range(2):
                run.tracker.add(application(interview(NOON), policy="mine"))
            for _ in range(2):
                assert reasons(run) == ["", reason, reason]
                standings = {card.standing for card in run.tracker.board().cards()}
                assert standings == {run.tracker.card(expected.id).standing}

    def test_it_fails_for_one_and_counts_for_the_others(self, tmp_path: Path) -> None:
        script = STEADY.replace(
            "opens =", "assert len(timeline.events) < 2, 'too much'; opens =", 1
        )
        with a_run(tmp_path, {"script": script}) as run:
            run.tracker.add(application(applied(NOON), policy="mine"))
            run.tracker.add(application(applied(NOON), interview(NOON), policy="mine"))
            cards = {card.id: card for card in run.tracker.board().cards()}
            steps = {id_: card.standing.steps[0] for id_, card in cards.items()}
            assert steps[1].why == "steadily"
            assert steps[2].why.startswith("48 h after your interview")
            said = [run.tracker.foresight.stand_in(cards[id_].application) for id_ in (1, 2)]
            assert said == ["", "mine failed"]

    def test_a_usual_policy_that_is_not_there_is_said_of_all(self, tmp_path: Path) -> None:
        with a_run(tmp_path, config=Config(default_policy="mine")) as run:
            run.tracker.add(application(interview(NOON)))
            run.tracker.add(application(interview(NOON), policy="patient"))
            assert sorted(reasons(run)) == ["", "no policy mine"]

    def test_it_counts_again_once_its_plugin_is_loaded_again(self, tmp_path: Path) -> None:
        with a_run(tmp_path, {"script": STEADY}) as run:
            run.tracker.add(application(interview(NOON), policy="mine"))
            assert reasons(run) == [""]
            run.outside.ledger.disable("script")
            run.outside.reload()
            assert reasons(run) == ["no policy mine"]
            run.outside.ledger.enable("script")
            run.outside.reload()
            calls(tmp_path)
            assert reasons(run) == [""]
            assert calls(tmp_path) == 1


class TestAsking:
    def test_it_is_asked_once_for_each_timeline(self, tmp_path: Path) -> None:
        clock = HandClock()
        with a_run(tmp_path, {"script": STEADY}, clock=clock) as run:
            for _ in range(3):
                run.tracker.add(application(applied(NOON), policy="mine"))
            calls(tmp_path)
            run.tracker.board()
            assert calls(tmp_path) == 3
            for _ in range(3):
                clock.advance(HOUR)
                run.tracker.board()
            assert calls(tmp_path) == 0
            run.tracker.log(2, sent(clock.now()))
            run.tracker.board()
            assert 1 <= calls(tmp_path) <= 2  # `log` asks which step it was

    def test_many_are_asked_at_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with a_run(tmp_path, {"script": STEADY}) as run:
            with run.tracker.repository.change("fill", NOON) as changes:
                for number in range(50):
                    changes.add(application(applied(NOON + number * HOUR), policy="mine"))
            run.outside.load()
            asked: list[str] = []
            ask = run.outside.ask

            def counted(request: object, kind: type[object]) -> object:
                asked.append(type(request).__name__)
                return ask(request, kind)  # type: ignore[arg-type]

            monkeypatch.setattr(run.outside, "ask", counted)
            run.clock.advance(30 * DAY)
            assert len(run.tracker.board().cards()) == 50
            assert asked == ["Settle", "Foresee"]
            assert calls(tmp_path) == 50

    def test_it_is_not_asked_of_what_is_over(self, tmp_path: Path) -> None:
        with a_run(tmp_path, {"script": STEADY}) as run:
            for fact in (reply(NOON), outcome(NOON)):
                run.tracker.add(application(applied(NOON - DAY), fact, policy="mine"))
            calls(tmp_path)
            assert {card.stage for card in run.tracker.board().cards()} == {"replied", "closed"}
            assert calls(tmp_path) == 0

    def test_a_day_ahead_it_is_asked_for_the_board_of_that_day(self, tmp_path: Path) -> None:
        with a_run(tmp_path, {"script": STEADY}) as run:
            run.tracker.add(application(applied(NOON), policy="mine"))
            stages = [run.tracker.board(NOON + day * DAY).cards()[0].stage for day in (2, 3, 2)]
            assert stages == ["applied", "due", "applied"]


class TestSettings:
    @pytest.mark.parametrize(
        ("table", "said"),
        [
            ({"days": 12}, "days must be from 1 to 9"),
            ({"days": "many"}, "Expected `int`, got `str`"),
            ({"weeks": 1}, "unknown field `weeks`"),
        ],
    )
    def test_a_mistake_is_the_users_to_put_right(
        self, tmp_path: Path, table: dict[str, object], said: str
    ) -> None:
        with a_run(tmp_path, {"script": STEADY}, config=Config(policy={"mine": table})) as run:
            run.tracker.add(application(applied(NOON), policy="mine"))
            with pytest.raises(InputError) as told:
                run.tracker.board()
            assert str(told.value).startswith("[policy.mine]: ")
            assert said in str(told.value)
            assert run.outside.faults == ()

    def test_they_count(self, tmp_path: Path) -> None:
        config = Config(policy={"mine": {"days": 5}})
        with a_run(tmp_path, {"script": STEADY}, config=config) as run:
            run.tracker.add(application(applied(NOON), policy="mine"))
            (card,) = run.tracker.board().cards()
            assert card.standing.steps[0].opens == NOON + 5 * DAY

    def test_on_the_command_line_it_is_one_line_and_wrong_usage(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        config = tmp_path / "config.toml"
        monkeypatch.setenv("FOLLOWUP_CONFIG", str(config))
        monkeypatch.setenv("FOLLOWUP_STORE", str(tmp_path / "followup.json"))
        monkeypatch.setenv("TZ", "UTC")
        write_script(tmp_path, "script", STEADY)
        followup = Followup()
        followup.done("add", "Globex", "SRE", "--interview", "2026-03-09T10:00Z")
        (difference,) = followup.json("policy", "compare", "patient", "mine")
        assert difference["patient"]["opens"] == "2026-03-11T11:00:00+00:00"
        assert difference["mine"]["opens"] == "2026-03-12T10:00:00+00:00"
        assert followup.json("policy", "compare", "mine", "mine") == []
        followup.done("policy", "use", "mine", "--for", "1")
        assert followup.json("list")[0]["policy"] == "mine"
        config.write_text("[policy.mine]\ndays = 0\n")
        code, line = followup.refused("list")
        assert code == 2
        assert line.startswith("[policy.mine]: days must be from 1 to 9")
