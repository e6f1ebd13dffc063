"""The command line for tests: run in this process, its clock standing still."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner, Result

from followup.cli.main import cli

NOW = "2026-03-11T14:00:00Z"  # a Wednesday, 15:00 in Berlin


class Followup:
    """The command line in this process, its clock at ``NOW`` unless told otherwise."""

    def __call__(self, *args: str, at: str | None = NOW, typed: str | bytes = "") -> Result:
        words = [*(["--at", at] if at else []), *args]
        return CliRunner().invoke(cli, words, input=typed)

    def done(self, *args: str, at: str | None = NOW, typed: str | bytes = "") -> str:
        """What a command prints that must succeed."""
        result = self(*args, at=at, typed=typed)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout

    def json(self, *args: str, at: str | None = NOW) -> Any:
        """The document that a command prints that must succeed."""
        return json.loads(self.done(*args, "--json", at=at))

    def refused(self, *args: str, at: str | None = NOW, typed: str | bytes = "") -> tuple[int, str]:
        """The exit status and the one line of a command that must fail."""
        result = self(*args, at=at, typed=typed)
        assert result.stdout == ""
        (line,) = result.stderr.splitlines()
        assert line.startswith("followup: ")
        return result.exit_code, line.removeprefix("followup: ")
