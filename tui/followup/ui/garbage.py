"""When garbage is collected: hardly ever while somebody waits for a key to answer."""

from __future__ import annotations

import gc

from textual.app import App

ALL = 60.0  # seconds from one collection of everything to the next
NEVER = 1_000_000  # collections of younger objects, more than a session lives to see
USUAL = gc.get_threshold()


def leave_alone_what_stands() -> None:
    """Leave what there is out of all collections: it stays to the end."""
    gc.enable()
    gc.freeze()


def collect_by_the_minute(app: App[None]) -> None:
    """Collect all that start-up did not make once a minute.

    Left to itself, Python looks at everything every few hundred letters that are typed, and
    the letter that meets it waits for 20 to 40 milliseconds.
    """
    gc.set_threshold(*USUAL[:2], NEVER)
    app.set_interval(ALL, collect, name="garbage")


def collect() -> None:
    """Collect everything that start-up did not make."""
    gc.collect()  # not as a timer's callback itself, for Textual takes none that is built in


def collect_as_usual() -> None:
    """Leave it to Python again, once the program is over."""
    gc.set_threshold(*USUAL)
    gc.unfreeze()
