"""What plugins give, by kind, and the facts of each thing that the program shows and goes by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from followup.api import ContactField, Settings, Template, clean, clean_page
from followup.domain.template import mistake_in
from followup.extensions.faults import MisbehaviourError

MOST_THINGS = 200
"""How many things of a kind one plugin may give."""

_AS_THEY_ARE = (bytes, date, datetime, timedelta)

Checked = TypeVar("Checked")
GivenFacts = TypeVar("GivenFacts", bound="Facts")
KindName = Literal[
    "channels",
    "policies",
    "rules",
    "templates",
    "importers",
    "exporters",
    "commands",
    "badges",
]
Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Title = Annotated[str, Meta(min_length=1, max_length=200)]


class Facts(Struct, frozen=True, kw_only=True):
    """What is known of a thing by its name alone."""

    name: Name

    @classmethod
    def of(cls, thing: object) -> Facts:
        """Return the facts of a thing.

        Raises ``MisbehaviourError`` where one is missing or is not what it should be.
        """
        return _facts(thing, cls)


class TitledFacts(Facts, frozen=True, kw_only=True):
    """The facts of an importer, an exporter or a command."""

    title: Title

    @classmethod
    def of(cls, thing: object) -> Facts:
        """Return the facts of a thing, its title fit to be shown."""
        facts = _facts(thing, cls)
        return replace(facts, title=clean(facts.title) or facts.name)


class PolicyFacts(TitledFacts, frozen=True, kw_only=True):
    """The facts of a timing policy; ``defaults`` are those of its settings."""

    defaults: dict[str, Any] = {}

    @classmethod
    def of(cls, thing: object) -> Facts:
        """Return the facts of a thing that has settings, and their defaults."""
        kind = getattr(thing, "settings_type", None)
        if not isinstance(kind, type) or not issubclass(kind, Settings):
            raise MisbehaviourError(
                f"gave {kind_of(thing)}, whose settings_type is no subclass of Settings"
            )
        return sendable(replace(super().of(thing), defaults=plain(kind())), cls)


class ChannelFacts(PolicyFacts, frozen=True, kw_only=True):
    """The facts of a channel."""

    needs: ContactField | None
    delivers_within: timedelta
    can_reply: bool
    limit: Annotated[int, Meta(ge=0)]
    requires: tuple[str, ...] = ()


class RuleFacts(Facts, frozen=True, kw_only=True):
    """The facts of a rule, whose name is the code of its verdicts."""

    name: Name = msgspec.field(name="code")
    needs_application: bool
    needs_others: bool = False


class TemplateFacts(Facts, frozen=True, kw_only=True):
    """A template is all facts."""

    template: Template

    @classmethod
    def of(cls, thing: object) -> Facts:
        """Return the facts of a template that can be filled; it is not the user's own."""
        facts = _facts({"name": getattr(thing, "name", None), "template": plain(thing)}, cls)
        template = facts.template
        subject, body = clean(template.subject), clean_page(template.body)
        for text in (subject, body):
            if mistake := mistake_in(text, template.language):
                raise MisbehaviourError(f"gave the template {facts.name}: {mistake.reason}")
        fit = replace(template, name=facts.name, subject=subject, body=body, own=False)
        return sendable(replace(facts, template=fit), cls)


class Kind(Struct, frozen=True):
    """A kind of thing that plugins give: the hook, the facts, and one of them in a word."""

    hook: str
    facts: type[Facts]
    one: str


KINDS: dict[KindName, Kind] = {
    "channels": Kind("register_channels", ChannelFacts, "channel"),
    "policies": Kind("register_policies", PolicyFacts, "policy"),
    "rules": Kind("register_rules", RuleFacts, "rule"),
    "templates": Kind("register_templates", TemplateFacts, "template"),
    "importers": Kind("register_importers", TitledFacts, "importer"),
    "exporters": Kind("register_exporters", TitledFacts, "exporter"),
    "commands": Kind("register_commands", TitledFacts, "command"),
    "badges": Kind("register_badges", Facts, "badge"),
}


def given(result: object) -> list[object]:
    """Return the things that a hook returned; raise ``MisbehaviourError`` for anything else."""
    if isinstance(result, str | bytes) or not isinstance(result, Iterable):
        raise MisbehaviourError(f"returned {kind_of(result)} where several things are expected")
    things = list(islice(result, MOST_THINGS + 1))
    if len(things) > MOST_THINGS:
        raise MisbehaviourError(f"returned more than {MOST_THINGS} things")
    return things


def kind_of(value: object) -> str:
    """Return in words what a value is, without asking the value."""
    return "nothing" if value is None else f"`{clean(type(value).__name__)}`"


def plain(value: object) -> Any:
    """Return a value in terms that can be checked and sent.

    Raises ``MisbehaviourError`` for what has none.
    """
    try:
        return msgspec.to_builtins(value, builtin_types=_AS_THEY_ARE)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise MisbehaviourError(f"returned what cannot be used: {error}") from None


def sendable(value: object, kind: type[Checked]) -> Checked:
    """Return a value of a kind as it arrives in another process.

    Raises ``MisbehaviourError`` for what cannot be sent, or is not what its kind says.
    """
    try:
        return msgspec.msgpack.decode(msgspec.msgpack.encode(value), type=kind)
    except msgspec.ValidationError as error:
        raise MisbehaviourError(f"returned a {kind.__name__} that is none: {error}") from None
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise MisbehaviourError(f"returned what cannot be used: {error}") from None


def _facts(thing: object, kind: type[GivenFacts]) -> GivenFacts:
    try:
        return msgspec.convert(thing, kind, from_attributes=True)
    except msgspec.ValidationError as error:
        raise MisbehaviourError(f"gave {kind_of(thing)}: {error}") from None
