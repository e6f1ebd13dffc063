"""The plugins' process of tests: plugins have little time there, so that hangs cost little."""

from __future__ import annotations

import sys
from pathlib import Path

from followup.cli import worker
from followup.extensions.isolation import guard

SECONDS = 0.8
GRACE = 1
COMMAND = (sys.executable, "-P", str(Path(__file__)))

if __name__ == "__main__":
    guard.SECONDS.update(dict.fromkeys(guard.SECONDS, SECONDS))
    guard.USUAL_SECONDS = SECONDS
    guard.GRACE = GRACE
    worker.main(int(sys.argv[1]))
