"""Cards as lines of text: a colour, a glyph and a word for each stage (design, section 8)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import click

from followup.cli.lines import Cell, Style, bold, dim, table
from followup.domain import wording
from followup.domain.board import Card
from followup.domain.stage import Stage
from followup.tracker import Tracker

_COLOURS = {
    Stage.INTERVIEW: "blue",
    Stage.COOLING: "cyan",
    Stage.DUE: "yellow",
    Stage.WAITING: "magenta",
    Stage.LAST_CALL: "red",
    Stage.REPLIED: "green",
}


def colour_of(stage: Stage) -> Style:
    """Return the style of what matters now in a stage."""
    return partial(click.style, fg=_COLOURS[stage]) if stage in _COLOURS else dim


def heading(stage: Stage) -> str:
    """Return a stage as its glyph and its word."""
    return f"{wording.GLYPHS[stage]} {stage.label}"


def print_cards(cards: Iterable[Card], tracker: Tracker, *, with_stage: bool = True) -> None:
    """Print cards as a table: id, stage, company, role and the one fact that matters now."""
    now = tracker.now()
    cards = list(cards)
    id_width = max((len(str(card.id)) for card in cards), default=0)
    table(
        (
            [
                Cell(f"{card.id:{id_width}}", dim),
                *([Cell(heading(card.stage), colour_of(card.stage))] if with_stage else ()),
                Cell(card.application.company, bold),
                Cell(card.application.role),
                Cell(wording.fact(card, now, tracker.zone), colour_of(card.stage)),
            ]
            for card in cards
        ),
        indent=0 if with_stage else 2,
    )
