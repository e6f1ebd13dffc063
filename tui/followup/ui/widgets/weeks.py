"""The chart of the weeks: applications that were sent and replies that came, side by side.

It brings plotext with it: who shows it imports it late.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.content import Content
from textual.style import Style
from textual_plotext import PlotextPlot

from followup.domain.figures import day_of
from followup.domain.statistics import Week

_LEGEND = "applications", "replies"
# They differ without colours too.
_GLYPHS = "█", "▒"
_COLOURS = "$stage-interview", "$stage-replied"
_AXIS = 2  # lines of the axis and its days
_DAY = 8  # cells that a day takes with a space


def legend() -> Content:
    """Return what the bars mean."""
    return Content("   ").join(
        [
            Content.assemble(
                Content.styled(glyph * 2, colour), Content.styled(f" {word}", "$quiet")
            )
            for glyph, colour, word in zip(_GLYPHS, _COLOURS, _LEGEND, strict=True)
        ]
    )


class WeeksChart(PlotextPlot):
    """Draws weeks as bars in whole cells, in the colours of the theme of the moment."""

    ALLOW_SELECT = False

    def __init__(self, weeks: Sequence[Week]) -> None:
        """Take the weeks to draw."""
        super().__init__()
        self._weeks = weeks
        # One without colours of its own, so that those of the style sheet show.
        self.theme = "textual-clear"

    def render(self) -> Text:
        """Return the chart in the size that there is; nothing where there is too little."""
        self.plt.clear_figure()
        if not self._draw(*self.size):
            return Text()
        drawn = super().render()
        assert isinstance(drawn, Text)
        return drawn

    def _draw(self, width: int, height: int) -> bool:
        """Draw the bars where there is room, on a canvas whose units are cells and counts."""
        series = (
            [week.applications for week in self._weeks],
            [week.replies for week in self._weeks],
        )
        top = max(2, *map(max, series))
        ticks = [top - top // 2, top + top % 2]
        margin = len(str(ticks[-1])) + 1
        rows, each = height - _AXIS, (width - margin) // len(self._weeks)
        bar = (each - 1) // 2
        if rows < 2 or bar < 1:
            return False
        plt, row = self.plt, ticks[-1] / rows
        plt.frame(False)
        plt.xaxes(True, False)
        plt.xlim(0, width - margin - 1)
        plt.ylim(row, ticks[-1])
        for place, counts in enumerate(series):
            centre = place * bar + (bar - 1) / 2
            colour = Style.parse(_COLOURS[place]).foreground
            plt.bar(
                [week * each + centre for week in range(len(counts))],
                [max(count, row) if count else 0 for count in counts],
                marker=_GLYPHS[place],
                color=colour.rgb if colour else None,
                width=(bar - 1) / each,
                minimum=row,
                reset_ticks=False,
            )
        plt.yticks(list(ticks), [f"{tick:>{margin - 1}} " for tick in ticks])
        step = 1 if each >= _DAY else 2
        days = range(0, len(self._weeks), step)
        plt.xticks([day * each + bar for day in days], [day_of(self._weeks[day]) for day in days])
        return True
