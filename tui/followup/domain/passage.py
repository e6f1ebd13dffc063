"""Passages: the moments at which a card changed its column (design, section 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from followup.domain.application import Application
from followup.domain.events import AnyEvent, Interview
from followup.domain.stage import Stage, stand
from followup.domain.step import Step
from followup.domain.timeline import Timeline

_INSTANT = timedelta.resolution


class Mark(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The stage that an application was last known to enter, and when (UTC).

    ``reminded`` is when the newest step opened (UTC) of which the user was reminded.
    """

    stage: Stage
    at: datetime
    reminded: datetime | None = None


class Passage(Struct, frozen=True, kw_only=True):
    """A card entered a stage at an instant (UTC); ``previous`` is none for one that is new."""

    application: Application
    stage: Stage
    previous: Stage | None
    at: datetime

    @property
    def mark(self) -> Mark:
        """What is to be remembered of it."""
        return Mark(stage=self.stage, at=self.at)


def history(
    application: Application, foresee: Callable[[Timeline], Sequence[Step]], now: datetime
) -> Iterator[Passage]:
    """Yield every stage that an application has entered from its first fact until ``now``.

    ``foresee`` is its policy, bound to settings and zone. Nothing tells when an interview was
    booked, so it counts from its start. Without any fact there is nothing to tell.
    """
    starts = {event.known_from for event in application.events if isinstance(event, Interview)}
    first = sorted(event.known_from for event in application.events)[:1]
    borders = (moment for moment in sorted({*first, *starts}) if moment <= now)
    stage: Stage | None = None
    for start, end in pairwise([*borders, now + _INSTANT]):
        known = replace(application, events=tuple(_booked_by(start, application.events)))
        if stage is None:
            stage = stand(known, foresee, start).stage
            yield Passage(application=application, stage=stage, previous=None, at=start)
        for passage in passages(known, foresee, Mark(stage=stage, at=start), end - _INSTANT):
            stage = passage.stage
            yield replace(passage, application=application)


def _booked_by(moment: datetime, events: Iterable[AnyEvent]) -> Iterator[AnyEvent]:
    """Yield the facts without the interviews that had not begun."""
    for event in events:
        if not isinstance(event, Interview) or event.known_from <= moment:
            yield event


def passages(
    application: Application,
    foresee: Callable[[Timeline], Sequence[Step]],
    mark: Mark,
    now: datetime,
) -> Iterator[Passage]:
    """Yield the stages that an application has entered since a mark, until ``now``, in order.

    ``foresee`` is its policy, bound to settings and zone. The clock is walked from change to
    change, so that what happened while nobody looked is there as well. Where it stands before
    the mark, only the present counts.
    """
    stage = mark.stage
    moment: datetime | None = min(mark.at, now)
    while moment is not None and moment <= now:
        standing = stand(application, foresee, moment)
        if standing.stage is not stage:
            yield Passage(application=application, stage=standing.stage, previous=stage, at=moment)
            stage = standing.stage
        moment = standing.changes_at
