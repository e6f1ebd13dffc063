"""The rule of size: a text message goes in segments, each of which is paid for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from unicodedata import category

from followup.api import Application, Channel, Message, Severity, Step, Verdict
from followup_sms.channels import PhoneText, TwilioText
from followup_sms.gsm import Segments, foreign, segments

MOST_SEGMENTS = 3
_CHARACTERS_TOLD = 3


class Size:
    """Counts the segments, warns of many and blocks what Twilio does not take."""

    code = "sms-segments"
    needs_application = False

    def review(
        self,
        message: Message,
        application: Application | None,
        step: Step | None,
        channel: Channel | None,
        now: datetime,
    ) -> Sequence[Verdict]:
        """Return how many segments a text message has, and where it is too long."""
        name, body = channel.name if channel else "", message.body
        if not body or name not in (TwilioText.name, PhoneText.name):
            return []
        count = self._count(body)
        if name == TwilioText.name and len(body) > TwilioText.limit:
            return [self._too_long(len(body), TwilioText.limit), count]
        return [count]

    def _too_long(self, length: int, limit: int) -> Verdict:
        text = f"Twilio takes {limit:,} characters, this has {length:,}: cut {length - limit:,}."
        return Verdict(code=self.code, severity=Severity.BLOCK, message=text, span=(limit, length))

    def _count(self, body: str) -> Verdict:
        split, strangers = segments(body), list(foreign(body))
        is_long = len(split.parts) > MOST_SEGMENTS
        advice = ": shorten it or write an e-mail" if is_long else ""
        place = strangers[0][0] if len(strangers) == 1 else None
        return Verdict(
            code=self.code,
            severity=Severity.WARN if is_long else Severity.INFO,
            message=f"{_told(split, dict(strangers).values())}{advice}.",
            span=None if place is None else (place, place + 1),
        )


def _told(split: Segments, strangers: Iterable[str]) -> str:
    """Say ``2 segments of 67 characters (UCS-2 because of “, ”), 13 left``."""
    count, encoding = len(split.parts), split.encoding.name
    noun = "segment" if count == 1 else "segments"
    culprits = [_shown(character) for character in dict.fromkeys(strangers)]
    if culprits:
        more = len(culprits) - _CHARACTERS_TOLD
        named = [*culprits[:_CHARACTERS_TOLD], *([f"{more} more"] if more > 0 else [])]
        encoding += f" because of {', '.join(named)}"
    return f"{count} {noun} of {split.room} characters ({encoding}), {split.left} left"


def _shown(character: str) -> str:
    """Return a character that can be seen by itself, and the name of any other."""
    seen = character.isprintable() and category(character)[0] != "M"
    return character if seen else f"U+{ord(character):04X}"
