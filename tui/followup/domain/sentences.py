"""How many sentences a message says, counted as a person would (design, section 4).

Greeting, sign-off, signature and quoted text do not count. The segmentation itself is
``sentencex``'s.
"""

from __future__ import annotations

import re

from sentencex import segment

from followup.domain.step import StepKind

_TITLES = r"(?:Ms|Mr|Mrs|Mx|Dr|Prof|St|Hr|Fr|Sra?|Mme|Mlle)\."
# sentencex still ends a sentence after these.
_ENDS_IN_TITLE = re.compile(rf"\b{_TITLES}\s*$")
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|liebe[rs]?|guten tag|"
    r"sehr geehrte[rs]?|bonjour|madame|monsieur|ch[eè]re?|hola|buen[oa]s|estimad[oa]s?)"
    rf"\b(?:{_TITLES}|[^.!?\n]){{0,60}}[,:!.]?",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?:(?:all the )?best(?: regards| wishes)?|(?:with )?(?:kind|warm|best)(?:est)? regards|"
    r"regards|cheers|(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?|"
    r"(?:many )?thanks(?: again| so much| in advance)?|"
    r"thank you(?: again| so much| very much| in advance)?|"
    r"(?:viele|beste|liebe|herzliche|freundliche) gr(?:ü|ue)(?:ß|ss)e|"
    r"mit (?:freundlichen|besten|herzlichen) gr(?:ü|ue)(?:ß|ss)en|"
    r"(?:bien )?cordialement|bien à vous|(?:meilleures )?salutations|"
    r"(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente)"
    r"(?:!|,[^.!?\n]{0,40})?",
    re.IGNORECASE,
)
# Before other words on its line a greeting is a sentence of its own.
_SHORT_GREETING = re.compile(r"[^,]{1,30}[!.]")
_QUOTE = re.compile(r"^\s*>.*$", re.MULTILINE)
_SIGNATURE = re.compile(r"^--[ ]?$.*", re.MULTILINE | re.DOTALL)
_PARAGRAPH = re.compile(r"\n\s*\n")


def enough(kind: StepKind | None) -> int:
    """Return how many sentences a message for a kind of step may have (design, section 4)."""
    return 5 if kind is StepKind.LAST_CALL else 2


def count(body: str, language: str = "en") -> int:
    """Return the number of sentences in the body of a message.

    ``language`` is an ISO 639-1 code, as ``sentencex`` knows them.
    """
    return sum(_count_paragraph(paragraph, language) for paragraph in _said(body))


def _said(body: str) -> list[str]:
    """Return the paragraphs that say something: no greeting, sign-off, signature or quote."""
    body = _SIGNATURE.sub("", _QUOTE.sub("", body))
    paragraphs = [part.strip() for part in _PARAGRAPH.split(body) if part.strip()]
    if paragraphs:
        first, *rest = paragraphs[0].splitlines()
        if _GREETING.fullmatch(first.strip()):
            paragraphs[0] = "\n".join(rest)
    said: list[str] = []
    for paragraph in paragraphs:
        lines = paragraph.splitlines()
        closing = next((n for n, line in enumerate(lines) if _closes(line, lines[n + 1 :])), None)
        said.append("\n".join(lines[:closing]))
        if closing is not None:
            break
    return [paragraph for paragraph in said if paragraph.strip()]


def _closes(line: str, rest: list[str]) -> bool:
    """Tell whether a line is a sign-off: known words, and at most a name and title below."""
    return len(rest) <= 2 and _SIGN_OFF.fullmatch(line.strip()) is not None


def _count_paragraph(paragraph: str, language: str) -> int:
    joined = " ".join(paragraph.split())
    sentences = 0
    continues = False
    for part in _without_courtesies(list(segment(language, joined))):
        if not any(character.isalnum() for character in part):
            continue
        sentences += not continues
        continues = _ENDS_IN_TITLE.search(part) is not None
    return sentences


def _without_courtesies(parts: list[str]) -> list[str]:
    """Return the parts of a paragraph without a greeting before and a sign-off after them."""
    first, last = parts[0].strip(), parts[-1].strip()
    greets = _SHORT_GREETING.fullmatch(first) and _GREETING.fullmatch(first)
    signs_off = _SIGN_OFF.fullmatch(last) and not last.endswith("!")  # "Thanks!" may be meant
    return parts[1 if greets else 0 : -1 if signs_off else None]
