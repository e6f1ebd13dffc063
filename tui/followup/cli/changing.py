"""How commands that change an application answer."""

from __future__ import annotations

from followup.cli.as_json import print_json, shown
from followup.cli.lines import line_of, say
from followup.domain.application import Application
from followup.tracker import Tracker


def report(application: Application, tracker: Tracker, *, as_json: bool) -> None:
    """Say where an application stands now that it was changed."""
    card = tracker.card_of(application)
    if as_json:
        print_json(shown(card, tracker))
    else:
        say(line_of(card, tracker))
