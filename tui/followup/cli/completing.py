"""What the shell offers for a word begun: ids and names of parts (design, section 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Protocol

import click
from click.shell_completion import CompletionItem

from followup.cli.session import Session
from followup.domain.text import clean

if TYPE_CHECKING:
    from followup.domain.application import Application
    from followup.extensions.host import PluginHost

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


class Part(Protocol):
    """What a plugin gave that is called by its name."""

    @property
    def name(self) -> str:
        """What it is called by."""

    @property
    def title(self) -> str:
        """What it is, for people."""


def _offer(found: Callable[[Session], Iterable[tuple[str, str]]]) -> Complete:
    """Return a completion out of names and what is said of them; of nothing where that fails.

    A line that is being typed is no place for an error: running it will tell.
    """

    def complete(ctx: click.Context, param: click.Parameter, begun: str) -> list[CompletionItem]:
        del param  # click hands it over; what it takes was settled with ``found``
        given = ctx.find_root().params
        session = Session(store=given.get("store"), plugins=not given.get("no_plugins"))
        try:
            with closing(session):
                pairs = list(found(session))
        except Exception:
            return []
        return [
            CompletionItem(name, help=clean(told)) for name, told in pairs if name.startswith(begun)
        ]

    return complete


def _ids(session: Session) -> Iterable[tuple[str, str]]:
    from followup.store.repository import Repository  # late: most completions need no store

    # The store alone: no plugin has a say in which applications there are.
    repository = Repository(session.store_path)
    with closing(repository):
        return [(str(one.id), _named(one)) for one in repository.applications()]


def _named(application: Application) -> str:
    return f"{application.company}, {application.role}"


def _parts(of: Callable[[PluginHost], Mapping[str, Part]]) -> Complete:
    return _offer(lambda session: [(one.name, one.title) for one in of(session.host).values()])


complete_id = _offer(_ids)
complete_channel = _parts(lambda host: host.channels)
complete_policy = _parts(lambda host: host.policies)
complete_importer = _parts(lambda host: host.importers)
complete_exporter = _parts(lambda host: host.exporters)
