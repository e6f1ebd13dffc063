"""What of a message its writer says, and what was said by others or by the mail program."""

from __future__ import annotations

import re

_QUOTED_LINE = r"^[ ]*>.*$"
# The line above a reply's quotation, and all that follows it.
_ATTRIBUTION = (
    r"^(?:on|am|le|el)\b[^\n]{0,120}\b(?:wrote|schrieb|a écrit|écrit|escribió)\b[^\n]{0,60}:[ ]*$.*"
)
_FORWARDED = (
    r"^-{2,}[ ]?(?:original message|forwarded message|ursprüngliche nachricht|"
    r"message d'origine|mensaje original)\b.*"
)
_SIGNATURE = r"^--[ ]?$.*"
_DEVICE = (
    r"^(?:sent from my|von meinem|envoyé de(?:puis)? mon|enviado desde mi|get outlook for)\b"
    r"[^\n.?!]{0,40}\.?[ ]*$.*"
)
_NOT_SAID = re.compile(
    rf"{_QUOTED_LINE}|(?s:{_ATTRIBUTION}|{_FORWARDED}|{_SIGNATURE}|{_DEVICE})",
    re.MULTILINE | re.IGNORECASE,
)
_CHARACTER = re.compile(r"[^\n]")


def own_lines(body: str) -> str:
    """Return a body with blanks for quoted lines, forwarded messages and the signature.

    No character moves: what stands at an offset of the body stands there still.
    """
    return _NOT_SAID.sub(lambda found: _CHARACTER.sub(" ", found[0]), body)
