"""A plugin of this process that writes down what it is told."""

from __future__ import annotations

from followup.api import AnyEvent, Application, Message, Receipt, Stage, hookimpl
from followup.extensions.discovery import Found, builtin_plugins
from followup.extensions.host import PluginHost


class Listener:
    """What was told, in order: a word or two for each."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def host(self, *, tells: bool = True) -> PluginHost:
        """A host with what ships in the box, and this listener."""
        ours = Found(name="listener", version="1", module=self)
        return PluginHost([*builtin_plugins("0"), ours], tells=tells)

    def take(self) -> list[str]:
        """What was told since the last time."""
        taken = list(self.heard)
        self.heard.clear()
        return taken

    @hookimpl
    def event_recorded(self, application: Application, event: AnyEvent) -> None:
        self.heard.append(f"{application.company}: {event.name}")

    @hookimpl
    def stage_entered(self, application: Application, stage: Stage, previous: Stage | None) -> None:
        self.heard.append(f"{application.company}: {previous} -> {stage}")

    @hookimpl
    def message_sent(self, application: Application, message: Message, receipt: Receipt) -> None:
        self.heard.append(f"{application.company}: {message.body!r} {receipt.detail}")
