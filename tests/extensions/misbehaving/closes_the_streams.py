"""Closes standard output and error, as streams and as descriptors."""

from __future__ import annotations

import os
import sys

sys.stdout.close()
for descriptor in (0, 1, 2):
    os.close(descriptor)
