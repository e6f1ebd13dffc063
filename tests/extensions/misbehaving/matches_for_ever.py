"""Has a regular expression that takes longer than the universe."""

from __future__ import annotations

import re

from followup.api import hookimpl


class Rule:
    code = "matches-for-ever"
    needs_application = False

    def review(self, *asked: object) -> object:
        return re.fullmatch("(a+)+b", "a" * 64)


@hookimpl
def register_rules() -> object:
    return [Rule()]
