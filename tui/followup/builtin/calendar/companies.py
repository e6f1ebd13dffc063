"""With whom an event is: what its title, its text and the domains in it say together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from followup.builtin.calendar.people import People, customers_in
from followup.builtin.calendar.titles import Title

_MOST_LETTERS = 5_000  # of a text that is looked at
_SHORTEST = 2  # letters of a domain that are a name
_WORD = r"[\w&'’-]*(?:\.\w+)*"
_NAME = rf"((?:[^\W\d_a-z]|\d){_WORD}(?: (?:&|of|and|und|et|y|de|[^\W\d_a-z]{_WORD})){{0,4}})"
_BEFORE = (
    r"(?:interview(?:ing|s)?|position|role|opportunity|opening|application|job|career|candidacy|call|chat|conversation|meeting"
    r"|gespräch|bewerbung|stelle|entretien|candidature|poste|entrevista|candidatura|puesto|vacante)"
)
_BETWEEN = r"(?: [\w/&()’'.-]+){0,7}? "
_MARK = r"(?:at|with|to|bei(?: der)?|mit(?: der)?|chez|avec|con|en|presso)"
_SAID = re.compile(rf"(?i:\b{_BEFORE}){_BETWEEN}(?i:{_MARK}) {_NAME}")
_JOINING = re.compile(r"(?i:thank you for (?:your interest in|applying (?:to|at))) " + _NAME)
_OFFICE = re.compile(_NAME + r" (?:HQ|[Hh]eadquarters|[Oo]ffices?|[Cc]ampus|GmbH|AG|Inc|LLC|Ltd)\b")
_TRAILING = re.compile(r"(?: (?:&|of|and|und|et|y|de))+$")
_LETTERS = re.compile(r"ae|oe|ue|ss|.")
_UMLAUTS = {"ae": "(?:ae|ä)", "oe": "(?:oe|ö)", "ue": "(?:ue|ü)", "ss": "(?:ss|ß)"}
_SEPARATORS = re.compile(r"[-_]+")


class Guess(Struct, frozen=True, kw_only=True):
    """A company: as the title ``named`` it, or as it is ``likely`` by all the rest."""

    named: str = ""
    likely: str = ""


def company_of(title: Title, text: str, people: People, domains: Iterable[str]) -> Guess:
    """Return with whom an event is, both empty where it does not say."""
    text = text[:_MOST_LETTERS]
    labels = [domain.partition(".")[0] for domain in domains]
    in_title = next((found for label in labels if (found := _spelled(label, title.text))), "")
    if in_title:
        is_more = title.company.casefold().startswith(in_title.casefold())
        return Guess(named=title.company if is_more else in_title)
    by_domain = next((_spelled(label, text) or _as_name(label) for label in labels), "")
    likely = people.organisation or _said_in(text, people) or by_domain
    return Guess(named=title.company, likely=likely)


def domains_of(people: People, text: str) -> tuple[str, ...]:
    """Return the domains of companies in an event, those of people before those of links."""
    return (*people.domains, *customers_in(text[:_MOST_LETTERS]))


def _spelled(label: str, text: str) -> str:
    """Return how a text spells the name that a domain has, empty where it does not."""
    letters = _SEPARATORS.sub("", label)
    if len(letters) < _SHORTEST:
        return ""
    pattern = r"[\W_]{0,3}".join(
        _UMLAUTS.get(one, re.escape(one)) for one in _LETTERS.findall(letters)
    )
    found = re.search(rf"(?<![\w@./-]){pattern}(?![\w@]|\.\w)", text, re.IGNORECASE)
    return found[0] if found and found[0] != found[0].lower() else ""


def _as_name(label: str) -> str:
    return " ".join(part.capitalize() for part in _SEPARATORS.split(label) if part)


def _said_in(text: str, people: People) -> str:
    for pattern in (_SAID, _JOINING, _OFFICE):
        for found in pattern.finditer(text):
            name = _TRAILING.sub("", found[1].strip(".,'’- "))
            if not {part.casefold() for part in name.split()} <= people.names:
                return name
    return ""
