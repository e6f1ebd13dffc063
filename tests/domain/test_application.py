"""What one edits is put beside what others changed meanwhile."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from builders import DAY, NOON, application, applied, interview, reply
from followup.domain.errors import RefusedError
from followup.domain.events import Note

APPLIED, HELD, ANSWERED = applied(NOON - 9 * DAY), interview(NOON - 5 * DAY), reply(NOON)
BASE = application(APPLIED, HELD, tags=("remote", "python"), location="Berlin")


def test_fields_that_were_left_alone_are_as_others_made_them() -> None:
    theirs = replace(BASE, location="Hamburg", salary="80k")
    mine = replace(BASE, role="Lead", salary="90k")
    assert theirs.with_edits(mine, BASE) == replace(theirs, role="Lead", salary="90k")


def test_a_fact_that_came_while_others_were_edited_stays() -> None:
    moved = interview(NOON - 4 * DAY)
    theirs = BASE.with_event(ANSWERED)
    mine = replace(BASE, events=(APPLIED, moved))
    assert theirs.with_edits(mine, BASE).events == (APPLIED, moved, ANSWERED)


def test_a_fact_that_others_took_away_goes_unless_it_was_edited() -> None:
    theirs = replace(BASE, events=())
    mine = replace(BASE, events=(replace(APPLIED, text="by mail"), HELD))
    assert theirs.with_edits(mine, BASE).events == (replace(APPLIED, text="by mail"),)


def test_a_fact_that_both_added_is_there_once() -> None:
    theirs, mine = BASE.with_event(ANSWERED), BASE.with_event(ANSWERED)
    assert theirs.with_edits(replace(mine, role="Lead"), BASE).events == theirs.events
    both = replace(mine, events=(*mine.events, Note(at=NOON, text="x")))
    assert theirs.with_edits(both, BASE).events == both.events


def test_equal_facts_are_counted() -> None:
    note = Note(at=NOON, text="rang")
    base = application(note, note)
    assert base.with_edits(replace(base, events=(note,)), base).events == (note,)
    assert base.with_event(note).with_edits(replace(base, events=(note,)), base).events == (
        note,
        note,
    )


def test_one_of_several_facts_is_corrected_or_taken_away() -> None:
    note = Note(at=NOON, text="rang")
    base = application(APPLIED, note, HELD, note)
    assert base.with_event_instead(note, ANSWERED).events == (APPLIED, ANSWERED, HELD, note)
    assert base.with_event_instead(note, None).events == (APPLIED, HELD, note)
    with pytest.raises(RefusedError, match="somebody else"):
        base.with_event_instead(ANSWERED, None)


def test_tags_that_others_gave_stay_beside_those_that_were_edited() -> None:
    theirs = replace(BASE, tags=("remote", "python", "soon"))
    assert theirs.with_edits(replace(BASE, tags=("remote", "rust")), BASE).tags == (
        "remote",
        "rust",
        "soon",
    )
