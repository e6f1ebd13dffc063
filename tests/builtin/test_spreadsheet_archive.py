"""Archives of tables: LinkedIn's export of all one's data, a packed table, and bombs."""

from __future__ import annotations

import contextlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.builtin import files
from followup.builtin.spreadsheet import archive
from followup.domain.exchange import ImportReading, UnreadableFileError
from followup.domain.merging import merge
from tables import options, told

APPLICATIONS = (
    "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
    "Resume Name,Question And Answers\n"
)
SAVED = "Saved Date,Job Url,Job Title,Company Name\n"
JOB = "http://www.linkedin.com/jobs/view/400000000"
LINKEDIN = {
    "Connections.csv": "Notes:\n\nFirst Name,Company,Connected On\nAnn,Hooli,01 Jan 2024\n",
    "Jobs/Job Applications.csv": (
        f'{APPLICATIONS}"11/20/24, 8:15 AM",me@home.example, +15551234567,Globex,SRE,{JOB}1,cv,\n'
    ),
    "Jobs/Job Applications_1.csv": (
        f'{APPLICATIONS}"1/2/25, 1:05 PM",me@home.example,,Initech,Baker,{JOB}2,cv,\n'
    ),
    "Jobs/Saved Jobs.csv": (
        f'{SAVED}"11/19/24, 8:15 AM",{JOB}1,SRE,Globex\n2/1/26,{JOB}3,Cook,Hooli\n'
    ),
}


def packed(**members: str) -> BytesIO:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(name, text)
    stream.seek(0)
    return stream


def read(**members: str) -> ImportReading:
    return archive.read(packed(**members), options())


class TestLinkedIn:
    def test_the_lists_of_jobs_are_read_and_nothing_else(self) -> None:
        reading = read(**LINKEDIN)
        assert [(row.file, row.line, row.application.company) for row in reading.rows] == [
            ("Job Applications.csv", 2, "Globex"),
            ("Job Applications_1.csv", 2, "Initech"),
            ("Saved Jobs.csv", 2, "Globex"),
            ("Saved Jobs.csv", 3, "Hooli"),
        ]
        assert all(row.application.contacts == () for row in reading.rows)
        assert [told(row.application) for row in reading.rows] == [
            ["applied 2024-11-20 08:15"],
            ["applied 2025-01-02 13:05"],
            [],
            [],
        ]
        assert reading.date_order == "mdy"
        assert len({column.name for column in reading.columns}) == len(reading.columns)

    def test_a_saved_job_that_was_applied_for_counts_once(self) -> None:
        result = merge([], read(**LINKEDIN))
        assert [(row.application.company, row.application.tags) for row in result.new] == [
            ("Globex", ()),
            ("Initech", ()),
            ("Hooli", ("saved",)),
        ]
        (duplicate,) = result.duplicates
        assert (duplicate.file, duplicate.line) == ("Saved Jobs.csv", 2)
        assert "as on line 2 of Job Applications.csv" in duplicate.text

    def test_a_column_is_mapped_in_the_tables_that_have_it(self) -> None:
        given = options(columns={"Saved Date": "notes", "Resume Name": "tags"})
        first, *_, last = archive.read(packed(**LINKEDIN), given).rows
        assert (first.application.tags, last.application.notes) == (("cv",), "2/1/26")
        with pytest.raises(UnreadableFileError, match="no column 'Wer' in any table of it"):
            archive.read(packed(**LINKEDIN), options(columns={"Wer": "notes"}))

    def test_an_empty_list_does_not_matter_beside_another(self) -> None:
        assert len(read(**{**LINKEDIN, "Jobs/Saved Jobs.csv": SAVED}).rows) == 2
        with pytest.raises(UnreadableFileError, match="no row beneath the header"):
            read(**{"Saved Jobs.csv": SAVED})


def test_the_only_table_is_read_and_of_notion_the_one_with_all_columns() -> None:
    table = "Company,Role\nGlobex,SRE\n"
    assert len(read(**{"a/jobs.csv": table, "__MACOSX/a/._jobs.csv": "x", "b.txt": "y"}).rows) == 1
    notion = {"x/Jobs 1f.csv": "Name\nx\n", "x/Jobs 1f_all.csv": table}
    assert read(**notion).rows[0].application.company == "Globex"


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({}, "no table in this archive"),
        (
            {"a.txt": "x", "inner.zip": "y"},
            "no table in this archive: unpack it and import the CSV",
        ),
        ({"a.csv": "x", "b.csv": "y"}, "several tables, a.csv, b.csv: unpack it and import one"),
        ({f"{n}.csv": "x" for n in range(5)}, "0.csv, 1.csv, 2.csv and 2 more"),
        ({"[Content_Types].xml": "", "xl/a.xml": ""}, "this is a workbook: save its sheet as CSV"),
        ({"mimetype": "", "content.xml": ""}, "this is a workbook: save its sheet as CSV"),
        ({"a.csv": "Company\n" + "x" * 3_000_000}, "a.csv is packed more than 200 times"),
        ({"a.csv": "Wer;Was\nx;y\n"}, "a.csv: no column looks like the company"),
    ],
)
def test_what_is_no_list_of_applications_is_refused_in_one_line(
    members: dict[str, str], said: str
) -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        read(**members)
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_name_that_leads_elsewhere_leads_nowhere() -> None:
    reading = read(**{"../../../etc/\x1b[31mjobs.csv": "Company\nGlobex\n"})
    assert reading.rows[0].file == "[31mjobs.csv"


def test_no_more_is_read_than_a_file_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 1024**2)
    monkeypatch.setattr(archive, "MOST_RATIO", 10_000)
    with pytest.raises(UnreadableFileError, match="larger than 1 MB"):
        read(**{"a.csv": "Company\n" + "Globex\n" * 1024**2})


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 2)
    with pytest.raises(UnreadableFileError, match="more than 2 files in the archive"):
        read(**{"a.csv": "x", "b": "y", "c": "z"})


def test_what_is_encrypted_is_refused() -> None:
    data = bytearray(packed(**{"a.csv": "Company\nGlobex\n"}).getvalue())
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFileError, match=r"a\.csv is encrypted"):
        archive.read(BytesIO(data), options())


@pytest.mark.parametrize("cut", [4, 30, 60, -30, -1])
def test_damage_is_told_in_one_line(cut: int) -> None:
    data = packed(**LINKEDIN).getvalue()
    with pytest.raises(UnreadableFileError, match="damaged or packed in a strange way"):
        archive.read(BytesIO(data[:cut]), options())


def test_a_flaw_inside_is_told_in_one_line() -> None:
    data = bytearray(packed(**{"a.csv": "Company\nGlobex\n" * 9}).getvalue())
    data[40] ^= 0xFF
    with pytest.raises(UnreadableFileError, match="damaged or packed in a strange way"):
        archive.read(BytesIO(data), options())


def test_archives_are_known_by_their_first_bytes() -> None:
    assert archive.sniff(packed(**LINKEDIN).getvalue()[:100]) > 0.8
    assert archive.sniff(b"Company,Role\n") == 0


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=4))
def test_whatever_is_wrong_with_an_archive_it_is_read_or_refused(
    flaws: list[tuple[int, int]],
) -> None:
    data = bytearray(packed(**LINKEDIN).getvalue())
    for place, value in flaws:
        data[place % len(data)] = value
    with contextlib.suppress(UnreadableFileError):
        archive.read(BytesIO(data), options())
