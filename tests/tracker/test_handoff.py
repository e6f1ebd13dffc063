from __future__ import annotations

import stat
import webbrowser
from pathlib import Path

import pytest

from followup.domain.channel import File
from followup.domain.errors import RefusedError
from followup.handoff import open_url, save_file


class Desktop(webbrowser.BaseBrowser):
    """A desktop that opens everything and remembers it."""

    def __init__(self) -> None:
        super().__init__("desktop")
        self.opened: list[str] = []

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        self.opened.append(url)
        return True


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Desktop:
    desktop = Desktop()
    monkeypatch.setattr(webbrowser, "get", lambda: desktop)
    return desktop


@pytest.mark.parametrize("url", ["mailto:a@b.example", "https://b.example", "sms:+49", "tel:+49"])
def test_links_of_known_schemes_are_opened(desktop: Desktop, url: str) -> None:
    open_url(url)
    assert desktop.opened == [url]


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "/etc/passwd", ""])
def test_no_other_scheme_is(desktop: Desktop, url: str) -> None:
    with pytest.raises(RefusedError, match="are not opened"):
        open_url(url)
    assert desktop.opened == []


def test_a_browser_that_would_take_the_terminal_is_not_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("BROWSER", raising=False)
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("lynx"))
    with pytest.raises(RefusedError, match="use another channel"):
        open_url("mailto:a@b.example")


def test_no_browser_at_all_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> webbrowser.BaseBrowser:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)
    with pytest.raises(RefusedError, match="nothing here opens mailto links"):
        open_url("mailto:a@b.example")


def test_a_file_is_saved_for_its_user_alone_and_overwrites_nothing(tmp_path: Path) -> None:
    file = File(name="draft.eml", content=b"1")
    first = save_file(file, tmp_path / "new")
    second = save_file(File(name="draft.eml", content=b"2"), tmp_path / "new")
    assert (first.name, second.name) == ("draft.eml", "draft-2.eml")
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")
    assert stat.S_IMODE(first.stat().st_mode) == 0o600


def test_a_file_stays_in_the_directory_it_was_meant_for(tmp_path: Path) -> None:
    saved = save_file(File(name="../../evil.eml", content=b""), tmp_path / "drafts")
    assert saved == tmp_path / "drafts" / "evil.eml"


def test_where_nothing_can_be_saved_one_line_says_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(RefusedError, match=r"cannot save draft.eml"):
        save_file(File(name="draft.eml", content=b""), tmp_path / "taken")


def test_a_file_goes_to_the_folder_that_is_set_for_it(tmp_path: Path) -> None:
    file = File(name="draft.eml", content=b"x", folder=str(tmp_path / "drafts"))
    assert save_file(file, tmp_path) == tmp_path / "drafts" / "draft.eml"
