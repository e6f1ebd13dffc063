"""What a sentence says, as signals: a demand, a limit in time, leverage, a threat to leave.

A limit belongs to whoever did something with it: "you said by Friday" is theirs, "I need to
tell my landlord by Friday" is the writer's own business, "the offer runs out on Friday" is a
third party's; only with "I need your answer by Friday" does the writer set it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from followup.builtin.etiquette.languages import Language
from followup.builtin.etiquette.phrases import Signal
from followup.builtin.etiquette.reading import QUESTION, Sentence

Span = tuple[int, int]

# Limits in time, those beyond doubt first: of two that are as long, the first one counts.
_LIMITS = ("deadline", "near", "duration", "moment")
# Who or what a limit in time can belong to.
_OWNERS = frozenset(
    (
        *("demand", "order", "ask", "hold", "gentle", "condition", "silence", "leave", "gone"),
        *("pressure", "theirs", "own", "external", "farewell"),
    )
)
_PRESSING = frozenset(
    ("demand", "order", "hold", "gentle", "leave", "gone", "last_chance", "pressure", "assume")
)
# What an innocent phrase excuses: "an offer from you", "could you hold it for me".
_EXCUSED = frozenset(("leverage", "rivals", "leave", "hold"))
# What is no explanation where it is part of "if you want to hire me".
_EXPLAINING = frozenset(("theirs", "external", "invite"))
_WITHOUT_LIMITS = frozenset(
    ("demand", "order", "hold", "gentle", "condition", "silence", "leave", "assume", "gone")
)


class Heard(Struct, frozen=True):
    """A sentence, what is meant in it, and its limits in time with the kinds of their owners."""

    words: Sentence
    signals: tuple[Signal, ...]
    limits: tuple[tuple[str, Signal], ...]

    @property
    def is_question(self) -> bool:
        """Whether it is asked, not stated."""
        return bool(self.words) and self.words[-1].text == QUESTION

    def says(self, *kinds: str) -> Signal | None:
        """Return the first signal of these kinds."""
        return next((signal for signal in self.signals if signal.kind in kinds), None)

    def limit(self, *owners: str) -> Signal | None:
        """Return the first limit in time that belongs to one of these kinds of signals."""
        return next((limit for owner, limit in self.limits if owner in owners), None)

    def deadline(self, *owners: str) -> Signal | None:
        """Return the first limit beyond doubt that belongs to one of these kinds of signals.

        "By Friday" is one, "on Friday" may as well be the day of the interview.
        """
        return self._first(("deadline", "near"), owners)

    def time_left(self, *owners: str) -> Signal | None:
        """Return the first limit up to which time is left, "two days" as well as "by Friday"."""
        return self._first(("deadline", "near", "duration"), owners)

    def _first(self, kinds: Sequence[str], owners: Sequence[str]) -> Signal | None:
        owned = (limit for owner, limit in self.limits if owner in owners)
        return next((limit for limit in owned if limit.kind in kinds), None)

    def span(self, *signals: Signal) -> Span:
        """Return from where to where in the body signals of this sentence reach."""
        first = min(signal.first for signal in signals)
        last = max(signal.last for signal in signals)
        return self.words[first].start, self.words[last].end


def hear(sentence: Sentence, language: Language) -> Heard:
    """Return what is said in a sentence."""
    signals = list(language.phrases.find(sentence))
    if not signals:
        return Heard(sentence, (), ())
    limits = _longest([signal for signal in signals if signal.kind in _LIMITS])
    if limits:
        signals += _around(limits, sentence, language)
    meant = tuple(_meant(signals, sentence))
    actions = _outermost([signal for signal in meant if signal.kind in _OWNERS])
    owned = tuple((_owner(limit, actions, sentence), limit) for limit in limits)
    return Heard(sentence, meant, owned)


def _longest(limits: Sequence[Signal]) -> list[Signal]:
    """Return the limits that are no part of a longer one, deadlines before moments."""
    longest: list[Signal] = []
    for limit in sorted(limits, key=_preference):
        if not any(_overlap(limit, other) for other in longest):
            longest.append(limit)
    return sorted(longest, key=lambda limit: limit.first)


def _preference(limit: Signal) -> tuple[int, int]:
    return limit.first - limit.last, _LIMITS.index(limit.kind)


def _around(limits: Sequence[Signal], sentence: Sentence, language: Language) -> Iterator[Signal]:
    """Yield what is said around the limits: "I need by Friday your answer"."""
    within = {at for limit in limits for at in range(limit.first, limit.last + 1)}
    kept = [at for at in range(len(sentence)) if at not in within]
    for signal in language.phrases.find(tuple(sentence[at] for at in kept)):
        if signal.kind in _WITHOUT_LIMITS:
            yield Signal(signal.kind, kept[signal.first], kept[signal.last])


def _meant(signals: Sequence[Signal], sentence: Sentence) -> Iterator[Signal]:
    """Yield the signals that count.

    An offer of theirs is no leverage; what they said or what is denied presses nobody; nothing
    is softened by what is ordered: "tell me today if you can match it", nor explained by what
    hangs on it: "if you want to hire me".
    """
    innocent = [signal for signal in signals if signal.kind == "innocent"]
    theirs = [signal for signal in signals if signal.kind == "theirs"]
    denials = [signal for signal in signals if signal.kind == "denial"]
    conditions = [signal for signal in signals if signal.kind in ("silence", "condition")]
    orders = [signal for signal in signals if signal.kind == "order"]
    wooed = [signal for signal in signals if signal.kind == "wooed"]
    for signal in signals:
        if signal.kind in _LIMITS:
            continue
        if signal.kind in _EXCUSED and any(_overlap(other, signal) for other in innocent):
            counts = False
        elif signal.kind in _EXPLAINING:
            counts = not any(_contains(other, signal) for other in wooed)
        elif signal.kind == "denial":
            counts = not any(_contains(other, signal) for other in conditions)
        elif signal.kind == "softener":
            counts = not any(_contains(other, signal) for other in (*orders, *conditions))
        elif signal.kind in _PRESSING:
            reported = any(other.first < signal.first <= other.last for other in theirs)
            counts = not reported and not _is_denied(signal, denials, sentence)
        else:
            counts = True
        if counts:
            yield signal


def _is_denied(signal: Signal, denials: Sequence[Signal], sentence: Sentence) -> bool:
    """Tell whether a denial stands before a signal in its clause: "not asking for …"."""
    clause = sentence[signal.first].clause
    return any(
        denial.first < signal.first
        and denial.last < signal.last
        and sentence[denial.first].clause == clause
        for denial in denials
    )


def _outermost(actions: Sequence[Signal]) -> list[Signal]:
    """Return the actions that are no part of a longer one: "have until" in "you have until".

    Of two that are as long, the writer's own business is what is left to be said of it.
    """
    return [
        action
        for action in actions
        if not any(
            other.first <= action.first <= other.last and _weight(action) < _weight(other)
            for other in actions
        )
    ]


def _weight(action: Signal) -> tuple[int, bool]:
    return action.last - action.first, action.kind != "own"


def _owner(limit: Signal, actions: Sequence[Signal], sentence: Sentence) -> str:
    """Return the kind of the action that a limit belongs to, nothing where it stands alone.

    A limit that begins its clause belongs to the first one after it in this clause or the
    next; any other to the last one before it, or where there is none to the first one after.
    """
    clause = sentence[limit.first].clause
    before = [action for action in actions if action.first < limit.first]
    after = [action for action in actions if action.first >= limit.first]
    beside = [action for action in after if sentence[action.first].clause <= clause + 1]
    begins = limit.first == 0 or sentence[limit.first - 1].clause != clause
    if begins and beside:
        return min(beside, key=_start).kind
    if before:
        return max(before, key=_reach).kind
    return min(after, key=_start).kind if after else ""


def _reach(action: Signal) -> tuple[int, int]:
    return action.first, action.last


def _start(action: Signal) -> tuple[int, int]:
    return action.first, -action.last


def _contains(one: Signal, other: Signal) -> bool:
    return one.first <= other.first and other.last <= one.last


def _overlap(one: Signal, other: Signal) -> bool:
    return one.first <= other.last and other.first <= one.last
