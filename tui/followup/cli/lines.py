"""Text for people: lines, tables as wide as the terminal, and what colours mean."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import click
from rich.cells import cell_len, set_cell_size

from followup.domain import wording
from followup.domain.board import Card
from followup.domain.telling import told_moment
from followup.domain.text import clean, harmless
from followup.tracker import Tracker

GAP = "  "
NARROWEST = 6  # cells, below which no column is cut

Style = Callable[[str], str]


class Cell(NamedTuple):
    """One cell of a table, and how it is coloured."""

    text: str
    style: Style | None = None


def say(line: str) -> None:
    """Print one line of text, with nothing in it that a terminal would obey."""
    click.echo(_one_line(line))


def note(line: str) -> None:
    """Print one line to stderr that is worth knowing and no error."""
    click.echo(f"followup: {clean(line)}", err=True)


def dim(text: str) -> str:
    """Return text in the colour of what is not the point."""
    return click.style(text, dim=True)


def bold(text: str) -> str:
    """Return text in the weight of what is."""
    return click.style(text, bold=True)


def line_of(card: Card, tracker: Tracker) -> str:
    """Return where an application stands in one line."""
    application = card.application
    fact = wording.fact(card, tracker.now(), tracker.zone)
    return (
        f"{application.id}  {application.company}, {application.role}: {card.stage.label}, {fact}"
    )


def warn_of_facts_ahead(tracker: Tracker) -> None:
    """Say so where the clock stands before the newest recorded fact (design, section 6)."""
    ahead = tracker.newest_fact_ahead()
    if ahead:
        note(
            f"the clock stands before the newest recorded fact,"
            f" {told_moment(ahead, tracker.zone)}, so that is not counted yet"
        )


def width() -> int | None:
    """Return how many cells a line may take: the terminal's, none in a pipe.

    ``COLUMNS`` goes before both.
    """
    if os.environ.get("COLUMNS", "").isdigit() or sys.stdout.isatty():
        return shutil.get_terminal_size().columns
    return None


def cut(text: str, cells: int) -> str:
    """Return text of no more than so many cells, with ``…`` where it had to be cut."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(cells - 1, 0)).rstrip() + "…"


def fits(cells: Iterable[Cell]) -> bool:
    """Tell whether cells have room beside one another in one line."""
    room = width()
    taken = sum(len(GAP) + cell_len(_one_line(cell.text)) for cell in cells) - len(GAP)
    return room is None or taken <= room


def table(
    rows: Iterable[Sequence[Cell]], indent: int = 0, *, wrap: bool = False, err: bool = False
) -> None:
    """Print rows in columns, ``indent`` cells from the left.

    Where they are wider than the terminal, the widest columns are cut; with ``wrap`` the
    last column goes on in further lines instead. ``err`` prints to stderr.
    """
    cleaned = [[Cell(_one_line(text), style) for text, style in row] for row in rows]
    if not cleaned:
        return
    natural = [max(cell_len(cell.text) for cell in column) for column in zip(*cleaned, strict=True)]
    wide = _fitting(natural, indent, wrap=wrap)
    for row in cleaned:
        for line in _wrapped(row, wide[-1]) if wrap else [row]:
            _print_row(line, wide, indent, err=err)


def _print_row(row: Sequence[Cell], wide: Sequence[int], indent: int, *, err: bool) -> None:
    sized = [
        set_cell_size(cut(cell.text, size), size) for cell, size in zip(row, wide, strict=True)
    ]
    sized[-1] = sized[-1].rstrip()
    styled = [
        cell.style(text) if cell.style and text else text
        for cell, text in zip(row, sized, strict=True)
    ]
    click.echo(f"{' ' * indent}{GAP.join(styled)}".rstrip(), err=err)


def _wrapped(row: Sequence[Cell], room: int) -> Iterator[Sequence[Cell]]:
    """Yield a row as the lines that it takes when its last cell has so much room."""
    *first, last = row
    if cell_len(last.text) <= room:
        yield row
        return
    from rich.console import Console  # late: most of what is printed fits
    from rich.text import Text

    for line in Text(last.text).wrap(Console(width=room), room):
        yield [*first, last._replace(text=line.plain)]
        first = [Cell("") for _ in first]


def _one_line(text: str) -> str:
    """Return text on one line, its alignment kept."""
    return harmless(text).replace("\n", " ")


def _fitting(natural: Sequence[int], indent: int, *, wrap: bool) -> list[int]:
    """Return the widths of columns so that they fit, the widest made narrower first.

    With ``wrap`` it is the last one before any other.
    """
    wide = list(natural)
    room = width()
    if room is None:
        return wide
    room -= indent + len(GAP) * (len(wide) - 1)
    if wrap and sum(wide) > room:
        wide[-1] = max(room - sum(wide[:-1]), NARROWEST)
    while sum(wide) > room and max(wide) > NARROWEST:
        wide[wide.index(max(wide))] -= 1
    return wide
