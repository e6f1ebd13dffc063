"""The board: opened full screen, or printed as text where there is no terminal."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import ExitStack

from followup.cli.faults import TROUBLE
from followup.cli.session import Session
from followup.tracker import Tracker


def open_board(
    session: Session, tracker: Tracker | None = None, *, is_demo: bool = False
) -> int | None:
    """Open the board over the store of the session, or over another one.

    A board whose clock was set shows that moment and changes nothing; neither does one over
    a store that a newer program wrote. Returns an exit
    status where the board broke down.
    """
    # Textual draws on stderr, or where a driver takes it: `followup serve` names one.
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if "TEXTUAL_DRIVER" in os.environ or all(stream.isatty() for stream in streams):
        # Starting makes many objects that stay: the board turns this on again once it stands.
        gc.disable()
        return _full_screen(session, tracker or session.tracker, is_demo)
    from followup.cli.text_board import print_board

    print_board(tracker or session.tracker)
    return None


def _full_screen(session: Session, tracker: Tracker, is_demo: bool) -> int | None:
    # A full screen is no place to say in one line what is wrong with the configuration.
    tracker.foresight.check_settings(tracker.repository.applications())

    from followup.ui.app import FollowupApp  # late: Textual is for the screen alone

    with ExitStack() as until_closed:

        def open_demo() -> Tracker:
            from followup.cli.demo_store import throw_away  # late: few look at it

            return until_closed.enter_context(throw_away(session))

        read_only = session.at is not None or tracker.repository.read_only
        app = FollowupApp(
            tracker,
            read_only=read_only,
            outside=session.outside,
            open_demo=open_demo,
            is_demo=is_demo,
            look_for_trouble=lambda: [str(fault) for fault in session.own_templates.faults()],
        )
        app.run()
    return TROUBLE if app.return_code else None
