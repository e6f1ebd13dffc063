"""Importing a file: which importer reads it, and what that would add to the store.

Nothing is stored before ``Importing.store``, so an import may be looked at and put right as
often as the user likes: ``Importing.preview`` with other ``ImportOptions`` reads the file
anew, 1,000 rows in about a tenth of a second, so a screen does it in a thread.

- What was guessed: ``preview.reading.columns``, each with its field and samples;
  ``preview.reading.date_order``; ``preview.reading.about`` in words, with the reason.
- What a column may be instead: ``FIELD_TITLES``, or none to ignore it. All that the user
  changed goes into ``ImportOptions.columns`` (by the name of the column) and ``date_order``.
- What would come of it: ``preview.merge``, ``preview.stages`` and ``preview.problems``.
- Where the file can't be read before the user says more ``preview`` raises
  ``ImportQuestionError``, with the columns that there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from followup.domain import merging
from followup.domain.application import Application
from followup.domain.board import Card
from followup.domain.errors import InputError
from followup.domain.exchange import (
    ColumnReading,
    Importer,
    ImportOptions,
    ImportReading,
    OpenQuestionError,
    Problem,
    UnreadableFileError,
)
from followup.domain.hygiene import checked_application
from followup.domain.merging import Merge
from followup.domain.stage import Stage
from followup.extensions.host import PluginHost, named
from followup.store.changes import Changes
from followup.store.repository import Repository

SNIFFED = 64 * 1024  # bytes of a file that importers see to recognise it


class ImportQuestionError(InputError):
    """A file that can be imported once the user says more.

    It ``asks`` which column is the "company", or for the "date_order"; ``columns`` are those
    that there are.
    """

    def __init__(self, path: Path, question: OpenQuestionError) -> None:
        super().__init__(f"{path}: {question}")
        self.asks: Literal["company", "date_order"] = question.asks
        self.columns: tuple[ColumnReading, ...] = question.columns


class ImportPreview(Struct, frozen=True, kw_only=True):
    """What importing a file would do: how it was read, and what of it is new.

    ``format`` is the title of the one that was recognised, or named. ``stages`` counts the
    applications that are new or have new facts by the stage in which they would stand now, in
    the order of the board; stages without any are left out.
    """

    path: Path
    reading: ImportReading
    merge: Merge
    format: str = ""
    stages: Mapping[Stage, int] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that could not be used or was met before, in the order of its lines."""
        found = (*self.reading.problems, *self.merge.duplicates, *self.merge.left_out)
        return tuple(sorted(found, key=lambda problem: (problem.file, problem.line)))


class Importing:
    """Imports files through whichever plugin reads them.

    ``changing`` collects changes that are stored as one step, ``card_of`` says where an
    application stands, ``own_names`` who the user is.
    """

    def __init__(
        self,
        repository: Repository,
        host: PluginHost,
        changing: Callable[[str], AbstractContextManager[Changes]],
        card_of: Callable[[Application], Card],
        own_names: Callable[[], tuple[str, ...]],
    ) -> None:
        """Put the parts together; nothing is read yet."""
        self._repository = repository
        self._host = host
        self._changing = changing
        self._card_of = card_of
        self._own_names = own_names

    def preview(
        self, path: Path, options: ImportOptions, format_name: str | None = None
    ) -> ImportPreview:
        """Read a file and tell what importing it would do; nothing is stored.

        The format is recognised by its content unless it is named. Raises ``InputError``
        for a file that cannot be read or used, ``ImportQuestionError`` for one that can be
        once the user says more.
        """
        options = replace(options, own=self._own_names())
        title, reading = read_applications(path, options, self._host.importers, format_name)
        merge = merging.merge(self._repository.applications(), reading)
        changed = (self._card_of(row.application).stage for row in (*merge.new, *merge.updated))
        counts = Counter(changed)
        stages = {stage: counts[stage] for stage in Stage if counts[stage]}
        return ImportPreview(path=path, reading=reading, merge=merge, format=title, stages=stages)

    def store(self, preview: ImportPreview) -> ImportPreview:
        """Store what a preview showed as one step, and return what came of it.

        What others have stored since the preview is not added again.
        """
        with self._changing(f"import {preview.path.name}") as changes:
            merge = merging.merge(changes.applications(), preview.reading)
            for row in merge.new:
                changes.add(checked_application(row.application))
            for update in merge.updated:
                changes.replace(checked_application(update.application))
        return replace(preview, merge=merge)


def read_applications(
    path: Path,
    options: ImportOptions,
    importers: Mapping[str, Importer],
    format_name: str | None = None,
) -> tuple[str, ImportReading]:
    """Read a file with the importer that is named, or else surest to know its format.

    Returns the title of that format too. Raises ``InputError`` for a file that cannot be read
    or used, with what to do next.
    """
    if path.exists() and not path.is_file():
        raise InputError(f"{path} is not a file: give the path of an exported list")
    try:
        with path.open("rb") as stream:
            importer = _importer(stream.read(SNIFFED), path, importers, format_name)
            stream.seek(0)
            return importer.title, importer.read(stream, options)
    except OSError as fault:
        raise InputError(f"cannot read {path}: {fault.strerror}; check the path") from fault
    except OpenQuestionError as question:
        raise ImportQuestionError(path, question) from question
    except UnreadableFileError as fault:
        raise InputError(f"{path}: {fault}") from fault


def _importer(
    head: bytes, path: Path, importers: Mapping[str, Importer], format_name: str | None
) -> Importer:
    if format_name:
        return named(importers, format_name, "import format", "followup import --help")
    sureness = {name: importer.sniff(head) for name, importer in importers.items()}
    surest = max(sureness, key=lambda name: sureness[name])
    if sureness[surest] <= 0:
        known = ", ".join(importers)
        raise InputError(f"{path} is of no known format; known are {known}: name one by --format")
    return importers[surest]
