"""Mailboxes on disk: single letters, mbox files and Maildirs, of which nothing is changed."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from pathlib import Path

from followup.domain.errors import InputError
from followup.mail.letters import Letter
from followup.mail.reading import MOST_BYTES

_OUTLOOK = b"\xd0\xcf\x11\xe0"


def letters_in(path: Path) -> Iterator[Letter]:
    """Yield the letters of a file or a directory, in their order there.

    Maildirs, mbox files, ``.eml`` files and directories of those are known. Raises
    ``InputError`` for anything else, and where it cannot be read.
    """
    try:
        if path.is_dir():
            yield from _in_directory(path)
        elif path.is_file():
            yield from _in_file(path)
        else:
            raise InputError(f"{path} is no mailbox: give an .eml or mbox file, or a Maildir")
    except (OSError, mailbox.Error) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise InputError(f"cannot read {path}: {reason}; check the path") from fault


def _in_directory(path: Path) -> Iterator[Letter]:
    if (path / "cur").is_dir() and (path / "new").is_dir():
        # Asked for by key: going through the messages would mark nothing either, but hold all.
        yield from _of(mailbox.Maildir(path, factory=None, create=False))
        return
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in (".eml", ".mbox"))
    files += [file for file in [path / "mbox"] if file.is_file()]
    if not files:
        raise InputError(f"{path} has no mail: give a Maildir, or a folder of .eml files")
    for file in files:
        if file.is_dir():
            yield from _in_directory(file)
        elif file.is_file():
            yield from _in_file(file)


def _in_file(path: Path) -> Iterator[Letter]:
    with path.open("rb") as stream:
        head = stream.read(5)
        if head.startswith(_OUTLOOK):
            raise InputError(f"{path} is a file of Outlook: save the mail as .eml")
        if head != b"From ":
            yield Letter(raw=head + stream.read(MOST_BYTES))
            return
    yield from _of(mailbox.mbox(path, create=False))


def _of(box: mailbox.Mailbox[mailbox.Message]) -> Iterator[Letter]:
    try:
        for key in box.iterkeys():
            try:
                with box.get_file(key) as stream:
                    yield Letter(raw=stream.read(MOST_BYTES))
            except KeyError:
                continue  # another program has moved it meanwhile
    finally:
        box.close()
