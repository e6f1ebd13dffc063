"""A folder with our calendar for khal and vdirsyncer: one file for each entry (vdir).

Only files whose name and content have a UID of ours are written over or removed. A file is
replaced at once or not at all, and left alone where nothing but its version would change.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from icalendar import Calendar, Component

from followup.domain.errors import InputError

_FORMAT = "ics"
_OURS = re.compile(r"(application-\d{1,9}-[\w-]{1,60}@followup)\.ics")
_VERSION = ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")
_MOST_BYTES = 1024 * 1024  # of a file that is compared; ours are far smaller


def keep(folder: str, export: Callable[[str, BinaryIO], None]) -> None:
    """Bring a folder up to date with what the calendar's exporter writes.

    Raises ``InputError`` where the folder cannot be used.
    """
    place = Path(folder).expanduser()
    if not place.is_absolute():
        raise InputError(f"[calendar] folder: {folder} is not a whole path: begin it with / or ~")
    stream = BytesIO()
    export(_FORMAT, stream)
    items = _items(stream.getvalue())
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        for uid, item in items.items():
            _put(place / f"{uid}.ics", item)
        for path in sorted(place.iterdir()):
            ours = _OURS.fullmatch(path.name)
            if ours and ours[1] not in items and _known(path).keys() == {ours[1]}:
                path.unlink(missing_ok=True)
    except OSError as fault:
        raise InputError(
            f"cannot keep {place}: {fault.strerror}; check [calendar] folder"
        ) from fault


def _items(data: bytes) -> dict[str, Component]:
    """Return a calendar of its own for each event of one, by UID."""
    whole = Calendar.from_ical(data)
    items: dict[str, Component] = {}
    for event in whole.walk("VEVENT"):
        item = Calendar()
        item.add("prodid", whole["PRODID"])
        item.add("version", whole["VERSION"])
        item.add_component(event)
        items[str(event["UID"])] = item
    return items


def _put(path: Path, item: Component) -> None:
    if path.exists() and _unversioned(_known(path)) == _unversioned(_items(item.to_ical())):
        return
    descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(item.to_ical())
        Path(fresh).replace(path)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise


def _known(path: Path) -> dict[str, Component]:
    """Return what a file has, nothing where it is no calendar."""
    if not path.is_file() or path.stat().st_size > _MOST_BYTES:
        return {}
    try:
        return _items(path.read_bytes())
    except (ValueError, KeyError, IndexError):
        return {}


def _unversioned(items: dict[str, Component]) -> list[bytes]:
    for item in items.values():
        for event in item.walk("VEVENT"):
            for name in _VERSION:
                event.pop(name, None)
    return [item.to_ical() for item in items.values()]
