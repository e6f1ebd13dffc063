"""``run`` and ``tick``: plugins' commands, and what the clock brought for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from followup import desktop
from followup.cli.as_json import print_json
from followup.cli.examples import examples
from followup.cli.lines import note, say, warn_of_facts_ahead
from followup.cli.options import json_option
from followup.cli.session import Session, pass_session
from followup.domain.errors import RefusedError
from followup.domain.text import clean_page

if TYPE_CHECKING:
    from followup.domain.board import Board
    from followup.tracker import Tracker


@click.command(epilog=examples("followup run", "followup run weekly-summary"))
@click.argument("name", required=False)
@json_option
@pass_session
def run(session: Session, name: str | None, as_json: bool) -> None:
    """Run a command of a plugin; without a NAME, list those that there are."""
    if name is None:
        _list(session, as_json=as_json)
        return
    ran = session.tracker.run(name)
    if as_json:
        print_json({"command": name, "printed": ran.printed, "text": ran.text})
        return
    for text in (ran.printed, ran.text):
        if text:
            click.echo(clean_page(text))


@click.command(epilog=examples("followup tick", "*/15 * * * * followup tick   # in a crontab"))
@pass_session
def tick(session: Session) -> None:
    """Tell plugins which cards have changed their column since anybody told them.

    Where they are set up, the desktop notifies of follow-ups that have opened, and the folder
    with the calendar is brought up to date. For cron and systemd; while the board is open, it
    tells plugins and notifies by itself.
    """
    tracker = session.tracker
    if tracker.newest_fact_ahead():
        # Nothing is done by itself while the clock stands wrong (design, section 6).
        warn_of_facts_ahead(tracker)
        return
    board = tracker.board()
    tracker.publish(board)
    if tracker.config.reminders.desktop:
        _remind(tracker, board)
    if tracker.config.calendar.folder:
        from followup import calendar_folder  # late: few have one, and its library is large

        calendar_folder.keep(tracker.config.calendar.folder, tracker.export)


def _remind(tracker: Tracker, board: Board) -> None:
    """Notify of what has opened; where the desktop cannot, it is said here, that once."""
    told = tracker.reminding.take(board)
    if not told:
        return
    try:
        desktop.notify("followup", told)
    except RefusedError as fault:
        note(f"{told}; {fault}")


def _list(session: Session, *, as_json: bool) -> None:
    commands = session.host.commands.values()
    if as_json:
        print_json([{"name": command.name, "title": command.title} for command in commands])
        return
    for command in commands:
        say(f"{command.name}  {command.title}")
    if not commands:
        note("no plugin offers a command; the guide for authors shows how to write one")
