"""What all formats that are written have in common."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from exports import EXPORTERS, export, lists
from followup.domain.application import Application


@settings(deadline=None)  # the first one loads what reads and writes
@given(lists)
@pytest.mark.parametrize("name", EXPORTERS)
def test_the_same_board_makes_the_same_file(name: str, applications: list[Application]) -> None:
    assert export(name, *applications) == export(name, *applications)
