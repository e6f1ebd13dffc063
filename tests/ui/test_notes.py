"""Notes are Markdown of which nothing is run, fetched or opened by itself."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Markdown

from builders import application
from followup import handoff
from followup.ui.screens.notes import Notes
from followup.ui.theme import DARK
from ui_board import running_details
from ui_host import page

HOSTILE = """[red]A[/foo] [@click=app.quit]x[/] \x1b]0;x\x07 \u202egnp
&#x202e; &#27;[31m <b>bold</b>
<script>alert(1)</script>

# [bold]Head

- ![picture](https://evil.example/x.png) and ![](file:///etc/passwd)
- [quit](app.quit) [x](javascript:alert) [y](<');app.quit(') >)

| [red]a | b [/] |
|---|---|
| [@click=app.quit]c | d |

```[red]x
[@click=app.quit]print[/]
```
"""


class Page(App[None]):
    """Notes alone on a screen."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.said: list[str] = []
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield Notes(self.text)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        raise AssertionError(f"{url} went past the look at what it is (new tab: {new_tab})")

    def notify(self, message: str, **options: object) -> None:
        assert options.get("markup") is False
        self.said.append(message)


async def test_notes_are_laid_out(tmp_path: Path) -> None:
    text = "# Ask\n\n- the *rota*\n- **pay**, see [them](https://x.example)\n"
    async with running_details(tmp_path, application(notes=text)) as board:
        await board.until(lambda: "• pay, see them" in board.page)
        assert "• the rota" in board.page
        assert "*" not in board.page


async def test_hostile_notes_are_shown_literally() -> None:
    app = Page(HOSTILE)
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.pause()
        shown = page(app)
        for literal in (
            "[red]A[/foo]",
            "[@click=app.quit]x[/]",
            "&#x202e; &#27;[31m",
            "<b>bold</b>",
            "<script>alert(1)</script>",
            "[bold]Head",
            "b [/]",
            "[@click=app.quit]print[/]",
        ):
            assert literal in shown
        assert {c for c in shown if unicodedata.category(c) in {"Cc", "Cf"}} == {"\n"}
        for y, line in enumerate(shown.splitlines()):
            for x in range(0, len(line), 3):
                if line[x] != " ":
                    await pilot.click(offset=(x, y))
        assert app.is_running
        assert app.return_code is None


@pytest.mark.parametrize(
    ("link", "is_opened"),
    [
        ("https://x.example/a?b=[red]", True),
        ("http://x.example", True),
        ("mailto:dana@x.example", True),
        ("tel:+4930123", True),
        ("https://x.example/a\nb c\x1b[0m", True),
        ("sms:+4930123", False),
        ("file:///etc/passwd", False),
        ("app.quit", False),
        ("#anchor", False),
        ("http://[", False),
        ("x\x1b]0;y\x07:[red]", False),
    ],
)
async def test_links_open_where_they_are_harmless(
    link: str, is_opened: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(handoff, "open_url", opened.append)
    app = Page("x")
    async with app.run_test() as pilot:
        notes = app.query_one(Notes)
        notes.post_message(Markdown.LinkClicked(notes, link))
        await pilot.pause()
        await app.workers.wait_for_complete()
        expected = link.replace("\n", "%20").replace(" ", "%20").replace("\x1b", "")
        assert opened == ([expected] if is_opened else [])
        assert not any("\x1b" in text for text in app.said)
        assert bool(app.said) is not is_opened


async def test_a_link_is_opened_by_a_click(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(handoff, "open_url", opened.append)
    app = Page("[here](https://x.example/'\")")
    async with app.run_test() as pilot:
        await pilot.pause()
        line = next(line for line in page(app).splitlines() if "here" in line)
        await pilot.click(offset=(line.index("here") + 1, page(app).splitlines().index(line)))
        await pilot.pause()
        await app.workers.wait_for_complete()
    assert opened == ["https://x.example/'%22"]
