"""The program as somebody has it, and distributions installed by pip beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Any

PLUGINS = Path(__file__).parents[1] / "plugins"


class Program:
    """The program in fresh processes, its store and its configuration in ``home``.

    Commands in ``home/bin`` go before those of the system.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.python = Path(sys.executable)
        self.directory = home

    def run(self, *args: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Run this environment's Python, which has to end with that exit status."""
        done = subprocess.run(
            [self.python, *args],
            cwd=self.directory,
            env={
                "PATH": f"{self.home / 'bin'}{os.pathsep}{os.environ['PATH']}",
                "HOME": str(self.home),
                "TMPDIR": str(self.home),
                "TZ": "Europe/Berlin",
                "FOLLOWUP_CONFIG": str(self.config),
                "FOLLOWUP_STORE": str(self.home / "store.json"),
                "PYTHONDONTWRITEBYTECODE": "1",
                "HYPOTHESIS_STORAGE_DIRECTORY": str(self.home / "hypothesis"),
                "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            },
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=120,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done

    def followup(self, *args: str, at: str) -> str:
        """Return what a command prints that must succeed, its clock set to ``at``."""
        done = self.run("-m", "followup", "--at", at, *args)
        assert done.stderr == ""
        return done.stdout

    def json(self, *args: str, at: str) -> Any:
        """Return the document that a command prints that must succeed."""
        return json.loads(self.followup(*args, "--json", at=at))

    def run_tests(self, *args: str) -> None:
        """Run tests, those in the directory at hand unless others are named."""
        here = ["-p", "no:cacheprovider", f"--basetemp={self.home / 'tests'}"]
        self.run("-m", "pytest", *here, *args)

    @property
    def config(self) -> Path:
        """The configuration file of the program here."""
        return self.home / "config.toml"


class Installation(Program):
    """An environment of its own: that of the tests, and one distribution on top of it."""

    def __init__(self, home: Path, source: Path) -> None:
        """Make the environment and install what is in a directory; nothing is downloaded."""
        super().__init__(home)
        self.python = _environment(home / "environment")
        self.directory = source
        here_alone = ["--no-deps", "--no-build-isolation", "--no-index", "--no-cache-dir"]
        self.run("-m", "pip", "install", "--quiet", *here_alone, str(source))


def _environment(path: Path) -> Path:
    """Make an environment that has what the tests have, and return its Python."""
    venv.create(path, symlinks=True)
    python = path / "bin" / "python"
    packages = sysconfig.get_path("purelib", vars={"base": str(path), "platbase": str(path)})
    ours = sysconfig.get_path("purelib")
    # addsitedir also follows the .pth files there: followup itself may be such an installation.
    follow = f"import site; site.addsitedir({ours!r})\n"
    (Path(packages) / "tests.pth").write_text(follow, encoding="utf-8")
    return python
