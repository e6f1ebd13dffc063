"""``send``: a message shown, asked about and sent, or settled afterwards (design, section 9)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO, Literal

import click
from msgspec import Struct

from followup import handoff
from followup.cli.as_json import print_json
from followup.cli.changing import report
from followup.cli.examples import examples
from followup.cli.faults import REFUSED
from followup.cli.lines import Cell, dim, note, table
from followup.cli.messages import dash_argument, file_option, given, tell
from followup.cli.options import channel_option, id_argument, json_option, step_option
from followup.cli.session import Session, pass_session
from followup.correspondence import DEFAULT_CHANNEL
from followup.domain.application import Contact
from followup.domain.channel import Receipt, addressee
from followup.domain.errors import RefusedError, UnconfirmedError
from followup.domain.etiquette import is_blocked
from followup.domain.message import Message
from followup.domain.secret import Secret
from followup.domain.step import StepKind
from followup.domain.text import clean_page
from followup.domain.tracking import Draft
from followup.sending import Delivery
from followup.tracker import Tracker

SETTLED = "followup send {} --went"


class _Given(Struct, frozen=True, kw_only=True):
    """A message that is to go out, and how the user wants it to."""

    application_id: int
    message: Message
    contact: Contact
    channel: str
    step: StepKind | None
    override: str
    asks: bool
    as_json: bool


@click.command(
    epilog=examples(
        "followup send 3",
        "followup draft 3 --edit | followup send 3 - --yes",
        "followup send 3 --did-not-go",
    )
)
@id_argument
@dash_argument
@file_option
@channel_option
@step_option
@click.option(
    "--override", default="", metavar="REASON", help="Why, where a rule blocks it; it is kept."
)
@click.option("--yes", is_flag=True, help="Send it without asking.")
@click.option(
    "--went",
    "became",
    flag_value="went",
    help="Nothing is sent: a message that is unconfirmed, or was handed off, went out.",
)
@click.option(
    "--did-not-go",
    "became",
    flag_value="not",
    help="Nothing is sent: a message that is unconfirmed did not go, and is a draft again.",
)
@json_option
@pass_session
def send(
    session: Session,
    application_id: int,
    dash: str | None,
    file: BinaryIO | None,
    channel: str | None,
    step: StepKind | None,
    override: str,
    yes: bool,
    became: Literal["went", "not"] | None,
    as_json: bool,
) -> int | None:
    """Send a message: by default the draft that was kept, else the template for the next step.

    It is shown first, with to whom it goes, and goes after a yes. Exits with 1 where a rule
    blocks it, unless you give a reason; and with 3 where its channel could not send it.

    A channel without an account opens, saves or prints the message for you to send. It is on
    the timeline once you say that you did.
    """
    if session.at:
        raise RefusedError("nothing is sent while --at sets the clock: leave it out")
    tracker = session.tracker
    application = tracker.application(application_id)
    if became:
        _settle(application_id, tracker, went=became == "went", override=override)
        report(tracker.application(application_id), tracker, as_json=as_json)
        return None
    draft = _draft(tracker, application_id, channel, step)
    message = given(file, dash) if file or dash else draft.message
    channel = tracker.correspondence.channel(channel or draft.channel).name
    verdicts = tracker.check(application_id, message, channel=channel, step=step)
    if is_blocked(verdicts) and not override.strip():
        tell(message, verdicts, as_json=as_json)
        if not as_json:
            note("not sent: change it, or give a reason with --override")
        return REFUSED
    asked = _Given(
        application_id=application_id,
        message=message,
        contact=application.contact or Contact(),
        channel=channel,
        step=step,
        override=override if is_blocked(verdicts) else "",
        asks=not yes,
        as_json=as_json,
    )
    way = tracker.correspondence.channel(channel)
    if not _is_wanted(asked, addressee(way, asked.contact)):
        note("not sent")
        return REFUSED
    _send(asked, tracker)
    return None


def _draft(
    tracker: Tracker, application_id: int, channel: str | None, step: StepKind | None
) -> Draft:
    """Return the draft that was kept, else the template; a step that is named has its own."""
    kept = tracker.drafts.get(application_id)
    if kept and step in {None, kept.step}:
        return kept
    if channel is None:
        ways = tracker.correspondence.channels_for(tracker.application(application_id))
        channel = next((way.name for way in ways), DEFAULT_CHANNEL)
    return tracker.draft(application_id, channel=channel, step=step)


def _is_wanted(asked: _Given, whom: str) -> bool:
    """Show what would go out, and ask whether it shall, unless that was said before."""
    message, to_stderr = asked.message, asked.as_json
    head = [("to", whom), ("by", asked.channel), ("subject", message.subject)]
    table(([Cell(name, dim), Cell(text)] for name, text in head if text), wrap=True, err=to_stderr)
    click.echo(f"\n{clean_page(message.body)}\n", err=to_stderr)
    return not asked.asks or _confirm("Send it?")


def is_answered() -> bool:
    """Tell whether somebody is there to be asked."""
    return sys.stdin.isatty()


def _confirm(question: str) -> bool:
    if not is_answered():
        raise RefusedError("nobody is there to ask: --yes sends without asking")
    return click.confirm(question, err=True)


def _send(asked: _Given, tracker: Tracker) -> None:
    secret = _secret(tracker.sending.asks(asked.channel))
    try:
        delivery = tracker.sending.send(
            asked.application_id,
            asked.message,
            channel=asked.channel,
            step=asked.step,
            override=asked.override,
            secret=secret,
            shown=asked.contact,
        )
    except KeyboardInterrupt:
        raise UnconfirmedError(
            "stopped while it was being sent: nobody knows whether it went out; look, then"
            f" `{SETTLED.format(asked.application_id)}` or `--did-not-go`"
        ) from None
    is_logged = delivery.receipt.sent or _hand_off(asked, delivery, tracker)
    if asked.as_json:
        _print_receipt(asked, delivery, is_logged=is_logged)
    elif is_logged:
        report(tracker.application(asked.application_id), tracker, as_json=False)


def _secret(question: str) -> Secret | None:
    """Ask for what a channel wants typed, unseen."""
    if not question:
        return None
    if not is_answered():
        raise RefusedError(f"{question}: nobody is there to type it; see `followup config`")
    return Secret(click.prompt(question, hide_input=True, err=True))


def _hand_off(asked: _Given, delivery: Delivery, tracker: Tracker) -> bool:
    """Do what the channel asks for; tell whether the user says that the message was sent."""
    done = _carried_out(delivery.receipt, as_json=asked.as_json)
    tracker.drafts.put(
        asked.application_id,
        Draft(
            message=asked.message,
            step=asked.step or StepKind.FOLLOW_UP,
            channel=asked.channel,
        ),
    )
    note(done)
    if not (asked.asks and _confirm("Did you send it?")):
        note(f"not on the timeline: once it is sent, `{SETTLED.format(asked.application_id)}`")
        return False
    tracker.sending.log(
        asked.application_id,
        delivery.message,
        channel=asked.channel,
        step=asked.step,
        override=asked.override,
        receipt=delivery.receipt,
    )
    tracker.drafts.drop(asked.application_id)
    return True


def _carried_out(receipt: Receipt, *, as_json: bool) -> str:
    """Open, save or print what a channel that hands off asks for; say what was done."""
    if receipt.copy and not as_json:
        click.echo(clean_page(receipt.copy))
    if receipt.open_url:
        handoff.open_url(receipt.open_url)
    if receipt.save:
        return f"{receipt.detail}: {handoff.save_file(receipt.save, handoff.downloads())}"
    return "printed, to be pasted" if receipt.copy else receipt.detail


def _settle(application_id: int, tracker: Tracker, *, went: bool, override: str) -> None:
    """Settle what is unconfirmed, or log the draft that was handed off."""
    is_doubtful = application_id in tracker.outbox.unconfirmed()
    handed_off = tracker.drafts.get(application_id)
    if is_doubtful or not went or handed_off is None:
        tracker.outbox.settle(application_id, went=went)
        return
    tracker.sending.log(
        application_id,
        handed_off.message,
        channel=handed_off.channel,
        override=override,
    )
    tracker.drafts.drop(application_id)


def _print_receipt(asked: _Given, delivery: Delivery, *, is_logged: bool) -> None:
    receipt, thread = delivery.receipt, delivery.message.thread
    print_json(
        {
            "id": asked.application_id,
            "sent": receipt.sent,
            "logged": is_logged,
            "detail": receipt.detail,
            "channel": asked.channel,
            "message_id": thread.message_id,
            "at": thread.at and thread.at.isoformat(),
            "open_url": receipt.open_url,
            "copy": receipt.copy,
            "file": receipt.save and Path(receipt.save.name).name,
        }
    )
