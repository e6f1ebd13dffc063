"""Exports of other trackers, known by their header; samples of their shape, made up."""

from __future__ import annotations

import pytest

from followup.domain.application import Application
from tables import NOW, applications, options, read, told

NOT_DATED = f"{NOW:%Y-%m-%d} 05:00"


def rejected(application: Application) -> bool:
    return any(fact.startswith("outcome") and "rejected" in fact for fact in told(application))


class TestLinkedIn:
    HEADER = (
        "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
        "Resume Name,Question And Answers\n"
    )

    def test_its_dates_are_american_whatever_they_allow(self) -> None:
        reading = read(f'{self.HEADER}"1/2/25, 8:15 AM",me@home.example, +1555,Globex,SRE,,,\n')
        assert told(reading.rows[0].application) == ["applied 2025-01-02 08:15"]
        assert "as in LinkedIn's list of applications" in reading.about[-1]

    def test_the_addresses_are_those_of_the_applicant(self) -> None:
        (one,) = applications(
            f'{self.HEADER}"1/2/25, 8:15 AM",me@home.example, +15551234567,Globex,SRE,'
            "https://www.linkedin.com/jobs/view/4079472459,cv.pdf,Email address:me@home.example\n"
        )
        assert one.contacts == ()
        assert "home.example" not in repr(one)

    def test_saved_jobs_are_not_applied_for(self) -> None:
        (one,) = applications(
            'Saved Date,Job Url,Job Title,Company Name\n"10/3/24, 2:15 PM",https://l.example/1,'
            "SRE,Globex\n"
        )
        assert (one.company, one.role, one.tags, one.events) == ("Globex", "SRE", ("saved",), ())


def test_huntr_in_its_first_layout() -> None:
    reading = read(
        "id,title,location,url,companyName,htmlDescription,listName\n"
        '1,SRE,"Berlin, DE",https://g.example/1,Globex,"<p>a\nb</p>",Applied\n'
        "2,Baker,,https://g.example/2,Initech,,Wishlist\n"
        "3,Cook,,https://g.example/3,Hooli,,Rejected\n"
    )
    first, second, third = (row.application for row in reading.rows)
    assert reading.about[1] == "Huntr's export"
    assert (first.company, first.role, first.location) == ("Globex", "SRE", "Berlin, DE")
    assert (first.notes, first.tags, second.tags) == ("", (), ("saved",))
    assert rejected(third)


def test_huntr_in_its_other_layout() -> None:
    first, second = applications(
        "Employer,Job Title,List,URL,Location,Salary,Date Saved,Notes\n"
        "Globex,SRE,Interview,https://g.example/1,London,£80k,2026-01-15,fine\n"
        "Initech,Baker,Wishlist,https://g.example/2,,,2026-01-16,\n"
    )
    assert (first.salary, first.notes, first.location) == ("£80k", "fine", "London")
    assert told(first) == [f"note {NOT_DATED} (Interview: no date in the file)"]
    assert (second.tags, second.events) == (("saved",), ())


def test_teal() -> None:
    header = (
        "id,company_name,role,location,url,excitement,source,min_salary,max_salary,"
        "salary_currency,salary_pay_period,added_at,applied_at,follow_up_at,updated_at,"
        "archived_at,statusName\n"
    )
    first, second, third = applications(
        f"{header}1,Globex,SRE,,https://g.example/1,5,Indeed,90000,120000,USD,year,"
        "2025-03-01T10:00:00Z,2025-03-02T15:30:00Z,,,,Applied\n"
        "2,Initech,Baker,,,3,,0,0,,,2025-03-01T10:00:00Z,,,,,Bookmarked\n"
        "3,Hooli,Cook,,,3,,,,,,2025-03-01T10:00:00Z,2025-03-03T00:00:00Z,,,,Not Selected\n",
        options("UTC"),
    )
    assert (first.salary, first.source) == ("90000–120000 USD year", "Indeed")
    assert told(first) == ["applied 2025-03-02 15:30"]
    assert (second.salary, second.tags, second.events) == ("", ("saved",), ())
    assert told(third)[0] == "applied ~2025-03-03 12:00"
    assert rejected(third)


def test_simplify() -> None:
    reading = read(
        "Job Title,Company Name,Job URL,Applied Date,Status,Status Date,Archived,Date Archived,"
        "Notes\n"
        "SRE,Globex,https://s.example/1,2025-09-14,APPLIED,2025-09-14,false,,\n"
        "Baker,Initech,https://s.example/2,2025-09-15,REJECTED,2025-10-01,true,2025-10-02,sad\n"
        "Cook,Hooli,https://s.example/3,,SAVED,2025-09-20,false,,\n"
    )
    assert reading.problems == ()
    first, second, third = (row.application for row in reading.rows)
    assert told(first) == ["applied ~2025-09-14 12:00"]
    assert told(second)[1] == "outcome ~2025-10-01 12:00 rejected"
    assert (third.tags, third.events) == (("saved",), ())


def test_jobsync() -> None:
    first, second = applications(
        "index,createdAt,applied,appliedDate,Company,JobTitle,jobType,workplaceType,Location,"
        "JobSource,Status\n"
        "1,2025-01-03,Yes,2025-01-04,Globex,SRE,Full-time,Remote,Berlin,LinkedIn,Applied\n"
        "2,2025-01-03,No,N/A,Initech,Baker,N/A,N/A,N/A,Indeed,Draft\n"
    )
    assert told(first) == ["applied ~2025-01-04 12:00"]
    assert (first.tags, first.source) == (("Full-time", "Remote"), "LinkedIn")
    assert (second.tags, second.location, second.events) == (("saved",), "", ())


class TestTrello:
    HEADER = "Card ID,Card Name,Card URL,Card Description,Labels,Due Date,List Name,Archived\n"

    @pytest.mark.parametrize(
        ("card", "company", "role"),
        [
            ("Globex - Software Engineer", "Globex", "Software Engineer"),
            ("Software Engineer - Globex", "Globex", "Software Engineer"),
            ("Data Analyst at Globex", "Globex", "Data Analyst"),
            ("Head of Data @ Globex", "Globex", "Head of Data"),
            ("Globex: SRE", "Globex", "SRE"),
            ("Globex | Chief of Staff", "Globex", "Chief of Staff"),
            ("Globex (QA Engineer)", "Globex", "QA Engineer"),
            ("Globex (London)", "Globex (London)", "role not given"),
            ("Globex", "Globex", "role not given"),
        ],
    )
    def test_a_card_names_company_and_role(self, card: str, company: str, role: str) -> None:
        (one,) = applications(f'{self.HEADER}c1,"{card}",https://t.example/1,,,,Applied,false\n')
        assert (one.company, one.role) == (company, role)

    def test_lists_are_statuses_and_what_is_known_of_a_card_is_kept(self) -> None:
        first, second = applications(
            f'{self.HEADER}c1,Globex: SRE,https://t.example/1,"nice\nplace",'
            '"Remote (green), Go (red)",2026-03-10T08:00:00.000Z,Rejected,true\n'
            "c2,Initech: Baker,https://t.example/2,,,,To Apply,false\n"
        )
        assert rejected(first)
        assert first.tags == ("Remote (green)", "Go (red)")
        assert "nice\nplace" in first.notes
        assert "2026-03-10" in first.notes
        assert second.tags == ("saved",)


NOTION = (
    "\ufeffCompany,Position,Stage,Date Applied,Interview Date,Contacts,Last edited time\n"
    "Globex (https://www.notion.so/Globex-1a2b?pvs=21),SRE,Applied,"
    '"@November 20, 2024",,Dana Lee (../People/Dana%20Lee%2099.md),"November 21, 2024"\n'
    'Initech,Baker,Phone Screen,"November 3, 2024","November 12, 2024 2:00 PM → 3:00 PM",,\n'
    "Hooli,Cook,Not started,,,,\n"
)


def test_notion() -> None:
    first, second, third = applications(NOTION)
    assert (first.company, first.contacts[0].name) == ("Globex", "Dana Lee")
    assert told(first) == ["applied ~2024-11-20 12:00"]
    assert told(second)[1] == "interview 2024-11-12 14:00 to 15:00"
    assert (third.tags, third.events) == (("saved",), ())


def test_notion_where_the_title_is_the_role() -> None:
    first, second = applications(
        "Name,Company,Status,Applied\nBackend Engineer,Globex,Applied,2024/11/20\n"
        "Designer,Initech,To apply,\n"
    )
    assert [first.role, second.role] == ["Backend Engineer", "Designer"]


def test_airtable() -> None:
    first, second = applications(
        "Position,Company,Status,Application deadline,Date applied,Interview date(s),Contacts,"
        "Job listing URL,Offer?\n"
        'UX,Globex,Interviewing,2024-12-01,11/20/2024,"12/3/2024, 12/10/2024",Ann Roe,'
        "https://a.example/1,\n"
        "Writer,Hooli,Offer received,,11/2/2024,11/9/2024 10:00am,,https://a.example/2,checked\n"
    )
    assert told(first) == [
        "applied ~2024-11-20 12:00",
        "interview ~2024-12-03 17:00 to 18:00",
        "interview ~2024-12-10 17:00 to 18:00",
    ]
    assert first.contacts[0].name == "Ann Roe"
    assert told(second)[-1].endswith("offer (no date in the file)")


def test_a_tracker_with_the_history_in_one_cell() -> None:
    (one,) = applications(
        "Name,Application URL,Date,Stage,Stage History\n"
        "Globex,https://g.example/,2024-11-05,Rejected,\"[{'stage': 'Applied', 'date': "
        "'2024-11-05'}, {'stage': 'Phone Screen', 'date': '2024-11-10'}, "
        "{'stage': 'Rejected', 'date': '2024-11-20'}]\"\n"
    )
    assert one.company == "Globex"
    assert told(one) == [
        "applied ~2024-11-05 12:00",
        "interview ~2024-11-10 17:00 to 18:00",
        "outcome ~2024-11-20 12:00 rejected",
    ]


def test_the_same_as_lines() -> None:
    (one,) = applications(
        'Company,Timeline\nGlobex,"2025-01-02: Applied\n2025-01-20: Rejected"\n',
        options(columns={"Timeline": "history"}),
    )
    assert told(one) == ["applied ~2025-01-02 12:00", "outcome ~2025-01-20 12:00 rejected"]


@pytest.mark.parametrize(
    ("table", "role", "facts"),
    [
        (
            "Meine Bewerbungen;;;;\n;;;;\nFirma;Stelle;Beworben am;Status;Gehalt\n"
            "Globex;Entwickler (m/w/d);03.04.2025;Absage;55.000 €\n",
            "Entwickler (m/w/d)",
            ["applied ~2025-04-03 12:00", "rejected"],
        ),
        (
            "Entreprise;Poste;Date de candidature;Statut\nGlobex;Développeur;03/04/2025;Refusé\n",
            "Développeur",
            ["applied ~2025-04-03 12:00", "rejected"],
        ),
        (
            "Empresa,Puesto,Fecha de aplicación,Estado\nGlobex,Analista,03/04/2025,Rechazado\n",
            "Analista",
            ["applied ~2025-04-03 12:00", "rejected"],
        ),
        (
            "Azienda;Posizione;Data candidatura;Stato\nGlobex;Analista;03/04/2025;Rifiutato\n",
            "Analista",
            ["applied ~2025-04-03 12:00", "rejected"],
        ),
        (
            "Empresa,Vaga,Data da candidatura,Status\nGlobex,Analista,03/04/2025,Rejeitado\n",
            "Analista",
            ["applied ~2025-04-03 12:00", "rejected"],
        ),
        (
            "Bedrijf;Functie;Datum sollicitatie;Status\nGlobex;Analist;03-04-2025;Afgewezen\n",
            "Analist",
            ["applied ~2025-04-03 12:00", "rejected"],
        ),
    ],
)
def test_sheets_in_other_languages(table: str, role: str, facts: list[str]) -> None:
    """Where nothing else tells, their dates begin with the day."""
    (one,) = applications(table)
    assert (one.company, one.role) == ("Globex", role)
    assert told(one)[0] == facts[0]
    assert facts[1] in told(one)[1]
