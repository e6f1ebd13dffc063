"""The two themes, and what the stages look like under every other theme."""

from __future__ import annotations

from textual.theme import Theme

from followup.domain.stage import Stage
from followup.ui.stage_style import variable

_AMBER, _RED, _GREEN, _BLUE, _CYAN, _VIOLET = (
    "#f0b429",
    "#ff6b5f",
    "#6fd08c",
    "#6cb6ff",
    "#56c8d8",
    "#9d8cff",
)

DARK = Theme(
    name="followup-dark",
    dark=True,
    primary=_BLUE,
    secondary=_VIOLET,
    accent=_AMBER,
    warning=_AMBER,
    error=_RED,
    success=_GREEN,
    foreground="#d6dae2",
    background="#14161b",
    surface="#191c22",
    panel="#242a35",
    variables={
        "stage-applied": "#8fa1b3",
        "stage-interview": _BLUE,
        "stage-cooling": _CYAN,
        "stage-due": _AMBER,
        "stage-waiting": _VIOLET,
        "stage-last-call": _RED,
        "stage-replied": _GREEN,
        "stage-closed": "#8b93a2",
        "quiet": "#8b93a2",
        "faint": "#4a5160",
        "hairline": "#2b303a",
        "selected": "#242a35",
        "marked": "#26231a",
        "preview": "#2f2647",
        "text-muted": "#8b93a2",
        "scrollbar": "#4a5160",
        "scrollbar-hover": "#8b93a2",
        "scrollbar-active": "#8b93a2",
        "scrollbar-background": "#191c22",
        "scrollbar-background-hover": "#191c22",
        "scrollbar-background-active": "#191c22",
        "scrollbar-corner-color": "#191c22",
        "block-cursor-background": "#242a35",
        "block-cursor-foreground": "#d6dae2",
        "footer-background": "#191c22",
        "footer-key-foreground": _AMBER,
        "footer-description-foreground": "#8b93a2",
    },
)

LIGHT = Theme(
    name="followup-light",
    dark=False,
    primary="#1769c2",
    secondary="#6a51c9",
    accent="#995a00",
    warning="#995a00",
    error="#c5342a",
    success="#207638",
    foreground="#2a2d33",
    background="#fbfbf9",
    surface="#f3f3ef",
    panel="#e8ebf2",
    variables={
        "stage-applied": "#5a6b7d",
        "stage-interview": "#1769c2",
        "stage-cooling": "#097081",
        "stage-due": "#995a00",
        "stage-waiting": "#6a51c9",
        "stage-last-call": "#c5342a",
        "stage-replied": "#207638",
        "stage-closed": "#626873",
        "quiet": "#626873",
        "faint": "#b3b7bf",
        "hairline": "#d9d9d2",
        "selected": "#e8ebf2",
        "marked": "#f6eedb",
        "preview": "#eee9fb",
        "text-muted": "#626873",
        "scrollbar": "#b3b7bf",
        "scrollbar-hover": "#626873",
        "scrollbar-active": "#626873",
        "scrollbar-background": "#f3f3ef",
        "scrollbar-background-hover": "#f3f3ef",
        "scrollbar-background-active": "#f3f3ef",
        "scrollbar-corner-color": "#f3f3ef",
        "block-cursor-background": "#e8ebf2",
        "block-cursor-foreground": "#2a2d33",
        "footer-background": "#f3f3ef",
        "footer-key-foreground": "#995a00",
        "footer-description-foreground": "#626873",
    },
)


def fallback_variables(theme: Theme) -> dict[str, str]:
    """Return our own variables for a theme that knows nothing of them, in its own colours."""
    colours = theme.to_color_system().generate()
    of_stages = {
        Stage.APPLIED: "foreground",
        Stage.INTERVIEW: "primary",
        Stage.COOLING: "secondary",
        Stage.DUE: "warning",
        Stage.WAITING: "accent",
        Stage.LAST_CALL: "error",
        Stage.REPLIED: "success",
        Stage.CLOSED: "foreground-muted",
    }
    return {
        **{variable(stage): colours[name] for stage, name in of_stages.items()},
        "quiet": colours["foreground-muted"],
        "faint": colours["foreground-muted"],
        "hairline": colours["panel"],
        "selected": colours["panel"],
        "marked": colours["surface"],
        "preview": colours["panel"],
    }
