"""The two lines above a message: to whom it goes by which way, and whether it is time."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from followup.domain import channel as channels
from followup.domain import instants
from followup.domain.application import Contact
from followup.domain.board import Card
from followup.domain.channel import Channel, needed_by, reaches
from followup.domain.wording import fact, span
from followup.ui.fitting import cut
from followup.ui.progress import progress
from followup.ui.screens import plain
from followup.ui.stage_style import colour, glyph

_BAR = "━"
_BAR_WIDTH = 16  # cells
_NAME_WIDTH = 32  # cells
_GAP = "   "


def addressee(card: Card, channel: Channel, width: int) -> Content:
    """Return who gets the message over a channel, or what the channel needs for that.

    It takes two lines where one of ``width`` cells is too short.
    """
    application = card.application
    contact = application.contact or Contact()
    about = [
        plain.line(cut(application.company, _NAME_WIDTH), "bold"),
        plain.line(cut(application.role, _NAME_WIDTH), plain.QUIET),
    ]
    way = [_by(channel)]
    if not reaches(channel, contact):
        way.append(plain.line(f"needs {needed_by(channel)}, and nobody has one", "$error"))
    elif who := channels.addressee(channel, contact):
        way.insert(0, plain.line("to", plain.FAINT) + " " + plain.line(cut(who, 2 * _NAME_WIDTH)))
    line = plain.row(*about, *way, between=_GAP)
    if line.cell_length <= width:
        return line
    return plain.lines(plain.row(*about, between=_GAP), plain.row(*way, between=_GAP))


def timing(card: Card, now: datetime, zone: str) -> Content:
    """Return whether it is time, with a countdown and a bar where it is too early."""
    stage_colour = colour(card.stage)
    parts = [plain.line(f"{glyph(card.stage)} {card.stage.label}", f"bold {stage_colour}")]
    step = card.standing.next
    if step is None:
        return plain.row(*parts, plain.line(fact(card, now, zone), plain.QUIET))
    opens = instants.spoken(step.opens, zone)
    if step.opens <= now:
        due = instants.spoken(step.due, zone)
        parts.append(plain.line(f"open since {opens}, due {due}", plain.QUIET))
    else:
        parts.append(plain.line(f"opens in {span(step.opens - now)}, {opens}", plain.QUIET))
        parts.append(_bar(progress(card, now), stage_colour))
    return plain.row(*parts)


def why(card: Card) -> Content:
    """Return how the date of the next step came about."""
    step = card.standing.next
    return plain.line(step.why if step else "", plain.QUIET)


def _by(channel: Channel) -> Content:
    return plain.line("by", plain.FAINT) + " " + plain.line(channel.title)


def _bar(over: float | None, style: str) -> Content:
    if over is None:
        return Content("")
    done = int(over * _BAR_WIDTH + 0.5)
    return plain.line(_BAR * done, style) + plain.line(_BAR * (_BAR_WIDTH - done), plain.FAINT)
