"""Plugins that do everything wrong, and what is to be told of each; and one that is good."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import hasty_worker
from plugin_trackers import FINE, rule_script

CORPUS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in (Path(__file__).parent / "extensions" / "misbehaving").glob("*.py")
} | {"syntax_error": "def hook(:\n"}

GOOD = (
    rule_script(FINE, "good")
    + """
from followup.api import Settings, Step, StepKind

class Badge:
    name = "good"

    def text(self, card, now):
        return "fine"

class Policy:
    name = "good"
    title = "Always at noon"
    settings_type = Settings

    def steps(self, timeline, settings, zone):
        ends = timeline.interview.ends
        return [Step(kind=StepKind.FOLLOW_UP, opens=ends, due=ends, why="at once")]

@hookimpl
def register_badges():
    return [Badge()]

@hookimpl
def register_policies():
    return [Policy()]

@hookimpl
def event_recorded(application, event):
    with open(__file__.replace("good.py", "heard"), "a") as file:
        print(application.company, event.name, file=file)
"""
)


class Fault(NamedTuple):
    """What is expected to be told of a plugin: it, or nothing at all."""

    phase: str
    reason: str
    condition: str = "loaded"


HUNG = f"took more than {hasty_worker.SECONDS} s"
EXPECTED: dict[str, Fault | None] = {
    # while they are imported
    "fails_at_import": Fault("import", "RuntimeError: no luck today", "set aside"),
    "syntax_error": Fault("import", "SyntaxError: invalid syntax", "set aside"),
    "exits_at_import": Fault("import", "SystemExit: enough of this", "set aside"),
    "interrupts_at_import": Fault("import", "KeyboardInterrupt", "set aside"),
    "kills_at_import": Fault("import", "ended the process (status 3)", "set aside"),
    "sleeps_at_import": Fault("import", HUNG, "set aside"),
    "closes_all_descriptors": Fault("import", "ended the process", "set aside"),
    # by what they implement and give
    "wrong_arguments": Fault("register", "{'applicant'} are declared", "set aside"),
    "wraps_a_hook": Fault("register", "a hook cannot be wrapped here", "set aside"),
    "unknown_hook": Fault("register", "there is no hook coffee_wanted"),
    "recurses": Fault("register_rules", "RecursionError", "set aside"),
    "spins_at_registration": Fault("register_rules", HUNG, "set aside"),
    "gives_garbage": Fault("register_rules", "returned `int`", "set aside"),
    "raises_in_repr": Fault("register_rules", "gave `Thing`: Expected `str`", "set aside"),
    "takes_names_of_others": Fault("register_rules", "another plugin gave 'no-ask' first"),
    "templates_cannot_be_filled": Fault("register_templates", "there is no $darling", "set aside"),
    # by what they write
    "prints": Fault("import", "printed '[2Jhello from an import'"),
    "writes_to_descriptors": Fault("import", "printed ']0;owned to the firstto the second'"),
    "starts_a_child_that_prints": Fault("import", "printed 'hello from a child'"),
    "logs_to_an_old_handler": Fault("import", "printed 'hello from a log'"),
    "replaces_stdout": Fault("import", "replaced sys.stdout"),
    "closes_the_streams": None,
    "leaves_a_thread_that_crashes": None,
    # when they judge a message
    "sleeps": Fault("rule sleeps", HUNG, "set aside"),
    "spins": Fault("rule spins", HUNG, "set aside"),
    "matches_for_ever": Fault("rule matches-for-ever", HUNG, "set aside"),
    "exits": Fault("rule exits", "ended the process (status 0)", "set aside"),
    "segfaults": Fault("rule segfaults", "ended the process (SIGSEGV)", "set aside"),
    "kills_its_group": Fault("rule kills-its-group", "ended the process (SIGKILL)", "set aside"),
    "raises": Fault("rule raises", "LookupError: what a message", "set aside"),
    "cancels": Fault("rule cancels", "CancelledError", "set aside"),
    "leaves_generators": Fault("rule leaves-generators", "GeneratorExit", "set aside"),
    "eats_memory": Fault("rule eats-memory", "MemoryError", "set aside"),
    "judges_with_garbage": Fault("rule judges-with-garbage", "returned `list`", "set aside"),
    "speaks_in_halves": Fault("rule speaks-in-halves", "cannot be used", "set aside"),
    "judges_for_others": Fault(
        "rule judges-for-others", "returned the code 'no-ask', not its own", "set aside"
    ),
    "forks": None,
    "changes_what_it_is_handed": None,
    # when they say what is to be done
    "policy_raises": Fault("policy policy-raises", "ArithmeticError: no idea"),
    "policy_sleeps": Fault("policy policy-sleeps", HUNG, "set aside"),
    "policy_knows_no_zone": Fault("policy policy-knows-no-zone", "a time without a zone"),
    "policy_looks_far": Fault("policy policy-looks-far", "returned a time in the year 9999"),
    "policy_never_ends": Fault("policy policy-never-ends", "returned more than 50 steps"),
    "policy_gives_garbage": Fault("policy policy-gives-garbage", "returned `dict`"),
    "policy_cannot_be_set": Fault("settings policy-cannot-be-set", "ZeroDivisionError"),
    "policy_changes_its_timeline": None,
    # and otherwise
    "channel_crashes": Fault("channel channel-crashes", "(SIGSEGV)", "set aside"),
    "channel_exits": Fault("channel channel-exits", "ended the process (status 0)", "set aside"),
    "channel_hangs": Fault("channel channel-hangs", HUNG, "set aside"),
    "channel_says_nothing": Fault("channel channel-says-nothing", "returned nothing"),
    "files_that_fail": Fault("exporter files-that-fail", "OSError: the disk of the mind is full"),
    "hears_badly": Fault("event_recorded", "KeyError", "set aside"),
    "sleeps_at_changes": Fault("stage_entered", HUNG, "set aside"),
    "speaks_in_escapes": Fault(
        "command speak-in-escapes", "ValueError: [31m[red]2J[@click=app.quit]ee"
    ),
}
