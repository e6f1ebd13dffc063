"""The board: opened full screen, or printed as text where there is no terminal."""

from __future__ import annotations

import sys
from contextlib import ExitStack

from followup.cli.faults import TROUBLE
from followup.cli.session import Session
from followup.tracker import Tracker


def open_board(session: Session, tracker: Tracker | None = None) -> int | None:
    """Open the board over the store of the session, or over another one.

    A board whose clock was set shows that moment and changes nothing; neither does one over
    a store that a newer program wrote. Returns an exit
    status where the board broke down.
    """
    tracker = tracker or session.tracker
    # Textual draws on stderr.
    if all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return _full_screen(session, tracker)
    from followup.cli.text_board import print_board

    print_board(tracker)
    return None


def _full_screen(session: Session, tracker: Tracker) -> int | None:
    # Late: Textual and the demonstration are for the screen alone.
    from followup.cli.demo_store import throw_away
    from followup.ui.app import FollowupApp

    with ExitStack() as until_closed:
        app = FollowupApp(
            tracker,
            read_only=session.at is not None or tracker.repository.read_only,
            open_demo=lambda: until_closed.enter_context(throw_away(session)),
        )
        app.run()
    return TROUBLE if app.return_code else None
