"""Looking at applications: ``list``, ``due`` and ``show``."""

from __future__ import annotations

from collections.abc import Sequence

import click

from followup.cli.as_json import listed, print_json, shown
from followup.cli.cards import print_cards
from followup.cli.examples import examples
from followup.cli.faults import REFUSED
from followup.cli.lines import note, warn_of_facts_ahead
from followup.cli.options import id_argument, json_option
from followup.cli.session import Session, pass_session
from followup.domain.board import Card
from followup.domain.search import select
from followup.domain.stage import Stage


@click.command(
    "list",
    epilog=examples(
        "followup list --stage due --stage last-call", 'followup --at "in 3 days" list --tag remote'
    ),
)
@click.option(
    "--stage",
    "stages",
    type=click.Choice(Stage, case_sensitive=False),
    multiple=True,
    metavar="S",
    help=f"Only this stage: {', '.join(stage.replace('_', '-') for stage in Stage)}.",
)
@click.option("--tag", "tags", multiple=True, metavar="T", help="Only with this tag.")
@click.option(
    "--search",
    default="",
    metavar="TEXT",
    help="Only with these words, or conditions: tag: stage: channel: is:overdue is:quiet.",
)
@json_option
@pass_session
def list_(
    session: Session, stages: Sequence[Stage], tags: Sequence[str], search: str, as_json: bool
) -> int | None:
    """List all applications, closed ones last."""
    cards = select(session.tracker.board().cards(), stages=stages, tags=tags, text=search)
    _print(cards, session, as_json=as_json)
    if cards or not (stages or tags or search):
        return None
    return REFUSED


@click.command(epilog=examples('followup due && notify-send "Time to follow up"'))
@json_option
@pass_session
def due(session: Session, as_json: bool) -> int | None:
    """Say what to do now, most urgent first.

    Exits with 1 when nothing is due, as grep does.
    """
    cards = session.tracker.board().to_do()
    _print(cards, session, as_json=as_json)
    return None if cards else REFUSED


@click.command(epilog=examples("followup show 3"))
@id_argument
@json_option
@pass_session
def show(session: Session, application_id: int, as_json: bool) -> None:
    """Show an application with its timeline and its steps."""
    card = session.tracker.card(application_id)
    if as_json:
        print_json(shown(card, session.tracker))
        return
    from followup.cli.details import print_details  # late: scripts take the JSON

    warn_of_facts_ahead(session.tracker)
    print_details(card, session.tracker)


def _print(cards: Sequence[Card], session: Session, *, as_json: bool) -> None:
    if as_json:
        print_json([listed(card, session.tracker) for card in cards])
        return
    warn_of_facts_ahead(session.tracker)
    if cards:
        print_cards(cards, session.tracker)
    else:
        note("nothing found")
