"""Raises what asyncio raises when it judges."""

from __future__ import annotations

import asyncio

from followup.api import hookimpl


class Rule:
    code = "cancels"
    needs_application = False

    def review(self, *asked: object) -> object:
        raise asyncio.CancelledError


@hookimpl
def register_rules() -> object:
    return [Rule()]
