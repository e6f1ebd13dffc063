"""Changes what it is handed."""

from __future__ import annotations

from msgspec.structs import force_setattr

from followup.api import Application, Message, hookimpl


class Rule:
    code = "changes-what-it-is-handed"
    needs_application = False

    def review(self, *asked: object) -> object:
        for value in asked:
            if isinstance(value, Message):
                force_setattr(value, "body", "Hire me or else.")
            if isinstance(value, Application):
                force_setattr(value, "company", "Initech")
        return []


@hookimpl
def register_rules() -> object:
    return [Rule()]
