"""The journal beside the snapshot: each step since, in one checked line (design, section 6).

A line is ``CRC-32 generation number JSON``. Line 0, the head, names the snapshot that the
journal continues; the others are steps, numbered without gaps. Whoever appends holds the
lock; whoever reads may meet a line that is not whole yet, and stops before it.

Behind the last line there may be room for the next ones: NUL bytes, which no line begins
with. A file that grows has its new size made durable with its content, which costs as much
again; a line that is written into room costs its content alone. A journal without steps, as
it is after a clean exit, has no room.
"""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from followup.store import files
from followup.store.tree import Document, Step

ROOM = 1 << 16
"""How much room for later lines is made at a time, in bytes.

Enough for a score of changes, and little enough to be looked through before each.
"""

_decoder = msgspec.json.Decoder(dict[str, dict[str, Document | None]])


class Head(Struct, frozen=True):
    """The snapshot that a journal continues: its CRC-32 and its time of writing (ns)."""

    crc: int
    modified: int


class Line(Struct, frozen=True):
    """One line that checks, and where it stands in the file, in bytes.

    ``content`` is empty for one that was just written.
    """

    generation: int
    number: int
    content: bytes
    crc: bytes
    start: int
    end: int


class Reading(Struct, frozen=True):
    """What a journal holds; ``last`` is the line after which it goes on."""

    head: Head
    steps: list[Step]
    last: Line


def beside(path: Path) -> Path:
    """Return the journal of the snapshot at ``path``."""
    return path.with_name(f"{path.name}.journal")


def begun(generation: int, head: Head) -> bytes:
    """Return a journal without steps."""
    return encoded(generation, 0, msgspec.json.encode(head))


def generation_of(content: bytes) -> int:
    """Return the generation of a journal; raises ``ValueError`` where its head is damaged."""
    head = parsed(content, 0)
    if head is None or head.number != 0:
        raise ValueError("the first line of its journal is damaged")
    return head.generation


def read(content: bytes) -> Reading:
    """Return what a journal holds, without a line at its end that is not whole.

    Raises ``ValueError`` where it is damaged in any other way.
    """
    generation_of(content)
    head, *lines = whole_lines(content)
    return Reading(
        head=head_in(head),
        steps=[step_in(line) for line in lines],
        last=lines[-1] if lines else head,
    )


def read_on(path: Path, last: Line) -> tuple[list[Step], Line, files.Version] | None:
    """Return the steps behind the line read last, the new last line, and the file's version.

    Returns none where that line is no longer there: then all is to be read anew.
    """
    content, version = files.read(path, last.start)
    found = parsed(content, 0)
    if found is None or (found.crc, found.number) != (last.crc, last.number):
        return None
    try:
        lines = whole_lines(content, last)
        steps = [step_in(line) for line in lines[1:]]
    except ValueError:
        return None
    return steps, lines[-1], version


def goes_on(path: Path, last: Line) -> bool:
    """Tell whether more than room stands behind the last line, by one byte.

    A line that is written into room leaves the size of the file as it was, and its time too
    where it was written just before: the clock of file systems ticks in milliseconds.
    """
    return files.byte_at(path, last.end) not in (b"", b"\0")


def append(path: Path, last: Line, step: Step) -> tuple[Line, files.Version]:
    """Write a step behind the last line, durably; return its line and the file's version.

    Where it needs more room than there is, room for others is made in the same write. What
    stands behind the last line and is no room is no whole step: it is saved beside and cut.
    Where the writing fails, the file is cut to its last line and ``OSError`` is raised:
    after a failed sync nothing is known of what was to be synced, so it is not tried again.
    """
    number = last.number + 1
    raw = encoded(last.generation, number, msgspec.json.encode(step))
    descriptor = files.open_to_write(path)
    try:
        status = os.fstat(descriptor)
        files.keep_private(path, status)
        behind = files.read_at(descriptor, last.end, status.st_size - last.end)
        if not is_room(behind):
            files.save_beside(path, "torn", behind.rstrip(b"\0"))
            os.ftruncate(descriptor, last.end)
            behind = b""
        os.lseek(descriptor, last.end, os.SEEK_SET)
        try:
            files.write_all(descriptor, raw if len(raw) <= len(behind) else raw + bytes(ROOM))
            files.sync_data(descriptor)
        except BaseException:
            with suppress(OSError):
                os.ftruncate(descriptor, last.end)
                files.sync_data(descriptor)
            raise
        version = files.Version.of(os.fstat(descriptor))
    finally:
        os.close(descriptor)
    return Line(last.generation, number, b"", raw[:8], last.end, last.end + len(raw)), version


def is_room(content: bytes) -> bool:
    """Tell whether there is nothing in some content but room for lines."""
    return content == bytes(len(content))


def encoded(generation: int, number: int, content: bytes) -> bytes:
    """Return a line with some JSON."""
    body = b"%d %d %s\n" % (generation, number, content)
    return b"%08x %s" % (zlib.crc32(body), body)


def parsed(content: bytes, start: int) -> Line | None:
    """Return the first line of some content that stands at ``start``, if it is whole."""
    end = content.find(b"\n") + 1
    body = memoryview(content)[9:end]
    if end < 10 or content[:9] != b"%08x " % zlib.crc32(body):
        return None
    try:
        generation, number, json = bytes(body).split(b" ", 2)
        return Line(int(generation), int(number), json, content[:8], start, start + end)
    except ValueError:
        return None


def whole_lines(content: bytes, first: Line | None = None) -> list[Line]:
    """Return the lines of a journal, or of one from its line ``first`` on, up to a torn end.

    Raises ``ValueError`` where a line is missing or damaged. The last one may be, because
    it may never have been completed; never two, because one is cut before the next is
    written.
    """
    start = first.start if first else 0
    number = first.number if first else 0
    lines: list[Line] = []
    every = each_line(content, start)
    for expected, line in enumerate(every, number):
        if line is None and expected == number + len(every) - 1:
            break
        generation = lines[0].generation if lines else None
        if line is None or line.number != expected or generation not in (None, line.generation):
            raise ValueError(f"change {expected} in its journal is damaged, with more after it")
        lines.append(line)
    return lines


def each_line(content: bytes, start: int = 0) -> list[Line | None]:
    """Return every line of some content that stands at ``start``; none for one that is bad.

    Room at its end is no line.
    """
    lines = []
    *whole, rest = content.split(b"\n")
    for raw in [*(line + b"\n" for line in whole), *([] if is_room(rest) else [rest])]:
        lines.append(parsed(raw, start))
        start += len(raw)
    return lines


def head_in(line: Line) -> Head:
    """Return the head of a journal; raises ``ValueError`` where the line is none."""
    try:
        return msgspec.json.decode(line.content, type=Head)
    except ValueError as error:
        raise ValueError(f"the first line of its journal is none ({error})") from error


def step_in(line: Line) -> Step:
    """Return the step of a line; raises ``ValueError`` where it is none."""
    try:
        return _decoder.decode(line.content)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"change {line.number} in its journal is none ({error})") from error
