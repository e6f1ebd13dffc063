"""A table of figures: a title over a hairline, values in line, their cases quiet beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from followup.domain.figures import Figure, Row, Table, bar
from followup.ui.fitting import fit, legible

GAP = 2  # cells between columns
HEAD = 3  # lines of title, hairline and headings
NAME = 12  # cells of a name where there are bars
WIDEST_NAME = 24
NARROWEST = 5  # cells, below which there is no bar
WIDEST = 40


class FigureTable(Widget):
    """Shows a table; with ``shares``, a bar of each row's share in the theme's ``colour``."""

    ALLOW_SELECT = False

    def __init__(
        self,
        title: str,
        table: Table,
        shares: Sequence[float | None] = (),
        colour: str = "$primary",
    ) -> None:
        """Take what there is to show, which stays as it is."""
        super().__init__(classes="figures")
        self._title = title
        self._table = table
        self._shares = shares
        self._colour = colour

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are, whatever the width."""
        return HEAD + len(self._table.rows)

    def render(self) -> Content:
        """Return the lines of the table; names and bars take what room figures leave."""
        width = self.size.width
        figures = sum(GAP + len(heading) for heading in self._table.headings)
        room = max(0, width - figures)
        name = min(NAME, room) if self._shares else min(WIDEST_NAME, room)
        bars = min(WIDEST, room - name)
        headings = [" " * GAP + heading for heading in self._table.headings]
        space = " " * (name + max(0, bars if self._shares else 0))
        return Content("\n").join(
            [
                Content.styled(fit(self._title, width), "bold"),
                Content.styled("─" * width, "$hairline"),
                Content.styled(space + "".join(headings), "$quiet"),
                *self._rows(name, bars),
            ]
        )

    def _rows(self, name: int, bars: int) -> Iterator[Content]:
        for number, row in enumerate(self._table.rows):
            parts = [Content(fit(legible(row.name), name))]
            if self._shares:
                drawn = bar(self._shares[number], bars) if bars >= NARROWEST else ""
                parts.append(Content.styled(drawn.ljust(max(0, bars)), self._colour))
            yield Content.assemble(*parts, *_figures(row))


def _figures(row: Row) -> Iterator[Content]:
    for figure in row.figures:
        yield Content(" " * GAP)
        yield _value(figure)
        yield Content.styled(figure.cases, "$quiet")


def _value(figure: Figure) -> Content:
    return Content.styled(figure.value, "$quiet" if figure.is_few else "$foreground")
