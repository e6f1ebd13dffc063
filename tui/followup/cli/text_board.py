"""The board as text: its columns as sections, for pipes and for those who see no screen."""

from __future__ import annotations

import click

from followup.cli.cards import colour_of, heading, print_cards
from followup.cli.lines import Cell, bold, dim, say, table, warn_of_facts_ahead
from followup.domain import instants
from followup.domain.board import Board, opens_at
from followup.domain.stage import Stage
from followup.domain.wording import span
from followup.tracker import Tracker


def print_board(tracker: Tracker) -> None:
    """Print every column that has cards, after a line that says what to do now."""
    board = tracker.board()
    if not board.cards():
        say("No applications yet: `followup add COMPANY ROLE`, `followup import FILE`,")
        say("or `followup demo` for a board of made-up ones.")
        return
    warn_of_facts_ahead(tracker)
    time = instants.spoken(board.now, tracker.zone)
    table([[Cell("followup", bold), Cell(_to_do(board)), Cell(time, dim)]])
    for column in board.columns:
        if column.cards:
            click.echo()
            title = colour_of(column.stage)(heading(column.stage))
            click.echo(f"{title}  {dim(str(len(column.cards)))}")
            print_cards(column.cards, tracker, with_stage=False)


def _to_do(board: Board) -> str:
    """Return what to do now in one line, what calls for action first."""
    to_do, calls = (len(board.column(stage).cards) for stage in (Stage.DUE, Stage.LAST_CALL))
    parts = [f"{to_do or 'nothing'} to do now"] if to_do or not calls else []
    if calls:
        parts.append(f"{calls} last call{'s' if calls > 1 else ''}")
    if soonest := board.next_to_open():
        wait = span(opens_at(soonest) - board.now)
        parts.append(f"next opens in {wait} ({soonest.application.company})")
    return " · ".join(parts)
