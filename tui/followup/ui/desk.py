"""Where dialogs are opened and their answers written: nothing that was typed is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal, TypeVar

from textual.screen import Screen

from followup.domain.application import Application
from followup.domain.board import Card
from followup.domain.errors import FollowupError
from followup.domain.events import AnyEvent
from followup.domain.text import clean
from followup.editing import Page
from followup.tracker import HistoryEntry, StoreError, Tracker
from followup.ui.deeds import DEEDS, Deed, dialog
from followup.ui.together import DEEDS_FOR_ALL
from followup.ui.writes import Write, WriteQueue

Given = TypeVar("Given")

_TURNED = {"undo": "Undone", "redo": "Done again"}


class Desk:
    """Asks above a screen and hands the answers to the tracker, in order.

    ``written`` is called after each change, with the id of the application that it was
    about where there is one to look at next. ``refusal`` says why nothing can be changed at
    the moment, and is empty where it can.
    """

    def __init__(
        self,
        screen: Screen[Any],
        tracker: Tracker,
        written: Callable[[int | None], None],
        refusal: Callable[[], str],
    ) -> None:
        """Set up with nothing to write."""
        self._refusal = refusal
        self.writes = WriteQueue()
        self._screen = screen
        self._tracker = tracker
        self._written = written
        self._drafts: dict[int, Any] = {}

    def ask(self, name: str, card: Card) -> None:
        """Ask for something about a card, and do it: ``reply``, ``compose`` and so on."""
        if self._is_refused():
            return
        deed = DEEDS[name]
        question = dialog(deed.dialog)(*deed.given(card, self._tracker, self._drafts))
        self._open(question, partial(self._carry_out, deed, card))

    def ask_all(self, name: str, cards: Sequence[Card], done: Callable[[], None]) -> None:
        """Ask once for something about several cards, and do it to all of them as one step.

        ``done`` is called when it is stored.
        """
        if self._is_refused():
            return
        deed = DEEDS_FOR_ALL[name]
        ids = [card.id for card in cards]

        def carry_out(answer: Any) -> None:
            self._write_all(partial(deed.do, self._tracker, ids, answer), done)

        self._open(dialog(deed.dialog)(*deed.given(cards, self._tracker)), carry_out)

    def log_all(self, ids: Sequence[int], event: AnyEvent) -> None:
        """Put a fact on several timelines, as one step."""
        if not self._is_refused():
            self._write_all(partial(self._tracker.log_all, ids, event), lambda: None)

    def _write_all(self, job: Callable[[], object], done: Callable[[], None]) -> None:
        def written(_given: object) -> None:
            done()
            self._written(None)

        self._write(job, written)

    def _carry_out(self, deed: Deed, card: Card, answer: Any) -> None:
        self._write(partial(deed.do, self._tracker, card, answer), lambda _: self._written(None))

    def revise(
        self, card_id: int, revision: Callable[[Application], Application], said: str = ""
    ) -> None:
        """Change an application as a screen has decided, and say what was done."""

        def done(_revised: Application) -> None:
            if said:
                self.say(said)
            self._written(None)

        if not self._is_refused():
            self._write(partial(self._tracker.revise, card_id, revision), done)

    def store_page(self, edited: Application, base: Application, page: Page) -> None:
        """Store what was edited on a page; its file stays until that is done."""

        def done(_stored: Application) -> None:
            page.drop()
            self._written(None)

        self._write(partial(self._tracker.edit, edited, base), done, str(page.path))

    def add(self) -> None:
        """Ask for a new application."""
        if not self._is_refused():
            self._open(dialog("application_form:AddScreen")(self._tracker), self._store)

    def _store(self, application: Application) -> None:
        job = partial(self._tracker.add, application)
        self._write(job, lambda added: self._written(added.id))

    def import_file(self) -> None:
        """Ask for a file, and import it as it was shown."""
        if not self._is_refused():
            self._open(dialog("import_file:ImportScreen")(self._tracker), self._store_import)

    def _store_import(self, preview: Any) -> None:
        def done(stored: Any) -> None:
            new, updated = len(stored.merge.new), len(stored.merge.updated)
            self.say(f"Imported: {new:,} new, {updated:,} with new facts")
            self._written(None)

        self._write(partial(self._tracker.importing.store, preview), done)

    async def run(self, command: str) -> None:
        """Run a plugin's command, and say what it printed and returned.

        It takes its time, and so does not stand in the queue of what is written.
        """
        if self._is_refused():
            return
        try:
            ran = await asyncio.to_thread(self._tracker.run, command)
        except (FollowupError, StoreError) as fault:
            self.say(str(fault), "warning")
            return
        for text in (ran.printed, ran.text):
            if text:
                self.say(text)
        self._written(None)

    def turn(self, way: Literal["undo", "redo"]) -> None:
        """Take the newest change back, or make it again."""
        if self._is_refused():
            return
        turn = self._tracker.undo if way == "undo" else self._tracker.redo
        self._write(turn, partial(self._turned, way))

    def _turned(self, way: str, entry: HistoryEntry) -> None:
        self.say(f"{_TURNED[way]}: {entry.what}")
        self._written(entry.ids[0] if len(entry.ids) == 1 else None)

    @property
    def can_change(self) -> bool:
        """Tell whether anything can be changed now."""
        return not self._refusal()

    def _is_refused(self) -> bool:
        """Tell whether nothing can be changed now, and say why."""
        refusal = self._refusal()
        if refusal:
            self.say(refusal, "warning")
        return bool(refusal)

    def say(
        self, text: str, severity: Literal["information", "warning", "error"] = "information"
    ) -> None:
        """Say something in passing."""
        self._screen.notify(clean(text), severity=severity, markup=False)

    def _open(self, question: Screen[Any], answered: Callable[[Any], None]) -> None:
        def close(answer: Any) -> None:
            if answer:
                answered(answer)

        self._screen.app.push_screen(question, close)

    def _write(
        self, job: Callable[[], Given], done: Callable[[Given], None], kept_in: str = ""
    ) -> None:
        self.writes.put(Write(job, done, partial(self._refused, job, done, kept_in)))

    def _refused(
        self,
        job: Callable[[], Given],
        done: Callable[[Given], None],
        kept_in: str,
        fault: Exception,
    ) -> None:
        """Say what was refused; what the store did not take is offered again."""
        told = f"{fault}; your text is kept in {kept_in}" if kept_in else str(fault)
        if not isinstance(fault, StoreError):
            self.say(told, "warning")
            return
        question = dialog("confirm:ConfirmScreen")("Not stored. Try again?", told)
        self._open(question, lambda _: self._write(job, done, kept_in))
