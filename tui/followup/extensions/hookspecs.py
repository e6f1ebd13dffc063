"""The hooks that plugins can implement (design, section 5).

Every hook is called once, when the program first needs what it gives.
"""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from followup.api import (
    Channel,
    Command,
    Exporter,
    Importer,
    Policy,
    Rule,
    Template,
)

hookspec = pluggy.HookspecMarker("followup")


@hookspec
def register_channels() -> Iterable[Channel]:
    """Return channels: ways to reach a contact."""
    return ()


@hookspec
def register_policies() -> Iterable[Policy]:
    """Return timing policies: what turns a timeline into the steps that remain."""
    return ()


@hookspec
def register_rules() -> Iterable[Rule]:
    """Return rules of etiquette: what judges a message before it is sent."""
    return ()


@hookspec
def register_templates() -> Iterable[Template]:
    """Return message templates by step kind and language."""
    return ()


@hookspec
def register_importers() -> Iterable[Importer]:
    """Return readers of file formats."""
    return ()


@hookspec
def register_exporters() -> Iterable[Exporter]:
    """Return writers of file formats."""
    return ()


@hookspec
def register_commands() -> Iterable[Command]:
    """Return commands for the palette and for ``followup run``."""
    return ()
