"""Whether a message is an ultimatum, or tells of a competing offer (design, section 4).

What the writer says is heard sentence by sentence as signals, whatever the language: a
demand, a limit in time, leverage, a threat to go elsewhere. No signal decides alone. A limit
belongs to whoever did something with it: "you said by Friday" is theirs, "I need to tell my
landlord by Friday" is the writer's own business, "the offer runs out on Friday" is a third
party's; only with "I need your answer by Friday" does the writer set it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from followup.builtin.etiquette.languages import Language
from followup.builtin.etiquette.phrases import Signal
from followup.builtin.etiquette.reading import Sentence, Word, own_words, sentences_of

Span = tuple[int, int]

_TIMES = frozenset(("deadline", "moment"))
# Who or what a limit in time can belong to.
_OWNERS = frozenset(
    (
        *("demand", "order", "ask", "hold", "condition", "silence", "leave", "gone"),
        *("theirs", "own", "external", "farewell"),
    )
)
_PRESSING = frozenset(
    ("demand", "order", "hold", "leave", "gone", "last_chance", "pressure", "assume")
)
_WITHOUT_LIMITS = frozenset(("demand", "order", "condition", "silence", "leave", "assume", "gone"))


class Judgement(Struct, frozen=True):
    """Where the body is an ultimatum, and where it tells of a competing offer, if it does."""

    ultimatum: Span | None = None
    competing_offer: Span | None = None


class Heard(Struct, frozen=True):
    """A sentence and what is said in it; limits in time with the kind of their owner."""

    words: Sentence
    signals: tuple[Signal, ...]
    limits: tuple[tuple[str, Signal], ...]

    def says(self, *kinds: str) -> Signal | None:
        """Return the first signal of these kinds."""
        return next((signal for signal in self.signals if signal.kind in kinds), None)

    def limit(self, *owners: str) -> Signal | None:
        """Return the first limit in time that belongs to one of these kinds of signals."""
        return next((limit for owner, limit in self.limits if owner in owners), None)


def judge(body: str, language: Language) -> Judgement:
    """Judge the writer's own words of a body."""
    sentences = sentences_of(own_words(body), language.spelling, language.breaks)
    heard = [hear(sentence, language) for sentence in sentences]
    offer = next((_span(said, found) for said in heard if (found := said.says("leverage"))), None)
    if any(said.says("farewell") and not said.says("condition", "silence") for said in heard):
        return Judgement()
    return Judgement(ultimatum=_ultimatum(heard), competing_offer=offer)


def invites_answer(body: str, language: Language) -> bool:
    """Tell whether the writer's own words ask something or invite an answer."""
    words = own_words(body)
    return "?" in words or any(
        signal.kind in ("invite", "demand", "order")
        for sentence in sentences_of(words, language.spelling, language.breaks)
        for signal in language.phrases.find(sentence)
    )


def hear(sentence: Sentence, language: Language) -> Heard:
    """Return what is said in a sentence."""
    signals = list(language.phrases.find(sentence))
    limits = _longest([signal for signal in signals if signal.kind in _TIMES])
    if limits:
        signals += _around(limits, sentence, language)
    meant = tuple(
        signal
        for signal in signals
        if signal.kind not in _TIMES and _is_meant(signal, signals, sentence)
    )
    actions = _outermost([signal for signal in meant if signal.kind in _OWNERS])
    owned = tuple((_owner(limit, actions, sentence), limit) for limit in limits)
    return Heard(sentence, meant, owned)


def _around(limits: Sequence[Signal], sentence: Sentence, language: Language) -> Iterator[Signal]:
    """Yield what is said around the limits: "I need by Friday your answer"."""
    within = {at for limit in limits for at in range(limit.first, limit.last + 1)}
    kept = [at for at in range(len(sentence)) if at not in within]
    for signal in language.phrases.find(tuple(sentence[at] for at in kept)):
        if signal.kind in _WITHOUT_LIMITS:
            yield Signal(signal.kind, kept[signal.first], kept[signal.last])


def _longest(signals: Sequence[Signal]) -> list[Signal]:
    """Return the signals that lie in no longer one, deadlines before moments."""
    ordered = sorted(signals, key=lambda s: (s.first - s.last, s.kind))
    longest: list[Signal] = []
    for signal in ordered:
        if not any(_overlap(signal, other) for other in longest):
            longest.append(signal)
    return sorted(longest, key=lambda s: s.first)


def _outermost(actions: Sequence[Signal]) -> list[Signal]:
    """Return the actions that are no part of a longer one: "have until" in "you have until"."""
    return [
        action
        for action in actions
        if not any(
            other.first <= action.first
            and action.last <= other.last
            and action.last - action.first < other.last - other.first
            for other in actions
        )
    ]


def _overlap(one: Signal, other: Signal) -> bool:
    return one.first <= other.last and other.first <= one.last


def _is_meant(signal: Signal, signals: Sequence[Signal], sentence: Sentence) -> bool:
    """Tell whether a signal counts: leverage that is none and what is denied do not."""
    if signal.kind in ("leverage", "rivals"):
        return not any(s.kind == "innocent" and _overlap(s, signal) for s in signals)
    if signal.kind in _PRESSING:
        if any(s.kind == "theirs" and s.first < signal.first <= s.last for s in signals):
            return False
        clause = sentence[signal.first].clause
        return not any(
            s.kind == "denial"
            and s.last < signal.last
            and s.first <= signal.first
            and sentence[s.first].clause == clause
            for s in signals
        )
    return True


def _owner(limit: Signal, actions: Sequence[Signal], sentence: Sentence) -> str:
    """Return the kind of the action that a limit belongs to.

    That is the last one before it, of the same clause if there is one; else the first
    one after it.
    """
    clause = sentence[limit.first].clause
    before = [action for action in actions if action.first < limit.first]
    after = [action for action in actions if action.first >= limit.first]
    here = [action for action in before if sentence[action.first].clause == clause]
    if here:
        return max(here, key=lambda a: (a.first, a.last)).kind
    beside = [action for action in after if sentence[action.first].clause <= clause + 1]
    if beside and sentence[limit.first - 1].clause != clause:
        return min(beside, key=lambda a: (a.first, -a.last)).kind
    if before:
        return max(before, key=lambda a: (a.first, a.last)).kind
    return min(after, key=lambda a: (a.first, -a.last)).kind if after else ""


def _ultimatum(heard: Sequence[Heard]) -> Span | None:
    """Return where a message forces a decision."""
    leverage = any(said.says("leverage", "rivals") for said in heard)
    external = any(said.says("external") for said in heard)
    for at, said in enumerate(heard):
        before = heard[at - 1] if at else None
        found = (
            _by_threat(said, before, leverage=leverage)
            or _by_limit(said)
            or _by_limit_alone(said, before)
            or (leverage and _by_leverage(said, external=external))
            or None
        )
        if found:
            return found
    return None


def _by_limit(said: Heard) -> Span | None:
    """Return where the writer sets a limit for the decision, or calls it the last chance."""
    if chance := said.says("last_chance"):
        return _span(said, chance)
    for kind, *owners in (("demand",), ("hold",), ("gone", "leave"), ("pressure",)):
        signal, limit = said.says(kind), said.limit(kind, *owners)
        if signal and limit and (kind == "hold" or not said.says("logistics")):
            return _span(said, signal, limit)
    if said.says("logistics"):
        return None
    signal, limit = said.says("order"), said.limit("order", "ask")
    if signal and limit and limit.kind == "deadline" and not said.says("softener"):
        return _span(said, signal, limit)
    return None


def _by_limit_alone(said: Heard, before: Heard | None) -> Span | None:
    """Return where a demand is followed by its limit: "Please decide. By Friday."."""
    if before and said.limits and {signal.kind for signal in said.signals} <= {"ask", "invite"}:
        owner, limit = said.limits[0]
        pressing = before.says("demand", "order", "pressure", "hold")
        if pressing and owner in ("", "ask") and not before.says("softener", "logistics"):
            return _span(said, limit)
    return None


def _by_threat(said: Heard, before: Heard | None, *, leverage: bool) -> Span | None:
    """Return where something bad follows unless they decide."""
    condition = said.says("silence", "condition")
    consequence = said.says("leave", "gone")
    if condition and consequence:
        return _span(said, condition, consequence)
    if condition and (given_up := said.says("assume")) and (leverage or said.limits):
        return _span(said, condition, given_up)
    silence, limit = said.says("silence"), said.limit("silence", "condition", "leave", "")
    if (
        silence
        and limit
        and limit.kind == "deadline"
        and not said.says("own", "ask", "softener", "logistics", "theirs")
    ):
        return _span(said, silence, limit)
    if (after := said.says("after")) and consequence:
        return _span(said, after, consequence)
    if before and consequence and before.says("condition", "silence") and before.limits:
        return _span(said, consequence)
    return None


def _by_leverage(said: Heard, *, external: bool) -> Span | None:
    """Return where leverage presses for an answer."""
    if pressing := said.says("demand", "pressure"):
        return _span(said, pressing)
    asked, limit = said.says("ask"), said.limit("ask", "order")
    if asked and limit and limit.kind == "deadline" and not external and not said.says("softener"):
        return _span(said, asked, limit)
    leaving, limit = said.says("leave"), said.limit("leave")
    if leaving and limit:
        return _span(said, leaving, limit)
    return None


def _span(said: Heard, *signals: Signal) -> Span:
    """Return from where to where in the body the signals reach."""
    words: Sequence[Word] = said.words
    first = min(signal.first for signal in signals)
    last = max(signal.last for signal in signals)
    return words[first].start, words[last].end
