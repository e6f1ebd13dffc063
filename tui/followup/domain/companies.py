"""Companies: which applications are at the same one, however its name is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from followup.domain.application import Application
from followup.domain.text import folded


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
