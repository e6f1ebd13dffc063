"""The strip below the board: who, what next, and why this date, for the selected card."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from followup.ui.account import Account
from followup.ui.fitting import ELLIPSIS, legible
from followup.ui.stage_style import colour

LINES = 4  # who, what next, why, and the timeline unless the why needs its line
_BETWEEN = "   "


class Why(Widget):
    """Says of one card whom to write to, by what step and when, and how that came about."""

    ALLOW_SELECT = False

    account: reactive[Account | None] = reactive(None)

    def render(self) -> Content:
        """Return the lines of the strip; as many for every card, so that nothing jumps."""
        account, width = self.account, self.size.width
        if account is None:
            return Content("")
        reason = _why(account).wrap(width)[: LINES - 2]
        lines = [_who(account), _next(account, width), *reason]
        if len(lines) < LINES:
            lines.append(_timeline(account, width))
        return Content("\n").join([line.truncate(width, ellipsis=True) for line in lines])


def _who(account: Account) -> Content:
    company = legible(account.card.application.company)
    return Content.assemble((company, "bold $foreground"), "  ", (account.details, "$quiet"))


def _next(account: Account, width: int) -> Content:
    stage = account.card.stage
    label = Content.styled(stage.label, f"bold {colour(stage)}")
    wordings, room = account.what_next, width - label.cell_length - 2
    fitting = next((text for text in wordings if cell_len(text) <= room), wordings[-1])
    return Content.assemble(label, "  ", (fitting, "$quiet"))


def _why(account: Account) -> Content:
    label, reason = account.why
    return Content.assemble((f"{label}  ", "$quiet"), (reason, "$foreground"))


def _timeline(account: Account, width: int) -> Content:
    """Return the timeline; where it is too long, the newest facts of it."""
    facts = list(account.timeline())
    start = ""
    while len(facts) > 1 and cell_len(start + _BETWEEN.join(facts)) > width:
        facts, start = facts[1:], f"{ELLIPSIS} "
    return Content.styled(start + _BETWEEN.join(facts), "$quiet")
