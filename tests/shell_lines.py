"""Lines of shell as pages and helps show them: the followups in them, parsed without running."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import click

from followup.cli.main import cli


def followups_in(line: str) -> Iterator[list[str]]:
    """Return the arguments of every followup in a line of shell."""
    line, was = line.replace("…", "x"), ""
    while line != was:  # what is put in by $(…), from the inside out
        line, was = re.sub(r"\$\([^()]*\)", "x", line), line
    line = re.sub(r"^[\d*/,-]+( [\d*/,-]+){4} ", "", line.strip())  # when cron runs it
    commands: list[list[str]] = [[]]
    for word in shlex.split(line, comments=True):
        if word in {"|", "&&", ";"}:
            commands.append([])
        elif word == ">":
            break
        else:
            commands[-1].append(word)
    for command in commands:
        if command and command[0] == "followup":
            yield command[1:]


def parse(words: list[str], where: str) -> None:
    """Parse a command line without running it; raise ``AssertionError`` where it is none."""
    command: click.Command = cli
    context: click.Context | None = None
    try:
        while True:
            context = click.Context(command, info_name=command.name, parent=context)
            _, rest, _ = command.make_parser(context).parse_args(list(words))
            if not isinstance(command, click.Group) or not rest:
                return
            _, found, words = command.resolve_command(context, rest)
            assert found
            command = found
    except click.UsageError as error:
        raise AssertionError(f"{where}: {error.format_message()}") from error


def contexts(
    command: click.Command = cli, parent: click.Context | None = None
) -> Iterator[click.Context]:
    """Return a context for every command, the program itself first."""
    context = click.Context(command, parent=parent, info_name=command.name)
    yield context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below
            yield from contexts(below, context)
