"""Logs to the stream that was standard error at the start."""

from __future__ import annotations

import logging
import sys

logger = logging.getLogger(__name__)
logger.addHandler(logging.StreamHandler(sys.__stderr__))
logger.warning("hello from a log")
