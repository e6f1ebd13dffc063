"""Which columns stand on the screen, and how wide."""

from __future__ import annotations

from msgspec import Struct

from followup.domain.stage import Stage

COLUMNS = len(Stage)
NARROWEST = 18  # cells of a column, its gap included
ROOMY = 22  # cells from which all columns are shown open, Closed too
FOLDED = 3  # cells of a folded column


class Arrangement(Struct, frozen=True):
    """The columns from ``first`` on, ``count`` of them, each ``pitch`` cells wide.

    Where Closed is ``folded`` it stands beside them in ``FOLDED`` cells.
    """

    first: int
    count: int
    pitch: int
    folded: bool = False

    def shows(self, index: int) -> bool:
        """Tell whether a column stands on the screen, open or folded."""
        return self.first <= index < self.first + self.count or self.is_folded(index)

    def is_folded(self, index: int) -> bool:
        """Tell whether a column stands on the screen folded."""
        return self.folded and index == COLUMNS - 1


def arranged(width: int, cursor: int, first: int) -> Arrangement:
    """Return the arrangement for ``width`` cells that shows the cursor's column.

    ``cursor`` and ``first`` are the columns where the cursor is and with which the screen
    begins so far; it moves no further than it has to.
    """
    if width // COLUMNS >= ROOMY:
        return Arrangement(0, COLUMNS, width // COLUMNS)
    journey = COLUMNS - 1
    if (width - FOLDED) // journey >= NARROWEST:
        pitch = (width - FOLDED) // journey
        if cursor < journey:
            return Arrangement(0, journey, pitch, folded=True)
        return Arrangement(1, journey, pitch)
    count = max(1, min(journey, width // NARROWEST))
    first = min(max(first, cursor - count + 1), cursor, COLUMNS - count)
    return Arrangement(first, count, width // count)
