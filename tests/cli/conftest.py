"""A command line that touches nothing of whoever runs the tests."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from command_line import Followup

PROGRAM = Path(sys.executable).with_name("followup")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, in Berlin, without any setting of the real one."""
    ours = ("FOLLOWUP_", "XDG_", "_FOLLOWUP")
    for name in os.environ:
        if name.startswith(ours) or name in {"NO_COLOR", "COLUMNS", "VISUAL", "EDITOR"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    config = tmp_path / "config" / "followup" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('name = "Sam Poe"\ntimezone = "Europe/Berlin"\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def followup() -> Followup:
    return Followup()


@pytest.fixture
def installed() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The console script as it is installed, in a process of its own."""

    def run(*args: str, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(PROGRAM), *args],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=60,
            **options,
        )

    return run


@pytest.fixture
def editor(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make $EDITOR a Python script over ``text``, the content of the file to edit."""

    def use(body: str) -> None:
        script = home / "editor.py"
        script.write_text(
            "import sys, pathlib\n"
            "path = pathlib.Path(sys.argv[1])\n"
            "text = path.read_text(encoding='utf-8')\n"
            f"{body}\n"
            "path.write_text(text, encoding='utf-8')\n",
            encoding="utf-8",
        )
        monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")

    return use
