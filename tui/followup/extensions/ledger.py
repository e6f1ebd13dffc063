"""The ledger of plugins: their faults, and who is not loaded because of them or by wish."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from followup.extensions.discovery import Found
from followup.extensions.faults import Fault

FILE_NAME = "plugins.json"
FAILURES_ALLOWED = 2
"""One failure more, and a plugin is set aside."""

FAULTS_KEPT = 10
PATIENCE = 2.0
"""How long to wait for another process that writes the ledger, in seconds."""

State = Literal["on", "disabled", "set aside"]


class Entry(Struct, frozen=True, kw_only=True):
    """What is known of one plugin; ``version`` is the one that it was set aside with."""

    state: State = "on"
    version: str = ""
    failures: int = 0
    faults: tuple[Fault, ...] = ()


class Ledger:
    """Remembers, from one run to the next, which plugins failed and which are not wanted.

    It is a file of its own beside the configuration, 0600, which several processes may
    write: each change starts from what stands there. One that cannot be read or written
    costs nothing but the memory.
    """

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        """Read the ledger at a path; ``now`` tells the time (UTC)."""
        self._path = path
        self._now = now
        self._lock = RLock()
        self._entries = self._read()

    def entry(self, name: str) -> Entry:
        """Return what is known of a plugin."""
        return self._entries.get(name, Entry())

    def is_wanted(self, found: Found) -> bool:
        """Tell whether a plugin is to be loaded.

        One that was set aside has another chance once it is another version.
        """
        entry = self.entry(found.name)
        return entry.state == "on" or (
            entry.state == "set aside" and entry.version != found.version
        )

    def record(self, fault: Fault, *, is_final: bool = False) -> Fault:
        """Write a fault down and return it with its time.

        A plugin is set aside by a fault that is final, or by its third failure.
        """
        fault = replace(fault, at=self._now())

        def recorded(entry: Entry) -> Entry:
            if entry.version != fault.version and entry.state != "disabled":
                # What a former version failed at counts no more.
                entry = replace(entry, state="on", failures=0)
            failures = entry.failures + fault.failed
            is_over = is_final or failures > FAILURES_ALLOWED
            return replace(
                entry,
                state="set aside" if is_over and entry.state == "on" else entry.state,
                version=fault.version,
                failures=failures,
                faults=(*entry.faults, fault)[-FAULTS_KEPT:],
            )

        self._change(fault.plugin, recorded)
        return fault

    def disable(self, name: str) -> None:
        """Have a plugin not loaded any more."""
        self._change(name, lambda entry: replace(entry, state="disabled"))

    def enable(self, name: str) -> None:
        """Have a plugin loaded again, its failures forgotten."""
        self._change(name, lambda entry: replace(entry, state="on", failures=0))

    def _change(self, name: str, change: Callable[[Entry], Entry]) -> None:
        with self._lock, self._alone():
            known = {**self._entries, **self._read()}
            self._entries = {**known, name: change(known.get(name, Entry()))}
            with suppress(OSError):
                self._write(msgspec.json.format(msgspec.json.encode(self._entries)))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes from writing meanwhile, as far as that can be had."""
        from filelock import FileLock  # late: only writing needs it

        lock = FileLock(
            self._path.with_suffix(".lock"),
            mode=0o600,
            fallback_to_soft=False,
            preserve_lock_file=True,
            timeout=PATIENCE,
        )
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock.acquire(poll_interval=0.005)
        try:
            yield
        finally:
            lock.release()

    def _read(self) -> dict[str, Entry]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, Entry])
        except (OSError, msgspec.DecodeError):
            return {}

    def _write(self, content: bytes) -> None:
        fresh = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        fresh.replace(self._path)
