"""Timing policies: what turns a timeline into the steps that remain (design, section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from followup.domain.settings import Settings
from followup.domain.step import Step
from followup.domain.timeline import Timeline


class Policy(Protocol):
    """A timing policy: named, pure, and without a clock.

    The same timeline always gives the same steps, so that they can be kept until the
    timeline changes. ``settings_type`` describes the policy's table in the configuration,
    ``[policy.NAME]``.
    """

    name: str
    title: str

    @property
    def settings_type(self) -> type[Settings]:
        """The type of the plugin's table in the configuration."""
        ...

    def steps(self, timeline: Timeline, settings: Any, zone: str) -> Sequence[Step]:
        """Return the steps that remain, the next one first.

        ``settings`` is a ``settings_type``; ``zone`` is the user's, for days and words.
        """
        ...
