"""What the titles of events say."""

from __future__ import annotations

import pytest

from followup.builtin.calendar.titles import Kind, read_title

NAMES = frozenset(("dana", "lee", "sam", "poe"))


@pytest.mark.parametrize(
    "text",
    [
        "Interview with Hooli",
        "Hooli <> Dana: technical interview",
        "Sam <> Hooli",
        "Hooli ↔ Sam Poe",
        "Sam Poe x Hooli: Intro",
        "Hooli + Sam: Chat",
        "Zoom Interview Sam Poe / Hooli",
        "Vorstellungsgespräch bei Hooli",
        "Zweites Gespräch bei Hooli (vor Ort)",
        "1. Vorstellungsgespräch | Hooli",
        "Gespräch mit Dana Lee, Hooli",
        "Entretien technique chez Hooli",
        "Entretien avec Hooli – poste Data Analyst",
        "Hooli - Entretien RH - Sam Poe",
        "Entrevista con Hooli",
        "Entrevista técnica: Hooli",
        "Invitation: Hooli - Phone Screen @ Mon Nov 30, 2026 10am - 11am (CET) (sam@poe.example)",
        "Technical Interview | Hooli | Sam Poe",
        "Hooli technical interview (round 2)",
        "Interview with Dana Lee (Hooli)",
        "Recruiter call with Dana at Hooli",
        "Your interview with the Hooli team",
        "Final round with Hooli's CTO",
        "Reminder: Phone interview with Hooli tomorrow",
        "Sam Poe: Interview w/Hooli",
        "Interview Confirmation - Hooli",
        "[Hooli] Technical interview",
        "SRE @ Hooli - coding interview",
    ],
)
def test_a_company_is_found(text: str) -> None:
    assert read_title(text, NAMES).company == "Hooli"


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("Bank of Example interview", "Bank of Example"),
        ("Crème & Fils: entretien", "Crème & Fils"),
        ("Final interview – Hooli, Inc.", "Hooli, Inc."),
        ("Colloquio con Esempio S.p.A.", "Esempio S.p.A."),
        ("面接 株式会社サンプル", "株式会社サンプル"),
    ],
)
def test_a_company_keeps_its_whole_name(text: str, company: str) -> None:
    assert read_title(text, NAMES).company == company


@pytest.mark.parametrize(
    "text",
    [
        "Interview",
        "Interview with Dana Lee",
        "Sam Poe and Dana Lee",
        "Software Engineer Interview",
        "Einladung zum Vorstellungsgespräch",
        "Entretien RH",
        "HR Round",
        "30 Minute Meeting between Dana Lee and Sam Poe",
        "L2 Technical Discussion - Sam Poe",
    ],
)
def test_nobody_is_taken_for_a_company(text: str) -> None:
    assert read_title(text, NAMES).company == ""


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Interview: Backend Engineer at Hooli", "Backend Engineer"),
        ("Vorstellungsgespräch als Data Engineer (m/w/d) bei Hooli", "Data Engineer"),
        ("Entretien pour le poste de Développeur Python chez Hooli", "Développeur Python"),
        ("Entrevista Sam Poe - Analista de Datos", "Analista de Datos"),
        ("Hiring Manager Interview - Senior Product Designer - Hooli", "Senior Product Designer"),
        ("Interview for the position of Nurse at Hooli", "Nurse"),
        ("Interview with Hooli", ""),
    ],
)
def test_a_role_is_found(text: str, role: str) -> None:
    assert read_title(text, NAMES).role == role


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Dentist", Kind.UNRELATED),
        ("Team lunch", Kind.UNRELATED),
        ("Zahnarzt", Kind.UNRELATED),
        ("Lunch interview with Hooli", Kind.INTERVIEW),
        ("Intro call", Kind.MEETING),
        ("Hooli", Kind.UNKNOWN),
        ("Screen replacement", Kind.UNKNOWN),
    ],
)
def test_what_an_event_looks_like(text: str, kind: Kind) -> None:
    assert read_title(text, NAMES).kind is kind


@pytest.mark.parametrize(
    "text",
    ["Canceled: Interview with Hooli", "Abgesagt: Interview mit Hooli", "Annulé : Interview Hooli"],
)
def test_a_title_can_call_off(text: str) -> None:
    title = read_title(text, NAMES)
    assert title.cancelled
    assert title.company == "Hooli"
