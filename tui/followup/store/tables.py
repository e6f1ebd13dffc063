"""A TinyDB table that is told which of its documents change."""

from __future__ import annotations

from collections.abc import Mapping

from tinydb.table import Table

from followup.store.storage import FileStorage
from followup.store.tree import Document


class DocumentTable(Table):
    """A table whose documents are put and removed whole, never changed in place.

    TinyDB hands the storage the whole tree and so hides what changed: this is the place
    that knows, and its work does not grow with the table.
    """

    _storage: FileStorage

    def __init__(self, storage: FileStorage, name: str) -> None:
        """Find the table of that name in a storage, with the query cache off."""
        super().__init__(storage, name, cache_size=0)

    def put(self, documents: Mapping[int, Document | None]) -> None:
        """Put documents at their ids; where one is none, nothing stays at its id."""
        self._storage.put(self.name, {str(id_): documents[id_] for id_ in documents})
