"""``plugins new``: what it writes installs, passes its own tests and shows up."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from distributions import Installation, Program
from followup.domain.errors import InputError, RefusedError
from followup.scaffold import Kind, checked_name, write, written

NOW = "2026-11-17T12:00:00Z"
RUFF = Path(sys.executable).with_name("ruff")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def listed(program: Program, name: str) -> tuple[str, dict[str, list[str]], list[str]]:
    """How a plugin is doing, what it gives, and its faults."""
    (plugin,) = [one for one in program.json("plugins", "list", at=NOW) if one["name"] == name]
    return plugin["condition"], plugin["gives"], plugin["faults"]


def make(program: Program, name: str, *args: str) -> list[Path]:
    """Have a plugin written, and return the files that it says it wrote."""
    done = program.run("-m", "followup", "plugins", "new", name, *args)
    lines = [line.partition("wrote ") for line in done.stdout.splitlines()]
    assert all(before == "" and wrote for before, wrote, _ in lines)
    return [Path(path) for _, _, path in lines]


@pytest.mark.parametrize(("kind", "gives"), [("channel", "channels"), ("policy", "policies")])
def test_a_package_installs_passes_its_tests_and_shows_up(
    program: Program, kind: str, gives: str
) -> None:
    make(program, "carrier-pigeon", "--kind", kind, "--into", str(program.home / "src"))
    package = program.home / "src" / "followup-carrier-pigeon"
    installed = Installation(program.home, package)
    assert listed(installed, "carrier-pigeon") == ("loaded", {gives: ["carrier-pigeon"]}, [])
    installed.run_tests()


def test_a_script_is_loaded_from_where_it_is_written_and_passes_its_test(program: Program) -> None:
    script, test = make(program, "to-do", "--kind", "script")
    assert script == program.home / "plugins" / "to-do.py"
    assert listed(program, "to-do") == ("loaded", {"commands": ["to-do"]}, [])
    assert program.followup("run", "to-do", at=NOW) == "0 to do\n"
    program.run_tests(str(test))
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (script, test)}
    assert modes == {0o600}
    assert stat.S_IMODE(script.parent.stat().st_mode) == 0o700


def test_a_script_elsewhere_says_that_it_is_not_loaded(program: Program) -> None:
    elsewhere = str(program.home / "elsewhere")
    done = program.run(
        "-m", "followup", "plugins", "new", "to-do", "--kind", "script", "--into", elsewhere
    )
    assert "scripts elsewhere are not loaded" in done.stderr
    assert "to-do" not in {one["name"] for one in program.json("plugins", "list", at=NOW)}


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "a\\b",
        "-x",
        "a--b",
        "A",
        "a b",
        "a_b",
        "a.py",
        "é",
        "$name",
        "a\nb",
        "a\x1b[31m",
        "x" * 41,
        'a"]',
    ],
)
def test_a_name_that_could_do_harm_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(InputError, match=r"^.* is no name for a plugin: take .*$") as refusal:
        checked_name(name)
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("patient", "policy"), ("eml", "channel"), ("email", "script"), ("linked-in/..", "script")],
)
def test_the_command_refuses_what_is_there_and_what_is_no_name(
    program: Program, name: str, kind: str
) -> None:
    status = 1 if name.isalpha() else 2
    done = program.run("-m", "followup", "plugins", "new", name, "--kind", kind, status=status)
    (line,) = done.stderr.splitlines()
    assert line.startswith("followup: ")
    assert {path.name for path in program.home.iterdir()} <= {"bin", "config.toml"}


def test_nothing_is_overwritten_and_then_nothing_is_written(tmp_path: Path) -> None:
    texts = written("channel", "pigeon")
    *others, last = texts
    there = tmp_path / last
    there.parent.mkdir(parents=True)
    there.symlink_to(tmp_path / "nowhere")
    with pytest.raises(RefusedError, match="is there already"):
        write(texts, tmp_path)
    assert not any((tmp_path / other).exists() for other in others)
    assert not (tmp_path / "nowhere").exists()


def test_a_directory_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(RefusedError, match=r"cannot write .*; choose another --into"):
        write(written("script", "pigeon"), tmp_path / "file")


@pytest.mark.parametrize("kind", ["channel", "policy", "script"])
def test_what_is_written_is_tidy(tmp_path: Path, kind: Kind) -> None:
    write(written(kind, "pigeon"), tmp_path)
    isolated = ("--isolated", "--no-cache", "--config=line-length=100", "--config=src=['src']")
    rules = "--select=A,ANN,ARG,B,C4,E,F,I,N,PT,PTH,RUF,SIM,UP,W"
    unused = "--ignore=ARG002"  # a method of a contract need not use all that it is handed
    subprocess.run([RUFF, "check", *isolated, rules, unused, "."], cwd=tmp_path, check=True)
    subprocess.run([RUFF, "format", "--check", *isolated[:-1], "."], cwd=tmp_path, check=True)


def test_names_become_words_of_python() -> None:
    for name in ("class", "channel", "a1-b2", "settings"):
        for path, text in written("channel", name).items():
            if path.suffix == ".py":
                compile(text, str(path), "exec")
