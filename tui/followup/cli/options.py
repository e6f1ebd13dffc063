"""Options that several commands have, and how their dates are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from followup.cli.completing import complete_channel, complete_id
from followup.cli.session import Session
from followup.domain.errors import InputError
from followup.domain.step import StepKind
from followup.domain.when import Preference, When, parse_when

Function = TypeVar("Function", bound=Callable[..., Any] | click.Command)
Reading = Callable[[click.Context, click.Parameter, str | None], When | None]


def read_when(prefer: Preference) -> Reading:
    """Return a callback that reads a date as typed, against the clock of the session."""

    def read(ctx: click.Context, param: click.Parameter, value: str | None) -> When | None:
        session = ctx.find_object(Session)
        if value is None or session is None:
            return None
        try:
            return parse_when(value, session.clock.now(), session.zone, prefer)
        except InputError as fault:
            raise click.BadParameter(str(fault), ctx, param) from fault

    return read


def when_option(
    name: str, prefer: Preference, about: str, *, required: bool = False
) -> Callable[[Function], Function]:
    """Return an option that takes a date, and leans to one side where it fits two days."""
    return click.option(
        name, metavar="WHEN", callback=read_when(prefer), required=required, help=about
    )


on_option = when_option("--on", "past", "When it happened, where that is not now.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
text_option = click.option("--text", default="", help="What there is to say of it.")
channel_option = click.option(
    "--channel",
    metavar="C",
    shell_complete=complete_channel,
    help="A channel, such as email; by default the contact's first.",
)
step_option = click.option(
    "--step",
    type=click.Choice(StepKind),
    help="The step that it is for, where that is not the next one.",
)
id_argument = click.argument(
    "application_id", metavar="ID", type=click.IntRange(min=1), shell_complete=complete_id
)
