"""A store of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup.store import Repository


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "followup.json"


@pytest.fixture
def repository(path: Path) -> Repository:
    return Repository(path)
