"""The hooks that plugins can implement (design, section 5).

Plugins that did not ship in the box run in processes of their own, one call at a time, each
on its main thread: never on that of the screen. What they are handed are copies. A hook has
five seconds; ``docs/hooks.md`` says how long everything else may take.

The ``register_`` hooks are called once in each process, before anything else is asked of a
plugin. They return an iterable of at most 200 things; a thing that lacks something, or whose
name another one has already, is left out. The other hooks are told what has happened, in the
order in which it did, and their result is not looked at. Time is an aware ``datetime`` in
UTC everywhere. Whatever a hook raises, prints or takes too long for becomes a fault of its
plugin, and the others are called all the same.

An implementation may leave out arguments that it does not need. New arguments only ever
arrive in a way that leaves old implementations working.
"""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from followup.api import (
    AnyEvent,
    Application,
    Badge,
    Channel,
    Command,
    Exporter,
    Importer,
    Message,
    Policy,
    Receipt,
    Rule,
    Stage,
    Template,
    Tracker,
)

hookspec = pluggy.HookspecMarker("followup")


@hookspec
def register_channels() -> Iterable[Channel]:
    """Return channels: ways to reach a contact.

    ``send`` is called in a process that is made for it and ends with it, within 60 seconds.
    ``InputError`` and ``DeliveryError`` say that nothing went out; where it fails otherwise,
    the message is unconfirmed, and nobody sends it again by itself.
    """
    return ()


@hookspec
def register_policies() -> Iterable[Policy]:
    """Return timing policies: what turns a timeline into the steps that remain.

    ``steps`` is called for every timeline that is new, and its answer is kept. An application
    for which it fails goes by the default policy, and its card says so.
    """
    return ()


@hookspec
def register_rules() -> Iterable[Rule]:
    """Return rules of etiquette: what judges a message before it is sent.

    ``review`` is called while one types. A rule that fails has nothing to say.
    """
    return ()


@hookspec
def register_templates() -> Iterable[Template]:
    """Return message templates by step kind and language; no code of the plugin fills them."""
    return ()


@hookspec
def register_importers() -> Iterable[Importer]:
    """Return readers of file formats.

    ``sniff`` gets the first 64 KiB of a file; one that fails knows no format. Where ``read``
    fails, nothing is imported.
    """
    return ()


@hookspec
def register_exporters() -> Iterable[Exporter]:
    """Return writers of file formats; where ``write`` fails, no file is left behind."""
    return ()


@hookspec
def register_commands() -> Iterable[Command]:
    """Return commands for the palette and for ``followup run``.

    ``run`` is called in a process that is made for it; what it prints is shown.
    """
    return ()


@hookspec
def register_badges() -> Iterable[Badge]:
    """Return badges: something short to show on cards.

    ``text`` is called for cards on the screen alone, and what it returns is kept until the
    card changes.
    """
    return ()


@hookspec
def event_recorded(tracker: Tracker, application: Application, event: AnyEvent) -> None:
    """A fact was stored on the timeline of an application, by whomever.

    It is called after that is on the disk: by the board at once, by a command before it ends.
    """


@hookspec
def stage_entered(
    tracker: Tracker, application: Application, stage: Stage, previous: Stage | None
) -> None:
    """A card changed its column, by a fact or by the clock alone.

    It is called exactly once for each change, by the board or by ``followup tick``,
    whichever comes first, and in order for what came while neither ran. ``previous`` is none
    for an application that is new.
    """


@hookspec
def message_sent(
    tracker: Tracker, application: Application, message: Message, receipt: Receipt
) -> None:
    """A message went out, or the user said that it did; called once it is on the timeline."""
