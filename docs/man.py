"""Write the man page out of the command line itself: ``make man``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from followup import __version__
from followup.cli.main import cli

PAGE = Path(__file__).with_name("followup.1")

AFTER = r"""
.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
Refused, or nothing found.
.TP
.B 2
Wrong usage, or bad input.
.TP
.B 3
Trouble with the store or a channel.
.SH ENVIRONMENT
.TP
.B FOLLOWUP_STORE
The file with the applications.
.TP
.B FOLLOWUP_CONFIG
The configuration.
.TP
.B FOLLOWUP_PLUGINS
The plugins that are loaded, with commas between them; else all that are installed.
.TP
.B FOLLOWUP_NO_PLUGINS
Where it is 1, none but the plugins in the box are loaded.
.TP
.BR VISUAL ", " EDITOR
The editor for messages, applications and the configuration.
.TP
.B NO_COLOR
Where it is set, nothing is printed in colour.
.SH FILES
.TP
.I ~/.local/share/followup/followup.json
The applications, where neither
.B \-\-store
nor the environment names another file
.RI ( "~/Library/Application Support/followup"
on macOS).
.TP
.I ~/.config/followup/config.toml
The configuration;
.B followup config path
says where it is. Message templates of your own are beside it in
.IR templates ,
scripts in
.IR plugins .
.SH SEE ALSO
.BR crontab (5),
.BR khal (1),
.BR vdirsyncer (1)
"""


def page() -> str:
    """Return the man page, in the language of man(7)."""
    about, *more = _paragraphs(cli.help)
    lines = [
        f'.TH FOLLOWUP 1 "" "followup {__version__}" "User Commands"',
        ".SH NAME",
        rf"followup \- {_plain(about.partition(':')[2].strip().rstrip('.'))}",
        ".SH SYNOPSIS",
        ".B followup",
        r".RI [ OPTIONS ] " + r"\ [ COMMAND \ [ ARGS ]...]",
        ".SH DESCRIPTION",
        _plain(about),
        *(line for text in more for line in (".PP", _plain(text))),
        ".SH OPTIONS",
        *_options(cli),
        *_examples(cli),
        ".SH COMMANDS",
    ]
    for context in _commands(cli, click.Context(cli, info_name="followup")):
        lines.extend(_command(context))
    return "\n".join(lines) + AFTER


def _commands(group: click.Group, above: click.Context) -> Iterator[click.Context]:
    """Return a context for every command below a group, in the order of its help."""
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        assert command
        context = click.Context(command, parent=above, info_name=name)
        yield context
        if isinstance(command, click.Group):
            yield from _commands(command, context)


def _command(context: click.Context) -> Iterator[str]:
    usage = " ".join((context.command_path, *context.command.collect_usage_pieces(context)))
    yield f".SS {_plain(usage.removeprefix('followup '))}"
    for text in _paragraphs(context.command.help):
        yield from (_plain(text), ".PP")
    yield from _options(context.command)
    yield from _examples(context.command)


def _options(command: click.Command) -> Iterator[str]:
    context = click.Context(command)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context)):
            names, told = record
            yield from (".TP", rf"\fB{_plain(names)}\fR", _plain(told))


def _examples(command: click.Command) -> Iterator[str]:
    lines = (command.epilog or "").splitlines()[2:]
    if lines:
        yield from (".PP", ".EX")
        yield from (_plain(line) for line in lines)
        yield ".EE"


def _paragraphs(told: str | None) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", told or "")]


def _plain(text: str) -> str:
    """Return text that is no request to roff, its hyphens such as can be copied."""
    text = text.replace("\\", r"\(rs").replace("-", r"\-")
    return rf"\&{text}" if text.startswith((".", "'")) else text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
