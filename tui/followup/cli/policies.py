"""``policy``: the timing policies, which one counts, and what another would change."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

import click
from msgspec import Struct
from msgspec.structs import replace

from followup.cli.as_json import print_json
from followup.cli.changing import report
from followup.cli.completing import complete_id, complete_policy
from followup.cli.examples import examples
from followup.cli.lines import Cell, bold, dim, note, say, table
from followup.cli.options import json_option
from followup.cli.session import Session, pass_session
from followup.config import config_path, set_default_policy
from followup.domain import instants
from followup.domain.application import Application
from followup.domain.step import Step
from followup.tracker import Tracker


class Difference(Struct, frozen=True, kw_only=True):
    """A remaining step that falls otherwise by another policy; none where there is none."""

    application: Application
    first: Step | None
    second: Step | None


@click.group(
    invoke_without_command=True, epilog=examples("followup policy compare patient thanks-24h")
)
@click.pass_context
def policy(ctx: click.Context) -> None:
    """Show, choose and compare timing policies."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@policy.command("list", epilog=examples("followup policy list"))
@json_option
@pass_session
def list_(session: Session, as_json: bool = False) -> None:
    """List the policies; a star marks the usual one."""
    policies = session.host.policies.values()
    usual = session.config.default_policy
    if as_json:
        print_json(
            [
                {"name": policy.name, "title": policy.title, "default": policy.name == usual}
                for policy in policies
            ]
        )
        return
    table(
        [Cell("*" if policy.name == usual else " "), Cell(policy.name, bold), Cell(policy.title)]
        for policy in policies
    )


@policy.command(
    epilog=examples("followup policy use patient", "followup policy use patient --for 3")
)
@click.argument("name", shell_complete=complete_policy)
@click.option(
    "--for",
    "application_id",
    type=click.IntRange(min=1),
    metavar="ID",
    shell_complete=complete_id,
    help="For this application alone.",
)
@pass_session
def use(session: Session, name: str, application_id: int | None) -> None:
    """Make a policy the usual one, or that of one application."""
    tracker = session.tracker
    name = tracker.policy(name).name
    if application_id is not None:
        application = tracker.revise(application_id, lambda it: replace(it, policy=name))
        report(application, tracker, as_json=False)
        return
    set_default_policy(config_path(), name)
    say(f"{name} is the usual policy now")


@policy.command(epilog=examples("followup policy compare patient thanks-24h"))
@click.argument("first", shell_complete=complete_policy)
@click.argument("second", shell_complete=complete_policy)
@json_option
@pass_session
def compare(session: Session, first: str, second: str, as_json: bool) -> None:
    """Show which dates would change from one policy to another."""
    tracker = session.tracker
    names = (tracker.policy(first).name, tracker.policy(second).name)
    differences = list(_differences(tracker, *names))
    if as_json:
        print_json([_document(difference, *names) for difference in differences])
    elif differences:
        head = [Cell("", dim), Cell("", bold), Cell(names[0], dim), Cell(names[1], dim)]
        table([head, *(_row(difference, tracker.zone) for difference in differences)])
    else:
        note(f"no date differs between {names[0]} and {names[1]}")


def _differences(tracker: Tracker, first: str, second: str) -> Iterator[Difference]:
    for card in tracker.board().cards():
        by_policy = (
            tracker.card_of(replace(card.application, policy=name)).standing.steps
            for name in (first, second)
        )
        for one, other in zip_longest(*by_policy):
            if _date(one) != _date(other):
                yield Difference(application=card.application, first=one, second=other)


def _date(step: Step | None) -> object:
    return (step.kind, step.opens, step.due) if step else None


def _document(difference: Difference, first: str, second: str) -> dict[str, object]:
    return {
        "id": difference.application.id,
        "company": difference.application.company,
        first: _opening(difference.first),
        second: _opening(difference.second),
    }


def _opening(step: Step | None) -> dict[str, str] | None:
    if step is None:
        return None
    return {
        "step": str(step.kind),
        "opens": step.opens.isoformat(),
        "due": step.due.isoformat(),
    }


def _row(difference: Difference, zone: str) -> list[Cell]:
    return [
        Cell(f"{difference.application.id:4}", dim),
        Cell(difference.application.company, bold),
        Cell(_spoken(difference.first, zone)),
        Cell(_spoken(difference.second, zone)),
    ]


def _spoken(step: Step | None, zone: str) -> str:
    return f"{step.kind.label} {instants.spoken(step.opens, zone)}" if step else "nothing"
