"""Passages: the moments at which a card changed its column (design, section 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from followup.domain.application import Application
from followup.domain.stage import Stage, stand
from followup.domain.step import Step
from followup.domain.timeline import Timeline


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

    ``foresee`` is its policy, bound to settings and zone. An interview counts from that first
    fact on, because nothing tells when it was booked. Without any fact there is nothing to tell.
    """
    begun = min((event.known_from for event in application.events), default=now)
    if begun >= now:
        return
    mark = Mark(stage=stand(application, foresee, begun).stage, at=begun)
    yield Passage(application=application, stage=mark.stage, previous=None, at=begun)
    yield from passages(application, foresee, mark, now)


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
