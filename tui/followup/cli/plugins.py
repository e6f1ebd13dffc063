"""``plugins``: what is loaded, what could not be, and what is not wanted."""

from __future__ import annotations

from typing import Any

import click

from followup.cli.as_json import print_json
from followup.cli.examples import examples
from followup.cli.faults import REFUSED
from followup.cli.lines import Cell, bold, dim, note, say, table
from followup.cli.options import json_option
from followup.cli.plugin_new import new
from followup.cli.session import Session, pass_session
from followup.domain import instants
from followup.domain.errors import RefusedError
from followup.domain.text import clean, clean_page
from followup.extensions.faults import Fault
from followup.extensions.outside import OutsidePlugins
from followup.extensions.roster import Listed, roster

_NAMED = 12
"""How many things of a kind are named in the list; more are counted."""


@click.group(
    invoke_without_command=True,
    epilog=examples("followup plugins list", "followup plugins info linkedin"),
)
@click.pass_context
def plugins(ctx: click.Context) -> None:
    """Show the plugins, and say which of them are wanted."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


plugins.add_command(new)


@plugins.command("list", epilog=examples("followup plugins list"))
@json_option
@pass_session
def list_(session: Session, as_json: bool = False) -> None:
    """List the plugins with their versions, and the newest fault of each."""
    listed = roster(session.host, session.outside)
    if as_json:
        print_json([_document(plugin) for plugin in listed])
        return
    table(
        [
            Cell(plugin.name, bold),
            Cell(plugin.found.version, dim),
            Cell(plugin.condition),
            Cell(_newest(plugin) or _in_words(plugin)),
        ]
        for plugin in listed
    )
    if any(plugin.condition == "set aside" for plugin in listed):
        note("`followup plugins enable NAME` gives one that was set aside another chance")


@plugins.command(epilog=examples("followup plugins info linkedin"))
@click.argument("name")
@json_option
@pass_session
def info(session: Session, name: str, as_json: bool) -> None:
    """Tell all about a plugin: where it is, what it gives, its faults with their tracebacks."""
    plugin = _named(session, name)
    if as_json:
        print_json(_document(plugin))
        return
    found = plugin.found
    say(" ".join(part for part in (found.name, found.version, plugin.condition) if part))
    lines = {
        "from": found.distribution or found.locator or "the box",
        "hooks": ", ".join(plugin.hooks),
        **{kind: ", ".join(names) for kind, names in plugin.gives.items()},
    }
    table([Cell(f"  {key}", dim), Cell(text)] for key, text in lines.items() if text)
    for fault in plugin.faults:
        when = f"{instants.spoken(fault.at, session.zone)}  " if fault.at else ""
        say(f"{when}{fault.phase}: {fault.reason}")
        if fault.traceback:
            click.echo(clean_page(fault.traceback))


@plugins.command(epilog=examples("followup plugins disable linkedin"))
@click.argument("name")
@pass_session
def disable(session: Session, name: str) -> None:
    """Have a plugin not loaded any more."""
    _outside(session, name).ledger.disable(name)
    say(f"{clean(name)} is not loaded any more")


@plugins.command(epilog=examples("followup plugins enable linkedin"))
@click.argument("name")
@pass_session
def enable(session: Session, name: str) -> None:
    """Have a plugin loaded again that was disabled or set aside."""
    _outside(session, name).ledger.enable(name)
    say(f"{clean(name)} is loaded from now on")


@plugins.command(epilog=examples("followup plugins doctor"))
@json_option
@pass_session
def doctor(session: Session, as_json: bool) -> int | None:
    """Load all plugins and say what is wrong with them.

    Exits with 1 where anything is.
    """
    listed = roster(session.host, session.outside)
    seen = session.outside.faults if session.outside else ()
    unwell = [
        plugin
        for plugin in listed
        if plugin.condition in {"failed", "set aside"}
        or any(fault.plugin == plugin.name for fault in seen)
    ]
    if as_json:
        print_json([_document(plugin) for plugin in unwell])
    for plugin in () if as_json else unwell:
        say(f"{plugin.name}: {plugin.condition}")
        for fault in plugin.faults:
            say(f"  {fault.phase}: {fault.reason}")
    if not unwell and not as_json:
        say(f"{len(listed)} plugins, nothing wrong with them")
    return REFUSED if unwell else None


def _outside(session: Session, name: str) -> OutsidePlugins:
    """Return the plugins outside, if one of them has the name; else refuse."""
    outside = session.outside
    if outside is None:
        raise RefusedError("no plugins are looked for in this run: leave --no-plugins out")
    if name not in {found.name for found in outside.plugins}:
        if name in {found.name for found in session.host.plugins}:
            raise RefusedError(f"{name} ships in the box and stays")
        raise RefusedError(f"no plugin {clean(name)!r}; see `followup plugins list`")
    return outside


def _named(session: Session, name: str) -> Listed:
    for plugin in roster(session.host, session.outside):
        if plugin.name == name:
            return plugin
    raise RefusedError(f"no plugin {clean(name)!r}; see `followup plugins list`")


def _newest(plugin: Listed) -> str:
    return f"{plugin.faults[-1].phase}: {plugin.faults[-1].reason}" if plugin.faults else ""


def _in_words(plugin: Listed) -> str:
    return "; ".join(
        f"{kind} {', '.join(names)}" if len(names) <= _NAMED else f"{len(names)} {kind}"
        for kind, names in plugin.gives.items()
    )


def _document(plugin: Listed) -> dict[str, Any]:
    return {
        "name": plugin.name,
        "version": plugin.found.version,
        "source": plugin.found.source,
        "distribution": plugin.found.distribution,
        "condition": plugin.condition,
        "hooks": plugin.hooks,
        "gives": plugin.gives,
        "fault": _newest(plugin),
        "faults": [_fault(fault) for fault in plugin.faults],
    }


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "version": fault.version,
        "phase": fault.phase,
        "reason": fault.reason,
        "failed": fault.failed,
        "at": fault.at.isoformat() if fault.at else None,
        "traceback": fault.traceback,
    }
