"""Invitations of many makes, and what each of them says."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from calendars import interviews, merged, read
from followup.builtin.calendar import reader
from followup.builtin.spreadsheet.applications import NO_ROLE

_HERE = Path(__file__).parent
_FILES = sorted((_HERE / "invitations").glob("*.ics"))
_EXPECTED = tomllib.loads((_HERE / "expected.toml").read_text("utf-8"))


def test_there_are_many_of_them() -> None:
    assert len(_FILES) >= 40
    assert {path.stem for path in _FILES} == _EXPECTED.keys()


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_an_invitation_says(path: Path) -> None:
    data, expected = path.read_bytes(), dict(_EXPECTED[path.stem])
    assert reader.sniff(data) == 1
    change = merged(data)
    said = [*read(data).problems, *change.left_out]
    assert all(expected.pop("says", "") in problem.text for problem in said[:1])
    assert bool(said) == ("says" in _EXPECTED[path.stem])
    found: dict[str, Any] = {}
    for row in change.new:
        (interview,) = interviews(row.application)
        found = {"company": row.application.company}
        if row.application.role != NO_ROLE:
            found["role"] = row.application.role
        if row.application.contact:
            found["contact"] = row.application.contact.email
        if interview.date_only:
            found["day"] = interview.day
        else:
            found["starts"] = interview.at
            found["minutes"] = (interview.ends - interview.at).total_seconds() / 60
        if interview.cancelled:
            found["cancelled"] = True
    assert found == expected
