"""The words of titles and people, as patterns."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text("utf-8"))


@lru_cache(maxsize=64)
def words(table: str, *names: str) -> re.Pattern[str]:
    """Return the pattern of one of the words of some lists, the longest that fits."""
    alternatives = [one for name in names for one in _tables()[table][name]]
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(sorted(alternatives, key=len, reverse=True))})(?!\w)", re.IGNORECASE
    )


@lru_cache(maxsize=8)
def listed(table: str, name: str) -> tuple[str, ...]:
    """Return the words of a list as they are."""
    return tuple(_tables()[table][name])
