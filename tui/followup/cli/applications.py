"""Applications themselves: ``add``, ``edit`` and ``remove``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click
from msgspec.structs import replace

from followup.cli.as_json import print_json, shown
from followup.cli.changing import report
from followup.cli.examples import examples
from followup.cli.fields import field_options, with_fields
from followup.cli.lines import say
from followup.cli.options import id_argument, json_option, when_option
from followup.cli.session import Session, pass_session
from followup.domain import recording
from followup.domain.application import Application
from followup.domain.events import AnyEvent, Applied
from followup.domain.when import When
from followup.tracker import Tracker


@click.command(
    epilog=examples(
        'followup add Globex "Backend Engineer" --contact "Dana Lee" --email dana@globex.example',
        'followup add Initech SRE --applied "2 weeks ago" --interview "fri 14:00" --tag remote',
    )
)
@click.argument("company")
@click.argument("role")
@when_option("--applied", "past", "When you applied; now, if this and --interview are missing.")
@when_option("--interview", "future", "When the interview starts, or started.")
@field_options
@json_option
@pass_session
def add(
    session: Session,
    /,
    company: str,
    role: str,
    applied: When | None,
    interview: When | None,
    as_json: bool,
    **fields: Any,
) -> None:
    """Add an application."""
    events: list[AnyEvent] = []
    if applied or not interview:
        events.append(recording.at_fact(Applied, applied or session.moment, session.zone))
    if interview:
        events.append(recording.interview(interview, None, session.zone))
    application = Application(company=company, role=role, events=tuple(events))
    added = session.tracker.add(with_fields(application, fields, session.tracker))
    report(added, session.tracker, as_json=as_json)


@click.command(
    epilog=examples(
        "followup edit 3 --email dana@globex.example --tag remote --untag onsite", "followup edit 3"
    )
)
@id_argument
@click.option("--company", metavar="NAME", help="The company.")
@click.option("--role", metavar="NAME", help="The role.")
@field_options
@click.option("--untag", metavar="T", multiple=True, help="Take a tag away.")
@json_option
@pass_session
def edit(
    session: Session, /, application_id: int, untag: Sequence[str], as_json: bool, **fields: Any
) -> None:
    """Edit an application by options, or in your editor.

    Without options all of it opens in $VISUAL or $EDITOR, its timeline included.
    """
    tracker = session.tracker

    def revised(application: Application) -> Application:
        tags = tuple(tag for tag in application.tags if tag not in untag)
        return with_fields(replace(application, tags=tags), fields, tracker)

    if untag or any(given not in {None, ()} for given in fields.values()):
        edited = tracker.revise(application_id, revised)
    else:
        edited = _edited_as_text(tracker, application_id)
    report(edited, tracker, as_json=as_json)


def _edited_as_text(tracker: Tracker, application_id: int) -> Application:
    """Have the user edit a whole application in their editor, store it and return it."""
    from followup.application_text import ApplicationText  # late: options need no editor
    from followup.cli.editing import edit_until

    base = tracker.application(application_id)
    text = ApplicationText(base, tracker.clock, tracker.policy)
    return edit_until(text.write(), ".toml", lambda typed: tracker.edit(text.read(typed), base))


@click.command(epilog=examples("followup remove 3"))
@id_argument
@json_option
@pass_session
def remove(session: Session, application_id: int, as_json: bool) -> None:
    """Remove an application; undo brings it back."""
    removed = session.tracker.remove(application_id)
    if as_json:
        print_json(shown(session.tracker.card_of(removed), session.tracker))
    else:
        what = f"{removed.id}  {removed.company}, {removed.role}"
        say(f"removed {what}: `followup undo` brings it back")
