"""The check of timing policies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from followup.api import Policy, Settings, Step
from followup.extensions import answers
from followup.extensions.faults import MisbehaviourError
from followup.extensions.things import PolicyFacts, kind_of
from followup.testing.judging import asked, require, settings_of
from followup.testing.stories import Story, stories


def check_policy(policy: Policy, settings: Settings | None = None) -> None:
    """Check that a policy keeps its contract, on some 3,000 timelines.

    It has what the program asks for; it is pure; its steps are few, in order, in UTC, and
    say why; it asks for nothing once somebody has answered. ``settings`` are its defaults
    unless they are given. Raises ``AssertionError`` with the timeline on which it fails.
    """
    what = f"policy {getattr(policy, 'name', policy)}"
    asked(what, lambda: PolicyFacts.of(policy))
    settings = settings_of(what, policy.settings_type, settings)
    for story in stories():
        _check_steps(f"{what}, {story}", policy, settings, story)


def _check_steps(what: str, policy: Policy, settings: Settings, story: Story) -> None:
    before = msgspec.msgpack.encode((story.timeline, settings))
    steps = _steps(what, policy, settings, story)
    again = _steps(what, policy, settings, story)
    require(steps == again, f"{what}: gives other steps when it is asked again")
    after = msgspec.msgpack.encode((story.timeline, settings))
    require(before == after, f"{what}: changes what it was handed")
    require(not (steps and story.timeline.answered), f"{what}: asks on after an answer")
    opens = [step.opens for step in steps]
    require(opens == sorted(opens), f"{what}: its steps are not in the order in which they open")
    for step in steps:
        _check_step(what, step)


def _steps(what: str, policy: Policy, settings: Settings, story: Story) -> tuple[Step, ...]:
    def steps() -> tuple[Step, ...]:
        answer = policy.steps(story.timeline, settings, story.zone)
        if not isinstance(answer, Sequence):
            raise MisbehaviourError(f"returned {kind_of(answer)}, not a list or a tuple of steps")
        checked = answers.steps(answer)
        for step in answer:
            _require_utc(what, (step.opens, step.due, step.lapses))
        return checked

    return asked(what, steps, allowed=(AssertionError,))


def _require_utc(what: str, moments: Sequence[datetime | None]) -> None:
    for moment in moments:
        require(
            moment is None or moment.utcoffset() == timedelta(0), f"{what}: {moment} is not in UTC"
        )


def _check_step(what: str, step: Step) -> None:
    told = f"{what}: its {step.kind}"
    require(step.why, f"{told} does not say why")
    require(step.opens <= step.due, f"{told} is due before it opens")
    require(not step.lapses or step.opens < step.lapses, f"{told} lapses before it opens")
    require(1 <= step.number <= step.of, f"{told} is number {step.number} of {step.of}")
