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
    label = "".join(_words(domain.partition(".")[0]))
    words = core(company).split()
    if not words or len(label) < _SHORTEST - 1:
        return False
    name, initials = "".join(words), "".join(word[0] for word in words)
    names = {name, "".join(_words(company)), *([initials] if len(words) >= _SHORTEST else ())}
    if len(words[0]) > _SHORTEST:
        names.add(words[0])
    return label in names or any(
        label.removeprefix(one) in _IN_DOMAINS for one in names if label.startswith(one)
    )


def is_named_in(company: str, text: str) -> bool:
    """Tell whether a text names a company, as whole words; case and accents count the same."""
    name = core(company)
    return len(name) >= _SHORTEST and f" {name} " in f" {' '.join(_words(text))} "


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", folded(text))
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
