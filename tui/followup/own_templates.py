"""The user's own message templates: text files in a folder beside the configuration.

A file is lines ``step: …``, ``subject: …`` and, if need be, ``language: …``, then a blank
line, then the text of the message (design, section 4). They are registered through the hook
that plugins use, and what cannot be used is told with its file and line.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from followup.api import ONE_LINE_LIMIT, StepKind, Template, clean, clean_page, hookimpl
from followup.domain.template import mistake_in
from followup.domain.text import harmless

FOLDER = "templates"
PLUGIN_NAME = "own-templates"
MOST_FILES = 100
MOST_BYTES = 16_384

_KEYS = ("step", "language", "subject")
_HEADER = ", ".join(f"{key}:" for key in _KEYS)
_LANGUAGE = re.compile(r"[a-z]{2}")
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 40


class TemplateFault(Struct, frozen=True):
    """Why a file of the user is not offered; ``line`` is 0 where no line is to blame."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        """Return the fault in one line, the file first."""
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        return clean(f"{where}: {self.reason}", limit=2 * ONE_LINE_LIMIT)


class OwnTemplates:
    """The plugin that gives the user's own templates, read once, when they are needed.

    ``language`` tells the one of templates that name none.
    """

    def __init__(self, folder: Path, language: Callable[[], str]) -> None:
        """Take the folder; nothing is read yet."""
        self.folder = folder
        self._language = language
        self._read: tuple[list[Template], list[TemplateFault]] | None = None

    @hookimpl
    def register_templates(self) -> list[Template]:
        """Add the templates in the order of the names of their files."""
        return self._reading()[0]

    def faults(self) -> list[TemplateFault]:
        """Return what keeps files from being offered."""
        return self._reading()[1]

    def _reading(self) -> tuple[list[Template], list[TemplateFault]]:
        if self._read is None:
            templates: list[Template] = []
            faults: list[TemplateFault] = []
            for number, path in enumerate(self._files(faults), 1):
                try:
                    templates.append(_read_file(path, number, self._language))
                except _WrongError as wrong:
                    faults.append(TemplateFault(path, wrong.line, wrong.reason))
            self._read = templates, faults
        return self._read

    def _files(self, faults: list[TemplateFault]) -> Iterator[Path]:
        try:
            paths = sorted(path for path in self.folder.iterdir() if _is_offered(path))
        except FileNotFoundError:
            return
        except OSError as error:
            faults.append(TemplateFault(self.folder, 0, f"cannot be read: {error.strerror}"))
            return
        yield from paths[:MOST_FILES]
        if more := paths[MOST_FILES:]:
            reason = f"{MOST_FILES} templates are read, and this is one more: remove some"
            faults.append(TemplateFault(more[0], 0, reason))


class _WrongError(Exception):
    """A file is no template; ``line`` counts from 1, and is 0 where no line is to blame."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def _is_offered(path: Path) -> bool:
    return path.suffix == ".txt" and not path.name.startswith(".")


def _read_file(path: Path, number: int, language: Callable[[], str]) -> Template:
    slug = _NOT_IN_NAMES.sub("-", path.stem.casefold())[:_LONGEST_SLUG].strip("-")
    name = f"own-{number}-{slug}".strip("-")
    return _parsed(_text_of(path), name, language)


def _text_of(path: Path) -> str:
    try:
        # Before it is opened: a pipe would have us wait for its other end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise _WrongError(0, "is no file: put the template into a text file")
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise _WrongError(0, f"cannot be read: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise _WrongError(0, f"is longer than {MOST_BYTES // 1024} KiB: shorten it")
    try:
        return harmless(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _WrongError(line, "is not text in UTF-8: save it as such") from error


def _parsed(text: str, name: str, presumed: Callable[[], str]) -> Template:
    header, below = _header(text.splitlines())
    step = _step(*header["step"])
    subject_line, subject = header["subject"]
    language = _language(*header["language"]) if "language" in header else presumed()
    body = "\n".join(text.splitlines()[below:])
    if not body.strip():
        raise _WrongError(below, "there is no text: write it below a blank line")
    for first, part in ((subject_line, subject), (below + 1, body)):
        if mistake := mistake_in(part, language):
            raise _WrongError(first + mistake.line - 1, mistake.reason)
    return Template(
        name=name, step=step, subject=subject, body=clean_page(body), language=language, own=True
    )


def _header(lines: list[str]) -> tuple[dict[str, tuple[int, str]], int]:
    """Return what the header says by key, with the lines; and how many lines are above the text."""
    header: dict[str, tuple[int, str]] = {}
    number = 0
    for number, line in enumerate(lines, 1):
        if not line.strip() and header:
            break
        if not line.strip():
            continue
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or key.lower() not in _KEYS:
            raise _WrongError(number, f"this is none of {_HEADER}; a blank line ends them")
        if key.lower() in header:
            raise _WrongError(number, f"there is a {key.lower()}: already")
        header[key.lower()] = (number, clean(value))
    for key, example in (("step", "check_in"), ("subject", "$role at $company")):
        if not header.get(key, (0, ""))[1]:
            raise _WrongError(max(number, 1), f"there is no {key} above: add `{key}: {example}`")
    return header, number


def _language(line: int, text: str) -> str:
    if not _LANGUAGE.fullmatch(text.lower()):
        raise _WrongError(line, f"{text!r} is no language: give its two letters, such as en")
    return text.lower()


def _step(line: int, text: str) -> StepKind:
    try:
        return StepKind(re.sub(r"[\s-]+", "_", text.lower()))
    except ValueError:
        known = ", ".join(StepKind)
        raise _WrongError(line, f"there is no step {text!r}; there are {known}") from None
