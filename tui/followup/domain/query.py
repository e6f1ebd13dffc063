"""What one types to find applications: words, and conditions such as ``tag:remote``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from followup.domain.board import Card
from followup.domain.stage import Stage

Kind = Literal["word", "tag", "stage", "channel", "is"]

KINDS: tuple[Kind, ...] = ("tag", "stage", "channel", "is")
BADGES = ("overdue", "quiet")
_TERM = re.compile(
    r"""
    (?P<not> - )? (?P<kind> tag | stage | channel | is ) :
        (?: " (?P<quoted> [^"]* ) "? | (?P<bare> \S* ) )     # tag:remote, -tag:"on site"
    | " (?P<phrase> [^"]+ ) "?                               # "big bank"
    | (?P<word> \S+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LAST = re.compile(r'(?:[^\s"]|"[^"]*"?)*$')
_SEPARATORS = re.compile(r"[\s_-]+")


def letters(text: str) -> str:
    """Return text as it is searched: neither case nor accents nor widths make a difference."""
    if text.isascii():
        return text.lower()
    spelt = unicodedata.normalize("NFKD", text)
    return "".join(c for c in spelt if not unicodedata.combining(c)).casefold()


class Term(Struct, frozen=True):
    """One thing that a card has to be, or with ``negated`` must not be; ``value`` in letters."""

    kind: Kind
    value: str
    negated: bool = False

    def fits(self, card: Card, words: str) -> bool:
        """Tell whether a card, whose words in letters are given, is what the term asks for."""
        match self.kind:
            case "word":
                found = self.value in words or _has_badge(card, self.value)
            case "tag":
                found = any(letters(tag).startswith(self.value) for tag in card.application.tags)
            case "stage":
                found = card.stage in stages_named(self.value)
            case "channel":
                sent = card.standing.timeline.sent
                found = any(letters(message.channel).startswith(self.value) for message in sent)
            case "is":
                found = any(
                    _has_badge(card, name) for name in BADGES if name.startswith(self.value)
                )
        return found is not self.negated


class Query(Struct, frozen=True):
    """What a card has to be: of each group of terms at least one.

    Words, tags and badges each stand alone, and so all count. Of several stages, or several
    channels, one is enough.
    """

    groups: tuple[tuple[Term, ...], ...] = ()

    @classmethod
    def of(cls, text: str) -> Query:
        """Read what somebody typed; whatever is no condition is a word to look for."""
        groups: dict[str | int, list[Term]] = {}
        for number, found in enumerate(_TERM.finditer(text)):
            if term := _term(found):
                is_choice = term.kind in {"stage", "channel"} and not term.negated
                groups.setdefault(term.kind if is_choice else number, []).append(term)
        return cls(tuple(map(tuple, groups.values())))

    def fits(self, card: Card, words: str) -> bool:
        """Tell whether a card, whose words in letters are given, is looked for."""
        return all(any(term.fits(card, words) for term in group) for group in self.groups)


@lru_cache(maxsize=64)
def stages_named(value: str) -> tuple[Stage, ...]:
    """Return the stages whose key or label begins so: ``due``, ``follow-up``, ``c``."""
    begun = _SEPARATORS.sub("", letters(value))
    return tuple(
        stage
        for stage in Stage
        if any(
            _SEPARATORS.sub("", letters(name)).startswith(begun) for name in (stage, stage.label)
        )
    )


def completed(text: str, known: Mapping[str, Iterable[str]]) -> str:
    """Return the text with its last condition completed, unchanged where nothing fits.

    ``known`` are the tags and channels that there are; stages and badges are known here.
    """
    begun = _LAST.search(text)
    kind, colon, typed = (begun[0] if begun else "").removeprefix("-").partition(":")
    if colon:
        there: Mapping[str, Iterable[str]] = {
            "stage": [stage.replace("_", "-") for stage in Stage],
            "is": BADGES,
            **known,
        }
        values = sorted(there.get(kind.lower(), ()))
        offers = [f'"{value}"' if " " in value else value for value in values]
    else:
        offers, typed = [f"{name}:" for name in KINDS], kind
    found = next((offer for offer in offers if offer.lower().startswith(typed.lower())), "")
    return f"{text[: len(text) - len(typed)]}{found}" if typed and found else text


def _term(found: re.Match[str]) -> Term | None:
    """Return what one term means; none where its value is still to be typed."""
    if found["kind"] is None:
        value = letters(found["phrase"] or found["word"])
        return Term("word", value) if value else None
    kind = next(kind for kind in KINDS if kind == found["kind"].lower())
    value = letters(found["quoted"] if found["quoted"] is not None else found["bare"])
    if not value:
        return None
    is_condition = {
        "stage": bool(stages_named(value)),
        "is": any(name.startswith(value) for name in BADGES),
    }.get(kind, True)
    # "stage:left" is no condition, and so stands for itself.
    return (
        Term(kind, value, bool(found["not"])) if is_condition else Term("word", letters(found[0]))
    )


def _has_badge(card: Card, name: str) -> bool:
    return (name == "overdue" and card.standing.overdue) or (
        name == "quiet" and card.standing.quiet
    )
