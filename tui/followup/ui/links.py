"""Links on their way out: opened off the thread of the screen, by what the system has for them."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import quote, urlsplit

from textual.widget import Widget

from followup import handoff
from followup.domain.errors import RefusedError
from followup.domain.text import clean

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""What is opened from a page that shows texts from outside."""

_AS_THEY_ARE = "%/:?#[]@!$&'()*+,;=~"  # what is not a letter in a link (RFC 3986)
_EXTENSION = re.compile(r"(?:ext|x|durchwahl|app|#).*", re.IGNORECASE)


def mail_to(address: str) -> str:
    """Return the link that begins a mail to an address (RFC 6068)."""
    return f"mailto:{quote(address, safe='@')}"


def call_to(phone: str) -> str:
    """Return the link that calls a number as people write it (RFC 3966).

    ``+49 (0)30 123`` has a zero that is not dialled; an extension is left out.
    """
    number = _EXTENSION.sub("", phone.replace("(0)", "" if "+" in phone else "0"))
    return f"tel:{re.sub(r'[^0-9+]', '', number)}"


def open_link(widget: Widget, url: str) -> None:
    """Open a link, or say why it is not opened."""
    widget.run_worker(_open(widget, url), name="link")


async def _open(widget: Widget, url: str) -> None:
    try:
        if _scheme(url) not in SCHEMES:
            raise RefusedError(f"{url} is not opened: only web, mail and phone links are")
        # Markdown's links arrive decoded, with whatever was hidden in them.
        await asyncio.to_thread(handoff.open_url, quote(clean(url), safe=_AS_THEY_ARE))
    except RefusedError as fault:
        widget.notify(clean(str(fault)), severity="warning", markup=False)


def _scheme(url: str) -> str:
    try:
        return urlsplit(url).scheme.lower()
    except ValueError:
        return ""
