"""Companies: which applications are at the same one, however its name is written."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from followup.domain.application import Application
from followup.domain.text import folded

_WORD = re.compile(r"[^\W_]+")
_LEGAL_FORMS = frozenset(
    (
        *("ab", "ag", "aps", "as", "asa", "bv", "co", "company", "corp", "corporation", "gmbh"),
        *("group", "holding", "inc", "incorporated", "kg", "kgaa", "limited", "llc", "llp", "ltd"),
        *("mbh", "nv", "oy", "plc", "pty", "pte", "sa", "sarl", "sas", "se", "sl", "spa", "srl"),
        *("ug", "und"),
    )
)
_IN_DOMAINS = frozenset(
    (
        *("ai", "app", "careers", "corp", "digital", "global", "group", "hq", "inc", "io", "jobs"),
        *("labs", "tech", "team"),
    )
)
_SHORTEST = 3  # letters of a name that say something by themselves
_LONGEST = 6  # words of a name that a text is searched for


class Companies:
    """Applications by company; upper and lower case and white space count the same."""

    def __init__(self, applications: Iterable[Application]) -> None:
        """Sort the applications once, so that each question costs little."""
        self._by_name: defaultdict[str, list[Application]] = defaultdict(list)
        for application in applications:
            self._by_name[folded(application.company)].append(application)

    def beside(self, application: Application) -> tuple[Application, ...]:
        """Return the other applications at the company of one."""
        alike = self._by_name.get(folded(application.company), ())
        return tuple(other for other in alike if other.id != application.id)


def core(company: str) -> str:
    """Return what tells a company from others: its words, legal forms and accents left out."""
    words = _words(company)
    return " ".join([word for word in words if word not in _LEGAL_FORMS] or words)


def fits(company: str, domain: str) -> bool:
    """Tell whether a domain, such as ``globex.co.uk``, looks like that of a company."""
    return not names_in_domains(company).isdisjoint(names_in(domain))


def names_in_domains(company: str) -> frozenset[str]:
    """Return what a company may be called in a domain: its name, its first word, its initials."""
    words = core(company).split()
    names = {"".join(words), "".join(_words(company))}
    if len(words) >= _SHORTEST:
        names.add("".join(word[0] for word in words))
    if words and len(words[0]) > _SHORTEST:
        names.add(words[0])
    return frozenset(name for name in names if len(name) >= _SHORTEST - 1)


def names_in(domain: str) -> frozenset[str]:
    """Return the names that a domain may stand for: ``globexgroup.example`` for Globex, too."""
    label = "".join(_words(domain.partition(".")[0]))
    return frozenset((label, *(label.removesuffix(end) for end in _IN_DOMAINS)))


def is_named_in(company: str, text: str) -> bool:
    """Tell whether a text names a company, as whole words; case and accents count the same."""
    return core(company) in phrases_in(text)


def phrases_in(text: str) -> frozenset[str]:
    """Return all that may be the name of a company in a text, as ``core`` has it."""
    words = _words(text)
    phrases = (
        " ".join(words[start : start + length])
        for start in range(len(words))
        for length in range(1, _LONGEST + 1)
    )
    return frozenset(phrase for phrase in phrases if len(phrase) >= _SHORTEST)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", folded(text))
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
