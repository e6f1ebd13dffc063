"""Processes that tests start, with the program and the helpers that the tests have."""

from __future__ import annotations

import os
from pathlib import Path

import followup

HERE = Path(__file__).parent


def environment(**more: str) -> dict[str, str]:
    """The environment in which a child imports what its parent does."""
    source = Path(followup.__file__).parents[1]
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(source), str(HERE.parent)]), **more}
