"""Close what has gone quiet: `followup run close-quiet`.

Applications whose steps are all used up, and of which nothing was heard for sixty days, get
the outcome *ghosted*. `followup undo` takes that back, one application at a time.
"""

from __future__ import annotations

from datetime import timedelta

from followup.api import Card, Command, Outcome, OutcomeKind, Stage, Tracker, hookimpl

QUIET_FOR = timedelta(days=60)


def close_quiet(tracker: Tracker) -> str:
    """Close them and return which they were."""
    now = tracker.now()
    closed = []
    for card in tracker.list(stages=[Stage.WAITING]):
        if is_forgotten(card, tracker):
            ghosted = Outcome(at=now, zone=tracker.zone, result=OutcomeKind.GHOSTED)
            tracker.log(card.id, ghosted)
            closed.append(card.application.company)
    return (
        f"closed as ghosted: {', '.join(closed)}" if closed else "nothing has gone quiet for long"
    )


def is_forgotten(card: Card, tracker: Tracker) -> bool:
    """Tell whether nothing has happened for so long."""
    last_sent = card.standing.timeline.last_sent
    return (
        card.standing.quiet and last_sent is not None and tracker.now() - last_sent.at > QUIET_FOR
    )


@hookimpl
def register_commands() -> list[Command]:
    """Add the command."""
    return [Command(name="close-quiet", title="Close what has gone quiet", run=close_quiet)]
