"""What presses because nothing innocent explains it.

The ways to press are without number, and the ways to be harmless are few: a question, thanks,
what they said themselves, what is past, the writer's own plans. So a limit in time, or what
the writer does unless they answer, is taken to press for an answer until one of these is heard.
"""

from __future__ import annotations

from collections.abc import Sequence

from followup.builtin.etiquette.hearing import Heard, Span
from followup.builtin.etiquette.phrases import Signal

# What presses besides a limit, anywhere in the message.
_OTHERS = ("leverage", "rivals")
_STAKES = (
    *(*_OTHERS, "leave", "gone", "pressure", "last_chance", "assume", "demand"),
    *("choice", "wooed", "queue"),
)
_WANTED = ("sought", "order", "demand")
_INNOCENT = ("softener", "theirs", "denial", "thanks", "past", "patience")
# What explains a limit where nothing else in the message presses.
_HARMLESS = ("ask", "invite", "own", "external")
_ANY = ("deadline", "near", "duration", "moment")
_NOT_THEIRS = ("theirs", "own", "external", "farewell")


def presumption(heard: Sequence[Heard]) -> Span | None:
    """Return where a message presses by what nothing in it explains."""
    if any(said.says("offered", "story") for said in heard):
        return None
    at_stake = any(said.says(*_STAKES) for said in heard)
    is_courteous = any(_is_courteous(said) for said in heard)
    for before, said in zip((None, *heard), heard, strict=False):
        if found := _final(said) or _wooed(said) or _deal(said):
            return found
        if _is_innocent(said):
            continue
        found = (
            (_limit_beside_stakes(said) if at_stake and not is_courteous else None)
            or _wanted_in_time(said)
            or _aftermath(said, before)
            or _either(said)
            or _resolve(said, before, at_stake=at_stake)
        )
        if found:
            return found
    return None


def _is_courteous(said: Heard) -> bool:
    return said.is_question or bool(said.says("external", "softener"))


def _is_innocent(said: Heard) -> bool:
    """Tell whether something innocent explains whatever a sentence says."""
    errand = said.says("logistics") and not said.says(*_OTHERS, "alternative", "silence")
    excused = said.says("innocent") and not said.says("alternative")
    return bool(said.is_question or errand or excused or said.says(*_INNOCENT))


def _limit_beside_stakes(said: Heard) -> Span | None:
    """Return where a limit stands beside what presses: "Two firms want me. It is Friday."."""
    limit = _unexplained(said, "deadline")
    if not limit and (said.says("queue") or not said.says(*_OTHERS)):
        limit = _unexplained(said, *_ANY)
    return said.span(limit) if limit else None


def _wanted_in_time(said: Heard) -> Span | None:
    """Return where a limit stands beside what they are to give, whatever the words between."""
    wanted = said.says(*_WANTED)
    limit = _unexplained(said, "deadline")
    if wanted and limit and not _is_harmless(said, limit):
        return said.span(limit, wanted)
    limit = _unexplained(said, "near", "duration")
    if wanted and limit and not said.says(*_OTHERS, *_HARMLESS):
        return said.span(limit, wanted)
    return None


def _is_harmless(said: Heard, limit: Signal) -> bool:
    """Tell whether what comes before a limit, or all around one that leads, is harmless."""
    harmless = (signal for signal in said.signals if signal.kind in _HARMLESS)
    return any(signal.first < limit.first or limit.first == 0 for signal in harmless)


def _final(said: Heard) -> Span | None:
    """Return where a limit is called the last: "until Monday, and no longer"."""
    final, limit = said.says("final"), _unexplained(said, *_ANY)
    return said.span(final, limit) if final and limit and not _is_fair(said, "logistics") else None


def _wooed(said: Heard) -> Span | None:
    """Return where to want the writer means to act in time: "If you want me, call by six"."""
    wooed, limit = said.says("wooed"), _unexplained(said, *_ANY)
    return said.span(wooed, limit) if wooed and limit and not _is_fair(said, "invite") else None


def _deal(said: Heard) -> Span | None:
    """Return where a polite request says what comes of it: "by Friday, as I sign otherwise"."""
    leaving, asked = said.says("leave"), said.deadline("ask")
    return said.span(asked, leaving) if leaving and asked and not said.is_question else None


def _is_fair(said: Heard, *kinds: str) -> bool:
    return said.is_question or bool(said.says("theirs", "thanks", "past", *kinds))


def _aftermath(said: Heard, before: Heard | None) -> Span | None:
    """Return where things end after a limit named just before: "Friday. After that, …"."""
    if said.says(*_HARMLESS) or not before or before.says(*_HARMLESS) or _is_innocent(before):
        return None
    after = said.says("after")
    return said.span(after) if after and _unexplained(before, *_ANY) else None


def _either(said: Heard) -> Span | None:
    """Return where one of two ways is theirs: "Either there is a contract by Friday, or …"."""
    either, wanted = said.says("either"), said.says(*_WANTED)
    return said.span(either, wanted) if either and wanted and said.limits else None


def _resolve(said: Heard, before: Heard | None, *, at_stake: bool) -> Span | None:
    """Return where the writer acts unless they do, and not by waiting or writing again."""
    presses = at_stake or _unexplained(said, "deadline") is not None
    alternative = said.says("alternative")
    if alternative and (presses or not _acts(said, until=alternative.first)):
        return said.span(alternative)
    unless, resolve = said.says("otherwise", "silence"), said.says("resolve")
    if unless and unless.first == 0 and before and before.says("logistics"):
        return None
    if unless and resolve and (presses or said.limits or (before and before.limits)):
        return said.span(unless, resolve)
    silence, acts = said.says("silence"), _acts(said)
    if silence and acts and said.limits and not said.says("own", "logistics"):
        return said.span(silence, acts)
    return None


def _acts(said: Heard, *, until: int | None = None) -> Signal | None:
    """Return where the writer acts, whatever is done: "I burn yours, if you do not come"."""
    silences = [signal for signal in said.signals if signal.kind == "silence"]
    for signal in said.signals:
        within = any(other.first <= signal.first <= other.last for other in silences)
        if signal.kind == "first" and not within and (until is None or signal.first < until):
            return signal
    return None


def _unexplained(said: Heard, *kinds: str) -> Signal | None:
    unexplained = (limit for owner, limit in said.limits if owner not in _NOT_THEIRS)
    return next((limit for limit in unexplained if limit.kind in kinds), None)
