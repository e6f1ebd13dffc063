"""Bytes as text, whatever they say of themselves."""

from __future__ import annotations

import codecs

# Bytes in one of these are read as its superset, as browsers do (WHATWG Encoding, section 4.2).
_SUPERSETS = {
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso8859-9": "cp1254",
}
# Names that mail uses and Python lacks.
_ALIASES = {
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "x-mac-roman": "mac-roman",
    "unicode-1-1-utf-7": "utf-7",
    "cp-850": "cp850",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
}
# Codecs of Python that are no charset of any mail; some take a time that grows with the square.
_NO_CHARSETS = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"))
_GUESSED_FROM = 20_000  # bytes


def decoded(data: bytes, charset: str = "") -> str:
    """Return bytes as text: by the charset they name, else by what they look like."""
    for name in (_known(charset), "utf-8"):
        if name:
            try:
                return data.decode(name)
            except (UnicodeError, ValueError):
                continue
    if _known(charset) and _mostly_decodes(data, charset):
        return data.decode(_known(charset), "replace")
    return data.decode(_guessed(data), "replace")


def _known(charset: str) -> str:
    """Return the codec of a charset, empty where Python has none."""
    name = charset.strip(" \"'").lower()
    try:
        codec = codecs.lookup(_ALIASES.get(name, name))
    except (LookupError, ValueError, UnicodeError):
        return ""
    if not codec._is_text_encoding or codec.name.replace("_", "-") in _NO_CHARSETS:  # noqa: SLF001
        return ""
    return _SUPERSETS.get(codec.name, codec.name)


def _mostly_decodes(data: bytes, charset: str) -> bool:
    text = data.decode(_known(charset), "replace")
    return text.count("\ufffd") * 20 < len(text)


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # late: nearly all mail says what it is

    best = from_bytes(data[:_GUESSED_FROM]).best()
    return best.encoding if best else "cp1252"
