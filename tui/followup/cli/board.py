"""The board: opened full screen, or printed as text where there is no terminal."""

from __future__ import annotations

import sys

from followup.cli.session import Session
from followup.tracker import Tracker


def open_board(session: Session, tracker: Tracker | None = None) -> None:
    """Open the board over the store of the session, or over another one.

    A board whose clock was set shows that moment and changes nothing.
    """
    tracker = tracker or session.tracker
    if sys.stdin.isatty() and sys.stdout.isatty():
        from followup.ui.app import FollowupApp  # late: Textual is for the screen alone

        FollowupApp(tracker, read_only=session.at is not None).run()
    else:
        from followup.cli.text_board import print_board

        print_board(tracker)
