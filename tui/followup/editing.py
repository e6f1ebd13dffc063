"""Texts edited in the user's own editor until they can be used; nothing typed is ever lost."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from followup.domain.errors import FollowupError, InputError, RefusedError
from followup.domain.text import clean

Result = TypeVar("Result")

_USUAL = "vi"
_MARK = "# MISTAKE: "
_PLUS = frozenset(
    (
        *("vi", "vim", "nvim", "view", "ex", "elvis", "vis", "gvim", "mvim", "nvi"),
        *("nano", "pico", "emacs", "emacsclient", "mg", "zile", "jed", "joe", "jmacs", "ne"),
        *("micro", "kak", "gedit", "xed", "pluma"),
    )
)
_COLON = frozenset(("hx", "helix", "subl", "zed"))
_GOTO = frozenset(("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"))
# These come back at once unless they are told to wait.
_WAIT = {
    **dict.fromkeys((*_GOTO, "subl", "zed"), "--wait"),
    **dict.fromkeys(("gvim", "mvim"), "-f"),
}


class MistakeError(InputError):
    """Something in a text that cannot be used, and the line of it, counted from 1."""

    def __init__(self, mistake: str, line: int) -> None:
        """Say what is wrong with the line."""
        super().__init__(f"line {line}: {mistake}")
        self.mistake = mistake
        self.line = line


class KeptError(InputError):
    """A text could not be used: it is kept in the file that the error names."""


def command(editor: str, path: Path, line: int | None = None) -> list[str]:
    """Return how to open a file in an editor, with the cursor on a line where it can be told.

    ``editor`` is what ``$EDITOR`` holds. One that is not known gets the file alone. Raises
    ``ValueError`` for quotes that do not close.
    """
    words = shlex.split(editor) or [_USUAL]
    name = Path(words[0]).name.split(".")[0]  # vim.basic, code.cmd
    wait = _WAIT.get(name)
    if wait and not {wait, wait.replace("--wait", "-w")} & set(words):
        words.append(wait)
    if line is None:
        return [*words, str(path)]
    if name in _PLUS:
        return [*words, f"+{line}", str(path)]
    if name in _GOTO:
        return [*words, "--goto", f"{path}:{line}"]
    return [*words, f"{path}:{line}" if name in _COLON else str(path)]


def open_editor(path: Path, line: int | None = None) -> None:
    """Have the user edit a file in ``$VISUAL`` or ``$EDITOR``; it takes the terminal meanwhile.

    Raises ``RefusedError`` where there is no such editor, or it fails.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _USUAL
    try:
        status = subprocess.run(command(editor, path, line), check=False).returncode  # noqa: S603
        trouble = f"it ended with status {status}" if status else ""
    except (OSError, ValueError) as fault:
        trouble = str(fault)
    if trouble:
        told = clean(f"{editor} failed: {trouble}")
        raise RefusedError(f"{told}; set EDITOR to an editor that works")


class Page:
    """A text in a file of its own, for its user alone, until ``drop`` takes the file away."""

    def __init__(self, text: str, suffix: str) -> None:
        """Write the text down; ``suffix`` tells editors what it is: ``.toml``."""
        self._text = text
        self._has_comments = suffix == ".toml"
        descriptor, name = tempfile.mkstemp(prefix="followup-", suffix=suffix)
        os.close(descriptor)
        self.path = Path(name)

    def edit(
        self,
        use: Callable[[str], Result],
        again: Callable[[FollowupError], bool] = lambda _: False,
    ) -> Result:
        """Have the user edit the text, and return what ``use`` makes of it.

        What ``use`` raises is a mistake. Where ``again`` says so the text is opened once more
        as it was typed: with the cursor on the mistake and, in TOML, with a comment above
        that says what it is. A text that is left as it was then gives up. Raises ``KeptError``
        for a text that cannot be used, which stays in its file, and ``RefusedError`` where
        the editor fails before anything was typed.
        """
        mark, line = "", None
        while True:
            typed = self._edited(mark, line)
            try:
                return use(typed)
            except FollowupError as fault:
                if typed == self._text or not again(fault):
                    self._write(typed)
                    raise self._kept(fault) from fault
                self._text = typed
                mark, line = self._marked(fault)

    def drop(self) -> None:
        """Take the file away: the text is where it belongs."""
        self.path.unlink(missing_ok=True)

    def _marked(self, fault: FollowupError) -> tuple[str, int | None]:
        """Return a comment that tells of a mistake, and the line of it below the comment."""
        above = 1 if self._has_comments else 0
        told, line = clean(str(fault)), None
        if isinstance(fault, MistakeError):
            line = fault.line + above
            told = f"line {line}: {clean(fault.mistake)}"
        return (f"{_MARK}{told}\n" if above else ""), line

    def _edited(self, mark: str, line: int | None) -> str:
        """Return the text as the user saved it, without the mark above it."""
        self._write(mark + self._text)
        try:
            open_editor(self.path, line)
            typed = self.path.read_text(encoding="utf-8")
        except UnicodeDecodeError as fault:
            raise self._kept("the text is not in UTF-8: save it so") from fault
        except RefusedError as fault:
            if not mark and self.path.read_bytes() == self._text.encode():
                self.drop()
                raise
            raise self._kept(fault) from fault
        return typed.removeprefix(mark)

    def _write(self, text: str) -> None:
        try:
            self.path.write_text(text, encoding="utf-8", newline="")
        except OSError as fault:
            raise RefusedError(f"{self.path} cannot be written: {fault.strerror}") from fault

    def _kept(self, fault: object) -> KeptError:
        return KeptError(f"{fault}; your text is kept in {self.path}")
