"""The store: applications and their history in one file, the only importer of TinyDB."""

from followup.store.changes import Changes
from followup.store.errors import StoreError
from followup.store.history import HistoryEntry
from followup.store.repository import Repository

__all__ = ["Changes", "HistoryEntry", "Repository", "StoreError"]
