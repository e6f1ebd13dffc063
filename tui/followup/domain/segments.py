"""Sentences as a person would count them (design, section 4).

Greeting, sign-off, signature, quoted text and list markers do not count. The segmentation
itself is ``sentencex``'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup.domain.quoting import own_lines

# What has a full stop and ends no sentence, where ``sentencex`` takes it for an end. A
# message may have those of any language: a German writes to Ms. Smith.
_TITLES = r"(?:Ms|Mr|Mrs|Mx|Messrs|Dr|Prof|St|Rev|Hr|Hrn|Fr|Frl|Sra?|Srta|Mme|Mlle|M)\."
_SHORTENED = r"(?:bzw|evtl|ggf|inkl|e\.g|i\.e|p\. ?ex|p\. ?ej|z\. ?B|d\. ?h|u\. ?a)\."
_DATED = (
    r"(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez|"
    r"[Aa]pprox|[Cc]a|[Nn]o|[Nn]r|\d{1,2})\."
)
_GOES_ON = re.compile(rf"(?:^|[\s(])(?:{_TITLES}|{_SHORTENED})\s*$")
_MAY_GO_ON = re.compile(rf"(?:^|[\s(]){_DATED}\s*$")
_DATE = re.compile(
    r"\d|[a-zà-ÿ]|(?:Jan|Feb|Mar|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Oct|Nov|De[cz])\w*\b|"
    r"[^\W\d_]*(?i:woche|quartal|runde|stock)\b"
)
_GREETING = re.compile(
    r"(?:hi|hiya|hello|hey|dear|greetings|to whom it may concern|"
    r"good (?:day|morning|afternoon|evening)|"
    r"hallo|moin|servus|liebe[rs]?|guten (?:tag|morgen|abend)|sehr geehrte[rs]?|grüezi|"
    r"bonjour|bonsoir|salut|madame|monsieur|ch[eè]re?s?|"
    r"hola|buen[oa]s?|estimad[oa]s?|querid[oa]s?|apreciad[oa]s?)"
    rf"\b(?:{_TITLES}|\b[^\W\d_]\.|[^.!?\n]){{0,60}}[,:!.]?",
    re.IGNORECASE,
)
# Small words that greetings have beside names; any other begins to say something.
_IN_GREETING = re.compile(
    r"there|all|both|every(?:one|body)|folks|team|hiring|recruit(?:ing|er)|talent|acquisition|"
    r"people|hr|manager|committee|sir|madam|dear|friends?|colleagues?|and|or|the|at|of|from|for|"
    r"to|whom|it|may|concern|day|morning|afternoon|evening|again|"
    r"zusammen|alle|sehr|geehrte[rs]?|damen|herren|frau|herr|und|an|das|die|der|liebe[rs]?|"
    r"personalabteilung|tag|morgen|abend|von|bei|"
    r"tou(?:s|te|tes)|à|et|l|équipe|recrutement|madame|monsieur|mes(?:dames|sieurs)|de|la|du|des|"
    r"ch(?:er|ère)s?|"
    r"tod[oa]s|a|y|el|equipo|selección|señor(?:a|es)?|estimad[oa]s?|querid[oa]s?|d[ií]as|tardes|"
    r"noches"
)
_WORD = re.compile(r"[^\W\d_]+")
_NAME_ALONE = re.compile(r"[^\W\d_a-zà-ÿ][\w'’-]*(?: [^\W\d_a-zà-ÿ][\w'’-]*){0,2},")
_WISHES = (
    r"(?:all (?:the|my) )?best(?: regards| wishes)?|"
    r"(?:with )?(?:kind|warm|best|many)(?:est)? (?:regards|wishes)|regards|cheers|take care|"
    r"(?:yours )?(?:sincerely|faithfully|truly|respectfully)(?: yours)?|respectfully|"
    r"(?:have a )?(?:great|good|nice|lovely) (?:day|week|weekend|evening)|"
    r"(?:mit )?(?:viele|beste|liebe|herzliche|freundliche|schöne)n? gr(?:ü|ue)(?:ß|ss)en?"
    r"(?: aus \w+)?|hochachtungsvoll|mfg|lg|vg|"
    r"(?:bien )?(?:cordialement|sincèrement|amicalement)|bien à (?:vous|toi)|"
    r"(?:(?:meilleures|sincères|cordiales) )?salutations(?: distinguées)?|"
    r"bonne (?:journée|semaine|soirée)|"
    r"(?:con )?(?:un )?(?:cordial |afectuoso )?(?:saludo|abrazo)s?(?: cordial(?:es)?)?|"
    r"atentamente|cordialmente|quedo atent[oa]"
)
_THANKS = (
    r"(?:(?:with )?many )?(?:thanks|thx)(?: again| so much| a lot| in advance)?|"
    r"(?:with )?(?:many )?thanks and (?:kind|best|warm) regards|"
    r"thank you(?: again| so much| very much| in advance)?|"
    r"(?:vielen |besten |herzlichen )?dank(?: im voraus)?|danke(?: im voraus)?|"
    r"merci(?: beaucoup| d'avance| encore)?|(?:muchas )?gracias(?: de antemano| por todo)?"
)
_SIGN_OFF = re.compile(
    rf"(?:(?:{_WISHES})\.?|(?:{_THANKS}))(?:!|,[^.!?\n]{{0,40}})?", re.IGNORECASE
)
# Before other words on its line a greeting is a sentence of its own.
_SHORT_GREETING = re.compile(r"[^,]{1,30}[!.]")
_LIST_MARKER = re.compile(r"^[ ]*(?:[-*•–]|\d{1,2}[.)]|[a-z]\))[ ]+", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n\s*\n")
_CONTACT_LINES = 6
# A message of more says far too much whatever the rest is, and takes no longer to count.
_COUNTED_AT_MOST = 20_000
# As many characters as an abbreviation and its full stop can be.
_ABBREVIATED = 16
_NAME_WORDS = 2


def counted(body: str, language: str) -> int:
    """Return the number of sentences in the body of a message.

    ``language`` is an ISO 639-1 code, as ``sentencex`` knows them.
    """
    return sum(_count_paragraph(paragraph, language) for paragraph in _said(body))


def _said(body: str) -> list[str]:
    """Return the paragraphs that say something: no greeting, sign-off, signature or quote."""
    body = _LIST_MARKER.sub("", own_lines(body[:_COUNTED_AT_MOST]))
    paragraphs = [part.strip() for part in _PARAGRAPH.split(body) if part.strip()]
    if paragraphs:
        first, *rest = paragraphs[0].splitlines()
        if _is_greeting(first.strip()) or _NAME_ALONE.fullmatch(first.strip()):
            paragraphs[0] = "\n".join(rest)
    said: list[str] = []
    for paragraph in paragraphs:
        lines = paragraph.splitlines()
        closing = next((n for n, line in enumerate(lines) if _closes(line, lines[n + 1 :])), None)
        said.append("\n".join(lines[:closing]))
        if closing is not None:
            break
    else:
        said = _without_name(said)
    return [paragraph for paragraph in said if paragraph.strip()]


def _is_greeting(line: str) -> bool:
    """Tell whether a line greets and says nothing more, as "Hi Sarah, checking in" does."""
    if not _GREETING.fullmatch(line):
        return False
    _greeting, *words = _WORD.findall(line)
    if len(words) <= _NAME_WORDS and "," not in line.rstrip(","):
        return True  # a name, however it is written
    return "I" not in words and all(
        not word.islower() or _IN_GREETING.fullmatch(word) for word in words
    )


def _closes(line: str, rest: list[str]) -> bool:
    """Tell whether a line is a sign-off: known words, and at most a few lines of who it is."""
    return len(rest) <= _CONTACT_LINES and _SIGN_OFF.fullmatch(line.strip()) is not None


def _without_name(paragraphs: list[str]) -> list[str]:
    """Return paragraphs without a name in the last line, as it stands below a whole sentence."""
    lines = "\n\n".join(paragraphs).rstrip().splitlines()
    above = next((line for line in reversed(lines[:-1]) if line.strip()), "")
    if above.rstrip().endswith((".", "!", "?")) and _NAME_ALONE.fullmatch(
        f"{lines[-1].strip(' -–')},"
    ):
        return _PARAGRAPH.split("\n".join(lines[:-1]))
    return paragraphs


def _count_paragraph(paragraph: str, language: str) -> int:
    # Late: only a count needs the segmenter, and most commands count nothing.
    from sentencex import segment

    parts = _whole(segment(language, " ".join(paragraph.split())))
    return sum(any(map(str.isalnum, part)) for part in _without_courtesies(parts))


def _whole(parts: Iterable[str]) -> list[str]:
    """Return sentences, put together where the segmenter took an abbreviation for an end."""
    whole: list[str] = []
    for part in parts:
        if whole and _goes_on(whole[-1], part):
            whole[-1] += part
        else:
            whole.append(part)
    return whole


def _goes_on(before: str, part: str) -> bool:
    """Tell whether a sentence goes on behind a full stop: "Ms." "Smith", "3." "März".

    So does one that began with a capital where no capital follows: "Acme Ltd." "and"; and
    any where no space follows: "C." "V.".
    """
    end = before[-_ABBREVIATED:]
    if before.endswith((".", "!", "?")) or _GOES_ON.search(end):
        return True
    if _begins_small(part) and not _begins_small(before):
        return True
    return bool(_MAY_GO_ON.search(end) and _DATE.match(part))


def _begins_small(part: str) -> bool:
    return next(filter(str.isalpha, part), "").islower()


def _without_courtesies(parts: list[str]) -> list[str]:
    """Return the parts of a paragraph without a greeting before and a sign-off after them."""
    first, last = parts[0].strip(), parts[-1].strip()
    greets = _SHORT_GREETING.fullmatch(first) and _is_greeting(first)
    signs_off = _SIGN_OFF.fullmatch(last) and not last.endswith("!")  # "Thanks!" may be meant
    return parts[1 if greets else 0 : -1 if signs_off else None]
