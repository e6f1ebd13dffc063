"""The distributions in plugins/, installed by pip where nothing else is changed by it."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


class Installation:
    """An environment of its own: that of the tests, and one distribution on top of it.

    The program runs there in fresh processes, its store and its configuration in ``home``.
    """

    def __init__(self, home: Path, distribution: str) -> None:
        """Make the environment and install ``plugins/distribution``; nothing is downloaded."""
        self.home = home
        self.source = ROOT / "plugins" / distribution
        self.python = _environment(home / "environment")
        here_alone = ["--no-deps", "--no-build-isolation", "--no-index", "--no-cache-dir"]
        self.run("-m", "pip", "install", "--quiet", *here_alone, str(self.source))

    def run(self, *args: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Run this environment's Python, which has to end with that exit status."""
        done = subprocess.run(
            [self.python, *args],
            cwd=self.source,
            env={
                "PATH": os.environ["PATH"],
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

    def run_its_tests(self) -> None:
        """Run the tests of the distribution against what was installed of it."""
        self.run("-m", "pytest", "-p", "no:cacheprovider", f"--basetemp={self.home / 'tests'}")

    @property
    def config(self) -> Path:
        """The configuration file of the program here."""
        return self.home / "config.toml"


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
