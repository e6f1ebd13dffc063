"""Text edited in the user's editor, until it can be used or the user gives up."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from followup.cli.lines import note
from followup.domain.errors import FollowupError, InputError
from followup.store.errors import StoreError

Result = TypeVar("Result")


def edit_until(text: str, suffix: str, use: Callable[[str], Result]) -> Result:
    """Open a text in $VISUAL or $EDITOR and return what ``use`` makes of it.

    A mistake that ``use`` finds is told, and the text opened again where there is a
    terminal. Nothing that was typed is lost: where it cannot be used, the text stays in a
    file that the error names.
    """
    descriptor, name = tempfile.mkstemp(prefix="followup-", suffix=suffix)  # for its user alone
    path = Path(name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    try:
        result = _used(path, use)
    except StoreError as fault:
        raise StoreError(f"{fault}; your text is kept in {path}") from fault
    except FollowupError as fault:
        raise InputError(f"{fault}; your text is kept in {path}") from fault
    except click.Abort:
        note(f"your text is kept in {path}")
        raise
    path.unlink()
    return result


def _used(path: Path, use: Callable[[str], Result]) -> Result:
    while True:
        click.edit(filename=str(path))
        try:
            return use(_read(path))
        except FollowupError as fault:
            if not (sys.stdin.isatty() and sys.stderr.isatty()):
                raise
            note(str(fault))
            if not click.confirm("Open it again?", default=True, err=True):
                raise


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise InputError("the text is not in UTF-8: save it so") from fault
