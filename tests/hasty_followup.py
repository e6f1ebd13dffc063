"""The program with a plugins' process that has little time: ``python hasty_followup.py …``."""

from __future__ import annotations

import hasty_worker
from followup.cli import worker
from followup.cli.main import main

if __name__ == "__main__":
    worker.COMMAND = hasty_worker.COMMAND
    main()
