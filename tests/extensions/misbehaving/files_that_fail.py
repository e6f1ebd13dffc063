"""Has an importer and an exporter that fail."""

from __future__ import annotations

from typing import BinaryIO

from followup.api import hookimpl


class Format:
    name = "files-that-fail"
    title = "A format that nobody reads"

    def sniff(self, head: bytes) -> object:
        return "very sure"

    def read(self, *asked: object) -> object:
        return ["row"]

    def write(self, board: object, stream: BinaryIO, zone: str) -> None:
        stream.write(b"half of ")
        raise OSError("the disk of the mind is full")


@hookimpl
def register_importers() -> object:
    return [Format()]


@hookimpl
def register_exporters() -> object:
    return [Format()]
