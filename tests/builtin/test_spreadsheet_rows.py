"""From rows to applications: what is missing, what is too much, what is hostile."""

from __future__ import annotations

import pytest

from followup.domain.application import Contact
from followup.domain.hygiene import checked_application
from tables import applications, read, told

HOSTILE = "\x1b]52;c;ZXZpbA==\x07\x9b31m\u202e[red]x[/foo] {0.__class__}"


def test_what_a_row_lacks_is_told_with_its_line() -> None:
    reading = read("Company,Role,Date\nGlobex,SRE\n,Baker,2026-01-05\nHooli,-,2026-01-06\n")
    assert [(row.line, row.application.role) for row in reading.rows] == [
        (2, "SRE"),
        (4, "role not given"),
    ]
    assert [(problem.line, problem.text) for problem in reading.problems] == [
        (3, "no company: the line was left out"),
        (4, "no role: taken as 'role not given'"),
    ]


def test_cells_beyond_the_header_are_told() -> None:
    reading = read("Company,Role\nGlobex,SRE,more,,and more\nHooli,Cook,,\n")
    (problem,) = reading.problems
    assert (problem.line, problem.text) == (
        2,
        "more cells than the header has columns: 'more', 'and more'",
    )
    assert len(reading.rows) == 2


def test_text_that_is_too_long_is_cut_and_told() -> None:
    reading = read(f"Company,Notes\n{'x' * 600},{'y' * 60_000}\n")
    application = reading.rows[0].application
    assert (len(application.company), len(application.notes)) == (500, 50_000)
    assert [(problem.column, problem.text) for problem in reading.problems] == [
        ("Company", "cut to 500 characters"),
        ("Notes", "cut to 50,000 characters"),
    ]


def test_hostile_text_is_cleaned() -> None:
    reading = read(
        f'Company,Role,{HOSTILE},Status,Date,Notes\n"{HOSTILE}",{HOSTILE},{HOSTILE},{HOSTILE},'
        f"{HOSTILE} 2026,{HOSTILE}\n"
    )
    (row,) = reading.rows
    assert row.application == checked_application(row.application)
    assert row.application.company == "]52;c;ZXZpbA==31m[red]x[/foo] {0.__class__}"
    texts = [
        *(column.name + column.sample for column in reading.columns),
        *(problem.text + problem.column for problem in reading.problems),
        *(event.text for event in row.application.events),
    ]
    assert len(texts) > 7
    assert all(text.isprintable() for text in texts)


class TestAddresses:
    def test_a_web_address_is_one_with_http(self) -> None:
        table = "Company,Link,Source\nGlobex,https://globex.example/1,Indeed\n"
        (application,) = applications(table)
        assert (application.url, application.source) == ("https://globex.example/1", "Indeed")

    @pytest.mark.parametrize(
        "text", ["Indeed", "www.globex.example", "javascript:alert(1)", "file:///etc/passwd"]
    )
    def test_anything_else_says_where_the_job_was_found(self, text: str) -> None:
        (application,) = applications(f"Company,Link\nGlobex,{text}\n")
        assert (application.url, application.source) == ("", text)

    def test_beside_a_source_it_becomes_a_note_unless_it_says_the_same(self) -> None:
        table = "Company,Link,Source\nGlobex,see mail,Indeed\nHooli,INDEED,Indeed\n"
        globex, hooli = applications(table)
        assert (globex.url, globex.source, globex.notes) == ("", "Indeed", "Link: see mail")
        assert (hooli.source, hooli.notes) == ("Indeed", "")

    def test_people_have_names_and_addresses(self) -> None:
        (application,) = applications(
            "Company,Contact,Email,Phone,LinkedIn\n"
            "Globex,Dana Lee,dana@globex.example,+1 555 123 4567,https://linkedin.com/in/dana\n"
        )
        assert application.contacts == (
            Contact(
                name="Dana Lee",
                email="dana@globex.example",
                phone="+1 555 123 4567",
                linkedin="https://linkedin.com/in/dana",
            ),
        )

    def test_an_address_may_stand_beside_the_name(self) -> None:
        table = 'Company,Recruiter\nGlobex,"Lee, Dana <dana@globex.example>"\n'
        (application,) = applications(table)
        assert application.contacts == (Contact(name="Lee, Dana", email="dana@globex.example"),)

    def test_all_of_a_person_may_stand_in_one_cell(self) -> None:
        table = 'Company,Contact\nGlobex,"Dana Lee, (555) 123-4567, dana@globex.example"\n'
        (application,) = applications(table)
        assert application.contacts == (
            Contact(name="Dana Lee", email="dana@globex.example", phone="(555) 123-4567"),
        )

    def test_further_addresses_are_further_contacts(self) -> None:
        table = "Company,Email\nGlobex,a@globex.example; b@globex.example a@globex.example\n"
        (application,) = applications(table)
        assert application.contacts == (
            Contact(email="a@globex.example"),
            Contact(email="b@globex.example"),
        )

    def test_what_is_no_address_becomes_a_note(self) -> None:
        table = "Company,Email,LinkedIn\nGlobex,ask Bob,Dana Lee\n"
        table += "Hooli,h@hooli.example,https://linkedin.com/in/h\n"
        globex, _ = applications(table)
        assert globex.contacts == ()
        assert globex.notes == "Email: ask Bob\nLinkedIn: Dana Lee"


def test_tags_are_parted() -> None:
    (application,) = applications('Company,Tags\nGlobex,"remote, python; go | remote"\n')
    assert application.tags == ("remote", "python", "go")


def test_city_and_state_are_one_place() -> None:
    (application,) = applications("Company,City,State\nGlobex,Springfield,OR\n")
    assert application.location == "Springfield, OR"


@pytest.mark.parametrize("blank", ["", " ", "-", "—", "N/A", "n.a.", "None", "null", "#N/A"])
def test_blanks_have_many_names(blank: str) -> None:
    table = f"Company,Date Applied,Status,Location,Email\nGlobex,{blank},{blank},{blank},{blank}\n"
    table += "Hooli,2026-01-05,Applied,Rome,h@hooli.example\n"
    reading = read(table)
    assert reading.problems == ()
    globex = reading.rows[0].application
    assert (globex.events, globex.location, globex.contacts) == ((), "", ())


def test_formulas_that_were_neutralised_are_what_they_were() -> None:
    table = "Company,Role,Phone\n'=Globex,'@home,'+49 30 1234567\nO'Hooli,'n roll,''+49\n"
    first, second = applications(table)
    assert (first.company, first.role) == ("=Globex", "@home")
    assert first.contacts == (Contact(phone="+49 30 1234567"),)
    assert (second.company, second.role) == ("O'Hooli", "'n roll")
    assert second.contacts == (Contact(phone="'+49"),)


def test_an_application_that_was_never_sent_has_no_facts() -> None:
    (application,) = applications("Company,Role,Status,Date Applied\nGlobex,SRE,Wishlist,\n")
    assert told(application) == []
