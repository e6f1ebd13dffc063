"""Generated tables: however they are written, what is read is what was meant, or refused."""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from followup.builtin.formulas import neutralised
from followup.builtin.spreadsheet import reader
from followup.domain.events import AnyEvent, Applied, Interview
from followup.domain.exchange import DateOrder, ImportReading, UnreadableFileError
from followup.domain.hygiene import checked_application
from followup.domain.text import clean
from tables import options, read, told

DECISIVE = date(2021, 11, 14)
FORMS: dict[DateOrder, tuple[str, ...]] = {
    "mdy": ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%m.%d.%Y"),
    "dmy": ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y"),
}
PLAIN_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%d %b %Y", "%B %d, %Y", "%a %d %B %Y")
TIME_FORMS = (" %H:%M", " %I:%M %p", ", %H:%M:%S", "T%H:%M")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16")
WORDS = ("Globex", "Initech, Inc.", 'The "Best" Co', "Müller; Söhne", "Łódź\nWest", "=1+1", "'Tis")

days = st.dates(date(2000, 1, 1), date(2030, 12, 31))
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


class Entry(Struct, frozen=True):
    """What somebody writes into one row."""

    company: str
    applied: date
    interview: date
    clock: time | None


entries = st.builds(
    Entry,
    names,
    days,
    days,
    st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)


class Style(Struct, frozen=True):
    """How somebody writes tables."""

    order: DateOrder
    delimiter: str
    encoding: str
    ending: str
    quoting: int

    def write(self, header: list[str], rows: list[list[str]]) -> bytes:
        text = StringIO(newline="")
        writer = csv.writer(
            text,
            delimiter=self.delimiter,
            lineterminator=self.ending,
            quoting=self.quoting,  # type: ignore[arg-type]
        )
        writer.writerow(header)
        writer.writerows(rows)
        return text.getvalue().encode(self.encoding)


styles = st.builds(
    Style,
    st.sampled_from(list(FORMS)),
    st.sampled_from(",;\t"),
    st.sampled_from(ENCODINGS),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Entry], bytes]:
    """Entries, and the file that they stand in; its first date leaves no doubt of the order."""
    style = draw(styles)
    drawn = [Entry("Decisive", DECISIVE, DECISIVE, None), *draw(st.lists(entries, max_size=5))]
    rows = []
    for entry in drawn:
        first = entry.company == "Decisive"
        forms = FORMS[style.order] + (() if first else PLAIN_FORMS)
        applied, interview = (draw(st.sampled_from(forms)) for _ in range(2))
        when = f"{entry.interview:{interview}}"
        if entry.clock:
            when += f"{entry.clock:{draw(st.sampled_from(TIME_FORMS))}}"
        rows.append([neutralised(entry.company), "SRE", f"{entry.applied:{applied}}", when])
    return drawn, style.write(["Company", "Role", "Date applied", "Interview"], rows)


@given(tables())
def test_what_is_read_is_what_was_meant(table: tuple[list[Entry], bytes]) -> None:
    drawn, data = table
    reading = read(data)
    assert reading.problems == ()
    for entry, row in zip(drawn, reading.rows, strict=True):
        assert row.application.company == clean(entry.company)
        applied, interview = told(row.application)
        assert applied == f"applied ~{entry.applied} 12:00"
        if entry.clock and entry.clock != time(0):
            assert interview.startswith(f"interview {entry.interview} {entry.clock:%H:%M} to ")
        else:
            assert interview == f"interview ~{entry.interview} 17:00 to 18:00"


@given(st.lists(days, min_size=1, max_size=6), st.sampled_from(list(FORMS)), st.data())
def test_a_date_is_read_right_or_refused(
    drawn: list[date], order: DateOrder, data: st.DataObject
) -> None:
    """Whatever order somebody writes in, no date is ever read as another one."""
    # Dates with dots are day.month.year wherever they are written so.
    long_forms = [f for f in FORMS[order] if "%Y" in f and (order == "dmy" or "." not in f)]
    cells = [f"{day:{data.draw(st.sampled_from(long_forms))}}" for day in drawn]
    table = "Company;Date applied\n" + "".join(f"Globex;{cell}\n" for cell in cells)
    reading = read_or_refuse(table.encode())
    if isinstance(reading, str):
        assert "--date-order" in reading
        assert all(day.day <= 12 for day in drawn)
        reading = read(table, options(date_order=order))
    assert [told(row.application) for row in reading.rows] == [
        [f"applied ~{day} 12:00"] for day in drawn
    ]


def read_or_refuse(data: bytes, order: DateOrder | None = None) -> ImportReading | str:
    """What is read, or the line in which the file is refused."""
    try:
        return read(data, options(date_order=order))
    except UnreadableFileError as refusal:
        return str(refusal)


def is_clean(reading: ImportReading) -> bool:
    """Whether nothing of a reading would do anything in a terminal."""
    texts = [
        *reading.about,
        *(text for column in reading.columns for text in (column.name, column.sample)),
        *(text for problem in reading.problems for text in (problem.text, problem.column)),
    ]
    return all(text == clean(text, 10_000) for text in texts)


def check_any(data: bytes) -> None:
    """Read a file that may be anything: it is read as a whole or refused in one clean line."""
    reading = read_or_refuse(data)
    if isinstance(reading, str):
        assert reading == clean(reading, 100_000)
        return
    assert is_clean(reading)
    for row in reading.rows:
        assert row.application == checked_application(row.application)
        assert all(_is_sane(event) for event in row.application.events)
    assert 0 <= reader.sniff(data[:100]) <= 1


def _is_sane(event: AnyEvent) -> bool:
    match event:
        case Interview():
            return event.at < event.ends
        case Applied():
            return 1969 <= event.at.year <= 2201
        case _:
            return isinstance(event.at, datetime)


HEADER = (
    "Company,Role,Date applied,Interview,Response,Rejected,Offer,Status,Link,Email,Contact,"
    "Tags,Notes\n"
)
cells = st.text(max_size=12) | st.sampled_from(
    [
        "1/2/2021",
        "13/2/2021",
        "Yes",
        "Rejected",
        "\x1b[31m",
        '"',
        '"a',
        "a@b.example",
        "N/A",
        "=1",
        "2021-01-02T99:99",
        "9999-99-99",
        "https://x.example",
        "\u202e",
        "Mar 3",
        "",
        "0/0/00",
    ]
)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    check_any(data)


@given(st.lists(st.lists(cells, max_size=14), max_size=6), st.sampled_from(ENCODINGS))
def test_any_cells_are_read_or_refused(rows: list[list[str]], encoding: str) -> None:
    table = HEADER + "\n".join(",".join(row) for row in rows)
    check_any(table.encode(encoding, errors="replace"))


@given(st.lists(st.lists(cells, min_size=1, max_size=14), min_size=1, max_size=6))
def test_every_row_is_an_application_or_a_problem(rows: list[list[str]]) -> None:
    text = StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    table = HEADER + text.getvalue()
    reading = read_or_refuse(table.encode("utf-8", errors="replace"), order="mdy")
    if isinstance(reading, str):
        return
    accounted = {row.line for row in reading.rows} | {found.line for found in reading.problems}
    line = 2
    for row in rows:
        # A row of nothing but signs is a rule between others, or blank.
        if any(letter.isalnum() for cell in row for letter in cell):
            assert line in accounted
        line += 1 + sum(_breaks(cell) for cell in row)


def _breaks(cell: str) -> int:
    """The line breaks in a cell, as a file counts them."""
    return len(StringIO(cell + "x", newline="").readlines()) - 1
