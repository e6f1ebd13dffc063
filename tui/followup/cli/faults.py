"""Errors as the user sees them: one line on stderr and an exit status (design, section 7)."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import click

from followup.domain.errors import DeliveryError, FollowupError, InputError, MailboxError
from followup.domain.text import clean

DONE = 0
REFUSED = 1  # refused, or nothing found
WRONG_USAGE = 2  # or bad input
TROUBLE = 3  # with the store or a channel


def exit_status(run: Callable[[], Any], *, debug: bool) -> int:
    """Run a command and return its exit status; what went wrong is said in one line.

    ``debug`` shows the traceback before it.
    """
    try:
        result = run()
    except click.Abort:
        return REFUSED
    except Exception as fault:
        if debug:
            traceback.print_exception(fault)
        if isinstance(fault, OSError):
            _drop_output()
        status, line = _told(fault)
        click.echo(f"followup: {clean(line, limit=1000)}", err=True)
        return status
    return result if isinstance(result, int) else DONE


def _told(fault: Exception) -> tuple[int, str]:
    from followup.store.errors import StoreError  # late: help and usage do without a store

    match fault:
        case click.exceptions.NoArgsIsHelpError():
            return WRONG_USAGE, f"Missing command{_help_of(fault)}"
        case click.UsageError():
            return WRONG_USAGE, f"{fault.format_message().rstrip('.')}{_help_of(fault)}"
        case click.ClickException():
            return REFUSED, fault.format_message()
        case InputError():
            return WRONG_USAGE, str(fault)
        case DeliveryError() | MailboxError():
            return TROUBLE, str(fault)
        case FollowupError():
            return REFUSED, str(fault)
        case StoreError():
            return TROUBLE, str(fault)
        case OSError(strerror=str(reason), filename=str(path)):
            return TROUBLE, f"{path}: {reason}; see that it can be read and written"
        case OSError(strerror=str(reason)):
            return TROUBLE, f"cannot write the output: {reason}; send it elsewhere"
        case _:
            what = f"{type(fault).__name__}: {fault}"
            return TROUBLE, f"unexpected {what}; `followup --debug …` shows where"


def _drop_output() -> None:
    """Let go of what could not be printed: Python would try it again at its exit, and complain."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError):  # where it is no file at all
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _help_of(fault: click.UsageError) -> str:
    return f"; see `{fault.ctx.command_path} --help`" if fault.ctx else ""
