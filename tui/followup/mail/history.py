"""What the writer of a mail says in it: without quotations, older mails and the signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_LINES = 2_000
"""Lines of a mail that are looked at."""

_WROTE = (
    r"wrote|writes|schrieb|schreibt|a écrit|a ecrit|écrit|escribi[oó]|ha scritto|schreef|escreveu"
    r"|skrev|kirjoitti|napisał\(a\)|napisał|napisał\(?a?\)?|написал"
)
# Programs wrap the line above a quotation, so up to three lines make one.
_ATTRIBUTION_LINES = 3
_LONGEST_ATTRIBUTION = 400  # characters
_DATED = re.compile(
    r"[>\s]*(?:on|am|le|el|il|op|em|den|dnia|w dniu)\b"
    rf".{{4,220}}\b(?:{_WROTE})\b.{{0,120}}[:：]\s*",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"[>\s]*(?:.{{2,120}}\b(?:{_WROTE})\b.{{0,80}}\d.{{0,40}}"
    rf"|.{{0,120}}<[^<>\s]+@[^<>\s]+>\s*(?:{_WROTE})\s*"
    r"|\d{4}-\d\d-\d\d.{0,60}<[^<>\s]+@[^<>\s]+>\s*)[:：]\s*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"[-_\s]*(?:original message|original appointment|forwarded message|begin forwarded message"
    r"|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht"
    r"|anfang der weitergeleiteten nachricht|message d['’]origine|message transféré"
    r"|début du message (?:transféré|réexpédié)|mensaje original|mensaje reenviado"
    r"|inicio del mensaje reenviado|messaggio originale|oorspronkelijk bericht"
    r"|mensagem original)[-_:\s]*",
    re.IGNORECASE,
)
# The head of an older mail as Outlook writes it: who, then when, to whom and about what.
_HEAD_FROM = re.compile(r"\W{0,3}(?:from|von|de|da|van|från|fra|od)\s?\*?\s?[:：].+", re.IGNORECASE)
_HEAD_MORE = re.compile(
    r"\W{0,3}(?:sent|date|to|cc|subject|importance"
    r"|gesendet|datum|an|betreff"
    r"|envoyé|date d'envoi|à|objet"
    r"|enviado(?: el)?|fecha|para|asunto"
    r"|inviato|data|a|oggetto|verzonden|aan|onderwerp)\s?\*?\s?[:：]",
    re.IGNORECASE,
)
_HEAD_LINES = 6
_DEVICE = re.compile(
    r"(?:sent from my|sent via|von meinem|gesendet mit|envoyé de(?:puis)? mon|enviado desde mi"
    r"|get outlook for|holen sie sich outlook|télécharger outlook|obtener outlook"
    r"|inviato da)\b.{0,60}",
    re.IGNORECASE,
)


def said_in(body: str) -> str:
    """Return what the writer of a mail says, ``body`` being its whole text.

    What stands below a quotation is kept where the quotation is marked line by line. Empty
    where nothing is said but what others said before.
    """
    lines = body.splitlines()[:MOST_LINES]
    said: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if line.lstrip().startswith(">"):
            number += 1
            continue
        taken = _attribution_at(lines, number)
        if taken and _quoted_by_line(lines, number + taken):
            number += taken
            continue
        if taken or _ends_here(lines, number):
            break
        said.append(line)
        number += 1
    return "\n".join(said).strip()


def _attribution_at(lines: Sequence[str], number: int) -> int:
    """Return how many lines introduce a quotation here, none where none do."""
    for taken in range(1, _ATTRIBUTION_LINES + 1):
        head = [line.strip() for line in lines[number : number + taken]]
        if not head[-1] or head[-1].startswith(">"):
            return 0
        for form, less in ((_DATED, (_DATED,)), (_NAMED, (_DATED, _NAMED))):
            if _is_attribution(head, (form,)):
                # "Thanks" in front of it is no part of it.
                rests = (head[start:] for start in range(1, taken))
                return 0 if any(_is_attribution(rest, less) for rest in rests) else taken
    return 0


def _is_attribution(head: Sequence[str], forms: Sequence[re.Pattern[str]]) -> bool:
    joined = " ".join(head)
    is_short = len(joined) <= _LONGEST_ATTRIBUTION and joined.endswith((":", "："))
    return is_short and any(form.fullmatch(joined) for form in forms)


def _quoted_by_line(lines: Sequence[str], number: int) -> bool:
    """Tell whether the next line that says something is marked as a quotation."""
    following = (line.lstrip() for line in lines[number:] if line.strip())
    return next(following, "").startswith(">")


def _ends_here(lines: Sequence[str], number: int) -> bool:
    """Tell whether a signature or an older mail begins at a line."""
    line = lines[number].strip()
    if line == "--" or (line and _SEPARATOR.fullmatch(line)) or _DEVICE.fullmatch(line):
        return True
    if not _HEAD_FROM.match(line):
        return False
    more = sum(bool(_HEAD_MORE.match(next_)) for next_ in lines[number + 1 : number + _HEAD_LINES])
    return more >= 2
