"""Text edited in the user's editor, until it can be used or the user gives up."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import click

from followup.cli.lines import note
from followup.domain.errors import FollowupError
from followup.editing import Page
from followup.store.errors import StoreError

Result = TypeVar("Result")


def edit_until(text: str, suffix: str, use: Callable[[str], Result]) -> Result:
    """Open a text in $VISUAL or $EDITOR and return what ``use`` makes of it.

    A mistake that ``use`` finds is told, and the text opened again where there is a
    terminal. Nothing that was typed is lost: where it cannot be used, the text stays in a
    file that the error names.
    """
    page = Page(text, suffix)
    try:
        result = page.edit(use, _is_wanted_again)
    except StoreError as fault:
        raise StoreError(f"{fault}; your text is kept in {page.path}") from fault
    except click.Abort:
        note(f"your text is kept in {page.path}")
        raise
    page.drop()
    return result


def _is_wanted_again(fault: FollowupError) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    note(str(fault))
    return click.confirm("Open it again?", default=True, err=True)
