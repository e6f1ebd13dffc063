"""kanban-tui, to measure beside: in an environment of its own, with as many tasks as wanted."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from venv import EnvBuilder

NAME = "kanban-tui"
COLUMNS = ("Ready", "Doing", "Done")
INSERT = (
    'insert into tasks (title, "column", description, creation_date, position)'
    " values (?, ?, ?, ?, ?)"
)


class Kanban:
    """An installation of kanban-tui and its database, both below one directory."""

    TITLE = "Application"

    def __init__(self, directory: Path) -> None:
        """Say where everything is to be; nothing is there yet."""
        self._directory = directory
        self._python = directory / "environment" / "bin" / "python"
        self.program = str(self._python.with_name("ktui"))
        self.environment = {
            **os.environ,
            "XDG_DATA_HOME": str(directory / "data"),
            "XDG_CONFIG_HOME": str(directory / "config"),
        }

    def install(self) -> bool:
        """Install it from the package index; tell whether that could be done, or say why not."""
        EnvBuilder(with_pip=True).create(self._directory / "environment")
        pip = [str(self._python), "-m", "pip", "install", "--quiet", NAME]
        done = subprocess.run(pip, check=False, capture_output=True, text=True)
        if done.returncode:
            reason = done.stderr.strip().splitlines()[-1:] or ["pip failed"]
            sys.stderr.write(f"{NAME} is left out: {reason[0]}\n")
        return done.returncode == 0

    @property
    def version(self) -> str:
        """Which version was installed."""
        code = f"from importlib.metadata import version; print(version({NAME!r}))"
        return subprocess.check_output([self._python, "-c", code], text=True).strip()

    def fill(self, count: int) -> None:
        """Have it make its database, and put so many tasks into three columns of one board."""
        named = (word for name in COLUMNS for word in ("--columns", name))
        subprocess.run(
            [self.program, "board", "create", "Work", "--set-active", *named],
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (path,) = (self._directory / "data").rglob("kanban_tui.db")
        with sqlite3.connect(path) as database:
            tasks = [
                (f"{self.TITLE} {n}", n % len(COLUMNS) + 1, "", "2026-01-01T12:00:00", n)
                for n in range(count)
            ]
            database.executemany(INSERT, tasks)
        database.close()
