"""Which column is which: by the names that people use, borne out by what is in them."""

from __future__ import annotations

import pytest

from followup.domain.exchange import ImportField, UnreadableFileError
from tables import applications, guessed, options, read

CONTENT: dict[str, tuple[str, str]] = {
    "company": ("Globex", "Initech"),
    "role": ("SRE", "Baker"),
    "contact": ("Dana Lee", "Ann Roe"),
    "email": ("dana@globex.example", "ann@initech.example"),
    "phone": ("+1 555 123 4567", "555-765-4321"),
    "linkedin": ("https://www.linkedin.com/in/dana", "https://linkedin.com/in/ann"),
    "date": ("2026-01-05", "2026-01-06"),
    "status": ("Rejected", "Applied"),
    "yes or no": ("Yes", "No"),
    "url": ("https://globex.example/1", "https://initech.example/2"),
    "number": ("17", "4"),
    "text": ("some text", "other text"),
}


def field_of(name: str, content: str) -> ImportField | None:
    """The field that a column of that name and content is taken for, beside a company's."""
    cells = CONTENT[content]
    company = "Who"
    table = f'"{company}","{name}"\n' + "".join(f'Globex,"{cell}"\n' for cell in cells)
    given = options(columns={company: "company"})
    return read(table, given).columns[1].field


@pytest.mark.parametrize(
    ("name", "content", "field"),
    [
        ("Job Title", "text", "role"),
        ("position_title", "text", "role"),
        ("JobTitle", "text", "role"),
        ("ROLE", "text", "role"),
        ("Role / Position", "text", "role"),
        ("Title", "text", "role"),
        ("Stellenbezeichnung", "text", "role"),
        ("Intitulé du poste", "text", "role"),
        ("Título del puesto", "text", "role"),
        ("Recruiter Name", "contact", "contact"),
        ("Ansprechpartner/in", "contact", "contact"),
        ("Ansprechpartner", "contact", "contact"),
        ("Contact", "email", "contact"),
        ("E-Mail", "email", "email"),
        ("Hiring manager e-mail", "email", "email"),
        ("Adresse e-mail", "email", "email"),
        ("Phone #", "phone", "phone"),
        ("Téléphone", "phone", "phone"),
        ("LinkedIn", "linkedin", "linkedin"),
        ("Date Applied", "date", "applied"),
        ("appliedAt", "date", "applied"),
        ("Date", "date", "applied"),
        ("When did I apply", "date", "applied"),
        ("Beworben am", "date", "applied"),
        ("Date d'envoi", "date", "applied"),
        ("Fecha de solicitud", "date", "applied"),
        ("Interview", "date", "interview"),
        ("Interview?", "yes or no", "interview"),
        ("2nd round interview", "date", "interview"),
        ("Phone Screen", "date", "interview"),
        ("Vorstellungsgespräch", "date", "interview"),
        ("Entretien", "date", "interview"),
        ("Entrevista", "date", "interview"),
        ("Heard back on", "date", "replied"),
        ("Date of 1st Response", "date", "replied"),
        ("Response", "date", "replied"),
        ("Rückmeldung am", "date", "replied"),
        ("Rejection date", "date", "rejected"),
        ("Absage", "date", "rejected"),
        ("Refus le", "date", "rejected"),
        ("Response", "status", "status"),
        ("Status (current)", "status", "status"),
        ("Application Status", "status", "status"),
        ("Last status", "status", "status"),
        ("State", "status", "status"),
        ("Résultat", "status", "status"),
        ("Estado", "status", "status"),
        ("Offer", "yes or no", "offer"),
        ("Offer date", "date", "offer"),
        ("Decision date", "date", "decided"),
        ("Job link", "url", "url"),
        ("Lien de l'offre", "url", "url"),
        ("State", "text", "location"),
        ("Ort", "text", "location"),
        ("Salary (USD)", "number", "salary"),
        ("Pay range", "text", "salary"),
        ("Gehalt", "number", "salary"),
        ("Applied via", "text", "source"),
        ("Job board", "text", "source"),
        ("Tags", "text", "tags"),
        ("Comments / Notes", "text", "notes"),
        ("Bemerkungen", "text", "notes"),
        ("Observaciones", "text", "notes"),
    ],
)
def test_columns_are_known_by_name_and_content(
    name: str, content: str, field: ImportField | None
) -> None:
    assert field_of(name, content) == field


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Days Since", "number"),
        ("Days since applied", "number"),
        ("Time to First Response", "number"),
        ("Time to Rejection", "number"),
        ("Current Date", "date"),
        ("Date Posted", "date"),
        ("Date added", "date"),
        ("Last Updated", "date"),
        ("Application deadline", "date"),
        ("Follow-up date", "date"),
        ("Next interview prep", "text"),
        ("Interview questions", "text"),
        ("Company Type", "text"),
        ("Company Size", "number"),
        ("Job Type", "text"),
        ("Job Level", "text"),
        ("Job Description", "text"),
        ("Position Type", "text"),
        ("Salary/Wage/Contract", "text"),
        ("Easy Application?", "yes or no"),
        ("Email sent?", "yes or no"),
        ("Remote", "yes or no"),
        ("Paid?", "yes or no"),
        ("ID", "number"),
        ("Excitement", "number"),
    ],
)
def test_other_columns_are_left_alone(name: str, content: str) -> None:
    assert field_of(name, content) is None


@pytest.mark.parametrize(
    "name",
    [
        "Company",
        "company_name",
        "CompanyName",
        "Employer",
        "Organisation",
        "Name of the company",
        "Firma",
        "Unternehmen",
        "Arbeitgeber",
        "Entreprise",
        "Société",
        "Empresa",
        "Compañía",
    ],
)
def test_the_company_is_known_by_many_names(name: str) -> None:
    assert applications(f"{name};Role\nGlobex;SRE\n")[0].company == "Globex"


def test_the_better_name_wins() -> None:
    fields = guessed("Company,Date,Date Applied\nGlobex,2026-01-01,2026-01-05\n")
    assert fields == {"Company": "company", "Date": None, "Date Applied": "applied"}


def test_content_decides_between_names_that_fit_as_well() -> None:
    fields = guessed("Company,Outcome,Stage\nGlobex,blue,Rejected\nInitech,red,Offer\n")
    assert fields == {"Company": "company", "Outcome": None, "Stage": "status"}


def test_several_interviews_notes_and_salaries_are_all_read() -> None:
    (application,) = applications(
        "Company,Role,Phone Screen,Onsite Interview,Min Salary,Max Salary,Notes,Comments\n"
        "Globex,SRE,2026-01-05,2026-01-12,50k,60k,nice,far\n"
    )
    assert [event.name for event in application.events] == ["interview", "interview"]
    assert application.salary == "50k–60k"
    assert application.notes == "Notes: nice\nComments: far"


class TestMapping:
    def test_it_goes_before_the_guess(self) -> None:
        given = options(columns={"firm": "company", "TITLE": "notes", "date": None})
        reading = read("Firm,Title,Date\nGlobex,SRE,2026-01-05\n", given)
        assert [column.field for column in reading.columns] == ["company", "notes", None]
        assert reading.rows[0].application.notes == "SRE"
        assert reading.rows[0].application.events == ()

    def test_a_field_that_is_mapped_is_not_guessed_elsewhere(self) -> None:
        given = options(columns={"Wer": "company"})
        reading = read("Company,Wer\nGlobex,Initech\n", given)
        assert reading.rows[0].application.company == "Initech"
        assert reading.columns[0].field is None

    def test_a_column_that_is_not_there_is_refused(self) -> None:
        with pytest.raises(
            UnreadableFileError, match="no column 'Wer'; there are: Company, column 2, Role"
        ):
            read("Company,,Role\nGlobex,x,SRE\n", options(columns={"Wer": "company"}))

    def test_a_column_without_a_name_has_a_number(self) -> None:
        given = options(columns={"column 2": "role"})
        assert applications("Company,\nGlobex,SRE\n", given)[0].role == "SRE"


def test_a_column_that_calls_itself_a_date_is_held_to_it() -> None:
    reading = read("Company,Date applied\nGlobex,4451\nInitech,4452\n")
    assert [problem.line for problem in reading.problems] == [2, 3]


def test_without_a_company_the_columns_are_named() -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        read("Wer;Was\nGlobex;SRE\n")
    assert str(refusal.value) == (
        "no column looks like the company: say --map COLUMN=company; there are: Wer, Was"
    )


def test_without_a_role_the_file_says_so_once() -> None:
    reading = read("Company\nGlobex\nInitech\n")
    assert [row.application.role for row in reading.rows] == ["role not given"] * 2
    assert reading.problems == ()
    assert "no column looks like the role: 'role not given' stands in" in reading.about


def test_known_exports_are_read_by_what_is_known_of_them() -> None:
    reading = read(
        "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
        "Resume Name,Question And Answers\n"
        '"11/20/24, 8:15 AM",me@home.example,555-123-4567,Globex,SRE,https://g.example/1,a.pdf,\n'
    )
    assert "LinkedIn's list of applications" in reading.about
    (row,) = reading.rows
    assert (row.application.company, row.application.contacts) == ("Globex", ())


def test_the_company_may_stand_in_a_first_column_without_a_name() -> None:
    fields = guessed(",Position,Status\nGlobex,SRE,Applied\nInitech,Baker,Rejected\n")
    assert fields == {"column 1": "company", "Position": "role", "Status": "status"}
    with pytest.raises(UnreadableFileError, match="no column looks like the company"):
        read(",Position,Status\n1,SRE,Applied\n2,Baker,Rejected\n")


def test_a_column_called_phone_may_hold_the_days_of_calls() -> None:
    assert field_of("Phone", "date") == "interview"
    assert field_of("Phone", "phone") == "phone"


def test_the_words_of_a_lost_link_say_nothing() -> None:
    (one,) = applications("Company,Link\nGlobex,here\n")
    assert (one.source, one.url, one.notes) == ("", "", "")
