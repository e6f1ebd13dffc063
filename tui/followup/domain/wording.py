"""The words on a card: its glyph, the one line that matters now, and spans of time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from followup.domain import instants
from followup.domain.board import Card
from followup.domain.events import Interview
from followup.domain.stage import Stage, Standing
from followup.domain.step import Step

GLYPHS = {
    Stage.APPLIED: "○",
    Stage.INTERVIEW: "◷",
    Stage.COOLING: "◔",
    Stage.DUE: "●",
    Stage.WAITING: "◌",
    Stage.LAST_CALL: "◆",
    Stage.REPLIED: "↩",
    Stage.CLOSED: "×",
}
DOUBT = "▲"
"""Before what nobody knows and the user should."""

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def span(length: timedelta) -> str:
    """Return a length of time in its one telling unit: ``45 min``, ``31 h``, ``4 d``.

    Hours count up to two days, because the first follow-up is a matter of 48 of them, and
    days up to two years.
    """
    length = abs(length)
    if length < _HOUR:
        return f"{max(1, -(-length // _MINUTE))} min"
    if length <= 2 * _DAY:
        return f"{-(-length // _HOUR)} h"
    days = -(-length // _DAY)
    return f"{days} d" if days < 2 * 365 else f"{days // 365} y"


def fact(card: Card, now: datetime, zone: str, width: int | None = None) -> str:
    """Return the one fact about a card that matters at ``now``, in the days of ``zone``.

    Where ``width`` is given, in characters, it is the fullest wording of the fact that fits;
    the shortest one where none does.
    """
    wordings = _wordings(card, now, zone)
    if width is None:
        return wordings[0]
    return next((text for text in wordings if len(text) <= width), wordings[-1])


def _wordings(card: Card, now: datetime, zone: str) -> tuple[str, ...]:
    """Return ways to say the fact, the fullest first."""
    standing = card.standing
    timeline = standing.timeline
    today = instants.day_of(now, zone)
    if card.unconfirmed:
        return f"{DOUBT} unconfirmed: did it go?", f"{DOUBT} unconfirmed"
    match card.stage:
        case Stage.CLOSED if timeline.outcome:
            return _dated(str(timeline.outcome.result), timeline.outcome.day, today)
        case Stage.INTERVIEW if timeline.interview:
            return _interview(timeline.interview, now, zone)
        case Stage.REPLIED if timeline.reply:
            return _dated("answered", instants.day_of(timeline.reply.at, zone), today)
        case Stage.DUE | Stage.LAST_CALL if standing.next:
            return _to_do(standing, standing.next, now, zone)
        case _:
            return _ahead(standing, now, zone)


def _interview(interview: Interview, now: datetime, zone: str) -> tuple[str, ...]:
    if interview.date_only:
        return (instants.spoken_day(interview.day),)
    if interview.at <= now:
        return ("running now",)
    until = span(interview.at - now)
    start = instants.spoken(interview.at, zone)
    weekday, day, month, clock = start.split(" ")
    # A weekday says enough for the next six days, and nothing beyond them.
    near = f"{weekday} {clock}" if interview.at - now < 6 * _DAY else f"{day} {month}"
    return f"{start}, in {until}", f"{near}, in {until}", f"{near}, {until}", near


def _to_do(standing: Standing, step: Step, now: datetime, zone: str) -> tuple[str, ...]:
    if standing.overdue:
        return (f"{span(now - step.due)} overdue",)
    if instants.day_of(step.opens, zone) == instants.day_of(now, zone):
        when = f"open since {instants.spoken(step.opens, zone)[-5:]}"
    else:
        when = f"due in {span(step.due - now)}"
    due = f"due in {span(step.due - now)}"
    if step.of == 1:
        return when, due
    which = f"{step.kind.label.lower()} {step.number} of {step.of}"
    return f"{which}, {when}", which, due


def _ahead(standing: Standing, now: datetime, zone: str) -> tuple[str, ...]:
    timeline = standing.timeline
    today = instants.day_of(now, zone)
    if standing.snoozed_until:
        until = standing.snoozed_until
        asleep = f"snoozed {span(until - now)}"
        return *_dated("snoozed until", instants.day_of(until, zone), today), asleep
    if standing.quiet and timeline.last_sent:
        return (f"gone quiet {span(now - timeline.last_sent.at)}",)
    if timeline.promise and now < timeline.promise.over:
        by = timeline.promise.by
        return *_dated("they decide", by, today), *_dated("decision", by, today)
    if standing.next:
        word = {Stage.COOLING: "opens", Stage.APPLIED: "nudge"}.get(standing.stage, "next")
        return (f"{word} in {span(standing.next.opens - now)}",)
    if timeline.last_sent:
        day = instants.day_of(timeline.last_sent.at, zone)
        return *_dated("last sent", day, today), *_dated("sent", day, today)
    return ("nothing planned",)


def _dated(what: str, day: date, today: date) -> tuple[str, ...]:
    """Return ways to put a day to a word, with its year where it is not this one."""
    if day.year != today.year:
        return (
            f"{what} {day.day} {day:%b} {day.year}",
            f"{what} {day:%b} {day.year}",
            f"{what} {day.year}",
        )
    spoken = instants.spoken_day(day)
    return f"{what} {spoken}", f"{what} {spoken.partition(' ')[2]}"
