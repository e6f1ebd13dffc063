"""Texts in the user's own editor: with the cursor on the mistake, and nothing is ever lost."""

from __future__ import annotations

import stat
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from followup.domain.errors import InputError, RefusedError
from followup.editing import KeptError, MistakeError, Page, command

FILE = Path("/tmp/a b.toml")
Use = Callable[..., Path]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Use:
    """Make $EDITOR a program that answers with one text after the other, and notes its calls."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def use(*texts: str, then: str = "", name: str = "vim") -> Path:
        calls = tmp_path / "calls"
        calls.mkdir(exist_ok=True)
        program = tmp_path / name
        program.write_text(
            f"#!{sys.executable}\n"
            "import sys\n"
            "from pathlib import Path\n"
            f"calls, texts = Path({str(calls)!r}), {texts!r}\n"
            "path = Path(sys.argv[-1])\n"
            "number = len(list(calls.iterdir()))\n"
            "(calls / str(number)).write_text(' '.join(sys.argv[1:-1]) + chr(10)"
            " + path.read_text())\n"
            "if number < len(texts): path.write_text(texts[number])\n"
            f"{then}\n",
            encoding="utf-8",
        )
        program.chmod(0o700)
        monkeypatch.setenv("EDITOR", str(program))
        return calls

    return use


def heard(calls: Path) -> list[tuple[str, str]]:
    """The arguments and the text of each call."""
    paths = sorted(calls.iterdir())
    texts = [path.read_text(encoding="utf-8").partition("\n") for path in paths]
    return [(arguments, text) for arguments, _, text in texts]


def no_bad(text: str) -> str:
    """Refuse every line that is bad."""
    for number, line in enumerate(text.splitlines(), start=1):
        if "bad" in line:
            raise MistakeError(f"{line} is bad", number)
    return text.upper()


def kept(directory: Path) -> list[Path]:
    return list(directory.glob("followup-*"))


@pytest.mark.parametrize(
    ("editor", "expected"),
    [
        ("vi", ["vi", "+7", str(FILE)]),
        ("/usr/bin/vim.basic -n", ["/usr/bin/vim.basic", "-n", "+7", str(FILE)]),
        ("nano", ["nano", "+7", str(FILE)]),
        ("emacsclient -t", ["emacsclient", "-t", "+7", str(FILE)]),
        ("gvim", ["gvim", "-f", "+7", str(FILE)]),
        ("hx", ["hx", f"{FILE}:7"]),
        ("code", ["code", "--wait", "--goto", f"{FILE}:7"]),
        ("code -w", ["code", "-w", "--goto", f"{FILE}:7"]),
        ("subl --wait", ["subl", "--wait", f"{FILE}:7"]),
        ("ed", ["ed", str(FILE)]),
        ("'my editor' -x", ["my editor", "-x", str(FILE)]),
        (" ", ["vi", "+7", str(FILE)]),
    ],
)
def test_editors_are_told_the_line_as_they_know_it(editor: str, expected: list[str]) -> None:
    assert command(editor, FILE, 7) == expected


def test_without_a_line_editors_are_told_the_file() -> None:
    assert command("vim", FILE) == ["vim", str(FILE)]
    assert command("code", FILE) == ["code", "--wait", str(FILE)]


def test_what_was_typed_comes_back(editor: Use, tmp_path: Path) -> None:
    editor("typed\n")
    page = Page("text\n", ".toml")
    assert stat.S_IMODE(page.path.stat().st_mode) == 0o600
    assert page.edit(no_bad) == "TYPED\n"
    assert page.path.read_text(encoding="utf-8") == "typed\n"
    page.drop()
    assert kept(tmp_path) == []


def test_a_mistake_opens_the_text_again_at_its_line_until_it_is_right(editor: Use) -> None:
    calls = editor("a\nbad 1\n", "a\n\nbad 2\n", "fine\n")
    page = Page("a\n", ".toml")
    assert page.edit(no_bad, lambda _: True) == "FINE\n"
    assert heard(calls) == [
        ("", "a\n"),
        ("+3", "# MISTAKE: line 3: bad 1 is bad\na\nbad 1\n"),
        # The first comment was taken away, so that there is but one.
        ("+4", "# MISTAKE: line 4: bad 2 is bad\na\n\nbad 2\n"),
    ]


def test_the_comment_may_stay_when_the_text_is_saved(editor: Use) -> None:
    calls = editor("bad\n", "# MISTAKE: line 2: bad is bad\nbad too\n", "fine")
    assert Page("a\n", ".toml").edit(no_bad, lambda _: True) == "FINE"
    assert heard(calls)[2] == ("+2", "# MISTAKE: line 2: bad too is bad\nbad too\n")


def test_no_comment_is_put_into_what_has_none(editor: Use) -> None:
    calls = editor("bad\n", "fine\n")
    assert Page("a\n", ".txt").edit(no_bad, lambda _: True) == "FINE\n"
    assert heard(calls)[1] == ("+1", "bad\n")


def test_a_mistake_that_is_left_as_it_is_gives_up_and_keeps_the_text(
    editor: Use, tmp_path: Path
) -> None:
    calls = editor("bad\n")
    with pytest.raises(KeptError, match="line 1: bad is bad; your text is kept in") as caught:
        Page("a\n", ".toml").edit(no_bad, lambda _: True)
    assert len(heard(calls)) == 2
    (path,) = kept(tmp_path)
    assert str(path) in str(caught.value)
    assert path.read_text(encoding="utf-8") == "bad\n"


def test_nothing_is_opened_again_that_is_not_wanted(editor: Use, tmp_path: Path) -> None:
    calls = editor("bad\n")
    with pytest.raises(KeptError):
        Page("a\n", ".toml").edit(no_bad)
    assert len(heard(calls)) == 1
    assert kept(tmp_path)[0].read_text(encoding="utf-8") == "bad\n"


def test_an_editor_that_fails_leaves_nothing_behind(editor: Use, tmp_path: Path) -> None:
    editor(then="sys.exit(1)")
    with pytest.raises(RefusedError, match="failed: it ended with status 1; set EDITOR"):
        Page("a\n", ".toml").edit(no_bad)
    assert kept(tmp_path) == []


def test_an_editor_that_dies_after_it_saved_loses_nothing(editor: Use, tmp_path: Path) -> None:
    editor("typed\n", then="sys.exit(1)")
    with pytest.raises(KeptError):
        Page("a\n", ".toml").edit(no_bad)
    assert kept(tmp_path)[0].read_text(encoding="utf-8") == "typed\n"


@pytest.mark.parametrize("name", ["/no/such/editor", '"'])
def test_an_editor_that_is_not_there_is_named(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("VISUAL", name)
    with pytest.raises(RefusedError, match="set EDITOR"):
        Page("a\n", ".toml").edit(no_bad)
    assert kept(tmp_path) == []


def test_a_text_in_another_encoding_is_kept_as_it_is(editor: Use, tmp_path: Path) -> None:
    editor(then="path.write_bytes(b'caf\\xe9')")
    with pytest.raises(KeptError, match="not in UTF-8"):
        Page("a\n", ".toml").edit(no_bad, lambda _: True)
    assert kept(tmp_path)[0].read_bytes() == b"caf\xe9"


def test_a_mistake_that_speaks_in_lines_stays_a_comment(editor: Use) -> None:
    calls = editor("one", "two")

    def use(text: str) -> str:
        if text == "one":
            raise InputError("x\x1b]0;y\x07\ncompany = 'Evil'")
        return text

    assert Page("", ".toml").edit(use, lambda _: True) == "two"
    assert heard(calls)[1] == ("", "# MISTAKE: x]0;y company = 'Evil'\none")
