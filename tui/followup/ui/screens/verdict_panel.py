"""What the rules say of a message, beside it, in words a friend would use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from followup.domain.message import Severity, Verdict
from followup.ui.screens import plain

_GLYPHS = {Severity.BLOCK: "■", Severity.WARN: "▲", Severity.INFO: "·"}
COLOURS = {Severity.BLOCK: "$error", Severity.WARN: "$warning", Severity.INFO: "$quiet"}


class Judgement(Struct, frozen=True, kw_only=True):
    """What was found of one message: its sentences, how many are enough, and the verdicts."""

    sentences: int
    enough: int
    verdicts: tuple[Verdict, ...] = ()

    @property
    def blocks(self) -> tuple[Verdict, ...]:
        """The verdicts that block it."""
        return tuple(v for v in self.verdicts if v.severity is Severity.BLOCK)


class VerdictPanel(VerticalScroll, can_focus=False):
    """The sentence count, the verdicts, and below them what else is worth knowing."""

    SHOWN: ClassVar[int] = 12  # verdicts; more would not be read

    _told = Content("")

    def compose(self) -> ComposeResult:
        """Lay the panel out; it is filled by ``show``."""
        yield Static()

    def show(
        self, judgement: Judgement, notes: Iterable[Content] = (), *, is_tight: bool = False
    ) -> None:
        """Show what was found, and notes below it; tight where there is little room."""
        parts = [
            _count(judgement),
            *(Content("\n").join(_verdict(v)) for v in judgement.verdicts[: self.SHOWN]),
            Content("\n").join(note for note in notes if note.plain),
        ]
        between = Content("\n" if is_tight else "\n\n")
        told = between.join(part for part in parts if part.plain)
        if not told.is_same(self._told):
            # Only then: it has the whole screen laid out anew, which a key would wait for.
            self._told = told
            self.query_one(Static).update(told)


def _count(judgement: Judgement) -> Content:
    said, enough = judgement.sentences, judgement.enough
    style = "bold $warning" if said > enough else "bold $success"
    dots = [plain.line("●" * min(said, enough), "$success"), plain.line("○" * (enough - said))]
    dots.append(plain.line("●" * min(said - enough, 10), "$warning"))
    return plain.row(
        plain.line(f"{said} of {enough} sentences", style), Content("").join(dots), between="  "
    )


def _verdict(verdict: Verdict) -> Iterator[Content]:
    style = COLOURS[verdict.severity]
    words = verdict.code.replace("-", " ")
    yield plain.line(f"{_GLYPHS[verdict.severity]} {words}", f"bold {style}")
    yield plain.line(verdict.message, plain.QUIET)
