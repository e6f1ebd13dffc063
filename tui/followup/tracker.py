"""The tracker: the one facade over store, plugins and domain (design, section 1).

The board, the command line and scripts all use it, and nothing below it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from msgspec.structs import replace

from followup.announcing import MOST_ECHOES, Announcer
from followup.config import Config
from followup.correspondence import Correspondence
from followup.domain.application import Application
from followup.domain.board import Board, Card, card_of
from followup.domain.clock import Clock
from followup.domain.dealing import Deal
from followup.domain.errors import RefusedError, UnknownApplicationError
from followup.domain.events import AnyEvent, FollowUp, newest_ahead
from followup.domain.hygiene import checked_application, checked_event
from followup.domain.message import Message, Verdict
from followup.domain.policy import Policy
from followup.domain.search import select
from followup.domain.stage import Stage
from followup.domain.step import StepKind
from followup.domain.tracking import Draft
from followup.extensions.happenings import Happening, Place, Ran
from followup.extensions.host import PluginHost, named
from followup.foresight import Foresight
from followup.outbox import Outbox, Parts
from followup.reminding import Reminding
from followup.sending import Sending
from followup.store.changes import Changes
from followup.store.drafts import DraftFolder
from followup.store.errors import StoreError as StoreError
from followup.store.history import HistoryEntry as HistoryEntry
from followup.store.repository import Repository

if TYPE_CHECKING:
    from followup.hearing import Hearing
    from followup.importing import Importing


class Tracker:
    """Every use case of the program, for whoever drives it.

    Methods that change something store it before they return, as one step that ``undo``
    takes back; they raise ``InputError`` or ``RefusedError`` for what cannot be done, and
    ``StoreError`` where the store cannot be written, which then is as it was.
    """

    def __init__(
        self, repository: Repository, host: PluginHost, config: Config, clock: Clock
    ) -> None:
        """Put the parts together; nothing is read yet."""
        self.repository = repository
        self.host = host
        self.config = config
        self.clock = clock
        self.foresight = Foresight(host, config, clock.zone)
        self.correspondence = Correspondence(host, config, clock, repository.applications)
        self._announcer = Announcer(repository, self.foresight)
        self.reminding = Reminding(repository, config.reminders, clock)
        self.drafts = DraftFolder(repository.path)
        self._parts = Parts(
            repository=repository,
            clock=clock,
            drafts=self.drafts,
            announcer=self._announcer,
            changing=self._changing,
            card_of=self.card_of,
        )
        self.outbox = Outbox(self._parts)
        self.sending = Sending(self._parts, self.correspondence, self.outbox)

    # Looking

    @property
    def zone(self) -> str:
        """The user's IANA zone name."""
        return self.clock.zone

    def now(self) -> datetime:
        """Return the present instant of the tracker's clock, in UTC."""
        return self.clock.now()

    def board(self, at: datetime | None = None) -> Board:
        """Return the board as it is now, or as the clock will make it at another instant."""
        return self.deal(at).board

    def deal(self, at: datetime | None = None, previous: Deal | None = None) -> Deal:
        """Return the ``board``, and what the next one can be dealt from.

        It costs less after a ``previous`` one of this tracker.
        """
        applications = self.repository.applications()
        moment = at or self.now()
        foresee = self.foresight.for_board(applications, moment)
        deal = previous.again if previous else Deal.of
        return deal(applications, foresee, moment, self.outbox.doubts())

    def application(self, application_id: int) -> Application:
        """Return an application; raise ``UnknownApplicationError`` where there is none."""
        return self._parts.application(application_id)

    def card(self, application_id: int, at: datetime | None = None) -> Card:
        """Return an application and where it stands now, or at another instant."""
        application = self.application(application_id)
        return self.card_of(application, at)

    def card_of(self, application: Application, at: datetime | None = None) -> Card:
        """Return where an application, stored or not, stands now or at another instant."""
        doubts = self.outbox.doubts()
        return card_of(application, self.foresight.foresee, at or self.now(), doubts)

    def list(
        self, *, stages: Sequence[Stage] = (), tag: str = "", search: str = ""
    ) -> tuple[Card, ...]:
        """Return the cards of these stages (none: of all), with a tag, that match a text."""
        tags = (tag,) if tag else ()
        return select(self.board().cards(), stages=stages, tags=tags, text=search)

    def refresh(self) -> bool:
        """Catch up with changes by other processes; tell whether there were any."""
        return self.repository.refresh()

    def known(self) -> tuple[object, ...]:
        """Return what stays equal for as long as there is nothing new to show but the time."""
        repository = self.repository
        return repository.applications(), repository.outbox(), self.outbox.doubts()

    def newest_fact_ahead(self) -> datetime | None:
        """Return the newest recorded fact that the clock has not reached yet, in UTC.

        It means that the clock stands wrong, or in the past on purpose; what is booked or
        planned ahead does not count.
        """
        histories = (application.events for application in self.repository.applications())
        return newest_ahead(chain.from_iterable(histories), self.now())

    # Policies

    def policy_of(self, application: Application) -> Policy:
        """Return the policy that counts for an application: its own, else the usual one."""
        return self.foresight.policy_of(application)

    def policy(self, name: str) -> Policy:
        """Return a policy by name; raise ``RefusedError`` where there is none."""
        return named(self.host.policies, name, "policy", "followup policy list")

    # Changing

    def add(self, application: Application) -> Application:
        """Store a new application and return it with its id."""
        application = checked_application(application)
        what = f"add {application.company}, {application.role}"
        with self._changing(what) as changes:
            return changes.add(application)

    def edit(self, edited: Application, base: Application | None = None) -> Application:
        """Store what was edited of an application, and return it as it is then.

        ``base`` is what the user began with, by default what this tracker knows. What they
        left as it was there stays as it is, whoever changed it meanwhile.
        """
        known = base or self.application(edited.id)
        return self.revise(edited.id, lambda current: current.with_edits(edited, known))

    def revise(
        self, application_id: int, revision: Callable[[Application], Application]
    ) -> Application:
        """Store what a revision makes of an application as it is then, and return it."""
        (revised,) = self.revise_all((application_id,), revision)
        return revised

    def revise_all(
        self, ids: Sequence[int], revision: Callable[[Application], Application]
    ) -> tuple[Application, ...]:
        """Store what a revision makes of each of several applications, as one step."""
        return self._change(ids, "edit", lambda current: checked_application(revision(current)))

    def remove(self, application_id: int) -> Application:
        """Remove an application and return what it was."""
        (removed,) = self.remove_all((application_id,))
        return removed

    def remove_all(self, ids: Sequence[int]) -> tuple[Application, ...]:
        """Remove several applications, as one step, and return what they were."""
        removed = tuple(map(self.application, ids))
        what = removed[0].company if len(ids) == 1 else f"{len(ids)} applications"
        with self._changing(f"remove {what}") as changes:
            for id_ in ids:
                changes.remove(id_)
        return removed

    def log(self, application_id: int, event: AnyEvent) -> Application:
        """Put a fact on a timeline and return the application.

        A follow-up that does not say which step it was counts as ``Standing.sent_as`` has it.
        """
        (logged,) = self.log_all((application_id,), event)
        return logged

    def log_all(self, ids: Sequence[int], event: AnyEvent) -> tuple[Application, ...]:
        """Put a fact on several timelines, as one step, and return the applications."""
        event = checked_event(event)

        def logged(current: Application) -> Application:
            if not isinstance(event, FollowUp) or event.step:
                return current.with_event(event)
            standing = self.card_of(current, event.at).standing
            return current.with_event(replace(event, step=standing.sent_as(event)))

        return self._change(ids, f"log {event.name.replace('_', '-')} for", logged)

    def cancel_interview(self, application_id: int) -> Application:
        """Mark the newest interview as cancelled; raise ``RefusedError`` where there is none."""

        def cancelled(current: Application) -> Application:
            interview = self.card_of(current).standing.timeline.interview
            if interview is None:
                raise RefusedError(f"{current.company} has no interview that could be cancelled")
            events = (
                replace(event, cancelled=True) if event is interview else event
                for event in current.events
            )
            return replace(current, events=tuple(events))

        (application,) = self._change((application_id,), "edit", cancelled)
        return application

    def _change(
        self, ids: Sequence[int], verb: str, change: Callable[[Application], Application]
    ) -> tuple[Application, ...]:
        """Change applications as they are once no other process can, so that nothing is lost."""
        several = f"{len(ids)} applications"
        what = self.application(ids[0]).company if len(ids) == 1 else several
        with self._changing(f"{verb} {what}") as changes:
            for id_ in ids:
                current = changes.get(id_)
                if current is None:
                    raise UnknownApplicationError(id_)
                changes.replace(change(current))
            changed = [changes.get(id_) for id_ in ids]
        return tuple(application for application in changed if application)

    @contextmanager
    def _changing(self, what: str) -> Iterator[Changes]:
        """Collect changes and store them as one step, for plugins to be told of."""
        with self.repository.change(what, self.now()) as changes:
            yield changes
            touched = changes.pairs()
        for before, after in touched:
            self._announcer.note(before, after)

    def undo(self) -> HistoryEntry:
        """Take the newest change back; raise ``RefusedError`` where none is left."""
        return self._turn(self.repository.undo, "nothing to undo")

    def redo(self) -> HistoryEntry:
        """Make the change that was undone last again; raise ``RefusedError`` for none."""
        return self._turn(self.repository.redo, "nothing to redo")

    def _turn(self, turn: Callable[[datetime], HistoryEntry | None], refusal: str) -> HistoryEntry:
        before = {application.id: application for application in self.repository.applications()}
        entry = turn(self.now())
        if entry is None:
            raise RefusedError(refusal)
        for id_ in entry.ids:
            if after := self.repository.get(id_):
                self._announcer.touch(before.get(id_), after)
        return entry

    def history(self) -> tuple[HistoryEntry, ...]:
        """Return the changes that can be undone or redone, the newest first."""
        return self.repository.history()

    # Writing messages

    def draft(
        self,
        application_id: int,
        *,
        channel: str | None = None,
        step: StepKind | None = None,
        variant: int = 0,
        language: str = "",
    ) -> Draft:
        """Return a message to begin with, for the next step unless another is named.

        ``variant`` and ``language`` choose among the templates that fit. Raises
        ``RefusedError`` where none does.
        """
        card = self.card(application_id)
        return self.correspondence.draft(card, channel, step, variant, language)

    def check(
        self,
        application_id: int,
        message: Message,
        *,
        channel: str,
        step: StepKind | None = None,
    ) -> tuple[Verdict, ...]:
        """Return what the rules say of a message for this application, blocks first."""
        return self.correspondence.check(self.card(application_id), message, channel, step)

    # Hearing back

    @cached_property
    def hearing(self) -> Hearing:
        """What listens to the user's mail."""
        from followup.hearing import Hearing  # late: few runs read mail

        return Hearing(
            self.repository, self.host, self.config, self.clock, self.outbox, self._changing
        )

    # In and out

    @cached_property
    def importing(self) -> Importing:
        """What reads files and puts what they say among the applications."""
        from followup.importing import Importing  # late: few runs import anything

        names = self.config.own_names
        return Importing(self.repository, self.host, self._changing, self.card_of, names)

    def export(self, format_name: str, stream: BinaryIO) -> None:
        """Write all applications to a stream; raise ``RefusedError`` for an unknown format."""
        exporters = self.host.exporters
        exporter = named(exporters, format_name, "export format", "followup export --help")
        board = self.board().with_histories(self.foresight.foresee)
        exporter.write(board, stream, self.zone)

    # Plugins

    def run(self, command: str) -> Ran:
        """Run a plugin's command and return what it said and did.

        Raises ``RefusedError`` where there is none of that name, and ``PluginFailedError``.
        """
        ran = self.host.run(command, self, self._place)
        self._announcer.note_echo(ran.happened)
        self.refresh()
        return ran

    def badges(self, card: Card) -> tuple[str, ...]:
        """Return what plugins say of a card in a word or two; they take their time."""
        now = self.now()
        texts = (badge.text(card, now) for badge in self.host.badges.values())
        return tuple(text for text in texts if text)

    def take_happened(self) -> tuple[Happening, ...]:
        """Return what has happened here since the last time, for somebody else to tell."""
        return self._announcer.take()

    def news(self, board: Board | None = None) -> tuple[Happening, ...]:
        """Return what plugins are to be told, which then counts as told.

        These are what has happened here, and what cards have changed their column by it. With
        the ``board`` of now, changes that the clock or other programs brought count as well.
        """
        if not self.host.tells or self.repository.read_only:
            return ()
        return self._announcer.news(self.now(), board)

    def tell(self, news: Sequence[Happening]) -> None:
        """Tell plugins, one after the other, and then what they made happen by that.

        Plugins that answer each other for ever come to an end. Call it off the thread of the
        screen: plugins take their time.
        """
        waiting = deque(news)
        for _ in range(len(news) * (1 + MOST_ECHOES)):
            if not waiting:
                break
            waiting.extend(self.host.tell(waiting.popleft(), self, self._place))

    def publish(self, board: Board | None = None) -> None:
        """Tell plugins all the ``news`` at once."""
        self.tell(self.news(board))

    @property
    def _place(self) -> Place:
        return Place(store=str(self.repository.path.absolute()), now=self.now(), zone=self.zone)

    def close(self) -> None:
        """Let go of the store."""
        self.repository.close()
