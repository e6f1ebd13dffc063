"""``demo``: a board of made-up applications in a throw-away store."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from followup.cli.board import open_board
from followup.cli.demo_store import filled, new_directory, throw_away
from followup.cli.examples import examples
from followup.cli.lines import say
from followup.cli.session import Session, pass_session


@click.command(
    epilog=examples(
        "followup demo",
        'followup --store "$(followup demo --count 1000 --no-open)" due',
    )
)
@click.option(
    "--count", type=click.IntRange(1, 100_000), metavar="N", help="How many applications."
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep the store in this directory; by default it goes when the board is closed.",
)
@click.option("--no-open", is_flag=True, help="Only make the store, and print its path.")
@pass_session
def demo(session: Session, count: int | None, into: Path | None, no_open: bool) -> int | None:
    """Open a board of made-up applications in a throw-away store."""
    if not into and not no_open:
        with throw_away(session, count) as tracker:
            return open_board(session, tracker, is_demo=True)
    with closing(filled(session, into or new_directory(), count)) as tracker:
        if not no_open:
            return open_board(session, tracker, is_demo=True)
        say(str(tracker.repository.path))
        return None
