"""Reads where nothing is when it judges."""

from __future__ import annotations

import ctypes

from followup.api import hookimpl


class Rule:
    code = "segfaults"
    needs_application = False

    def review(self, *asked: object) -> object:
        return ctypes.string_at(0)


@hookimpl
def register_rules() -> object:
    return [Rule()]
