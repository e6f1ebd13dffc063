"""Raises what ctrl+c raises while it is imported."""

from __future__ import annotations

raise KeyboardInterrupt
