"""Files as they come: encodings, delimiters, quotation marks, and what is no table at all."""

from __future__ import annotations

import csv
from io import BytesIO

import pytest

from followup.builtin import files
from followup.builtin.spreadsheet import reader
from followup.builtin.spreadsheet.dialect import tables_of
from followup.domain.exchange import UnreadableFileError
from tables import applications, options, read

GERMAN = "Firma;Stelle\nMüller & Söhne GmbH;Fahrdienstleiter für Straße\nÖBB;Verkäufer\n"
RUSSIAN = "Company,Role\nЯндекс,Разработчик программного обеспечения\nСбер,Аналитик данных\n"
POLISH = (
    "Company;Role;Notes\n"
    "Żabka;Młodszy księgowy;wysłano, brak odpowiedzi od działu kadr\n"
    "LOT;Księgowa;rozmowa w środę, później zadzwonię\n"
)


class TestEncoding:
    @pytest.mark.parametrize(
        ("text", "encoding", "named"),
        [
            (GERMAN, "utf-8", "UTF-8"),
            (GERMAN, "utf-8-sig", "UTF-8"),
            (GERMAN, "utf-16", "UTF-16"),
            (GERMAN, "cp1252", "cp1252"),
            ("Company,Salary\nCafé Bleu,€50 – 60k\n", "cp1252", "cp1252"),
            ("Company,Role\nAcme,It’s “ours”\n", "cp1252", "cp1252"),
            (RUSSIAN, "utf-8", "UTF-8"),
            (RUSSIAN, "cp1251", "cp1251"),
            (POLISH, "cp1250", "cp1250"),
        ],
    )
    def test_it_is_found_out(self, text: str, encoding: str, named: str) -> None:
        reading = read(text.encode(encoding))
        assert reading.about[0].startswith(f"{named}, ")
        lines = text.splitlines()[1:]
        companies = [line.replace(";", ",").split(",")[0] for line in lines]
        assert [row.application.company for row in reading.rows] == companies

    @pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
    def test_both_kinds_of_utf_16_are_known_by_their_mark(self, mark: bytes) -> None:
        encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
        (application,) = applications(mark + "Company\tRole\nŁódź\tSRE\n".encode(encoding))
        assert application.company == "Łódź"

    def test_a_mark_may_lie(self) -> None:
        (application,) = applications(b"\xef\xbb\xbf" + "Company\nMüller\n".encode("cp1252"))
        assert application.company == "Müller"

    def test_broken_utf_16_is_refused(self) -> None:
        with pytest.raises(UnreadableFileError, match="broken UTF-16 at byte 23: save the file"):
            read("Company\nAB".encode("utf-16") + b"x")


class TestDelimiter:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_it_is_found_out(self, delimiter: str) -> None:
        table = "Company|Role|Notes\nGlobex|SRE|a\nInitech|Baker|b\n".replace("|", delimiter)
        assert [a.role for a in applications(table)] == ["SRE", "Baker"]

    def test_most_columns_in_line_tell_it(self) -> None:
        table = (
            "Firma;Stelle;Gehalt, brutto;Ort\n"
            'Globex;SRE;"60,5";Wien\n'
            "Initech, Inc.;Baker;50,5;Graz\n"
            "Hooli;Cook;40,5;Linz, Donau;und mehr\n"
        )
        assert [a.location for a in applications(table)] == ["Wien", "Graz", "Linz, Donau"]

    def test_delimiters_in_quotes_do_not_count(self) -> None:
        table = 'Company,Notes\nGlobex,"a;b;c;d\ne;f;g;h"\nInitech,"a;b;c;d"\n'
        assert [a.notes for a in applications(table)] == ["a;b;c;d\ne;f;g;h", "a;b;c;d"]

    def test_spreadsheets_may_name_it(self) -> None:
        reading = read("sep=;\r\nCompany;Role\r\nGlobex, Inc.;SRE\r\n")
        (row,) = reading.rows
        assert (row.line, row.application.company) == (3, "Globex, Inc.")

    def test_a_single_column_needs_none(self) -> None:
        assert [a.company for a in applications("Company\nGlobex\nInitech\n")] == [
            "Globex",
            "Initech",
        ]


class TestLines:
    def test_lines_are_counted_as_they_stand_in_the_file(self) -> None:
        reading = read(
            'Company,Notes\r\nGlobex,"one\r\ntwo\r\nthree"\n\n,,\nInitech,x\rHooli,"a ""b"" c"\n'
        )
        assert [(row.line, row.application.company) for row in reading.rows] == [
            (2, "Globex"),
            (7, "Initech"),
            (8, "Hooli"),
        ]
        assert reading.rows[0].application.notes == "one\ntwo\nthree"
        assert reading.rows[2].application.notes == 'a "b" c'

    def test_an_open_quotation_mark_spoils_its_own_line_alone(self) -> None:
        reading = read(
            'Company,Role,Notes\n"Globex,SRE,x\nInitech,Baker,"y, z"\nHooli,Cook,\nAcme,"Smith,\n'
        )
        assert [(row.line, row.application.company) for row in reading.rows] == [
            (2, "Globex"),
            (3, "Initech"),
            (4, "Hooli"),
            (5, "Acme"),
        ]
        assert [row.application.role for row in reading.rows] == ["SRE", "Baker", "Cook", "Smith"]
        assert reading.rows[1].application.notes == "y, z"
        assert [problem.line for problem in reading.problems] == [2, 5]
        assert "quotation mark is left open" in reading.problems[0].text

    def test_quotation_marks_within_a_cell_are_let_be(self) -> None:
        (application,) = applications('Company,Role\n"Acme" Inc,5" x 4" fitter\n')
        assert (application.company, application.role) == ("Acme Inc", '5" x 4" fitter')

    def test_a_monstrous_cell_is_a_problem(self) -> None:
        reading = read(f"Company,Notes\nGlobex,{'x' * (csv.field_size_limit() + 1)}\nHooli,y\n")
        (problem,) = reading.problems
        assert (problem.line, problem.text) == (
            2,
            "a cell has more than 131,072 characters: the line was left out",
        )
        assert [row.application.company for row in reading.rows] == ["Hooli"]

    def test_every_line_of_a_hostile_file_is_accounted_for(self) -> None:
        lines = ['"a', '""b', '"c",d"', 'e"f"', '"', "g,h", '"""', "i"] * 20
        records = list(tables_of("\n".join(["x,y", *lines]))[0].records())
        accounted = {record.line for record in records}
        spans = zip(records, [*records[1:], None], strict=True)
        for record, following in spans:
            upto = following.line if following else len(lines) + 2
            inside = "".join(record.cells).count("\n")
            assert record.line + inside + 1 == upto
        assert min(accounted) == 1


class TestRefusal:
    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (b"", "the file is empty: nothing to import"),
            (b"\xef\xbb\xbf", "the file is empty: nothing to import"),
            (b" \n\n\t\n", "the file is empty: nothing to import"),
            (b"Company,Role\n", "there is no row beneath the header: nothing to import"),
            (b"Company,Role\n\n,\n", "there is no row beneath the header: nothing to import"),
            (bytes(range(256)) * 9, "this is not a text file: save the table as CSV first"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "this is not a text file"),
            (b"PK\x03\x04\x14\0", "this is a workbook: save its sheet as CSV and import that"),
            (b"\xd0\xcf\x11\xe0\xa1", "this is a workbook"),
            (b"{\n}\n", "no column looks like the company: say --map COLUMN=company"),
            (b"a," * 1000 + b"\nx\n", "more than 1,000 columns: this is no such table"),
        ],
    )
    def test_what_is_no_table_is_refused_in_one_line(self, data: bytes, told: str) -> None:
        with pytest.raises(UnreadableFileError) as refusal:
            read(data)
        assert str(refusal.value).startswith(told)
        assert "\n" not in str(refusal.value)

    def test_too_many_rows_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reader, "MOST_ROWS", 3)
        assert len(applications("Company\n" + "Globex\n" * 3)) == 3
        with pytest.raises(UnreadableFileError, match="more than 3 rows: split the file"):
            read("Company\n" + "Globex\n" * 4)

    def test_too_many_bytes_are_refused_before_they_are_read(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "MOST_BYTES", 1024**2)
        stream = BytesIO(b"Company\n" + b"Globex\n" * 1024**2)
        with pytest.raises(UnreadableFileError, match="the file is larger than 1 MB: split it"):
            reader.read(stream, options())
        assert stream.tell() == 1024**2 + 1


@pytest.mark.parametrize(
    ("head", "least", "most"),
    [
        (b"Company,Role\nGlobex,SRE\n", 0.5, 0.9),
        ("Company\tRole\n".encode("utf-16"), 0.5, 0.9),
        (b"Company\nGlobex\n", 0.01, 0.1),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 0.01, 0.1),
        (b"\xff\xfe\x00", 0.01, 0.1),
        (b"", 0.01, 0.1),
    ],
)
def test_tables_are_recognised_and_anything_is_tried_as_a_last_resort(
    head: bytes, least: float, most: float
) -> None:
    assert least <= reader.sniff(head) <= most


class TestHeader:
    """The row that names the columns need not be the first one."""

    def test_titles_may_stand_above_it(self) -> None:
        reading = read("My job hunt,,\nsince 2024,,\n,,\nCompany,Role,Status\nGlobex,SRE,Applied\n")
        (row,) = reading.rows
        assert (row.line, row.application.company, row.application.role) == (5, "Globex", "SRE")

    def test_it_may_be_repeated(self) -> None:
        table = "Company,Role\nGlobex,SRE\nCompany,Role\nInitech,Baker\n"
        assert [one.company for one in applications(table)] == ["Globex", "Initech"]

    def test_headings_and_sums_are_no_applications(self) -> None:
        reading = read(
            "Company,Role,Date\nJanuary 2024,,\nGlobex,SRE,2024-01-05\nTotal,1,\nNetflix,,\n"
        )
        assert [row.application.company for row in reading.rows] == ["Globex", "Netflix"]
        assert [(problem.line, problem.text) for problem in reading.problems] == [
            (2, "'January 2024' is a heading: the line was left out"),
            (4, "'Total' is a sum: the line was left out"),
            (5, "no role: taken as 'role not given'"),
        ]

    def test_a_table_may_be_drawn(self) -> None:
        reading = read(
            "| Company | Role | Status |\n|---|:---:|---|\n| Globex | SRE | 🟡 Applied |\n"
        )
        (row,) = reading.rows
        assert (row.application.company, row.application.role) == ("Globex", "SRE")
        assert "bar between columns" in reading.about[0]


class TestMixedEncodings:
    def test_utf_16_may_lack_its_mark(self) -> None:
        for encoding in ("utf-16-le", "utf-16-be"):
            (one,) = applications("Company;Role\r\nŁódź;SRE\r\n".encode(encoding))
            assert one.company == "Łódź"

    def test_lines_may_differ(self) -> None:
        data = b"Company,Role\n" + "Café,Chef\n".encode("cp1252") + "Über,Koch\n".encode()
        reading = read(data)
        assert [row.application.company for row in reading.rows] == ["Café", "Über"]
        assert reading.about[0].startswith("UTF-8 and cp1252, ")


def test_an_address_on_every_line_is_that_of_the_user() -> None:
    table = "Company,Email Address\n" + "".join(
        f"{company},me@home.example\n" for company in ("Globex", "Initech", "Hooli")
    )
    assert all(one.contacts == () for one in applications(table))
