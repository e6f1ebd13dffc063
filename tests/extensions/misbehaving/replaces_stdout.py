"""Puts a stream of its own in the place of standard output."""

from __future__ import annotations

import io
import sys

sys.stdout = io.StringIO()
print("into the void")  # noqa: T201
