"""The layers of section 11, held by import-linter and by what a fresh process has loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "tui"


def loaded_by(module: str) -> set[str]:
    """The top-level names in ``sys.modules`` after importing a module in a fresh process."""
    code = f"import {module}, sys; print('\\n'.join(sys.modules))"
    command = [sys.executable, "-c", code]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return set(printed.split())


def test_import_linter_keeps_the_contracts() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


FRAMEWORKS = {"textual", "tinydb", "click", "pluggy", "filelock", "platformdirs", "dateparser"}


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("followup", set()),
        ("followup.domain.board", set()),
        ("followup.api", {"pluggy"}),
        ("followup.testing", {"pluggy"}),
        ("followup.builtin.patient", {"pluggy"}),
        ("followup.builtin.rules", {"pluggy"}),
        ("followup.extensions.host", {"pluggy"}),
        ("followup.store.repository", {"tinydb"}),
        ("followup.tracker", {"pluggy", "tinydb"}),
        ("followup.cli.main", {"click"}),
    ],
)
def test_a_layer_loads_its_own_framework_alone(module: str, allowed: set[str]) -> None:
    assert loaded_by(module) & FRAMEWORKS <= allowed


def test_the_box_and_the_public_interface_are_all_that_plugins_touch() -> None:
    """The box and plugins/ import followup.api, their own files, and nothing else of ours.

    Their tests have followup.testing as well.
    """
    import ast

    box = (SOURCE / "followup" / "builtin").rglob("*.py")
    for path in [*box, *(ROOT / "plugins").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                ours = name == "followup" or name.startswith("followup.")
                allowed = name == "followup.api" or name.startswith("followup.builtin")
                allowed |= name == "followup.testing" and path.parent.name == "tests"
                assert not ours or allowed, f"{path.name} imports {name}"


def test_files_fit_in_a_head() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCE.rglob("*.py")
        if (lines := len(path.read_text().splitlines())) > 400
    }
    assert long == {}
