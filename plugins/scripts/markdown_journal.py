"""Keep a journal in Markdown: every fact becomes one line at the end of a file.

The file is only ever added to, so it can be edited, and kept in a repository of its own.
"""

from __future__ import annotations

import re
from pathlib import Path

from followup.api import AnyEvent, Application, Tracker, clean, day_of, hookimpl, told

JOURNAL = Path.home() / "followup-journal.md"

_MARKUP = re.compile(r"([\\`*_\[\]<>#|])")


@hookimpl
def event_recorded(tracker: Tracker, application: Application, event: AnyEvent) -> None:
    """Add a line such as `- 2026-03-10 **Globex**, SRE: they answered`."""
    day = day_of(event.at, tracker.zone)
    line = f"- {day} **{plain(application.company)}**, {plain(application.role)}: "
    line += plain(told(event, tracker.zone))
    if event.text:
        line += f" ({plain(event.text)})"
    with JOURNAL.open("a", encoding="utf-8") as journal:
        journal.write(f"{line}\n")


def plain(text: str) -> str:
    """Return text in one line that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", clean(text))
