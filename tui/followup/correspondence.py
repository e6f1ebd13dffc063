"""Writing a message: the ways to send it, a draft to begin with, and what the rules say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from followup.config import Config
from followup.domain import etiquette, threads
from followup.domain.application import Application, Contact
from followup.domain.board import Card
from followup.domain.channel import (
    Channel,
    Receipt,
    asked_by,
    needed_by,
    reaches,
    required_by,
    sends,
)
from followup.domain.clock import Clock
from followup.domain.companies import Companies
from followup.domain.errors import RefusedError
from followup.domain.facts import facts_of
from followup.domain.message import Message, Verdict
from followup.domain.secret import Secret
from followup.domain.settings import Settings
from followup.domain.step import Step, StepKind
from followup.domain.template import Template, fitting
from followup.domain.tracking import Draft
from followup.extensions.host import PluginHost, named

DEFAULT_CHANNEL = "email"
FALLBACK_LANGUAGE = "en"


class Errand(Struct, frozen=True):
    """A channel, and what it is given beside the message.

    One that ``hands_off`` only says what is left to do.
    """

    channel: Channel
    contact: Contact
    settings: Settings
    hands_off: bool


class Correspondence:
    """The channels, templates and rules of all plugins, put to use for one application."""

    def __init__(
        self,
        host: PluginHost,
        config: Config,
        clock: Clock,
        applications: Callable[[], tuple[Application, ...]],
    ) -> None:
        """Take the plugins, their settings, the clock, and how to look at all applications."""
        self._host = host
        self._config = config
        self._clock = clock
        self._applications = applications
        self._sorted: tuple[tuple[Application, ...], Companies] = ((), Companies(()))

    def channels_for(self, application: Application) -> tuple[Channel, ...]:
        """Return the channels that reach the application's contact, the usual one first.

        Those that are not set up are left out.
        """
        contact = application.contact
        return tuple(
            channel
            for channel in self._host.channels.values()
            if reaches(channel, contact) and self._is_set_up(channel)
        )

    def channel(self, name: str) -> Channel:
        """Return a channel by name; raise ``RefusedError`` where there is none."""
        return named(self._host.channels, name, "channel", "followup plugins list")

    def templates_for(
        self, application: Application, step: StepKind, language: str = ""
    ) -> Sequence[Template]:
        """Return the templates for a step whose facts are all known.

        The user's own come first, then the richest. ``language`` is an ISO 639-1 code, by
        default the user's; English stands in where there is none in that language.
        """
        templates = self._host.templates.values()
        for code in (language or self._config.language, FALLBACK_LANGUAGE):
            found = fitting(templates, step, code, self._facts(application, code))
            if found:
                return found
        return ()

    def draft(
        self,
        card: Card,
        channel: str | None = None,
        step: StepKind | None = None,
        variant: int = 0,
        language: str = "",
    ) -> Draft:
        """Return a message to begin with, for the next step unless another is named.

        ``variant`` counts through the fitting templates (``templates_for``), round and
        round. Raises ``RefusedError`` where no template fits.
        """
        kind = step or (card.standing.next.kind if card.standing.next else StepKind.FOLLOW_UP)
        if channel is None:
            reaching = self.channels_for(card.application)
            channel = reaching[0].name if reaching else DEFAULT_CHANNEL
        templates = self.templates_for(card.application, kind, language)
        if not templates:
            raise RefusedError(f"no template for a {kind.label.lower()}: write it yourself")
        template = templates[variant % len(templates)]
        message = template.fill(self._facts(card.application, template.language))
        answered = threads.conversation(card.standing.timeline, self._clock.now()).reply_subject
        if answered:
            message = replace(message, subject=answered)
        return Draft(message=message, step=kind, channel=channel, template=template.name)

    def check(
        self, card: Card, message: Message, channel: str, step: StepKind | None = None
    ) -> tuple[Verdict, ...]:
        """Return what the rules say of a message for an application, blocks first.

        The message is judged as the next step, or as a remaining one of the kind given.
        """
        return etiquette.review(
            self._host.rules.values(),
            message,
            card.application,
            card.standing.step_of(step),
            self.channel(channel),
            self._clock.now(),
            self._companies().beside(card.application),
        )

    def _companies(self) -> Companies:
        """Return all applications by company, sorted anew after a change."""
        applications = self._applications()
        if self._sorted[0] is not applications:
            self._sorted = (applications, Companies(applications))
        return self._sorted[1]

    def lint(self, message: Message, step: StepKind | None = None) -> tuple[Verdict, ...]:
        """Return the verdicts on a message that need no application, blocks first."""
        now = self._clock.now()
        meant = Step(kind=step, opens=now, due=now, why="") if step else None
        return etiquette.review(self._host.rules.values(), message, None, meant, None, now)

    def errand(self, application: Application, message: Message, channel: str) -> Errand:
        """Return all that a channel is given with a message for an application.

        Raises ``RefusedError`` where the channel does not reach the contact, or the message
        is longer than it takes, and ``InputError`` where its settings are wrong.
        """
        way = self.channel(channel)
        if not reaches(way, application.contact):
            needed = needed_by(way)
            raise RefusedError(f"{application.company} has no contact with {needed}: add one")
        if way.limit and len(message.body) > way.limit:
            over = len(message.body) - way.limit
            raise RefusedError(f"{way.title} takes {way.limit:,} characters: cut {over:,}")
        settings = self._settings(way)
        return Errand(
            channel=way,
            contact=application.contact or Contact(),
            settings=settings,
            hands_off=not sends(way, settings),
        )

    def sends(self, channel: str) -> bool:
        """Tell whether a channel sends by itself as it is set up; else it hands off."""
        way = self.channel(channel)
        return sends(way, self._settings(way))

    def asks(self, channel: str) -> str:
        """Return what a channel wants typed before it sends, nothing for most."""
        way = self.channel(channel)
        return asked_by(way, self._settings(way))

    def send(self, errand: Errand, message: Message, secret: Secret | None = None) -> Receipt:
        """Have a channel send a message, or say how it is handed off; raises as the host does."""
        if errand.hands_off:
            typed = (secret,) if secret else ()
            return errand.channel.send(message, errand.contact, errand.settings, *typed)
        return self._host.send(errand.channel, message, errand.contact, errand.settings, secret)

    def stop_sending(self) -> None:
        """End whatever is being sent at once."""
        self._host.stop_sending()

    def _is_set_up(self, channel: Channel) -> bool:
        # Its table is looked at as it is: a mistake in it is told when it is used.
        table = self._config.channel.get(channel.name, {})
        return all(table.get(name) for name in required_by(channel))

    def _settings(self, channel: Channel) -> Settings:
        return self._config.channel_settings(channel.name, channel.settings_type)

    def _facts(self, application: Application, language: str) -> dict[str, str]:
        return facts_of(application, self._clock.now(), self._config.name, language)
