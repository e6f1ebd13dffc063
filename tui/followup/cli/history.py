"""Taking back: ``undo``, ``redo`` and ``history``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from followup.cli.as_json import plain, print_json
from followup.cli.examples import examples
from followup.cli.lines import Cell, dim, note, say, table
from followup.cli.options import json_option
from followup.cli.session import Session, pass_session
from followup.domain.telling import told_moment

if TYPE_CHECKING:
    from followup.store.history import HistoryEntry


@click.command(epilog=examples("followup undo"))
@json_option
@pass_session
def undo(session: Session, as_json: bool) -> None:
    """Take the newest change back, also one that the board made."""
    _tell(session.tracker.undo(), "undone", as_json=as_json)


@click.command(epilog=examples("followup redo"))
@json_option
@pass_session
def redo(session: Session, as_json: bool) -> None:
    """Make the change again that was undone last."""
    _tell(session.tracker.redo(), "done again", as_json=as_json)


@click.command(epilog=examples("followup history"))
@json_option
@pass_session
def history(session: Session, as_json: bool) -> None:
    """List the changes that can be undone or redone, the newest first."""
    entries = session.tracker.history()
    if as_json:
        print_json([plain(entry) for entry in entries])
    elif entries:
        table(_row(entry, session.zone) for entry in entries)
    else:
        note("nothing has been changed yet")


def _tell(entry: HistoryEntry, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json(plain(entry))
    else:
        say(f"{what}: {entry.what}")


def _row(entry: HistoryEntry, zone: str) -> list[Cell]:
    return [
        Cell(f"{entry.number:4}", dim),
        Cell(told_moment(entry.at, zone), dim),
        Cell(entry.what),
        Cell("undone" if entry.undone else ""),
    ]
