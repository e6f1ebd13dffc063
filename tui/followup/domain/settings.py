"""Typed settings of plugins, read from their table of the configuration file."""

from __future__ import annotations

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of a plugin's settings; every field needs a default."""
