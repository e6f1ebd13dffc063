"""The user's own editor, for a text that is easier to write there."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from followup.domain.errors import RefusedError

_USUAL = "vi"


def edit_text(text: str) -> str:
    """Open a text in ``$VISUAL`` or ``$EDITOR`` and return it as it was saved.

    Takes the terminal until the editor ends. Raises ``RefusedError`` where there is no such
    editor or it fails; the text is unharmed then.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _USUAL
    with tempfile.TemporaryDirectory(prefix="followup-") as directory:
        path = Path(directory) / "message.txt"
        try:
            path.write_text(text, encoding="utf-8")
            subprocess.run([*shlex.split(editor), str(path)], check=True)  # noqa: S603 - theirs
            return path.read_text(encoding="utf-8", errors="replace")
        except (OSError, ValueError, subprocess.CalledProcessError) as fault:
            raise RefusedError(
                f"{editor} did not edit the message ({fault}): set EDITOR to one that does"
            ) from fault
