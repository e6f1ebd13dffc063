"""The man page is that of this command line, and the formatter has nothing to say against it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from shell_lines import contexts

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "followup.1"


def written_now() -> str:
    """What the generator beside the page would write."""
    spec = spec_from_file_location("man", PAGE.with_name("man.py"))
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.page())


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == written_now(), "make man"


@pytest.mark.skipif(not shutil.which("groff"), reason="there is no groff")
def test_it_is_set_without_a_warning_and_has_every_command() -> None:
    formatted = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-Kutf8", "-P-cbou", "-rLL=200n", str(PAGE)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=os.environ | {"GROFF_NO_SGR": "1"},
    )
    assert formatted.stderr == ""
    for context in contexts():
        usage = " ".join(context.command_path.split()[1:])
        assert f"\n   {usage}" in formatted.stdout


def test_it_is_installed_where_man_looks() -> None:
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"][
        "build"
    ]["targets"]
    path = str(PAGE.relative_to(ROOT))
    assert targets["wheel"]["shared-data"] == {path: "share/man/man1/followup.1"}
    assert path in targets["sdist"]["include"]
