"""Notify on the desktop when a card moves to Follow up or Last call.

It uses what the system has for that: `notify-send` (Linux) or `osascript` (macOS). Where
there is neither, it does nothing. With the board closed, `followup tick` in cron brings the
notifications.
"""

from __future__ import annotations

import html
import shutil
import subprocess

from followup.api import Application, Stage, Tracker, clean, hookimpl

SECONDS = 3
"""How long the notification service may take."""

# The text arrives as arguments of the script, so nothing in it is run.
APPLESCRIPT = """\
on run argv
    display notification (item 2 of argv) with title (item 1 of argv)
end run
"""


@hookimpl
def stage_entered(
    tracker: Tracker, application: Application, stage: Stage, previous: Stage | None
) -> None:
    """Notify of a card that calls for action; one that is new is no news to its user."""
    if previous is None or stage not in {Stage.DUE, Stage.LAST_CALL}:
        return
    step = tracker.card(application.id).standing.next
    title = f"{stage.label}: {application.company}"
    notify(clean(title), clean(f"{application.role}. {step.why if step else ''}"))


def notify(title: str, text: str) -> None:
    """Show a notification: a list of arguments, without a shell in between."""
    if shutil.which("notify-send"):
        # -- ends the options; its text may have markup, so that of ours is escaped.
        command = ["notify-send", "--app-name=followup", "--", title, html.escape(text)]
    elif shutil.which("osascript"):
        command = ["osascript", "-e", APPLESCRIPT, title, text]
    else:
        return
    subprocess.run(command, check=True, timeout=SECONDS)  # noqa: S603 - the arguments are data
