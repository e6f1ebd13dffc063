"""Generated tables in every style: what was put in comes out, or a problem says why not."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from followup.builtin.formulas import neutralised
from followup.domain.events import Applied
from followup.domain.exchange import ImportReading, UnreadableFileError
from followup.domain.merging import merge
from followup.domain.text import clean
from tables import read

DAY_ZERO = date(1899, 12, 30)
FIRST = date(2021, 11, 14)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
FORMS = (
    "%m/%d/%Y",
    "%m/%d/%y",
    "%m-%d-%Y",
    "%Y-%m-%d",
    "%d %b %Y",
    "%B %d, %Y",
    "@%B %d, %Y",
    "%m/%d",
    "%b %d",
    "%m/%d/%Y & 12/31/2031",
    "%m/%d/%Y - 12/31/2031",
    "sent %m/%d/%Y",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y at 9am-10am",
    "serial",
    "8/8%Y",
    "13/45/%Y",
    "some day",
    "",
)
LOST = frozenset({"8/8%Y", "13/45/%Y", "some day", ""})
STATUSES = ("Applied", "Rejcted", "wishlist", "blue", "Offer; declined?", "", "Interview\nsoon")
COMPANIES = ("Globex", "Café “Bleu”", "A; B | C, D", 'The "Best"', "=1+1", "Line\nBreak")


class Entry(Struct, frozen=True):
    """What somebody writes into one row."""

    company: str
    day: date
    form: str
    status: str

    @property
    def applied(self) -> str:
        if self.form == "serial":
            return str((self.day - DAY_ZERO).days)
        return f"{self.day:{self.form}}" if self.form else ""


class Style(Struct, frozen=True):
    """How somebody writes tables."""

    delimiter: str
    encoding: str
    ending: str
    quoting: int
    above: tuple[str, ...]
    ragged: bool

    def write(self, entries: list[Entry]) -> bytes:
        text = StringIO(newline="")
        text.writelines(line + self.ending for line in self.above)
        writer = csv.writer(
            text,
            delimiter=self.delimiter,
            lineterminator=self.ending,
            quoting=self.quoting,  # type: ignore[arg-type]
        )
        writer.writerow(["Company", "Role", "Date applied", "Status", "Notes"])
        for entry in entries:
            cells = [neutralised(entry.company), "SRE", entry.applied, entry.status, ""]
            writer.writerow(cells[:4] if self.ragged else cells)
        return text.getvalue().encode(self.encoding)


styles = st.builds(
    Style,
    st.sampled_from(",;\t|"),
    st.sampled_from(ENCODINGS),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from([(), ("My job hunt",), ("My job hunt", "", "since 2021")]),
    st.booleans(),
)
entries = st.builds(
    Entry,
    st.sampled_from(COMPANIES),
    st.integers(0, 20).map(lambda days: FIRST + timedelta(days=days)),
    st.sampled_from(FORMS),
    st.sampled_from(STATUSES),
)


# A log is kept in the order of its days, with no more than some weeks between two lines.
logs = st.lists(entries, min_size=1, max_size=6).map(
    lambda drawn: [
        Entry("Decisive", FIRST, "%m/%d/%Y", "Applied"),
        *(
            Entry(one.company, one.day + timedelta(days=20 * number), one.form, one.status)
            for number, one in enumerate(drawn)
        ),
    ]
)


def lines_of(reading: ImportReading) -> set[int]:
    return {problem.line for problem in reading.problems}


@settings(deadline=None)  # the first look at an unknown code page takes its time
@given(styles, logs)
def test_what_is_put_in_comes_out_or_is_a_problem(style: Style, written: list[Entry]) -> None:
    reading = read(style.write(written))
    rows = list(reading.rows)
    assert len(rows) == len(written)
    for entry, row in zip(written, rows, strict=True):
        application = row.application
        assert application.company == clean(entry.company)
        applied = [event.day for event in application.events if isinstance(event, Applied)]
        is_told = row.line in lines_of(reading)
        if applied != [entry.day]:
            assert is_told or not entry.form
        if entry.form in LOST:
            assert applied == []
        if entry.status == "blue":
            assert is_told
        assert ("saved" in application.tags) <= (entry.status == "wishlist")


@settings(deadline=None)  # the first look at an unknown code page takes its time
@given(styles, logs)
def test_the_same_file_again_adds_nothing(style: Style, written: list[Entry]) -> None:
    reading = read(style.write(written))
    stored = [row.application for row in merge([], reading).new]
    again = merge(stored, reading)
    assert (again.new, again.updated) == ((), ())


@settings(deadline=None)  # the first look at an unknown code page takes its time
@given(st.lists(st.sampled_from(FORMS), max_size=6), st.dates(FIRST, date(2025, 1, 1)), st.data())
def test_any_dates_together_are_read_or_refused(
    forms: list[str], day: date, data: st.DataObject
) -> None:
    cells = [Entry("x", day, form, "").applied for form in forms]
    separator = data.draw(st.sampled_from([" & ", ", ", " - ", " ", "\n", " to "]))
    cell = separator.join(cells).replace('"', "")
    try:
        reading = read(f'Company,Interview date,Status\nGlobex,"{cell}","{cell}"\n')
    except UnreadableFileError:
        return
    assert [row.application.company for row in reading.rows] == ["Globex"]
