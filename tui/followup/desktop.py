"""Notifications on the desktop, by what the system has for them."""

from __future__ import annotations

import shutil

from followup.domain.errors import RefusedError
from followup.domain.text import clean

SECONDS = 5
"""How long the system may take for one."""

# The text arrives as arguments of the script, so nothing in it is run.
_APPLESCRIPT = """\
on run argv
    display notification (item 2 of argv) with title (item 1 of argv)
end run
"""
_OFF = "set desktop = false under [reminders]"


def notify(title: str, text: str) -> None:
    """Show a notification, by ``notify-send`` (freedesktop.org) or ``osascript`` (macOS).

    There is no shell in between. Raises ``RefusedError`` where it cannot be shown.
    """
    import html  # late: few are reminded
    import subprocess

    title, text = clean(title), clean(text)
    if program := shutil.which("notify-send"):
        # The text may have markup there, so what looks like it is escaped; -- ends the options.
        command = [program, "--app-name=followup", "--", title, html.escape(text, quote=False)]
    elif program := shutil.which("osascript"):
        command = [program, "-e", _APPLESCRIPT, title, text]
    else:
        raise RefusedError(
            f"there is neither notify-send nor osascript: install libnotify-bin, or {_OFF}"
        )
    try:
        subprocess.run(  # noqa: S603 - a list, and the text is data
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as fault:
        raise RefusedError(
            f"{clean(program)} shows no notification: from cron it needs XDG_RUNTIME_DIR"
            f" (see the guide), or {_OFF}"
        ) from fault
