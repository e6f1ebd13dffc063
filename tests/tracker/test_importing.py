"""What an import screen is told: columns, stages, problems, and what it has to ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from followup.domain.exchange import ImportOptions
from followup.domain.stage import Stage
from followup.importing import ImportPreview, ImportQuestionError
from followup.tracker import Tracker

TABLE = (
    "Firm,Position,Sent,Result\n"
    "Globex,SRE,3/4/2026,Rejected\n"
    "Initech,Baker,3/5/2026,Applied\n"
    "Hooli,Cook,3/6/2026,Wishlist\n"
    ",Cook,3/7/2026,\n"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def preview(tracker: Tracker, path: Path, **options: Any) -> ImportPreview:
    given = ImportOptions(now=tracker.now(), zone=tracker.zone, **options)
    return tracker.importing.preview(path, given)


def test_doubtful_dates_are_a_question_with_the_columns(tracker: Tracker, table: Path) -> None:
    with pytest.raises(ImportQuestionError, match="ambiguous dates: 3/4/2026 on line 2") as doubt:
        preview(tracker, table)
    assert doubt.value.asks == "date_order"
    assert [(column.name, column.field) for column in doubt.value.columns] == [
        ("Firm", "company"),
        ("Position", "role"),
        ("Sent", "applied"),
        ("Result", "status"),
    ]


def test_a_table_without_a_company_is_a_question_with_the_columns(
    tracker: Tracker, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    path.write_text("Wer;Was\nGlobex;SRE\nInitech;Baker\n", encoding="utf-8")
    with pytest.raises(ImportQuestionError, match="no column looks like the company") as doubt:
        preview(tracker, path)
    assert doubt.value.asks == "company"
    assert [column.samples for column in doubt.value.columns] == [
        ("Globex", "Initech"),
        ("SRE", "Baker"),
    ]
    answered = preview(tracker, path, columns={"Wer": "company", "Was": "role"})
    assert len(answered.merge.new) == 2


def test_it_tells_where_everything_would_stand_and_what_was_wrong(
    tracker: Tracker, table: Path
) -> None:
    shown = preview(tracker, table, date_order="mdy")
    assert shown.stages == {Stage.APPLIED: 2, Stage.CLOSED: 1}
    assert list(shown.stages) == [Stage.APPLIED, Stage.CLOSED]
    assert [(problem.line, problem.text) for problem in shown.problems] == [
        (5, "no company: the line was left out")
    ]
    assert shown.reading.date_order == "mdy"


def test_an_import_is_one_step_that_is_taken_back(tracker: Tracker, table: Path) -> None:
    shown = preview(tracker, table, date_order="mdy")
    assert tracker.list() == ()
    tracker.importing.store(shown)
    assert len(tracker.list()) == 3
    again = preview(tracker, table, date_order="mdy")
    assert (again.merge.new, again.merge.updated, again.stages) == ((), (), {})
    tracker.undo()
    assert tracker.list() == ()
