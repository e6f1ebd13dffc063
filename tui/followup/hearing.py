"""Hearing back: mails that answer become facts, once each, or questions (design, section 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from followup.config import Config
from followup.domain import instants, merging
from followup.domain.application import Application
from followup.domain.clock import Clock
from followup.domain.errors import RefusedError, UnknownApplicationError
from followup.domain.events import AnyEvent, Interview
from followup.domain.exchange import ImportOptions
from followup.domain.hygiene import checked_application, checked_event
from followup.domain.mailbox import FolderMark, MailMemory, Suggestion
from followup.domain.secret import Secret
from followup.extensions.host import PluginHost
from followup.mail.effects import Effect, Heard, applied, effect_of
from followup.mail.headers import addresses
from followup.mail.imap import Mailbox, password_of
from followup.mail.listening import Ear
from followup.mail.mailboxes import letters_in
from followup.mail.matching import Directory
from followup.outbox import Outbox
from followup.store.changes import Changes
from followup.store.memory import MemoryFile
from followup.store.repository import Repository

DAYS_BACK = 90
"""How far back the first look into a mailbox goes, in days."""

CALENDAR = "ics"
"""The importer that reads invitations."""


class News(Struct, frozen=True, kw_only=True):
    """One mail that was heard, what it did, and what it leaves to ask."""

    heard: Heard
    effect: Effect

    @property
    def application_id(self) -> int:
        """The application that it is most likely about."""
        return self.heard.match.applications[0]


class Round(Struct, frozen=True, kw_only=True):
    """What listening once brought.

    ``looked_at`` counts all mails, ``confirmed`` are applications of which a doubtful message
    is now known to have gone out, ``unreadable`` has the subjects of what could not be read.
    """

    news: tuple[News, ...] = ()
    looked_at: int = 0
    confirmed: tuple[int, ...] = ()
    unreadable: tuple[str, ...] = ()


class Gathered(Struct, frozen=True, kw_only=True):
    """What was found in mailboxes and is not put to use yet.

    ``marks`` say how far folders were read, ``sent`` are Message-IDs in the Sent folder.
    """

    heard: tuple[Heard, ...]
    looked_at: int
    unreadable: tuple[str, ...]
    marks: Mapping[str, FolderMark] = {}
    sent: tuple[str, ...] = ()


class Hearing:
    """Listens to mailboxes, and puts what was heard to use.

    ``changing`` collects changes that are stored as one step.
    """

    def __init__(
        self,
        repository: Repository,
        host: PluginHost,
        config: Config,
        clock: Clock,
        outbox: Outbox,
        changing: Callable[[str], AbstractContextManager[Changes]],
    ) -> None:
        """Put the parts together; nothing is read yet."""
        self._repository = repository
        self._host = host
        self._settings = config.replies
        self._own = _own_addresses(config)
        self._clock = clock
        self._outbox = outbox
        self._changing = changing
        self._memory = MemoryFile(repository.path)

    # Listening

    @property
    def has_mailbox(self) -> bool:
        """Tell whether a mailbox is set up."""
        return bool(self._settings.host)

    @property
    def asks(self) -> str:
        """What has to be typed before the mailbox can be looked at, nothing where none has."""
        settings = self._settings
        is_typed = self.has_mailbox and settings.is_typed
        return f"Password of {settings.user} at {settings.host}" if is_typed else ""

    @property
    def every_minutes(self) -> int:
        """How often an open board listens by itself, in minutes; 0 is never."""
        return self._settings.every_minutes if self.has_mailbox and not self.asks else 0

    def listen_to_files(self, paths: Iterable[Path], *, dry_run: bool = False) -> Round:
        """Hear what is in mailboxes on disk, which stay as they are.

        With ``dry_run`` nothing is stored. Raises ``InputError`` for what cannot be read.
        """
        self._repository.refresh()
        ear = self._ear()
        letters = (letter for path in paths for letter in letters_in(path))
        heard = tuple(
            found for letter in letters if ear.cares_for(letter) and (found := ear.listen(letter))
        )
        gathered = Gathered(heard=heard, looked_at=ear.looked_at, unreadable=tuple(ear.unreadable))
        return self.settle(gathered, dry_run=dry_run)

    def listen(self, typed: Secret | None = None, *, dry_run: bool = False) -> Round:
        """Hear what is new in the user's mailbox: ``gather`` and ``settle`` in one."""
        self._repository.refresh()
        return self.settle(self.gather(typed), dry_run=dry_run)

    def gather(self, typed: Secret | None = None) -> Gathered:
        """Look for what is new in the user's mailbox, of which nothing is changed.

        The store is not touched, so others may change it meanwhile. ``typed`` is the password,
        where the user is asked for it. It takes its time: call it off the thread of the screen.
        Raises ``RefusedError`` where no mailbox is set up, ``InputError`` where there is no
        password, and ``MailboxError`` where the server cannot be used.
        """
        if not self.has_mailbox:
            raise RefusedError(
                "no mailbox is set up: `followup config mail` does that, under [replies]; or hear a"
                " file with `followup replies --from FILE`"
            )
        doubtful = self._outbox.unconfirmed().values()
        ear, marks = self._ear(), dict[str, FolderMark]()
        with Mailbox(self._settings, password_of(self._settings, typed)) as mailbox:
            sent = mailbox.found_sent(one.message.thread.message_id for one in doubtful)
            return Gathered(
                heard=tuple(self._heard_in(mailbox, ear, marks)),
                looked_at=ear.looked_at,
                unreadable=tuple(ear.unreadable),
                marks=marks,
                sent=sent,
            )

    def _heard_in(
        self, mailbox: Mailbox, ear: Ear, marks: dict[str, FolderMark]
    ) -> Iterator[Heard]:
        """Yield what is new in the folders, and mark how far each was read."""
        known = self._memory.read().folders
        since = instants.after(self._clock.now(), days=-DAYS_BACK)
        for folder in self._settings.folders:
            name = f"{self._settings.place}/{folder}"
            fresh = mailbox.new_in(folder, known.get(name), since)
            for uid, head in mailbox.heads(fresh.uids):
                if ear.cares_for(head):
                    letter = mailbox.letter(uid)
                    found = ear.listen(letter) if letter else None
                    if found:
                        yield found
            marks[name] = fresh.mark

    def _ear(self) -> Ear:
        """Return an ear for whatever is not known yet."""
        doubtful = {id_: one.follow_up for id_, one in self._outbox.unconfirmed().items()}
        directory = Directory(self._repository.applications(), doubtful)
        return Ear(directory, self._clock.now(), self._memory.read().heard, self._own)

    # Putting to use

    def settle(self, gathered: Gathered, *, dry_run: bool = False) -> Round:
        """Store what was gathered as one step, and remember it; with ``dry_run`` only tell."""
        now, zone = self._clock.now(), self._clock.zone
        in_order = sorted(gathered.heard, key=lambda one: one.mail.at or now)
        news = tuple(News(heard=one, effect=effect_of(one, now, zone)) for one in in_order)
        confirmed: tuple[int, ...] = ()
        if not dry_run:
            confirmed = tuple(self._confirm(gathered.sent, news))
            self._store(news)
            remembered = self._memory.change(
                lambda memory: _remembering(memory, news, gathered.marks)
            )
            news = tuple(_numbered(one, remembered) for one in news)
        return Round(
            news=news,
            looked_at=gathered.looked_at,
            confirmed=confirmed,
            unreadable=gathered.unreadable,
        )

    def _confirm(self, sent: Iterable[str], news: Iterable[News]) -> Iterator[int]:
        """Settle doubtful messages that were found where they were sent, or that came back."""
        answered = (one.heard.match.message for one in news)
        for message_id in (*sent, *(message.message_id for message in answered if message)):
            if intent := self._outbox.confirm(message_id):
                yield intent.application_id

    def _store(self, news: Sequence[News]) -> None:
        effective = [one for one in news if one.effect.events or one.effect.came_back]
        if not effective:
            return
        with self._changing(self._words(one.application_id for one in effective)) as changes:
            for one in effective:
                _apply(changes, one.application_id, one.effect.events, one.effect)

    def _words(self, ids: Iterable[int]) -> str:
        """Return how hearing about applications is called in the history."""
        unique = list(dict.fromkeys(ids))
        known = self._repository.get(unique[0])
        return f"hear from {known.company}" if len(unique) == 1 and known else "hear from several"

    # What is still to be asked

    def suggestions(self) -> tuple[Suggestion, ...]:
        """Return what mails made likely and nobody has said yet, oldest first."""
        known = self._repository.get
        return tuple(
            one for one in self._memory.read().suggestions if any(map(known, one.applications))
        )

    def suggestion(self, number: int) -> Suggestion:
        """Return a suggestion; raise ``RefusedError`` where there is none of that number."""
        for one in self.suggestions():
            if one.number == number:
                return one
        raise RefusedError(f"no suggestion {number}: `followup replies --list` shows those")

    def accept(
        self, number: int, application_id: int | None = None, *more: AnyEvent
    ) -> Application:
        """Store what a suggestion says, by default of the likeliest application.

        ``more`` are facts that the user has added to it, such as the interview; without any,
        an invitation's own calendar counts. Raises ``RefusedError`` for a number or an
        application that it does not have.
        """
        suggestion = self.suggestion(number)
        id_ = application_id or suggestion.applications[0]
        if id_ not in suggestion.applications:
            raise RefusedError(f"suggestion {number} is not about application {id_}")
        with self._changing(self._words((id_,))) as changes:
            _apply(changes, id_, (*suggestion.events, *more), suggestion)
            if not more:
                for update in self._calendar_of(suggestion, id_, changes.applications()):
                    changes.replace(checked_application(update))
            application = changes.get(id_)
        if application is None:
            raise UnknownApplicationError(id_)
        self.dismiss(number)
        return application

    def interviews_of(self, suggestion: Suggestion, application_id: int) -> tuple[Interview, ...]:
        """Return what the calendar of an invitation books, none where it cannot be read."""
        known = self._repository.get(application_id)
        before = known.events if known else ()
        applications = self._repository.applications()
        return tuple(
            event
            for update in self._calendar_of(suggestion, application_id, applications)
            for event in update.events
            if isinstance(event, Interview) and event not in before
        )

    def _calendar_of(
        self, suggestion: Suggestion, id_: int, applications: tuple[Application, ...]
    ) -> tuple[Application, ...]:
        """Return applications as the calendar of an invitation to one of them leaves them."""
        importer = self._host.importers.get(CALENDAR)
        if importer is None or not suggestion.calendar:
            return ()
        options = ImportOptions(
            now=self._clock.now(), zone=self._clock.zone, application_id=id_, own=tuple(self._own)
        )
        try:
            reading = importer.read(BytesIO(suggestion.calendar), options)
        except ValueError:
            return ()  # the user says when it is
        updated = merging.merge(applications, reading).updated
        return tuple(one.application for one in updated if one.application.id == id_)

    def dismiss(self, number: int) -> None:
        """Ask no more about a suggestion; raise ``RefusedError`` where there is none."""
        self.suggestion(number)
        self._memory.change(
            lambda memory: replace(
                memory,
                suggestions=tuple(one for one in memory.suggestions if one.number != number),
            )
        )


def _apply(
    changes: Changes, id_: int, events: tuple[AnyEvent, ...], source: Effect | Suggestion
) -> None:
    """Put what was heard on the timeline of an application, where that is still there."""
    current = changes.get(id_)
    if current:
        checked = tuple(checked_event(event) for event in events)
        changes.replace(applied(current, checked, source.came_back))


def _remembering(
    memory: MailMemory, news: Sequence[News], marks: Mapping[str, FolderMark]
) -> MailMemory:
    """Return a memory that knows what was heard, and has numbered what is to be asked."""
    known = frozenset(memory.heard)
    new = [one for one in news if one.heard.mail.identity not in known]
    asked = [one.effect.suggestion for one in new if one.effect.suggestion]
    numbered = tuple(
        replace(one, number=number) for number, one in enumerate(asked, memory.next_number)
    )
    return replace(
        memory,
        heard=(*memory.heard, *(one.heard.mail.identity for one in new)),
        folders={**memory.folders, **marks},
        suggestions=(*memory.suggestions, *numbered),
        next_number=memory.next_number + len(numbered),
    )


def _numbered(news: News, memory: MailMemory) -> News:
    """Return news whose suggestion has the number by which it is remembered."""
    suggestion = next(
        (one for one in memory.suggestions if one.identity == news.heard.mail.identity), None
    )
    return replace(news, effect=replace(news.effect, suggestion=suggestion))


def _own_addresses(config: Config) -> frozenset[str]:
    """Return the addresses that the user writes from, as far as the settings tell."""
    written = [str(table.get("from", "")) for table in config.channel.values()]
    found = {address.email for address in addresses([*written, config.replies.user])}
    return frozenset(found - {""})
