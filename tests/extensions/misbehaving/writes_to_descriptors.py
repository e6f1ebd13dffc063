"""Writes to the descriptors of the streams."""

from __future__ import annotations

import os

os.write(1, b"\x1b]0;owned\x07 to the first")
os.write(2, b"to the second")
