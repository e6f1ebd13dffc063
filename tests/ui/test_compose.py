"""Compose: verdicts as one types, the hand-off, and what it takes to go against advice."""

from __future__ import annotations

import asyncio
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from builders import DANA, DAY, HOUR, NOON, HandClock, application, interview, sent
from followup import handoff
from followup.domain.application import Contact
from followup.domain.channel import Receipt
from followup.domain.errors import RefusedError
from followup.domain.events import AnyEvent, Snooze
from followup.domain.message import Message, Severity, Thread, Verdict
from followup.domain.step import StepKind
from followup.sending import Delivery
from followup.tracker import Tracker
from followup.ui.screens.compose import ComposeScreen, SentMessage
from followup.ui.screens.confirm import ConfirmScreen
from followup.ui.screens.drafts import Drafts
from followup.ui.screens.fields import LineInput
from followup.ui.screens.message_editor import MessageEditor
from followup.ui.screens.override import OverrideScreen
from followup.ui.screens.preview import PreviewScreen
from followup.ui.screens.verdict_panel import VerdictPanel
from ui_host import Host, page, tracker_in

App = Host[SentMessage | Snooze | None]
OPEN = interview(NOON - 50 * HOUR)
EARLY = interview(NOON - 2 * HOUR)


def host(
    directory: Path,
    *events: AnyEvent,
    contacts: tuple[Contact, ...] = (DANA,),
    drafts: Drafts | None = None,
) -> tuple[App, Tracker]:
    tracker = tracker_in(directory, application(*events, contacts=contacts))
    return Host(lambda: ComposeScreen(tracker.card(1), tracker, drafts)), tracker


async def settle(pilot: Pilot[None]) -> None:
    """Wait until the newest text was judged and is shown."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete(
        [worker for worker in pilot.app.workers if worker.name == "judge"]
    )
    await pilot.pause()


async def write(pilot: Pilot[None], body: str) -> None:
    pilot.app.screen.query_one(MessageEditor).write(body)
    await settle(pilot)


@pytest.fixture
def opened_urls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was handed to the system to open."""
    urls: list[str] = []
    monkeypatch.setattr(handoff, "open_url", urls.append)
    return urls


async def test_the_template_is_filled_in_and_nothing_speaks_against_it(tmp_path: Path) -> None:
    app, _ = host(tmp_path, OPEN)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        shown = page(app)
    assert "Backend Engineer at Globex: following up" in shown
    assert "Hi Dana," in shown
    assert "to Dana Lee <dana@globex.example>   by E-mail" in shown
    assert "2 of 2 sentences  ●●" in shown
    assert "template 1 of 4" in shown
    assert "■" not in shown
    assert "▲" not in shown


async def test_a_countdown_with_its_reason_stands_above_what_is_too_early(tmp_path: Path) -> None:
    app, tracker = host(tmp_path, EARLY)
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        shown = page(app)
        assert "◔ Too early  opens in 46 h, Thu 12 Mar 10:00  ━━━" in shown
        assert "48 h after your interview ended Tue 10 Mar 10:00" in shown
        assert "■ too early" in shown
        assert isinstance(tracker.clock, HandClock)
        tracker.clock.advance(46 * HOUR)
        screen = app.screen
        assert isinstance(screen, ComposeScreen)
        screen.tick()
        await settle(pilot)
        shown = page(app)
        assert "● Follow up  open since Thu 12 Mar 10:00, due Fri 13 Mar 10:00" in shown
        assert "too early" not in shown


async def test_sentences_are_counted_and_placeholders_marked_as_one_types(tmp_path: Path) -> None:
    app, _ = host(tmp_path, OPEN)
    async with app.run_test(size=(120, 40)) as pilot:
        await write(pilot, "One is here. Two is there.\n\nThree for [Name], and")
        await pilot.press(*" TODO")
        await settle(pilot)
        shown = page(app)
        assert "3 of 2 sentences  ●●●" in shown
        assert "▲ too long" in shown
        assert "[Name] still waits" in shown
        assert "TODO still waits" in shown
        assert underlined(app) == {"[Name]", "TODO"}
        await write(pilot, "Is there any news?")
        assert underlined(app) == set()
        assert "1 of 2 sentences  ●○" in page(app)


def underlined(app: App) -> set[str]:
    """The words of the body that are underlined."""
    editor = app.screen.query_one(MessageEditor)
    found = set()
    for y in range(editor.size.height):
        for segment in editor.render_line(y):
            if segment.style and segment.style.underline:
                found.add(segment.text)
    return found


async def test_marks_lie_on_the_words_across_lines(tmp_path: Path) -> None:
    app, _ = host(tmp_path, OPEN)
    async with app.run_test(size=(120, 40)) as pilot:
        await write(pilot, "first line\nsecond line\n\nlast")
        editor = app.screen.query_one(MessageEditor)
        editor.mark(
            [
                Verdict(code="x", severity=Severity.WARN, message="", span=(6, 17)),
                Verdict(code="y", severity=Severity.BLOCK, message="", span=(24, 28)),
            ]
        )
        await pilot.pause()
        assert underlined(app) == {"line", "second", "last"}


async def test_a_last_call_may_say_five_sentences(tmp_path: Path) -> None:
    app, _ = host(tmp_path, interview(NOON - 30 * DAY), sent(NOON - 20 * DAY, StepKind.FOLLOW_UP))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "3 of 5 sentences" in page(app)


async def test_typing_never_waits_for_the_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, tracker = host(tmp_path, OPEN)
    judged: list[str] = []
    gate = threading.Event()
    review = tracker.check

    def slow(*args: object, **kwargs: object) -> tuple[Verdict, ...]:
        assert isinstance(args[1], Message)
        judged.append(args[1].body)
        gate.wait(timeout=5)
        return review(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(tracker, "check", slow)
    async with app.run_test() as pilot:
        editor = app.screen.query_one(MessageEditor)
        await pilot.press(*" abc")
        # The rules still think of the first text while the keys have long been taken.
        assert editor.text.endswith("abc")
        assert len(judged) == 1
        gate.set()
        await settle(pilot)
    # What came in between was passed over, the newest text was judged.
    assert len(judged) == 2
    assert judged[-1].endswith("abc")


async def test_verdicts_that_stay_as_they_are_are_not_laid_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _ = host(tmp_path, OPEN)
    async with app.run_test(size=(120, 40)) as pilot:
        await write(pilot, "One is here. Two is there")
        told: list[object] = []
        panel = app.screen.query_one(VerdictPanel).query_one(Static)
        monkeypatch.setattr(panel, "update", told.append)
        await pilot.press(*" abc")
        await settle(pilot)
        assert told == []
        await write(pilot, "One is here. Two is there. Three is too many.")
        assert len(told) == 1


async def test_leaving_while_the_rules_think_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, tracker = host(tmp_path, OPEN)
    gate = threading.Event()
    review = tracker.check

    def slow(*args: object, **kwargs: object) -> tuple[Verdict, ...]:
        gate.wait(timeout=5)
        return review(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(tracker, "check", slow)
    # The verdicts come just when there is nothing left to show them on.
    monkeypatch.setattr(VerdictPanel, "on_unmount", lambda panel: gate.set(), raising=False)
    async with app.run_test() as pilot:
        await pilot.press("x")


async def test_ctrl_t_turns_through_the_templates_and_keeps_what_was_typed(tmp_path: Path) -> None:
    app, _ = host(tmp_path, OPEN)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("x")
        first = app.screen.query_one(MessageEditor).text
        await pilot.press("ctrl+t")
        await settle(pilot)
        second = app.screen.query_one(MessageEditor).text
        assert "template 2 of 4" in page(app)
        await pilot.press("ctrl+t", "ctrl+t", "ctrl+t")
        await settle(pilot)
        assert "template 1 of 4" in page(app)
        assert app.screen.query_one(MessageEditor).text == first
    assert first.endswith("Alexx")
    assert second != first


async def test_ctrl_n_turns_through_the_channels_with_what_each_needs(tmp_path: Path) -> None:
    app, _ = host(tmp_path, OPEN, contacts=())
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "by Clipboard" in page(app)
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert "by E-mail   needs an e-mail address, and nobody has one" in page(app)
        assert "■ no contact" in page(app)


async def test_a_draft_that_is_left_waits_until_it_is_taken_up_again(tmp_path: Path) -> None:
    drafts: Drafts = {}
    app, tracker = host(tmp_path, OPEN, drafts=drafts)
    async with app.run_test() as pilot:
        app.screen.query_one("#subject", LineInput).value = "News?"
        await write(pilot, "Half a sentence")
        await pilot.press("ctrl+n", "escape")
        assert app.results == [None]
        await app.push_screen(ComposeScreen(tracker.card(1), tracker, drafts))
        await settle(pilot)
        assert app.screen.query_one(MessageEditor).text == "Half a sentence"
        assert app.screen.query_one("#subject", LineInput).value == "News?"
        assert "by E-mail draft file" in " ".join(page(app).split())


async def test_sent_is_what_the_user_says_was_sent(tmp_path: Path, opened_urls: list[str]) -> None:
    drafts: Drafts = {}
    app, tracker = host(tmp_path, OPEN, drafts=drafts)
    async with app.run_test() as pilot:
        await write(pilot, "Is there any news?")
        await pilot.press("ctrl+s")
        await app.shows(ConfirmScreen)
        await pilot.press("n")
        await settle(pilot)
        assert app.results == []
        await pilot.press("ctrl+s")
        await app.shows(ConfirmScreen)
        assert "Did you send it?" in page(app)
        await pilot.press("y")
        await pilot.pause()
    assert [url.split("?")[0] for url in opened_urls] == ["mailto:dana@globex.example"] * 2
    (sent,) = app.results
    assert isinstance(sent, SentMessage)
    assert sent.receipt.open_url in opened_urls
    assert sent == SentMessage(
        message=Message(
            subject="Backend Engineer at Globex: following up",
            body="Is there any news?",
            thread=Thread(at=NOON),
        ),
        channel="email",
        step=StepKind.FOLLOW_UP,
        receipt=sent.receipt,
    )
    assert drafts == {}
    assert tracker.application(1).events == (OPEN,)


async def test_a_block_is_refused_without_a_reason_and_sent_with_one(
    tmp_path: Path, opened_urls: list[str]
) -> None:
    app, _ = host(tmp_path, EARLY)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+s")
        await app.shows(OverrideScreen)
        assert "Too early looks desperate" in page(app)
        await pilot.press("enter")
        assert "give a reason" in page(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, ComposeScreen)
        assert opened_urls == []
        await pilot.press("ctrl+s")
        await app.shows(OverrideScreen)
        await pilot.press(*"they asked", "enter")
        await app.shows(ConfirmScreen)
        await pilot.press("y")
        await pilot.pause()
    (gone,) = app.results
    assert isinstance(gone, SentMessage)
    assert gone.override == "they asked"
    assert len(opened_urls) == 1


async def test_a_message_that_is_on_its_way_cannot_be_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def slow(url: str) -> None:
        gate.wait(timeout=5)

    monkeypatch.setattr(handoff, "open_url", slow)
    app, _ = host(tmp_path, OPEN)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+s", "escape", "ctrl+s")
        assert app.said == ["The message is on its way: one moment."]
        assert app.results == []
        gate.set()
        await app.shows(ConfirmScreen)
        await pilot.press("y")
        await pilot.pause()
    assert len(app.results) == 1
    assert app.results[0] is not None


async def test_a_draft_file_is_saved_where_the_user_finds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    downloads = tmp_path / "downloads"
    monkeypatch.setattr(handoff, "downloads", lambda: downloads)
    app, _ = host(tmp_path / "store", OPEN)
    async with app.run_test(size=(200, 30)) as pilot:
        await pilot.press("ctrl+n", "ctrl+s")
        await app.shows(ConfirmScreen)
        (saved,) = downloads.iterdir()
        assert saved.suffix == ".eml"
        assert saved.name in "".join(page(app).split())
        await pilot.press("y")
        await pilot.pause()
    (gone,) = app.results
    assert isinstance(gone, SentMessage)
    assert gone.channel == "eml"


async def test_the_clipboard_gets_the_body(tmp_path: Path) -> None:
    app, _ = host(tmp_path, OPEN, contacts=())
    async with app.run_test() as pilot:
        await write(pilot, "Is there any news?")
        await pilot.press("ctrl+s")
        await app.shows(ConfirmScreen)
        await pilot.press("y")
        await pilot.pause()
    assert app.clipboard == "Is there any news?"
    (gone,) = app.results
    assert isinstance(gone, SentMessage)
    assert gone.channel == "clipboard"


async def test_a_channel_that_fails_says_so_and_the_message_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(url: str) -> None:
        raise RefusedError("nothing here opens [red]mailto links")

    monkeypatch.setattr(handoff, "open_url", refuse)
    app, _ = host(tmp_path, OPEN)
    async with app.run_test() as pilot:
        await write(pilot, "Is there any news?")
        await pilot.press("ctrl+s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.said == ["nothing here opens [red]mailto links"]
        assert app.screen.query_one(MessageEditor).text == "Is there any news?"
        assert app.results == []


async def test_the_text_is_copied_even_where_the_page_does_not_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(url: str) -> None:
        raise RefusedError("nothing here opens https links")

    both = Receipt(detail="copied", copy="the text", open_url="https://globex.example")
    monkeypatch.setattr(handoff, "open_url", refuse)
    app, tracker = host(tmp_path, OPEN)
    delivery = Delivery(message=Message(body="the text"), receipt=both)
    monkeypatch.setattr(tracker.sending, "send", lambda *_, **__: delivery)
    async with app.run_test() as pilot:
        await write(pilot, "Is there any news?")
        await pilot.press("ctrl+s")
        await app.workers.wait_for_complete()
        assert app.clipboard == "the text"
        assert app.results == []


async def test_the_users_editor_takes_the_body_and_gives_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _ = host(tmp_path, OPEN)
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nprintf "Changed \\033[31moutside\\n" > "$1"\n')
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    async with app.run_test() as pilot:
        monkeypatch.setattr(app, "suspend", suspended)
        await pilot.press("ctrl+e")
        await settle(pilot)
        editor = app.screen.query_one(MessageEditor)
        assert editor.text == "Changed [31moutside"
        await pilot.press("ctrl+z")
        assert editor.text.startswith("Hi Dana,")


@contextmanager
def suspended() -> Iterator[None]:
    yield


async def test_an_editor_that_is_not_there_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _ = host(tmp_path, OPEN)
    monkeypatch.setenv("VISUAL", "/nowhere/ed")
    async with app.run_test() as pilot:
        monkeypatch.setattr(app, "suspend", suspended)
        await write(pilot, "Is there any news?")
        await pilot.press("ctrl+e")
        await pilot.pause()
        assert app.screen.query_one(MessageEditor).text == "Is there any news?"
        (said,) = app.said
        assert said.startswith("/nowhere/ed failed")


async def test_where_nothing_can_be_suspended_the_editor_is_refused(tmp_path: Path) -> None:
    app, _ = host(tmp_path, OPEN)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+e")
        await pilot.pause()
    assert app.said == ["No editor can be opened from here."]


async def test_everything_is_at_hand_at_80_by_24(tmp_path: Path) -> None:
    app, _ = host(tmp_path, EARLY)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = page(app)
    for words in ("Too early", "opens in 46 h", "Subject", "2 of 2 sentences", "too early"):
        assert words in shown
    for words in ("Send", "Template", "Channel", "Editor", "Keep draft"):
        assert words in shown


async def test_a_paste_cannot_carry_what_a_terminal_obeys(tmp_path: Path) -> None:
    app, _ = host(tmp_path, OPEN)
    async with app.run_test() as pilot:
        await write(pilot, "x")
        editor = app.screen.query_one(MessageEditor)
        app.post_message(events.Paste(" a\x1b]0;x\x07\u202eb\r\nc"))
        await settle(pilot)
        assert editor.text == "x a]0;xb\nc"


async def until(pilot: Pilot[None], is_so: Callable[[], object]) -> None:
    """Wait for something that is done in the background."""
    async with asyncio.timeout(10):
        while not is_so():
            await pilot.pause()


async def test_what_was_typed_is_on_disk_should_the_program_die(tmp_path: Path) -> None:
    app, tracker = host(tmp_path, OPEN)
    async with app.run_test() as pilot:
        await write(pilot, "Half a sen")
        # As after a crash: another program, nothing handed over but the file.
        await until(pilot, lambda: tracker.drafts.get(1))
        other = Host(lambda: ComposeScreen(tracker.card(1), tracker))
        async with other.run_test() as pilot_of_other:
            await settle(pilot_of_other)
            assert other.screen.query_one(MessageEditor).text == "Half a sen"
            other.exit()
    (kept,) = (tmp_path / "followup.json.drafts").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


async def test_a_template_that_was_only_looked_at_is_no_draft(tmp_path: Path) -> None:
    app, tracker = host(tmp_path, OPEN)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+t", "escape")
    assert tracker.drafts.get(1) is None


async def test_a_message_that_went_out_is_no_draft_any_more(
    tmp_path: Path, opened_urls: list[str]
) -> None:
    app, tracker = host(tmp_path, OPEN)
    async with app.run_test() as pilot:
        await write(pilot, "Is there any news?")
        await until(pilot, lambda: tracker.drafts.get(1))
        await pilot.press("ctrl+s")
        await app.shows(ConfirmScreen)
        await pilot.press("y")
        await pilot.pause()
    assert tracker.drafts.get(1) is None


async def test_a_draft_that_cannot_be_kept_is_said_and_stays_on_the_screen(
    tmp_path: Path,
) -> None:
    app, _ = host(tmp_path, OPEN)
    (tmp_path / "followup.json.drafts").write_text("in the way")
    async with app.run_test() as pilot:
        await write(pilot, "Half a sen")
        await until(pilot, lambda: app.said)
        assert "followup.json.drafts" in app.said[0]
        assert app.screen.query_one(MessageEditor).text == "Half a sen"


async def test_one_can_be_reminded_when_it_opens(tmp_path: Path) -> None:
    app, _ = host(tmp_path, EARLY)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        assert "Remind" in page(app)
        await write(pilot, "Half a sen")
        await pilot.press("ctrl+r")
        await pilot.pause()
    assert app.results == [Snooze(at=NOON, until=NOON + 46 * HOUR)]


async def test_there_is_nothing_to_be_reminded_of_when_it_is_open(tmp_path: Path) -> None:
    app, _ = host(tmp_path, OPEN)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        assert "Remind" not in page(app)
        await pilot.press("ctrl+r")
        assert app.results == []


async def test_the_preview_shows_exactly_what_goes_out(tmp_path: Path) -> None:
    app, _ = host(tmp_path, OPEN)
    async with app.run_test(size=(120, 30)) as pilot:
        await write(pilot, "Is [red]there[/] any news?\n\nAlex  \n")
        await pilot.press("ctrl+o")
        await app.shows(PreviewScreen)
        shown = page(app)
        assert "Dana Lee <dana@globex.example>" in shown
        assert "Subject  Backend Engineer at Globex" in shown
        assert "Is [red]there[/] any news?" in shown
        await pilot.press("escape")
        assert isinstance(app.screen, ComposeScreen)


async def test_a_message_longer_than_its_channel_takes_is_not_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, tracker = host(tmp_path, OPEN)
    monkeypatch.setattr(tracker.host.channels["email"], "limit", 10, raising=False)
    async with app.run_test() as pilot:
        await write(pilot, "Is there any news?")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.said)
        assert app.said == ["E-mail takes 10 characters: cut 8"]
