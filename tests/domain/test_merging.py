"""What of a file is new beside the applications that are there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from followup.domain.application import Application, Contact
from followup.domain.events import (
    AnyEvent,
    Applied,
    Interview,
    Note,
    Outcome,
    OutcomeKind,
    Reopen,
    Reply,
)
from followup.domain.exchange import UNDATED, ImportReading, ImportRow
from followup.domain.merging import Merge, merge, with_facts
from strategies import histories

DAY = timedelta(days=1)
MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 9, tzinfo=UTC)


def application(*events: AnyEvent, company: str = "Globex", **fields: object) -> Application:
    return Application(company=company, role="SRE", events=events, **fields)  # type: ignore[arg-type]


def applied(at: datetime = MONDAY) -> Applied:
    return Applied(at=at, date_only=True)


def reply(at: datetime) -> Reply:
    return Reply(at=at, date_only=True)


def interview(at: datetime, *, date_only: bool = False) -> Interview:
    return Interview(at=at, ends=at + timedelta(hours=1), date_only=date_only)


def outcome(result: OutcomeKind, at: datetime | None = None) -> Outcome:
    """An outcome; one that the file does not date is dated when it was read."""
    return Outcome(at=at or LATER, result=result, text="" if at else UNDATED)


def reading(*brought: Application, distinct: bool = False) -> ImportReading:
    """A file with these applications, the first one on line 2."""
    rows = (ImportRow(line=line, application=one) for line, one in enumerate(brought, start=2))
    return ImportReading(rows=tuple(rows), distinct=distinct)


def merged(existing: Application, *brought: Application) -> Application:
    """The existing application after an import in which it is met again."""
    result = merge([existing], reading(*brought))
    assert result.new == ()
    (row,) = (*result.updated, *result.unchanged)
    return row.application


def lines(result: Merge) -> tuple[list[int], list[int], list[int], list[int]]:
    """The lines that are new, updated, unchanged and duplicates."""
    parts = (result.new, result.updated, result.unchanged, result.duplicates)
    new, updated, unchanged, duplicates = ([one.line for one in part] for part in parts)
    return new, updated, unchanged, duplicates


class TestIdentity:
    def test_case_and_white_space_make_no_difference(self) -> None:
        known = application(applied(), id=7)
        brought = Application(company="  GLOBEX ", role="sre", events=(applied(),))
        assert lines(merge([known], reading(brought))) == ([], [], [2], [])

    def test_another_company_role_or_day_is_another_application(self) -> None:
        known = application(applied(), id=7)
        others = (
            application(applied(), company="Initech"),
            replace(application(applied()), role="Baker"),
            application(applied(MONDAY + DAY)),
        )
        assert lines(merge([known], reading(*others))) == ([2, 3, 4], [], [], [])

    def test_the_time_of_day_makes_no_difference(self) -> None:
        known = application(Applied(at=MONDAY + timedelta(hours=3)), id=7)
        assert lines(merge([known], reading(application(applied())))) == ([], [], [2], [])

    def test_another_address_is_another_application(self) -> None:
        known = application(applied(), url="https://globex.example/1", id=7)
        other = application(applied(), url="https://globex.example/2")
        without = application(applied())
        assert lines(merge([known], reading(other))) == ([2], [], [], [])
        assert lines(merge([known], reading(without))) == ([], [], [2], [])

    def test_a_day_that_was_unknown_is_filled_in(self) -> None:
        known = application(id=7)
        assert merged(known, application(applied())).events == (applied(),)

    def test_a_day_that_the_user_filled_in_stays(self) -> None:
        known = application(applied(), id=7)
        assert merged(known, application()) is known

    def test_a_day_is_not_filled_in_where_it_could_be_either(self) -> None:
        known = [application(id=7), application(id=8, location="Rome")]
        assert lines(merge(known, reading(application(applied())))) == ([2], [], [], [])

    def test_each_application_is_met_once_and_the_likest_first(self) -> None:
        rome, oslo = (application(applied(), location=place) for place in ("Rome", "Oslo"))
        known = [replace(rome, id=1), replace(oslo, id=2)]
        result = merge(known, reading(oslo, rome))
        assert [row.application.id for row in result.unchanged] == [2, 1]

    def test_what_the_user_changed_by_hand_stays(self) -> None:
        file = application(applied(), location="Rome", salary="50k", notes="from the file")
        known = replace(file, id=7, location="Oslo", salary="60k", notes="mine", tags=("hot",))
        assert merged(known, file) is known


class TestDuplicates:
    def test_a_repeated_row_counts_once_and_names_both_lines(self) -> None:
        result = merge([], reading(application(applied()), application(applied())))
        assert lines(result) == ([2], [], [], [3])
        assert result.duplicates[0].text == "the same application as on line 2: counted once"

    def test_its_new_facts_are_added(self) -> None:
        second = application(applied(), reply(MONDAY + DAY), salary="50k")
        result = merge([], reading(application(applied()), second))
        (row,) = result.new
        assert (row.line, row.application) == (2, second)
        assert result.duplicates[0].text.endswith("line 2: its new facts were added there")

    def test_another_place_is_no_duplicate(self) -> None:
        places = (application(applied(), location=place) for place in ("Rome", "Oslo"))
        assert lines(merge([], reading(*places))) == ([2, 3], [], [], [])

    def test_rows_that_are_distinct_are_none(self) -> None:
        file = reading(application(), application(), distinct=True)
        first = merge([], file)
        assert lines(first) == ([2, 3], [], [], [])
        stored = [replace(row.application, id=row.line) for row in first.new]
        assert lines(merge(stored, file)) == ([], [], [2, 3], [])
        assert lines(merge(stored[:1], file)) == ([3], [], [2], [])


class TestFacts:
    def test_new_facts_and_blank_fields_are_filled_in(self) -> None:
        known = application(applied(), id=7)
        brought = application(
            applied(),
            reply(MONDAY + DAY),
            contacts=(Contact(name="Dana"),),
            url="https://globex.example/1",
        )
        assert merged(known, brought) == replace(brought, id=7)

    def test_a_fact_that_is_there_is_not_added_again(self) -> None:
        known = application(applied(), interview(MONDAY + DAY), reply(MONDAY + 2 * DAY), id=7)
        same_day = application(
            applied(), interview(MONDAY + DAY, date_only=True), reply(MONDAY + 2 * DAY)
        )
        assert merged(known, same_day) is known

    def test_a_second_interview_on_one_day_is_another(self) -> None:
        known = application(interview(MONDAY), id=7)
        second = interview(MONDAY + timedelta(hours=3))
        assert merged(known, application(interview(MONDAY), second)).events[1:] == (second,)

    def test_facts_never_go_back_behind_newer_ones(self) -> None:
        moved = application(applied(), interview(MONDAY + 3 * DAY), id=7)
        assert merged(moved, application(applied(), interview(MONDAY + DAY))) is moved

    def test_a_note_is_added_once(self) -> None:
        known = application(Note(at=MONDAY, text="blue"), id=7)
        assert merged(known, application(Note(at=LATER, text="blue"))) is known
        red = Note(at=LATER, text="red")
        assert merged(known, application(red)).events[1:] == (red,)


class TestOutcomes:
    def test_a_status_that_moved_on_is_added(self) -> None:
        known = application(applied(), id=7)
        rejected = outcome(OutcomeKind.REJECTED, MONDAY + DAY)
        assert merged(known, application(applied(), rejected)).events == (applied(), rejected)

    def test_an_undated_outcome_is_not_added_again(self) -> None:
        known = application(outcome(OutcomeKind.GHOSTED), id=7)
        again = replace(outcome(OutcomeKind.GHOSTED), at=LATER + 30 * DAY)
        assert merged(known, application(again)) is known

    def test_nor_after_the_user_reopened_the_application(self) -> None:
        known = application(outcome(OutcomeKind.GHOSTED), Reopen(at=LATER + DAY), id=7)
        again = replace(outcome(OutcomeKind.GHOSTED), at=LATER + 30 * DAY)
        assert merged(known, application(again)) is known

    def test_it_gives_way_to_a_dated_or_later_one(self) -> None:
        known = application(outcome(OutcomeKind.GHOSTED), id=7)
        for better in (
            outcome(OutcomeKind.GHOSTED, MONDAY),
            outcome(OutcomeKind.REJECTED, MONDAY),
            outcome(OutcomeKind.REJECTED),
        ):
            assert merged(known, application(better)).events == (better,)

    def test_a_dated_one_stays_beside_a_later_one(self) -> None:
        offer = outcome(OutcomeKind.OFFER, MONDAY)
        accepted = outcome(OutcomeKind.ACCEPTED)
        known = application(offer, id=7)
        assert merged(known, application(accepted)).events == (offer, accepted)

    def test_a_status_never_goes_back(self) -> None:
        for known, older in (
            (OutcomeKind.REJECTED, OutcomeKind.GHOSTED),
            (OutcomeKind.ACCEPTED, OutcomeKind.OFFER),
            (OutcomeKind.WITHDRAWN, OutcomeKind.OFFER),
        ):
            there = application(outcome(known, MONDAY), id=7)
            assert merged(there, application(outcome(older))) is there
            assert merged(there, application(outcome(older, LATER))) is there

    def test_what_the_user_made_of_it_stays(self) -> None:
        there = application(outcome(OutcomeKind.WITHDRAWN, MONDAY), id=7)
        assert merged(there, application(outcome(OutcomeKind.REJECTED))) is there
        assert merged(there, application(outcome(OutcomeKind.REJECTED, MONDAY - DAY))) is there

    def test_one_that_came_after_a_reopening_is_new(self) -> None:
        first, second = (outcome(OutcomeKind.REJECTED, at) for at in (MONDAY, MONDAY + 9 * DAY))
        whole = application(first, Reopen(at=MONDAY + DAY), second)
        assert merged(application(first, id=7), whole).events == whole.events


def some(**places: st.SearchStrategy[str]) -> st.SearchStrategy[list[Application]]:
    """Applications that may well be the same, with any history."""
    one = st.builds(
        Application,
        company=st.sampled_from(["Globex", "globex ", "Initech"]),
        role=st.sampled_from(["SRE", "Baker"]),
        salary=st.sampled_from(["", "50k"]),
        events=histories.map(tuple),
        **places,
    )
    return st.lists(one, max_size=6)


urls = st.sampled_from(["", "https://globex.example/1", "https://globex.example/2"])
locations = st.sampled_from(["", "Rome", "Oslo"])
# What is there, and what comes in.
imports = st.one_of(
    st.tuples(some(url=urls), some(url=urls)),
    st.tuples(some(location=locations), some(location=locations)),
)


def numbered(known: list[Application]) -> list[Application]:
    return [replace(one, id=number) for number, one in enumerate(known, start=1)]


def stored(known: list[Application], result: Merge) -> list[Application]:
    """The applications after an import."""
    changed = {row.application.id: row.application for row in result.updated}
    kept = [changed.get(one.id, one) for one in known]
    added = [row.application for row in result.new]
    return kept + [replace(one, id=len(kept) + n) for n, one in enumerate(added, start=1)]


@given(imports)
def test_importing_twice_adds_nothing(parts: tuple[list[Application], list[Application]]) -> None:
    known, file = numbered(parts[0]), reading(*parts[1])
    after = stored(known, merge(known, file))
    again = merge(after, file)
    assert (again.new, again.updated) == ((), ())
    assert stored(after, again) == after


@given(some(url=urls, location=locations))
def test_a_file_of_ours_comes_in_whole_and_once(brought: list[Application]) -> None:
    file = reading(*brought, distinct=True)
    after = stored([], merge([], file))
    assert [replace(one, id=0) for one in after] == brought
    again = merge(after, file)
    assert (again.new, again.updated) == ((), ())


@given(imports)
def test_every_row_is_accounted_for(parts: tuple[list[Application], list[Application]]) -> None:
    known, file = numbered(parts[0]), reading(*parts[1])
    new, updated, unchanged, duplicates = lines(merge(known, file))
    assert sorted(new + updated + unchanged + duplicates) == [row.line for row in file.rows]


@given(some(), some())
def test_nothing_is_taken_away_but_outcomes_of_unknown_date(
    known: list[Application], brought: list[Application]
) -> None:
    for one, other in zip(known, brought, strict=False):
        result = with_facts(one, other)
        dated = tuple(event for event in one.events if event.text != UNDATED)
        assert result.events[: len(dated)] == dated
        for field in ("company", "role", "salary"):
            assert getattr(result, field) == (getattr(one, field) or getattr(other, field))


def test_the_day_of_applying_is_that_of_its_zone() -> None:
    at = datetime(2026, 3, 2, 23, tzinfo=UTC)
    auckland = application(Applied(at=at, zone="Pacific/Auckland"), id=7)
    assert auckland.events[0].day == date(2026, 3, 3)
    third = application(Applied(at=datetime(2026, 3, 3, 12, tzinfo=UTC), date_only=True))
    assert lines(merge([auckland], reading(third))) == ([], [], [2], [])


class TestSavedJobs:
    """Jobs that somebody noted: they are applied for later, and never the other way round."""

    def test_one_that_was_applied_for_is_not_saved_any_more(self) -> None:
        known = application(id=7, tags=("saved", "hot"))
        one = merged(known, application(applied()))
        assert (one.tags, one.events) == (("hot",), (applied(),))

    def test_one_that_was_applied_for_is_not_saved_again(self) -> None:
        known = application(applied(), id=7)
        assert lines(merge([known], reading(application(tags=("saved",))))) == ([], [], [2], [])

    def test_a_tag_that_the_user_gave_stays(self) -> None:
        known = application(applied(), id=7, tags=("saved",))
        assert merged(known, application(applied())) is known

    def test_beside_the_application_in_the_same_file_it_is_a_duplicate(self) -> None:
        saved, sent = application(tags=("saved",)), application(applied())
        result = merge([], reading(saved, sent))
        assert lines(result) == ([3], [], [], [2])
        assert result.new[0].application == sent

    def test_of_another_posting_it_is_another_job(self) -> None:
        saved = application(tags=("saved",), url="https://globex.example/1")
        sent = application(applied(), url="https://globex.example/2")
        assert lines(merge([], reading(saved, sent))) == ([2, 3], [], [], [])


class TestPostings:
    """The address of a posting tells an application whose names or day were put right."""

    URL = "https://jobs.example/view/4079472459"

    def test_what_the_user_changed_by_hand_stays(self) -> None:
        known = Application(id=7, company="Globex Inc.", role="SRE II", url=self.URL)
        known = replace(known, events=(applied(MONDAY + DAY),))
        brought = application(applied(), url=self.URL)
        assert merged(known, brought) is known

    def test_an_address_that_several_have_tells_nothing(self) -> None:
        known = Application(id=7, company="Globex", role="Cook", url=self.URL)
        brought = (application(url=self.URL), application(company="Initech", url=self.URL))
        assert lines(merge([known], reading(*brought))) == ([2, 3], [], [], [])

    def test_an_address_of_no_single_posting_tells_nothing(self) -> None:
        known = Application(id=7, company="Globex", role="Cook", url="https://globex.example/jobs")
        brought = application(url="https://globex.example/jobs")
        assert lines(merge([known], reading(brought))) == ([2], [], [], [])
