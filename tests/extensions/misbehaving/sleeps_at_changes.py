"""Sleeps for an hour at every change of column."""

from __future__ import annotations

import time

from followup.api import hookimpl


@hookimpl
def stage_entered() -> None:
    time.sleep(3600)
