"""The reference is held to the code: every hook by its signature, every name that there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from inspect import getdoc, isfunction, signature
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import followup.api
from followup.api import (
    Applied,
    Command,
    ImportReading,
    Receipt,
    Settings,
    Stage,
    StepKind,
    Template,
    hookimpl,
)
from followup.builtin.clipboard import Clipboard
from followup.extensions import hookspecs
from followup.testing import (
    NOW,
    application,
    applied,
    contact,
    host_of,
    interview,
    message,
    tracker_over,
)

DOCS = Path(__file__).parents[2] / "docs"
HOOKS: dict[str, Callable[..., Any]] = {
    name: function
    for name, function in vars(hookspecs).items()
    if isfunction(function) and function.__module__ == hookspecs.__name__
}


def sections() -> dict[str, str]:
    """The sections of the reference by their headings."""
    page = (DOCS / "hooks.md").read_text(encoding="utf-8")
    parts = re.split(r"^##+ ", page, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in parts}


def test_there_are_the_hooks_of_the_design() -> None:
    assert list(HOOKS) == [
        "register_channels",
        "register_policies",
        "register_rules",
        "register_templates",
        "register_importers",
        "register_exporters",
        "register_commands",
        "register_badges",
        "event_recorded",
        "stage_entered",
        "message_sent",
    ]


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_is_documented_with_its_exact_signature(hook: str) -> None:
    section = sections()[hook]
    told = str(signature(HOOKS[hook])).replace("'", "")
    assert section.startswith(f"\n```python\ndef {hook}{told}\n```\n")
    gives = hook.startswith("register_")
    for point in ("Called", *(("Returns", "Then") if gives else ("Gets",)), "A failure"):
        assert f"\n- **{point}**: " in section, point
    assert len(getdoc(HOOKS[hook]) or "") > 60


def test_no_hook_is_documented_that_there_is_not() -> None:
    documented = {heading for heading in sections() if heading.islower() and "_" in heading}
    assert documented == set(HOOKS)


def rows() -> Iterator[tuple[str, str]]:
    """The names of the page of names, and what it says of each."""
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    for names, told in re.findall(r"^\| (`.+?) \| (.+) \|$", page, re.MULTILINE):
        for name in re.findall(r"`(\w+)`", names):
            yield name, told


def test_every_name_of_the_api_is_in_the_reference_and_no_other() -> None:
    names = [name for name, _ in rows()]
    assert sorted(names) == sorted(followup.api.__all__)


def test_the_api_is_all_that_it_says_and_nothing_slipped_in() -> None:
    there = {name for name in vars(followup.api) if not name.startswith("_")}
    assert there - {"annotations", "pluggy"} == set(followup.api.__all__)
    assert len(set(followup.api.__all__)) == len(followup.api.__all__)


def test_every_class_and_function_of_the_api_has_a_docstring_of_its_own() -> None:
    for name in followup.api.__all__:
        value = getattr(followup.api, name)
        if callable(value) and getattr(value, "__module__", "").startswith("followup"):
            assert value.__doc__, name


# Every hook is called here through the host, by a test that has its name.


def plugin(**hooks: Callable[..., object]) -> SimpleNamespace:
    return SimpleNamespace(**{name: hookimpl(function) for name, function in hooks.items()})


def test_every_hook_has_a_test() -> None:
    for hook in HOOKS:
        assert callable(globals().get(f"test_{hook}")), hook


def test_register_channels() -> None:
    class Pigeon(Clipboard):
        name = "pigeon"

    channel = host_of(plugin(register_channels=lambda: [Pigeon()])).channels["pigeon"]
    receipt = channel.send(message("Any news?"), contact(), Settings())
    assert receipt == Receipt(detail="copied", copy="Any news?")


def test_register_policies(tmp_path: Path) -> None:
    never = SimpleNamespace(
        name="never", title="Never", settings_type=Settings, steps=lambda timeline, **others: []
    )
    there = plugin(register_policies=lambda: (never,))
    with tracker_over(tmp_path, there, default_policy="never") as tracker:
        added = tracker.add(application(interview(NOW - timedelta(days=5))))
        assert tracker.card(added.id).standing.steps == ()


def test_register_rules(tmp_path: Path) -> None:
    from followup.api import Severity, Verdict

    warn = Verdict(code="mine", severity=Severity.WARN, message="Hm.")
    rule = SimpleNamespace(code="mine", needs_application=False, review=lambda *given: [warn])
    with tracker_over(tmp_path, plugin(register_rules=lambda: [rule])) as tracker:
        added = tracker.add(application(interview(NOW - timedelta(days=5))))
        assert warn in tracker.check(added.id, message(), channel="email")


def test_register_templates(tmp_path: Path) -> None:
    brief = Template(
        name="brief",
        step=StepKind.FOLLOW_UP,
        subject="$role",
        body="$company $role $contact $first_name $interview_day $applied_day $me",
    )
    with tracker_over(tmp_path, plugin(register_templates=lambda: [brief])) as tracker:
        facts = (applied(NOW), interview(NOW))
        added = tracker.add(application(*facts))
        draft = tracker.draft(added.id, step=StepKind.FOLLOW_UP)
    assert draft.template == "brief"
    assert draft.message.body == (
        "Globex Backend Engineer Dana Lee Dana Tuesday 10 March Tuesday 10 March Alex"
    )


def test_register_importers() -> None:
    empty = SimpleNamespace(
        name="empty",
        title="Empty",
        sniff=lambda head: 1.0,
        read=lambda stream, options: ImportReading(rows=()),
    )
    host = host_of(plugin(register_importers=lambda: [empty]))
    assert host.importers["empty"].sniff(b"x") == 1.0


def test_register_exporters(tmp_path: Path) -> None:
    def write(board: Any, stream: Any, zone: str) -> None:
        stream.write(f"{len(board.cards())} in {zone}".encode())

    count = SimpleNamespace(name="count", title="How many", write=write)
    with tracker_over(tmp_path, plugin(register_exporters=lambda: [count])) as tracker:
        tracker.add(application())
        tracker.export("count", stream := BytesIO())
    assert stream.getvalue() == b"1 in UTC"


def test_register_commands(tmp_path: Path) -> None:
    count = Command(
        name="count", title="How many", run=lambda tracker: f"{len(tracker.list())} there"
    )
    with tracker_over(tmp_path, plugin(register_commands=lambda: [count])) as tracker:
        tracker.add(application())
        assert tracker.run("count").text == "1 there"


def test_register_badges() -> None:
    badge = SimpleNamespace(name="mine", text=lambda card, now: card.application.company)
    assert list(host_of(plugin(register_badges=lambda: [badge])).badges) == ["mine"]


def test_event_recorded(tmp_path: Path) -> None:
    told: list[object] = []

    def event_recorded(tracker: Any, application: Any, event: Any) -> None:
        told.append((tracker.zone, application.company, type(event)))

    with tracker_over(tmp_path, plugin(event_recorded=event_recorded)) as tracker:
        tracker.add(application(applied(NOW)))
        tracker.publish()
    assert told == [("UTC", "Globex", Applied)]


def test_stage_entered(tmp_path: Path) -> None:
    told: list[object] = []

    def stage_entered(tracker: Any, application: Any, stage: Any, previous: Any) -> None:
        told.append((tracker.zone, application.company, stage, previous))

    with tracker_over(tmp_path, plugin(stage_entered=stage_entered)) as tracker:
        tracker.add(application(applied(NOW)))
        tracker.publish()
        tracker.publish(tracker.board())
    assert told == [("UTC", "Globex", Stage.APPLIED, None)]


def test_message_sent(tmp_path: Path) -> None:
    told: list[object] = []

    def message_sent(tracker: Any, application: Any, message: Any, receipt: Any) -> None:
        told.append((tracker.zone, application.company, message.body, receipt.sent))

    with tracker_over(tmp_path, plugin(message_sent=message_sent)) as tracker:
        added = tracker.add(application(applied(NOW)))
        tracker.sending.log(added.id, message("Any news?"), channel="email")
        tracker.publish()
    assert told == [("UTC", "Globex", "Any news?", True)]
