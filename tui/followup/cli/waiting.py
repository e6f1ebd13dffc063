"""What takes its time shows so on a terminal: a bar on standard error, after a second."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from threading import Timer

from followup.domain.text import clean

PATIENCE = 1.0  # seconds before the bar comes


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show a bar beside what is being done, for as long as that takes.

    Nothing is shown of what is quick, nor where standard error is no terminal. Nothing of
    the bar stays.
    """
    if not sys.stderr.isatty():
        yield
        return
    shown = ExitStack()
    timer = Timer(PATIENCE, lambda: shown.enter_context(_bar(what)))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        shown.close()


def _bar(what: str) -> AbstractContextManager[object]:
    from rich.console import Console  # late: few runs take that long
    from rich.progress import BarColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.add_task(clean(what), total=None)
    return bar
