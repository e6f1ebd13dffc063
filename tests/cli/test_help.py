"""Every command tells what it does, and the examples in its help are such as run."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from calendars import DANA_SAYS, calendar, event
from command_line import NOW, Followup
from followup.cli.main import cli
from shell_lines import contexts, followups_in, parse

CONTEXTS = list(contexts())
NEEDS_MORE = {
    "config mail": "a server of mail",
    "config edit": "an editor",
    "send": "the clock of the computer",
    "--store x": "a shell",
    "serve": "somebody to end it",
    "--at fri serve": "the same",
    "replies": "a mailbox, or one that it names",
    "run weekly-summary": "a plugin",
    "plugins info": "a plugin",
    "plugins disable": "a plugin",
    "plugins enable": "a plugin",
    "policy compare patient thanks-24h": "a plugin",
}
"""Beginnings of examples that only parse here, and what they would need to run."""


def examples_of(context: click.Context) -> list[str]:
    """The examples in the help of a command, as they are printed."""
    _, _, told = context.command.get_help(context).partition("Examples:\n")
    return [line.strip() for line in told.splitlines() if line.strip()]


def examples() -> Iterator[str]:
    for context in CONTEXTS:
        yield from examples_of(context)


EXAMPLES = list(dict.fromkeys(examples()))


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.command_path)
def test_a_command_says_what_it_does_and_so_does_each_option(context: click.Context) -> None:
    told = context.command.help or ""
    assert re.match(r"[A-Z].{8,}[.:]", told), told
    for parameter in context.command.params:
        if isinstance(parameter, click.Option):
            assert re.match(r"[A-Z].*[.?)]$", parameter.help or ""), parameter.name


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.command_path)
def test_the_help_fits_into_80_columns_and_shows_the_command_at_work(
    context: click.Context,
) -> None:
    result = CliRunner().invoke(cli, [*_words(context), "--help"], env={"COLUMNS": "80"})
    assert result.exit_code == 0
    shown = [words for line in examples_of(context) for words in followups_in(line)]
    ours = _words(context)
    if len(ours) > 1 and "ID" in context.command_path:
        ours = [ours[0], ours[-1]]
    assert any(set(ours) <= set(words) for words in shown), f"no example of {ours}"


def _words(context: click.Context) -> list[str]:
    """The words that call a command, with an id where there is one between them."""
    path = context.command_path.split()[1:]
    return ["1" if word == "ID" else word for word in path]


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_is_one_that_the_program_understands(line: str) -> None:
    for words in followups_in(line):
        parse(words, line)


@pytest.fixture
def there(home: Path, monkeypatch: pytest.MonkeyPatch) -> Followup:
    """A store with three applications, and the files that examples name."""
    monkeypatch.chdir(home)
    monkeypatch.setenv("EDITOR", shutil.which("true") or "true")
    followup = Followup()
    for company in ("Initech", "Umbrella", "Globex"):
        followup.done(
            *("add", company, "SRE", "--contact", "Dana Lee", "--email", "dana@globex.example"),
            *("--interview", "2026-03-08 15:00", "--tag", "remote"),
        )
    followup.done("log", "2", "interview", "--starts", "2026-03-10 15:00")
    followup.done("log", "1", "note", "Nice.")
    followup.done("undo")
    (home / "log.csv").write_text("Firm,Role,Mood\nAcme,SRE,good\n", encoding="utf-8")
    (home / "invitation.ics").write_bytes(calendar(event(DANA_SAYS)))
    (home / "message.txt").write_text("Hello,\n\nIs there any news?\n", encoding="utf-8")
    return followup


RUN = [
    line
    for line in EXAMPLES
    if not any(" ".join(words).startswith(tuple(NEEDS_MORE)) for words in followups_in(line))
]


@pytest.mark.parametrize("line", RUN)
def test_every_example_runs(line: str, there: Followup) -> None:
    piped = ""
    for words in followups_in(line):
        if "outcome" in words or "reopen" in words or "redo" in words:
            there("log", "3", "outcome", "rejected")
        if "redo" in words:
            there("undo")
        result = there(*words, at=None if "--at" in words else NOW, typed=piped or "y\n")
        assert result.exit_code == 0, f"{words}: {result.output}"
        piped = result.stdout
