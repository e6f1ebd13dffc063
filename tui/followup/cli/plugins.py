"""``plugins``: what is loaded, and what could not be."""

from __future__ import annotations

import click

from followup.cli.as_json import print_json
from followup.cli.lines import Cell, bold, note, table
from followup.cli.options import examples, json_option
from followup.cli.session import Session, pass_session


@click.group(invoke_without_command=True, epilog=examples("followup plugins list"))
@click.pass_context
def plugins(ctx: click.Context) -> None:
    """Show the plugins."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@plugins.command("list", epilog=examples("followup plugins list"))
@json_option
@pass_session
def list_(session: Session, as_json: bool = False) -> None:
    """List the plugins with their versions, and faults where there are any."""
    host = session.host
    if as_json:
        print_json(
            [
                {"name": plugin.name, "version": plugin.version, "fault": plugin.fault}
                for plugin in host.plugins
            ]
        )
        return
    table(
        [Cell(plugin.name, bold), Cell(plugin.version), Cell(plugin.fault or "loaded")]
        for plugin in host.plugins
    )
    for fault in host.faults:
        note(fault)
