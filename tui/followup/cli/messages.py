"""Messages: ``draft`` one, ``check`` or ``lint`` it (design, section 4)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import BinaryIO

import click

from followup.cli.as_json import plain, print_json
from followup.cli.examples import examples
from followup.cli.faults import REFUSED
from followup.cli.lines import note, say
from followup.cli.options import channel_option, id_argument, json_option, step_option
from followup.cli.session import Session, pass_session
from followup.correspondence import DEFAULT_CHANNEL
from followup.domain.errors import InputError
from followup.domain.etiquette import is_blocked
from followup.domain.message import Message, Severity, Verdict
from followup.domain.sentences import count
from followup.domain.step import StepKind
from followup.domain.text import PAGE_LIMIT, clean, clean_page

_SUBJECT = "subject:"
_COLOURS = {Severity.BLOCK: "red", Severity.WARN: "yellow", Severity.INFO: "blue"}

file_option = click.option(
    "--file", "file", type=click.File("rb"), metavar="F", help="The message; - is standard input."
)
dash_argument = click.argument("dash", type=click.Choice(["-"]), required=False, metavar="[-]")


@click.command(
    epilog=examples("followup draft 3", "followup draft 3 --step last-call --edit > message.txt")
)
@id_argument
@channel_option
@step_option
@click.option(
    "--language",
    metavar="L",
    default="",
    help="The language as two letters, where that is not yours from the configuration.",
)
@click.option(
    "--variant",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Another wording: 2, 3 and so on, round and round.",
)
@click.option("--edit", "in_editor", is_flag=True, help="Open it in $VISUAL or $EDITOR first.")
@json_option
@pass_session
def draft(
    session: Session,
    application_id: int,
    channel: str | None,
    step: StepKind | None,
    language: str,
    variant: int,
    in_editor: bool,
    as_json: bool,
) -> None:
    """Print a message to begin with, for the next step.

    Your own templates come first; they are text files in the folder templates beside the
    configuration.
    """
    tracker = session.tracker
    name = tracker.correspondence.channel(channel).name if channel else None
    drafted = tracker.draft(
        application_id, channel=name, step=step, variant=variant - 1, language=language.lower()
    )
    message = drafted.message
    _note_what_was_passed_over(session, language.lower(), message)
    if in_editor:
        from followup.cli.editing import edit_until  # late: only this opens an editor

        message = edit_until(as_text(message), ".txt", read_text)
    if as_json:
        print_json(
            {
                "step": str(drafted.step),
                "channel": drafted.channel,
                "template": drafted.template,
                "language": message.language,
                "subject": message.subject,
                "body": message.body,
            }
        )
    else:
        click.echo(clean_page(as_text(message)))


@click.command(
    epilog=examples(
        "followup draft 3 | followup check 3 -",
        "followup check 3 --file message.txt --step check-in",
    )
)
@id_argument
@dash_argument
@file_option
@channel_option
@step_option
@json_option
@pass_session
def check(
    session: Session,
    application_id: int,
    dash: str | None,
    file: BinaryIO | None,
    channel: str | None,
    step: StepKind | None,
    as_json: bool,
) -> int | None:
    """Hold a message to an application against the rules.

    Exits with 1 where a rule blocks it.
    """
    tracker = session.tracker
    application = tracker.application(application_id)
    if channel is None:
        # One that needs nothing of a contact reaches nobody by itself.
        ways = tracker.correspondence.channels_for(application)
        reaching = (way.name for way in ways if way.needs)
        channel = next(reaching, DEFAULT_CHANNEL)
    message = given(file, dash)
    verdicts = tracker.check(application_id, message, channel=channel, step=step)
    return tell(message, verdicts, as_json=as_json)


@click.command(epilog=examples("followup lint --file message.txt"))
@dash_argument
@file_option
@step_option
@json_option
@pass_session
def lint(
    session: Session,
    dash: str | None,
    file: BinaryIO | None,
    step: StepKind | None,
    as_json: bool,
) -> int | None:
    """Hold a message against the rules that need no application.

    Exits with 1 where a rule blocks it.
    """
    message = given(file, dash)
    return tell(message, session.tracker.correspondence.lint(message, step), as_json=as_json)


def as_text(message: Message) -> str:
    """Return a message as text: its subject in a line of its own, then its body."""
    return f"Subject: {message.subject}\n\n{message.body}" if message.subject else message.body


def read_text(text: str) -> Message:
    """Return the message that a text is; a first line ``Subject: …`` is its subject."""
    text = clean_page(text)
    first, _, rest = text.partition("\n")
    if not first.lower().startswith(_SUBJECT):
        return Message(body=text)
    return Message(subject=clean(first[len(_SUBJECT) :]), body=rest.strip())


def _note_what_was_passed_over(session: Session, language: str, message: Message) -> None:
    """Say which templates could not be used, and where the language had to be another one."""
    faults = session.own_templates.faults()
    if faults:
        note(str(faults[0]))
    if len(faults) > 1:
        note(
            f"{len(faults) - 1} more of your templates cannot be used: see `followup config check`"
        )
    wanted = language or session.config.language
    if message.language != wanted:
        note(f"no template fits in {wanted!r}: this one is in {message.language!r}")


def given(file: BinaryIO | None, dash: str | None) -> Message:
    """Read the message from the file, or from standard input where it is not the keyboard."""
    if file is None and dash is None and sys.stdin.isatty():
        raise click.UsageError("give the message: --file F, or - to read standard input")
    stream = file or sys.stdin.buffer
    try:
        return read_text(stream.read(4 * PAGE_LIMIT).decode("utf-8"))
    except UnicodeDecodeError as fault:
        raise InputError("the message is not text in UTF-8: give another file") from fault


def tell(message: Message, verdicts: Sequence[Verdict], *, as_json: bool) -> int | None:
    """Print what the rules say of a message; return the exit status that goes with it."""
    blocked = is_blocked(verdicts)
    sentences = count(message.body, message.language)
    if as_json:
        print_json(
            {
                "ok": not blocked,
                "sentences": sentences,
                "verdicts": [plain(verdict) for verdict in verdicts],
            }
        )
    else:
        for verdict in verdicts:
            severity = click.style(str(verdict.severity), fg=_COLOURS[verdict.severity])
            click.echo(f"{severity}  {verdict.code}: {clean(verdict.message)}")
        if not verdicts:
            say(f"nothing to object to, {sentences} sentence{'s' if sentences != 1 else ''}")
    return REFUSED if blocked else None
