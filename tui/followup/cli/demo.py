"""``demo``: a board of made-up applications in a throw-away store."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from followup.cli.board import open_board
from followup.cli.lines import say
from followup.cli.options import examples
from followup.cli.session import Session, pass_session
from followup.demo import made_up
from followup.domain.errors import RefusedError
from followup.tracker import Tracker


@click.command(
    epilog=examples(
        "followup demo", 'followup --store "$(followup demo --count 1000 --no-open)" due'
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
def demo(session: Session, count: int | None, into: Path | None, no_open: bool) -> None:
    """Open a board of made-up applications in a throw-away store."""
    directory = into or Path(tempfile.mkdtemp(prefix="followup-demo-"))
    try:
        path = directory / "followup.json"
        tracker = _filled(session, path, count)
        try:
            if no_open:
                say(str(path))
            else:
                open_board(session, tracker)
        finally:
            tracker.close()
    finally:
        if not into and not no_open:
            shutil.rmtree(directory, ignore_errors=True)


def _filled(session: Session, path: Path, count: int | None) -> Tracker:
    if path.exists():
        raise RefusedError(f"{path} is there already: name another directory")
    tracker = session.tracker_over(path)
    with tracker.repository.change("make up applications", tracker.now()) as changes:
        for application in made_up(tracker.now(), tracker.zone, count):
            changes.add(application)
    return tracker
