"""Has templates over facts that there are not."""

from __future__ import annotations

from followup.api import StepKind, Template, hookimpl


def template(name: str, body: str) -> Template:
    return Template(name=name, step=StepKind.FOLLOW_UP, subject="Hello", body=body, own=True)


@hookimpl
def register_templates() -> object:
    return [template("unpriced", "It is $ 5."), template("unknown", "Dear $darling,")]
