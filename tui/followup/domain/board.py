"""The board as a value: applications, policy and clock make columns of cards (section 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from followup.domain.application import Application
from followup.domain.passage import Mark, history
from followup.domain.stage import ACTIONABLE, Stage, Standing, stand
from followup.domain.step import Step
from followup.domain.timeline import Timeline

_FAR = datetime.max.replace(tzinfo=UTC)
_EARLY = datetime.min.replace(tzinfo=UTC)

NO_DOUBTS: Mapping[int, datetime] = MappingProxyType({})

Foresee = Callable[[Application], Callable[[Timeline], Sequence[Step]]]


class Card(Struct, frozen=True):
    """One application and where it stands.

    ``unconfirmed`` is when its last message was begun (UTC), where nobody knows whether that
    went out.
    """

    application: Application
    standing: Standing
    unconfirmed: datetime | None = None

    @property
    def id(self) -> int:
        """The application's id."""
        return self.application.id

    @property
    def stage(self) -> Stage:
        """The column in which the card stands."""
        return self.standing.stage


class Column(Struct, frozen=True):
    """One stage and its cards, the most pressing first."""

    stage: Stage
    cards: tuple[Card, ...]


class Board(Struct, frozen=True):
    """All cards by stage at one moment, ``now`` (UTC), in the order of the journey.

    ``histories`` has the stages that applications have entered until then, the first one
    first, by id; only boards that are exported have any.
    """

    now: datetime
    columns: tuple[Column, ...]
    histories: dict[int, tuple[Mark, ...]] = {}

    @classmethod
    def of(
        cls,
        applications: Iterable[Application],
        foresee: Foresee,
        now: datetime,
        unconfirmed: Mapping[int, datetime] = NO_DOUBTS,
    ) -> Board:
        """Deal the applications into the columns in which they stand at ``now``.

        ``foresee`` gives the policy of an application, bound to its settings and zone.
        ``unconfirmed`` says of applications by id when a message to them was begun that may
        have gone out (UTC).
        """
        dealt: dict[Stage, list[Card]] = {stage: [] for stage in Stage}
        for application in applications:
            card = card_of(application, foresee, now, unconfirmed)
            dealt[card.standing.stage].append(card)
        for cards in dealt.values():
            cards.sort(key=urgency)
        return cls(now, tuple(Column(stage, tuple(cards)) for stage, cards in dealt.items()))

    def with_histories(self, foresee: Foresee) -> Board:
        """Return the board with the stages that all its cards have entered until ``now``."""
        histories = {
            card.id: tuple(
                passage.mark
                for passage in history(card.application, foresee(card.application), self.now)
            )
            for card in self.cards()
        }
        return replace(self, histories=histories)

    def cards(self) -> tuple[Card, ...]:
        """Return all cards in the order of the journey, closed ones last."""
        return tuple(card for column in self.columns for card in column.cards)

    def column(self, stage: Stage) -> Column:
        """Return the column of a stage."""
        return self.columns[list(Stage).index(stage)]

    def to_do(self) -> tuple[Card, ...]:
        """Return the cards that call for action now, the most urgent first.

        Before all others come those of which a message is unconfirmed, whatever their stage.
        """
        cards = (
            card
            for column in self.columns
            for card in column.cards
            if card.unconfirmed or column.stage in ACTIONABLE
        )
        return tuple(sorted(cards, key=lambda card: (card.unconfirmed is None, urgency(card))))

    def opening(self) -> tuple[Card, ...]:
        """Return the cards whose next step has not opened or is snoozed, soonest first."""
        return tuple(sorted(self._ahead(), key=opens_at))

    def next_to_open(self) -> Card | None:
        """Return the first card of ``opening``, if there is any."""
        return min(self._ahead(), key=opens_at, default=None)

    def _ahead(self) -> Iterator[Card]:
        for column in self.columns:
            if column.stage not in ACTIONABLE:
                yield from (c for c in column.cards if c.standing.next and not c.unconfirmed)


def card_of(
    application: Application,
    foresee: Foresee,
    now: datetime,
    unconfirmed: Mapping[int, datetime] = NO_DOUBTS,
) -> Card:
    """Return where an application stands at ``now``; the rest is what ``Board.of`` takes."""
    standing = stand(application, foresee(application), now)
    return Card(application, standing, unconfirmed.get(application.id))


def opens_at(card: Card) -> datetime:
    """Return when the card next asks for something, in UTC: its step, or a later snooze."""
    standing = card.standing
    opens = standing.next.opens if standing.next else _FAR
    return max(opens, standing.snoozed_until) if standing.snoozed_until else opens


def urgency(card: Card) -> tuple[datetime, int]:
    """Return the key by which the cards of one column stand in order, most pressing first."""
    standing = card.standing
    timeline = standing.timeline
    match standing.stage:
        case Stage.DUE | Stage.LAST_CALL if standing.next:
            moment = standing.next.due
        case Stage.INTERVIEW if timeline.interview:
            moment = timeline.interview.at
        case Stage.REPLIED if timeline.reply:
            moment = timeline.reply.at
        case Stage.CLOSED if timeline.outcome:
            # The newest first: time runs backwards in this column.
            moment = _EARLY + (_FAR - timeline.outcome.at)
        case _:
            moment = opens_at(card)
    return moment, card.id
