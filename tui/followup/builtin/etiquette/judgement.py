"""Whether a message is an ultimatum, or tells of a competing offer (design, section 4).

An ultimatum forces a decision: with a limit that the writer sets for it, with a threat to
go elsewhere, or with leverage that presses. No signal decides alone, whatever the language.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from followup.builtin.etiquette.hearing import Heard, Span, hear
from followup.builtin.etiquette.languages import language_of
from followup.builtin.etiquette.presuming import presumption
from followup.builtin.etiquette.reading import own_words, sentences_of

# What leaves open whether the writer goes: "if I hear nothing I accept their offer".
_OPEN = ("condition", "silence", "hold")


# The first characters are enough to judge a message by, however much follows.
_JUDGED_AT_MOST = 20_000


class Judgement(Struct, frozen=True):
    """Where a body is an ultimatum, where it tells of another offer, and whether it asks."""

    ultimatum: Span | None = None
    competing_offer: Span | None = None
    invites_answer: bool = False


@lru_cache(maxsize=8)  # several rules ask about the same words
def judge(body: str, presumed: str = "en") -> Judgement:
    """Judge the writer's own words of a body.

    ``presumed`` is the ISO 639-1 code of the language where the words do not tell it.
    """
    words = own_words(body[:_JUDGED_AT_MOST])
    language = language_of(words, presumed)
    heard = [
        hear(sentence, language)
        for sentence in sentences_of(words, language.spelling, language.breaks)
    ]
    invites = "?" in words or any(said.says("invite", "demand", "order") for said in heard)
    if any(_is_settled(said) for said in heard):
        return Judgement(invites_answer=invites)
    return Judgement(_ultimatum(heard) or presumption(heard), _competing_offer(heard), invites)


def _is_settled(said: Heard) -> bool:
    """Tell whether the writer has decided, and not only for later: "after Friday I accept …"."""
    farewell, after = said.says("farewell"), said.says("after")
    if not farewell or said.says(*_OPEN):
        return False
    return not after or farewell.first < after.first


def _competing_offer(heard: Sequence[Heard]) -> Span | None:
    """Return where the writer tells of another offer, and not in a story of somebody else's."""
    if any(said.says("story") for said in heard):
        return None
    told = (said for said in heard if not said.says("past"))
    offers = (said.span(offer) for said in told if (offer := said.says("leverage")))
    return next(offers, None)


def _ultimatum(heard: Sequence[Heard]) -> Span | None:
    """Return where a message forces a decision."""
    if any(said.says("story") for said in heard):
        return None
    has_leverage = any(said.says("leverage", "rivals") for said in heard)
    has_pressure = any(said.says("pressure") for said in heard)
    presses = has_leverage or has_pressure
    # Where somebody else forces the writer's hand, a request in time is fair.
    is_forced = any(said.says("external") for said in heard)
    for before, said in zip((None, *heard), heard, strict=False):
        if said.says("past"):
            continue
        found = (
            _threat(said, before)
            or _given_up(said, has_leverage=has_leverage)
            or _limit(said)
            or _end_of_waiting(said, before)
            or _limit_alone(said, before)
            or (_leverage(said) if has_leverage else None)
            or (_order(said) if has_pressure else None)
            or (_request_in_time(said) if presses and not is_forced else None)
        )
        if found:
            return found
    return None


def _threat(said: Heard, before: Heard | None) -> Span | None:
    """Return where the writer leaves unless they decide: "If not, I sign elsewhere"."""
    consequence = said.says("leave", "gone")
    condition = said.says("silence", "condition") or said.says("after")
    if consequence and condition:
        return said.span(condition, consequence)
    if consequence and before and before.limits and before.says("silence", "condition"):
        return said.span(consequence)
    return None


def _given_up(said: Heard, *, has_leverage: bool) -> Span | None:
    """Return where their silence is to mean something: "No answer by Friday is a no"."""
    condition, conclusion = said.says("silence", "condition"), said.says("assume")
    if condition and conclusion and (has_leverage or said.limits):
        return said.span(condition, conclusion)
    silence, limit = said.says("silence"), said.deadline("silence", "condition", "leave", "")
    harmless = said.says("own", "ask", "softener", "logistics", "theirs", "patience")
    if silence and limit and not harmless:
        return said.span(silence, limit)
    return None


def _limit(said: Heard) -> Span | None:
    """Return where the writer sets a limit for the decision, or calls it the last chance."""
    if chance := said.says("last_chance"):
        return said.span(chance)
    hold, limit = said.says("hold"), said.time_left("hold")
    if hold and limit and not said.says("softener"):
        return said.span(hold, limit)
    if said.says("logistics") and not said.says("leave"):
        return None
    gentle, limit = said.says("gentle"), said.deadline("gentle")
    if gentle and limit and not said.says("softener", "theirs"):
        return said.span(gentle, limit)
    for kind, *owners in (("demand",), ("gone", "leave"), ("pressure",)):
        signal, limit = said.says(kind), said.limit(kind, *owners)
        if signal and limit:
            return said.span(signal, limit)
    order, limit = said.says("order"), said.limit("order", "ask")
    if order and limit and not said.says("softener"):
        return said.span(order, limit)
    return None


def _end_of_waiting(said: Heard, before: Heard | None) -> Span | None:
    """Return where what the writer holds for them ends: "I wait for you. That ends today."."""
    holds = said.says("hold", "gentle") or (before and before.says("hold", "gentle"))
    end, limit = said.says("gone"), said.limit("gone", "external")
    if holds and end and limit and not said.says("leverage"):
        return said.span(end, limit)
    return None


def _limit_alone(said: Heard, before: Heard | None) -> Span | None:
    """Return where a limit follows what it is for: "Please decide. By Friday."."""
    if not before or not said.limits or before.says("softener", "logistics"):
        return None
    is_alone = all(signal.kind in ("ask", "invite", "sought", "first") for signal in said.signals)
    if is_alone and before.says("demand", "order", "pressure", "hold"):
        return said.span(*(limit for _, limit in said.limits))
    return None


def _leverage(said: Heard) -> Span | None:
    """Return where leverage presses for an answer."""
    if pressing := said.says("demand", "pressure"):
        return said.span(pressing)
    leaving, limit = said.says("leave"), said.limit("leave")
    return said.span(leaving, limit) if leaving and limit else None


def _order(said: Heard) -> Span | None:
    """Return where they are told to decide, as is pressed for: "Time is running out. Decide."."""
    order = said.says("order")
    is_fair = said.is_question or said.says("softener", "logistics", "theirs", "thanks")
    return said.span(order) if order and not is_fair else None


def _request_in_time(said: Heard) -> Span | None:
    """Return where a request with a limit forces, as it does beside leverage or pressure."""
    asked = said.says("ask", "order", "silence", "condition")
    limit = said.deadline("ask", "order", "silence", "condition")
    is_fair = said.says("softener", "logistics", "theirs")
    if asked and limit and not is_fair:
        return said.span(asked, limit)
    return None
