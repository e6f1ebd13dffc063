"""Starts a thread that fails later."""

from __future__ import annotations

import threading
import time


def crash() -> None:
    time.sleep(0.05)
    raise RuntimeError("too late to tell")


threading.Thread(target=crash).start()
