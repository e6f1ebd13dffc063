"""The text of an HTML mail, without the mail that it answers."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

LONGEST = 500_000
"""Characters of a page that are looked at."""

_BLOCKS = frozenset(
    (
        *("p", "div", "br", "hr", "pre", "section", "article", "header", "footer"),
        *("tr", "table", "li", "ul", "ol", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6"),
    )
)
_UNSEEN = frozenset(("script", "style", "head", "title", "template", "noscript", "svg"))
_UNCLOSED = re.compile(r"<(?=[^<>]*(?:<|$))")
_VOID = frozenset(
    (
        *("br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed"),
        *("source", "track", "wbr"),
    )
)
_QUOTE_CLASSES = frozenset(
    (
        *("gmail_quote", "gmail_attr", "gmail_extra", "yahoo_quoted", "moz-cite-prefix"),
        *(
            "protonmail_quote",
            "tutanota_quote",
            "zmail_extra",
            "ms-outlook-mobile-reference-message",
        ),
    )
)
_HISTORY_IDS = frozenset(
    ("divrplyfwdmsg", "appendonsend", "reply-intro", "mail-editor-reference-message-container")
)


class _Page(HTMLParser):
    """Collects the text of a page; ``history`` says whether quotations are part of it."""

    def __init__(self, *, history: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._history = history
        self._open: list[tuple[str, bool]] = []  # elements, and whether each hides its text
        self._names: Counter[str] = Counter()  # how many of them have each name
        self._hiding = 0
        self._is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n")
        named = {name: (value or "").lower() for name, value in attrs}
        if not self._history and named.get("id", "").removeprefix("x_") in _HISTORY_IDS:
            self._is_over = True
        if tag in _VOID:
            return
        hides = tag in _UNSEEN or _is_hidden(named.get("style", ""))
        hides = hides or (not self._history and _is_quotation(tag, named))
        self._open.append((tag, hides))
        self._names[tag] += 1
        self._hiding += hides

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n")
        if not self._names[tag]:
            return
        while self._open:
            name, hides = self._open.pop()
            self._names[name] -= 1
            self._hiding -= hides
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self._hiding and not self._is_over:
            self.pieces.append(data if self._names["pre"] else " ".join(_words(data)))


def _words(data: str) -> list[str]:
    """Return the words of a text, with an empty one where it begins or ends with a blank."""
    words = data.split()
    before = [""] if data[:1].isspace() else []
    after = [""] if data[-1:].isspace() and words else []
    return [*before, *words, *after]


def _is_hidden(style: str) -> bool:
    compact = style.replace(" ", "")
    return "display:none" in compact or "mso-hide:all" in compact


def _is_quotation(tag: str, named: dict[str, str]) -> bool:
    return tag == "blockquote" or bool(_QUOTE_CLASSES & set(named.get("class", "").split()))


def page_text(html: str) -> str:
    """Return what a page says, a line for each block, without what it quotes.

    A page that is all quotation is returned whole.
    """
    return _text(html, history=False) or _text(html, history=True)


def _text(html: str, *, history: bool) -> str:
    page = _Page(history=history)
    try:
        page.feed(_closed(_without_comments(html[:LONGEST])))
        page.close()
    except (AssertionError, ValueError, IndexError):
        pass  # what it has seen until then is what can be read
    lines = (" ".join(line.split()) for line in "".join(page.pieces).splitlines())
    return "\n".join(line for line in lines if line)


def _without_comments(html: str) -> str:
    pieces: list[str] = []
    end = 0
    while (start := html.find("<!--", end)) >= 0 and (close := html.find("-->", start)) >= 0:
        pieces.append(html[end:start])
        end = close + len("-->")
    return "".join([*pieces, html[end:]])


def _closed(html: str) -> str:
    """Return a page with no tag that does not end, which the parser would look for again and again.

    It takes a time that grows with the square of their number.
    """
    return _UNCLOSED.sub("&lt;", html)
