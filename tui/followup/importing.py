"""Importing a file: which importer reads it, and what that would add to the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from followup.domain import merging
from followup.domain.errors import InputError
from followup.domain.exchange import Importer, ImportOptions, ImportReading, UnreadableFileError
from followup.domain.hygiene import checked_application
from followup.domain.merging import Merge
from followup.extensions.host import PluginHost, named
from followup.store.changes import Changes
from followup.store.repository import Repository

SNIFFED = 64 * 1024  # bytes of a file that importers see to recognise it


class ImportPreview(Struct, frozen=True, kw_only=True):
    """What importing a file would do: how it was read, and what of it is new."""

    path: Path
    reading: ImportReading
    merge: Merge


class Importing:
    """Imports files through whichever plugin reads them.

    ``changing`` collects changes that are stored as one step.
    """

    def __init__(
        self,
        repository: Repository,
        host: PluginHost,
        changing: Callable[[str], AbstractContextManager[Changes]],
    ) -> None:
        """Put the parts together; nothing is read yet."""
        self._repository = repository
        self._host = host
        self._changing = changing

    def preview(
        self, path: Path, options: ImportOptions, format_name: str | None = None
    ) -> ImportPreview:
        """Read a file and tell what importing it would do; nothing is stored.

        The format is recognised by its content unless it is named. Raises ``InputError``
        for a file that cannot be read or used.
        """
        reading = read_applications(path, options, self._host.importers, format_name)
        merge = merging.merge(self._repository.applications(), reading)
        return ImportPreview(path=path, reading=reading, merge=merge)

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
) -> ImportReading:
    """Read a file with the importer that is named, or else surest to know its format.

    Raises ``InputError`` for a file that cannot be read or used, with what to do next.
    """
    if path.exists() and not path.is_file():
        raise InputError(f"{path} is not a file: give the path of an exported list")
    try:
        with path.open("rb") as stream:
            importer = _importer(stream.read(SNIFFED), path, importers, format_name)
            stream.seek(0)
            return importer.read(stream, options)
    except OSError as fault:
        raise InputError(f"cannot read {path}: {fault.strerror}; check the path") from fault
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
