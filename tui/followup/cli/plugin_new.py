"""``plugins new``: the beginning of a plugin, ready to be installed and tested."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from followup.cli.examples import examples
from followup.cli.lines import note, say
from followup.cli.session import Session, pass_session
from followup.config import config_path
from followup.domain.errors import RefusedError
from followup.extensions.discovery import SCRIPTS
from followup.scaffold import Kind, checked_name, write, written


@click.command(
    epilog=examples(
        "followup plugins new postcard",
        "followup plugins new slow-and-steady --kind policy --into ~/src",
        "followup plugins new to-do --kind script",
    )
)
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice(get_args(Kind)),
    default="channel",
    show_default=True,
    help="What it is to be: a package with a channel or a policy, or a script of your own.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where it is written: by default here, and scripts among your plugins.",
)
@pass_session
def new(session: Session, name: str, kind: Kind, into: Path | None) -> None:
    """Write the beginning of a plugin, which works and passes its tests."""
    checked_name(name)
    _refuse_taken(session, name, kind)
    scripts = config_path().parent / SCRIPTS
    package = (into or Path()) / f"followup-{name}"
    directory = (into or scripts) if kind == "script" else package
    for path in write(written(kind, name), directory.expanduser().absolute()):
        say(f"wrote {path}")
    if kind != "script":
        note(f"next: `python -m pip install -e {directory}`, then `followup plugins info {name}`")
    elif directory == scripts:
        note(f"next: `followup run {name}`")
    else:
        note(f"next: copy {name}.py to {scripts}; scripts elsewhere are not loaded")


def _refuse_taken(session: Session, name: str, kind: Kind) -> None:
    """Raise ``RefusedError`` where the name is that of another plugin, or of what one gives."""
    outside = session.outside.plugins if session.outside else ()
    plugins = {found.name for found in (*session.host.plugins, *outside)}
    things = {
        "channel": session.host.channels,
        "policy": session.host.policies,
        "script": session.host.commands,
    }
    if name in plugins or name in things[kind]:
        raise RefusedError(f"{name} is there already, see `followup plugins list`: take another")
