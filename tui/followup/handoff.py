"""What a channel that hands off asks for: a URL opened, a file saved (design, section 10)."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path
from urllib.parse import urlsplit

from followup.domain.channel import File
from followup.domain.errors import RefusedError

SCHEMES = frozenset({"http", "https", "mailto", "sms", "tel"})


def open_url(url: str) -> None:
    """Open a URL in the program that the system has for it.

    Raises ``RefusedError`` for a scheme that is not in ``SCHEMES``, or where nothing opens it.
    """
    scheme = urlsplit(url).scheme.lower()
    if scheme not in SCHEMES:
        raise RefusedError(
            f"{scheme or 'this'} links are not opened: {', '.join(sorted(SCHEMES))} are"
        )
    try:
        browser = webbrowser.get()
        opened = not _takes_the_terminal(browser) and browser.open(url)
    except (webbrowser.Error, OSError):
        opened = False
    if not opened:
        raise RefusedError(f"nothing here opens {scheme} links: use another channel")


def _takes_the_terminal(browser: webbrowser.BaseBrowser) -> bool:
    """Tell whether a browser would draw over the board, as lynx and its like do."""
    runs_in_front = isinstance(browser, webbrowser.GenericBrowser)
    runs_behind = isinstance(browser, webbrowser.BackgroundBrowser)
    return runs_in_front and not runs_behind and "BROWSER" not in os.environ


def downloads() -> Path:
    """Return where files go that the user opens next, wherever the program was started."""
    from platformdirs import user_downloads_path  # late: few messages are saved as files

    return user_downloads_path()


def save_file(file: File, directory: Path) -> Path:
    """Save a file under its bare name in a directory, for its user alone, and return its path.

    It goes to its own ``folder`` where it has one. A number is added where the name is
    taken; nothing is overwritten. Raises ``RefusedError`` where the directory cannot be
    written.
    """
    name = Path(Path(file.name).name)
    if file.folder:
        directory = Path(file.folder).expanduser()
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        for number in range(1, 1000):
            path = directory / (name if number == 1 else f"{name.stem}-{number}{name.suffix}")
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(file.content)
            return path
    except OSError as fault:
        raise RefusedError(f"cannot save {name} in {directory}: {fault.strerror}") from fault
    raise RefusedError(f"{directory} is full of files called {name}: tidy it up")
