"""What plugins answer when they are asked, checked before the program goes by it.

Every function raises ``MisbehaviourError`` for what cannot be used.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from pathlib import PurePath
from typing import Any, TypeVar

from msgspec.structs import replace

from followup.api import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    LONGEST_BADGE,
    PAGE_LIMIT,
    ImportReading,
    Receipt,
    Step,
    Verdict,
    clean,
    clean_page,
)
from followup.extensions.faults import MisbehaviourError
from followup.extensions.things import kind_of, sendable

MOST_STEPS = 50
MOST_VERDICTS = 50

Checked = TypeVar("Checked")


def steps(answer: object) -> tuple[Step, ...]:
    """Return the steps that a policy foresees: few, in UTC, in years that can be meant."""
    checked = tuple(_checked(step, Step) for step in _few(answer, MOST_STEPS, "steps"))
    return tuple(
        replace(
            step,
            opens=_instant(step.opens),
            due=_instant(step.due),
            lapses=step.lapses and _instant(step.lapses),
            why=clean(step.why),
        )
        for step in checked
    )


def verdicts(answer: object, code: str) -> tuple[Verdict, ...]:
    """Return what a rule says, all of it under its own code."""
    checked = tuple(_checked(one, Verdict) for one in _few(answer, MOST_VERDICTS, "verdicts"))
    for verdict in checked:
        if verdict.code != code:
            raise MisbehaviourError(f"returned the code {clean(verdict.code)!r}, not its own")
        start, end = verdict.span or (0, 0)
        if not 0 <= start <= end:
            raise MisbehaviourError(f"marks the words from {start} to {end}")
    return tuple(
        replace(
            verdict,
            message=clean(verdict.message),
            until=verdict.until and _instant(verdict.until),
        )
        for verdict in checked
    )


def badge(answer: object) -> str:
    """Return what a badge shows."""
    if answer is None:
        return ""
    if not isinstance(answer, str):
        raise MisbehaviourError(f"returned {kind_of(answer)} where a short text is expected")
    return clean(answer, limit=LONGEST_BADGE)


def sureness(answer: object) -> float:
    """Return how sure an importer is, from 0 to 1."""
    if not isinstance(answer, int | float) or not math.isfinite(answer) or not 0 <= answer <= 1:
        raise MisbehaviourError("returned no number from 0 to 1")
    return float(answer)


def reading(answer: object) -> ImportReading:
    """Return what an importer made of a file."""
    return _checked(answer, ImportReading)


def receipt(answer: object) -> Receipt:
    """Return what a channel did with a message."""
    checked = _checked(answer, Receipt)
    name = checked.save.name if checked.save else "none"
    if name in {"", ".."} or name != PurePath(clean(name)).name:
        raise MisbehaviourError(f"asks to save a file: {clean(name)!r} is no bare file name")
    return replace(
        checked,
        detail=clean(checked.detail),
        copy=clean_page(checked.copy),
        open_url=clean(checked.open_url, limit=PAGE_LIMIT),
    )


def text(answer: object) -> str:
    """Return the line that a command says, empty where it says nothing."""
    if answer is None:
        return ""
    if not isinstance(answer, str):
        raise MisbehaviourError(f"returned {kind_of(answer)} where a line of text is expected")
    return clean_page(answer, limit=PAGE_LIMIT)


def _few(answer: object, most: int, what: str) -> list[Any]:
    if isinstance(answer, str | bytes) or not isinstance(answer, Iterable):
        raise MisbehaviourError(f"returned {kind_of(answer)} where {what} are expected")
    few = list(islice(answer, most + 1))
    if len(few) > most:
        raise MisbehaviourError(f"returned more than {most} {what}")
    return few


def _checked(answer: object, kind: type[Checked]) -> Checked:
    if not isinstance(answer, kind):
        raise MisbehaviourError(f"returned {kind_of(answer)} where a {kind.__name__} is expected")
    return sendable(answer, kind)


def _instant(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise MisbehaviourError("returned a time without a zone: make it aware, in UTC")
    try:
        instant = moment.astimezone(UTC)
    except (OverflowError, ValueError):
        instant = datetime.max.replace(tzinfo=UTC)
    if not EARLIEST_YEAR <= instant.year <= LATEST_YEAR:
        raise MisbehaviourError(f"returned a time in the year {instant.year}")
    return instant
