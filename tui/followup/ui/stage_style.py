"""How stages and events look: one colour and one glyph each, always beside the word."""

from __future__ import annotations

from followup.domain.events import AnyEvent
from followup.domain.stage import Stage
from followup.domain.wording import GLYPHS

_EVENT_GLYPHS = {
    "applied": GLYPHS[Stage.APPLIED],
    "interview": GLYPHS[Stage.INTERVIEW],
    "promise": GLYPHS[Stage.WAITING],
    "follow_up": "→",
    "reply": GLYPHS[Stage.REPLIED],
    "snooze": GLYPHS[Stage.WAITING],
    "outcome": GLYPHS[Stage.CLOSED],
    "reopen": GLYPHS[Stage.APPLIED],
    "note": "·",
}


def glyph(stage: Stage) -> str:
    """Return the glyph of a stage, one cell wide."""
    return GLYPHS[stage]


def event_glyph(event: AnyEvent) -> str:
    """Return the glyph of an event, one cell wide."""
    return _EVENT_GLYPHS[event.name]


def css_name(stage: Stage) -> str:
    """Return the stage's word in style sheets: ``last-call``."""
    return stage.value.replace("_", "-")


def variable(stage: Stage) -> str:
    """Return the name of the theme's variable for a stage: ``stage-last-call``."""
    return f"stage-{css_name(stage)}"


def colour(stage: Stage) -> str:
    """Return the colour of a stage as styles name it: ``$stage-last-call``."""
    return f"${variable(stage)}"
