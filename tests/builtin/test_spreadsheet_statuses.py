"""What people write into a status column."""

from __future__ import annotations

import pytest

from followup.builtin.spreadsheet.statuses import Status, read_status
from followup.domain.events import Outcome, OutcomeKind
from tables import NOW, applications, read, told

UNDATED = f"{NOW:%Y-%m-%d} 05:00"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Rejected", OutcomeKind.REJECTED),
        ("REJECTION", OutcomeKind.REJECTED),
        ("Declined", OutcomeKind.REJECTED),
        ("turned down", OutcomeKind.REJECTED),
        ("Rejcted", OutcomeKind.REJECTED),
        ("rejec.", OutcomeKind.REJECTED),
        ("Not selected", OutcomeKind.REJECTED),
        ("Didn't get it", OutcomeKind.REJECTED),
        ("No longer under consideration", OutcomeKind.REJECTED),
        ("Rejected via email", OutcomeKind.REJECTED),
        ("Applied -> Rejected", OutcomeKind.REJECTED),
        ("Absage", OutcomeKind.REJECTED),
        ("Refusée", OutcomeKind.REJECTED),
        ("Rechazado", OutcomeKind.REJECTED),
        ("Offer", OutcomeKind.OFFER),
        ("Received offer!", OutcomeKind.OFFER),
        ("Zusage", OutcomeKind.OFFER),
        ("Offer after final interview", OutcomeKind.OFFER),
        ("Accepted", OutcomeKind.ACCEPTED),
        ("Offer accepted", OutcomeKind.ACCEPTED),
        ("Hired", OutcomeKind.ACCEPTED),
        ("Withdrew", OutcomeKind.WITHDRAWN),
        ("Offer declined", OutcomeKind.WITHDRAWN),
        ("Rejected offer", OutcomeKind.WITHDRAWN),
        ("zurückgezogen", OutcomeKind.WITHDRAWN),
        ("Ghosted", OutcomeKind.GHOSTED),
        ("no reply", OutcomeKind.GHOSTED),
        ("Never heard back", OutcomeKind.GHOSTED),
        ("Position Removed", OutcomeKind.FILLED),
        ("position filled", OutcomeKind.FILLED),
        ("Job closed", OutcomeKind.FILLED),
        ("Stelle besetzt", OutcomeKind.FILLED),
    ],
)
def test_outcomes(text: str, outcome: OutcomeKind) -> None:
    assert read_status(text) == Status(outcome=outcome, interviewed="interview" in text)


@pytest.mark.parametrize(
    "text",
    [
        "Applied",
        "aplied",
        "Sent",
        "Pending",
        "No Response",
        "In review",
        "Waiting to hear back",
        "keine Antwort",
        "en attente",
        "Pendiente",
    ],
)
def test_nothing_more_is_known_of_what_is_under_way(text: str) -> None:
    assert read_status(text) == Status()


@pytest.mark.parametrize(
    "text",
    ["Interview", "interviewing", "Phone screen", "2nd interview", "Interview offer", "Inter."],
)
def test_interviews_are_no_outcome(text: str) -> None:
    assert read_status(text) == Status(interviewed=True)


@pytest.mark.parametrize("text", ["Inter + Rejec", "Interview / Rejected", "Absage nach Gespräch"])
def test_two_things_at_once(text: str) -> None:
    assert read_status(text) == Status(outcome=OutcomeKind.REJECTED, interviewed=True)


@pytest.mark.parametrize(
    "text",
    [
        "blue",
        "Selected",
        "not rejected",
        "No offer",
        "waiting for offer",
        "Offer / Rejected",
        "Archived",
        "?",
        "x" * 500,
    ],
)
def test_what_is_not_sure_is_unknown(text: str) -> None:
    assert read_status(text) == Status(known=False, telling=True)


@pytest.mark.parametrize("text", ["Rejected (visa)", "Online assessment", "Ghosted since May"])
def test_words_beside_the_known_ones_are_worth_a_note(text: str) -> None:
    status = read_status(text)
    assert (status.known, status.telling) == (True, True)


def test_an_unknown_status_is_a_problem_and_a_note() -> None:
    reading = read("Company,Role,Status\nGlobex,SRE,blue\nInitech,Baker,Rejected\n")
    (problem,) = reading.problems
    assert (problem.line, problem.column) == (2, "Status")
    assert problem.text == "unknown status 'blue': kept as a note"
    assert told(reading.rows[0].application) == [f"note {UNDATED} (Status: blue)"]


def facts(columns: str, cells: str) -> list[str]:
    (application,) = applications(f"Company,Role,{columns}\nGlobex,SRE,{cells}\n")
    return told(application)


class TestDates:
    """When the outcome came about."""

    def test_a_rejection_has_a_column_of_its_own(self) -> None:
        assert facts("Status,Date Rejected,Response Date", "Rejected,2026-01-20,2026-01-10") == [
            "reply ~2026-01-10 12:00",
            "outcome ~2026-01-20 12:00 rejected",
        ]

    def test_a_date_of_rejection_needs_no_status(self) -> None:
        assert facts("Status,Rejected", "Applied,2026-01-20") == [
            "outcome ~2026-01-20 12:00 rejected"
        ]

    def test_any_outcome_has_the_date_of_decision(self) -> None:
        assert facts("Status,Decision date", "Offer accepted,2026-01-20") == [
            "outcome ~2026-01-20 12:00 accepted"
        ]

    def test_a_date_of_decision_without_an_outcome_is_a_problem(self) -> None:
        reading = read("Company,Status,Decision date\nGlobex,Applied,2026-01-20\n")
        assert [problem.line for problem in reading.problems] == [2]

    def test_the_answer_after_the_interview_was_the_rejection(self) -> None:
        assert facts("Status,Interview,Response Date", "Rejected,2026-01-05 10:00,2026-01-06") == [
            "interview 2026-01-05 10:00 to 11:00",
            "reply ~2026-01-06 12:00",
            "outcome ~2026-01-06 12:00 rejected",
        ]

    def test_the_answer_before_an_interview_of_unknown_date_was_not(self) -> None:
        assert facts("Status,Response Date", "Interview + Rejected,2026-01-06") == [
            "reply ~2026-01-06 12:00",
            f"outcome {UNDATED} rejected (no date in the file)",
            f"note {UNDATED} (Interview: no date in the file)",
        ]

    def test_an_answer_does_not_date_what_it_did_not_bring(self) -> None:
        assert facts("Status,Response Date", "Ghosted,2026-01-06") == [
            "reply ~2026-01-06 12:00",
            f"outcome {UNDATED} ghosted (no date in the file)",
        ]

    def test_an_impossible_date_leaves_the_outcome_undated(self) -> None:
        assert facts("Status,Date Rejected", "Applied,2026-02-30") == [
            f"outcome {UNDATED} rejected (no date in the file)"
        ]


class TestYesOrNo:
    @pytest.mark.parametrize("yes", ["Yes", "y", "TRUE", "x", "✓", "Ja", "oui", "Sí"])
    def test_yes_is_a_fact_without_a_date(self, yes: str) -> None:
        assert facts("Interview?,Replied?,Rejected?", f"{yes},{yes},{yes}") == [
            f"outcome {UNDATED} rejected (no date in the file)",
            f"note {UNDATED} (Interview: no date in the file)",
            f"note {UNDATED} (Answered: no date in the file)",
        ]

    @pytest.mark.parametrize("no", ["No", "n", "FALSE", "☐", "nein", "non", "N/A", "-", ""])
    def test_no_is_nothing(self, no: str) -> None:
        table = f"Company,Interview?,Rejected?,Offer\nGlobex,{no},{no},{no}\nHooli,Yes,Yes,Yes\n"
        assert told(applications(table)[0]) == []

    def test_an_offer_can_be_a_date(self) -> None:
        assert facts("Offer", "2026-01-20") == ["outcome ~2026-01-20 12:00 offer"]

    @pytest.mark.parametrize(
        ("text", "outcome"),
        [("Declined", "withdrawn"), ("accepted", "accepted"), ("received", None), ("Yes", "offer")],
    )
    def test_an_offer_can_be_declined_or_accepted(self, text: str, outcome: str | None) -> None:
        expected = [f"outcome {UNDATED} {outcome} (no date in the file)"] if outcome else []
        assert facts("Job Offer", text) == expected

    def test_anything_else_in_its_place_is_a_problem(self) -> None:
        reading = read("Company,Offer\nGlobex,maybe blue\nInitech,Yes\nHooli,Yes\n")
        (problem,) = reading.problems
        assert (problem.line, problem.text) == (2, "'maybe blue' is neither a date nor yes or no")


class TestSeveralColumns:
    @pytest.mark.parametrize(
        ("stage", "outcome", "expected"),
        [
            ("Interview", "Rejected", "rejected"),
            ("Offer", "Accepted", "accepted"),
            ("Applied", "", None),
            ("Rejected", "Rejected", "rejected"),
        ],
    )
    def test_all_of_them_tell(self, stage: str, outcome: str, expected: str | None) -> None:
        reading = read(f"Company,Stage,Outcome\nGlobex,{stage},{outcome}\nHooli,Applied,Rejected\n")
        outcomes = [
            str(event.result)
            for event in reading.rows[0].application.events
            if isinstance(event, Outcome)
        ]
        assert outcomes == ([expected] if expected else [])
        assert reading.problems == ()

    def test_what_contradicts_is_a_problem_and_kept(self) -> None:
        reading = read("Company,Stage,Outcome\nGlobex,Withdrawn,Rejected\n")
        (problem,) = reading.problems
        assert problem.text == (
            "outcomes that contradict, 'Withdrawn' and 'Rejected': kept as notes"
        )
        assert told(reading.rows[0].application) == [
            f"note {NOW:%Y-%m-%d} 05:00 (Stage: Withdrawn)",
            f"note {NOW:%Y-%m-%d} 05:00 (Outcome: Rejected)",
        ]


class TestSaved:
    @pytest.mark.parametrize(
        "text",
        ["Wishlist", "Bookmarked", "To apply", "not applied yet", "Saved", "geplant", "à postuler",
         "por aplicar", "Applying", "found"],
    )  # fmt: skip
    def test_what_is_not_applied_for_is_tagged_and_has_no_fact(self, text: str) -> None:
        (one,) = applications(f"Company,Role,Status,Date\nGlobex,SRE,{text},2026-01-05\n")
        assert (one.tags, one.events) == (("saved",), ())

    def test_a_day_of_applying_goes_before_the_status(self) -> None:
        (one,) = applications("Company,Role,Status,Date applied\nGlobex,SRE,Saved,2026-01-05\n")
        assert (one.tags, told(one)) == ((), ["applied ~2026-01-05 12:00"])

    def test_applied_may_be_denied(self) -> None:
        first, second = applications("Company,Role,Applied?\nGlobex,SRE,No\nInitech,Cook,Yes\n")
        assert (first.tags, second.tags) == (("saved",), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reeejected", Status(outcome=OutcomeKind.REJECTED)),
        ("Rejection :(", Status(outcome=OutcomeKind.REJECTED)),
        ("no responce", Status()),
        ("In reveiw", Status()),
        ("Recieved offer", Status(outcome=OutcomeKind.OFFER)),
        ("Phone intreview", Status(interviewed=True)),
        ("ghostd", Status(outcome=OutcomeKind.GHOSTED)),
        ("🟢 Final Round", Status(interviewed=True)),
        ("Interview scheduled", Status(interviewed=True, invited=True)),
        ("Einladung zum Gespräch", Status(interviewed=True, invited=True)),
    ],
)
def test_typing_errors_and_ornaments_do_not_matter(text: str, expected: Status) -> None:
    assert read_status(text) == expected


@pytest.mark.parametrize("text", ["Selectde", "projected", "accentuated", "offered up front"])
def test_words_that_are_only_similar_are_not_taken_for_known_ones(text: str) -> None:
    status = read_status(text)
    assert status.outcome is None or status.telling


@pytest.mark.parametrize(
    ("columns", "cells", "expected"),
    [
        ("Min Salary,Max Salary,Salary Currency", "50000,60000,EUR", "50000–60000 EUR"),
        ("Salary", '"55.000 - 60.000 €"', "55.000 - 60.000 €"),
        ("Salary", "60-80k", "60-80k"),
        ("Salary", "competitive", "competitive"),
        ("Salary Low,Salary High", "0,0", ""),
        ("Gehalt von,Gehalt bis", "50k,50k", "50k"),
        ("Wage,Salary", "$30/hr,$60k", "$30/hr / $60k"),
    ],
)
def test_salaries_stay_as_they_are_written(columns: str, cells: str, expected: str) -> None:
    (one,) = applications(f"Company,{columns}\nGlobex,{cells}\n")
    assert one.salary == expected
