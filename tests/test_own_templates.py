"""The user's own templates: files in a folder, each offered or refused in one plain line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.api import StepKind, Template
from followup.own_templates import MOST_BYTES, MOST_FILES, OwnTemplates

GOOD = "step: check_in\nsubject: $role\n\n$greeting\n\nAny news from $company?\n\n$sign_off\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder


def read(folder: Path, language: str = "en") -> tuple[list[Template], list[str]]:
    """The templates of a folder, and the faults, without the path of the folder."""
    own = OwnTemplates(folder, lambda: language)
    return own.register_templates(), [
        str(fault).removeprefix(f"{folder}{os.sep}") for fault in own.faults()
    ]


def test_a_file_is_a_template(folder: Path) -> None:
    (folder / "My check-in.txt").write_text(GOOD, encoding="utf-8")
    templates, faults = read(folder)
    assert faults == []
    assert templates == [
        Template(
            name="own-1-my-check-in",
            step=StepKind.CHECK_IN,
            subject="$role",
            body="$greeting\n\nAny news from $company?\n\n$sign_off",
            language="en",
            own=True,
        )
    ]


@pytest.mark.parametrize(
    ("header", "step", "language"),
    [
        ("Step: Check-in\nSubject: x", StepKind.CHECK_IN, "de"),
        ("subject:x\nlanguage: EN\nstep:last call", StepKind.LAST_CALL, "en"),
        ("\n\nstep: nudge \n subject : x", StepKind.NUDGE, "de"),
        ("\ufeffstep: thank_you\r\nsubject: x\r\nlanguage: fr\r", StepKind.THANK_YOU, "fr"),
    ],
)
def test_a_header_is_forgiving(folder: Path, header: str, step: StepKind, language: str) -> None:
    (folder / "a.txt").write_text(f"{header}\n \nAny news?", encoding="utf-8", newline="")
    (template,), faults = read(folder, "de")
    assert faults == []
    assert (template.step, template.language) == (step, language)
    assert (template.subject, template.body) == ("x", "Any news?")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "1: there is no step above: add `step: check_in`"),
        ("\n\n\n", "3: there is no step above: add `step: check_in`"),
        ("Any news?", "1: this is none of step:, language:, subject:; a blank line ends them"),
        ("step: nudge\nsubject: x\nAny news?\n", "3: this is none of step:, "),
        ("step: nudge\n\nAny news?", "2: there is no subject above: add `subject: $role at "),
        ("step: nudge\nsubject:\n\nAny news?", "3: there is no subject above"),
        ("subject: x\n\nAny news?", "2: there is no step above"),
        ("subject: x\nstep: poke\n\nhi", "2: there is no step 'poke'; there are nudge, thank_you,"),
        ("step: nudge\nsubject: x\nlanguage: German\n\nhi", "3: 'German' is no language: give its"),
        ("step: nudge\nstep: nudge\nsubject: x\n\nhi", "2: there is a step: already"),
        ("step: nudge\nsubject: x\n", "2: there is no text: write it below a blank line"),
        ("step: nudge\nsubject: x\n\n \n", "3: there is no text"),
        ("subject: $rôle\nstep: nudge\n\nhi", "1: there is no $r; there are $company, $role"),
        ("step: nudge\nsubject: x\n\nhi\n\n$firstname", "6: there is no $firstname; there are"),
        ("step: nudge\nsubject: x\n\nhi, $5", "4: a $ that begins no field is written $$"),
        ("step: nudge\nsubject: x\nlanguage: it\n\n$greeting", "5: $greeting is not known in 'it'"),
        (b"step: nudge\nsubject: x\n\nh\xff", "4: is not text in UTF-8: save it as such"),
        (b"\xff\xfes\x00t\x00", "1: is not text in UTF-8"),
        ("x" * (MOST_BYTES + 1), " is longer than 16 KiB: shorten it"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_others_still_work(
    folder: Path, content: str | bytes, told: str
) -> None:
    written = content if isinstance(content, bytes) else content.encode()
    (folder / "bad.txt").write_bytes(written)
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (template,), (fault,) = read(folder)
    assert template.name == "own-2-good"
    assert fault.startswith(f"bad.txt:{told}")
    assert "\n" not in fault


def test_what_is_no_file_is_told_and_never_waited_for(folder: Path) -> None:
    (folder / "a.txt").mkdir()
    (folder / "b.txt").symlink_to("nowhere")
    (folder / "c.txt").symlink_to("c.txt")
    (folder / "d.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "e.txt")
    templates, faults = read(folder)
    assert templates == []
    assert faults == [
        "a.txt: is no file: put the template into a text file",
        "b.txt: cannot be read: No such file or directory",
        "c.txt: cannot be read: Too many levels of symbolic links",
        "d.txt: is no file: put the template into a text file",
        "e.txt: is no file: put the template into a text file",
    ]


def test_a_symlink_to_a_file_is_that_file(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text(GOOD, encoding="utf-8")
    (folder / "check.txt").symlink_to(tmp_path / "kept.txt")
    (template,), faults = read(folder)
    assert (template.name, faults) == ("own-1-check", [])


def test_other_files_are_left_alone(folder: Path) -> None:
    for name in ("README.md", ".hidden.txt", "check.txt~", "check.txt.bak", ".txt"):
        (folder / name).write_text("no template", encoding="utf-8")
    assert read(folder) == ([], [])


def test_no_folder_is_no_fault_and_a_file_in_its_place_is(tmp_path: Path) -> None:
    assert read(tmp_path / "templates") == ([], [])
    (tmp_path / "templates").write_text("", encoding="utf-8")
    assert read(tmp_path / "templates") == (
        [],
        [f"{tmp_path / 'templates'}: cannot be read: Not a directory"],
    )


def test_names_are_hostile(folder: Path) -> None:
    names = [b"\x1b[31m\xe2\x80\xae.txt", b"\xff\xfe.txt", "ä ö.txt".encode(), b"a b.txt"]
    for name in names:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(GOOD, encoding="utf-8")
    templates, faults = read(folder)
    assert faults == []
    assert len({template.name for template in templates}) == len(names)
    (folder / "\x1b[31m\u202e\n.txt").write_text("", encoding="utf-8")
    _, (fault,) = read(folder)
    assert fault.startswith("[31m .txt:1: ")


def test_there_is_an_end_to_how_many_are_read(folder: Path) -> None:
    for number in range(MOST_FILES + 2):
        (folder / f"{number:03}.txt").write_text(GOOD, encoding="utf-8")
    templates, (fault,) = read(folder)
    assert len(templates) == MOST_FILES
    assert (
        fault == f"{MOST_FILES:03}.txt: 100 templates are read, and this is one more: remove some"
    )


def test_nothing_is_read_before_it_is_needed(folder: Path) -> None:
    own = OwnTemplates(folder, lambda: "en")
    (folder / "late.txt").write_text(GOOD, encoding="utf-8")
    assert len(own.register_templates()) == 1
    (folder / "later.txt").write_text(GOOD, encoding="utf-8")
    assert len(own.register_templates()) == 1


@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_any_file_is_a_template_or_a_fault(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    for prefix in (b"", b"step: nudge\nsubject: x\n\n"):
        (folder / "any.txt").write_bytes(prefix + content)
        templates, faults = read(folder)
        assert len(templates) + len(faults) == 1
        assert all(fault.isprintable() for fault in faults)
        for template in templates:
            assert template.body
