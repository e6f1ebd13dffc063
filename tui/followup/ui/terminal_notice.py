"""Notifications through the terminal, in the sequence that it understands.

OSC 9 began with iTerm2, OSC 777 with rxvt-unicode; terminals that know neither have a bell.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from textual.app import App

from followup.domain.reminders import TerminalWay
from followup.domain.text import clean

_BEL = "\x07"
_ST = "\x1b\\"
_BY_PROGRAM: dict[str, TerminalWay] = {
    "iTerm.app": "osc9",
    "WezTerm": "osc9",
    "ghostty": "osc9",
    "WarpTerminal": "osc9",
}
_BY_TERM: dict[str, TerminalWay] = {
    "xterm-kitty": "osc9",
    "xterm-ghostty": "osc9",
    "foot": "osc777",
    "foot-extra": "osc777",
    "rxvt-unicode": "osc777",
    "rxvt-unicode-256color": "osc777",
}


def known_way(environment: Mapping[str, str]) -> TerminalWay:
    """Return how a terminal notifies, as far as its environment tells; else it rings.

    Within tmux or screen only the bell comes through.
    """
    if "TMUX" in environment or "STY" in environment:
        return "bell"
    program, term = environment.get("TERM_PROGRAM", ""), environment.get("TERM", "")
    return _BY_PROGRAM.get(program) or _BY_TERM.get(term) or "bell"


def sequence(way: TerminalWay, text: str, environment: Mapping[str, str]) -> str:
    """Return what to write to the terminal, nothing where it is ``off``."""
    if way == "auto":
        way = known_way(environment)
    # Nothing that a terminal obeys is left in the text, so it cannot end the sequence.
    text = clean(text)
    match way:
        case "osc9":
            return f"\x1b]9;{text}{_ST}"
        case "osc777":
            return f"\x1b]777;notify;followup;{text}{_ST}"
        case "bell":
            return _BEL
        case _:
            return ""


def notify(app: App[Any], way: TerminalWay, text: str) -> None:
    """Have the terminal of an application notify; a browser has nothing but a bell."""
    written = sequence("bell" if app.is_web and way != "off" else way, text, os.environ)
    driver = app._driver  # noqa: SLF001 - Textual writes no such sequence itself
    if written and driver and not app.is_headless:
        driver.write(written)
