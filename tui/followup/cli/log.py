"""``log``: facts on the timeline of an application, each event a command of its own."""

from __future__ import annotations

import click

from followup.cli.changing import report
from followup.cli.examples import examples
from followup.cli.options import (
    channel_option,
    id_argument,
    json_option,
    on_option,
    step_option,
    text_option,
    when_option,
)
from followup.cli.session import Session, pass_session
from followup.domain import recording
from followup.domain.events import (
    AnyEvent,
    Applied,
    FollowUp,
    Note,
    Outcome,
    OutcomeKind,
    Reopen,
    Reply,
)
from followup.domain.step import StepKind
from followup.domain.when import When, parse_when


class Recorder:
    """Puts facts on the timeline of one application."""

    def __init__(self, session: Session, application_id: int) -> None:
        """Take the id of the application; whether there is one shows when it is used."""
        self.session = session
        self.id = application_id

    @property
    def zone(self) -> str:
        """The user's zone."""
        return self.session.zone

    def moment(self, on: When | None) -> When:
        """Return when it happened: as said, else by the clock."""
        return on or self.session.moment

    def record(self, event: AnyEvent, *, as_json: bool) -> None:
        """Store a fact and say where the application stands now."""
        report(self.session.tracker.log(self.id, event), self.session.tracker, as_json=as_json)


pass_recorder = click.make_pass_decorator(Recorder)


@click.group(
    subcommand_metavar="EVENT [OPTIONS]...",
    epilog=examples(
        'followup log 3 interview --starts "fri 14:00" --ends 15:30',
        'followup log 3 follow-up --channel email --on "yesterday 3pm"',
        "followup log 3 promise --by friday",
    ),
)
@id_argument
@pass_session
@click.pass_context
def log(ctx: click.Context, session: Session, application_id: int) -> None:
    """Record what happened: an event on the timeline of an application."""
    ctx.obj = Recorder(session, application_id)


@log.command(epilog=examples("followup log 3 applied --on monday"))
@on_option
@text_option
@json_option
@pass_recorder
def applied(recorder: Recorder, on: When | None, text: str, as_json: bool) -> None:
    """You applied."""
    moment = recorder.moment(on)
    event = recording.at_fact(Applied, moment, recorder.zone, text=text)
    recorder.record(event, as_json=as_json)


@log.command(
    epilog=examples(
        'followup log 3 interview --starts "next tuesday 10:30" --ends 12:00',
        'followup log 3 interview --on "yesterday 3pm"',
    )
)
@when_option("--starts", "future", "When it starts, or started.")
@click.option("--ends", metavar="WHEN", help="When it ends; by default after an hour.")
@click.option("--cancelled", is_flag=True, help="The newest interview does not take place.")
@on_option
@text_option
@json_option
@pass_recorder
def interview(
    recorder: Recorder,
    starts: When | None,
    ends: str | None,
    cancelled: bool,
    on: When | None,
    text: str,
    as_json: bool,
) -> None:
    """An interview is booked, was held, or is cancelled."""
    tracker = recorder.session.tracker
    if cancelled:
        report(tracker.cancel_interview(recorder.id), tracker, as_json=as_json)
        return
    starts = starts or recorder.moment(on)
    event = recording.interview(starts, _end(ends, starts, recorder.zone), recorder.zone, text)
    recorder.record(event, as_json=as_json)


def _end(ends: str | None, starts: When, zone: str) -> When | None:
    """Read the end of an interview: ``15:30`` is the first one after it starts."""
    return parse_when(ends, recording.beginning(starts, zone), zone, "future") if ends else None


@log.command(epilog=examples("followup log 3 promise --by friday"))
@when_option("--by", "future", "The day by which they decide.", required=True)
@on_option
@text_option
@json_option
@pass_recorder
def promise(recorder: Recorder, by: When, on: When | None, text: str, as_json: bool) -> None:
    """They said that they would decide by a day."""
    event = recording.promise(by, recorder.moment(on), recorder.zone, text)
    recorder.record(event, as_json=as_json)


@log.command(
    "follow-up",
    epilog=examples('followup log 3 follow-up --channel email --text "Thank you for your time."'),
)
@channel_option
@step_option
@click.option("--failed", is_flag=True, help="It bounced or did not go out: it does not count.")
@on_option
@text_option
@json_option
@pass_recorder
def follow_up(
    recorder: Recorder,
    channel: str | None,
    step: StepKind | None,
    failed: bool,
    on: When | None,
    text: str,
    as_json: bool,
) -> None:
    """You sent them a message."""
    event = recording.at_fact(
        FollowUp,
        recorder.moment(on),
        recorder.zone,
        channel=channel or "",
        step=step,
        failed=failed,
        text=text,
    )
    recorder.record(event, as_json=as_json)


@log.command(epilog=examples('followup log 3 reply --text "They will call on Monday."'))
@on_option
@text_option
@json_option
@pass_recorder
def reply(recorder: Recorder, on: When | None, text: str, as_json: bool) -> None:
    """They answered."""
    event = recording.at_fact(Reply, recorder.moment(on), recorder.zone, text=text)
    recorder.record(event, as_json=as_json)


@log.command(epilog=examples('followup log 3 snooze --until "in 3 days"'))
@when_option("--until", "future", "When to be asked again.", required=True)
@on_option
@text_option
@json_option
@pass_recorder
def snooze(recorder: Recorder, until: When, on: When | None, text: str, as_json: bool) -> None:
    """You do not want to be asked again for a while."""
    event = recording.snooze(until, recorder.moment(on), recorder.zone, text)
    recorder.record(event, as_json=as_json)


@log.command(epilog=examples('followup log 3 outcome rejected --on "2 days ago"'))
@click.argument("result", type=click.Choice(OutcomeKind))
@on_option
@text_option
@json_option
@pass_recorder
def outcome(
    recorder: Recorder, result: OutcomeKind, on: When | None, text: str, as_json: bool
) -> None:
    """It is over: offer, accepted, rejected, withdrawn, ghosted or filled."""
    moment = recorder.moment(on)
    event = recording.at_fact(Outcome, moment, recorder.zone, result=result, text=text)
    recorder.record(event, as_json=as_json)


@log.command(epilog=examples("followup log 3 reopen"))
@on_option
@text_option
@json_option
@pass_recorder
def reopen(recorder: Recorder, on: When | None, text: str, as_json: bool) -> None:
    """It goes on after all."""
    event = recording.at_fact(Reopen, recorder.moment(on), recorder.zone, text=text)
    recorder.record(event, as_json=as_json)


@log.command(epilog=examples('followup log 3 note "They use the same stack."'))
@click.argument("text")
@on_option
@json_option
@pass_recorder
def note(recorder: Recorder, text: str, on: When | None, as_json: bool) -> None:
    """Something worth remembering."""
    event = recording.at_fact(Note, recorder.moment(on), recorder.zone, text=text)
    recorder.record(event, as_json=as_json)
