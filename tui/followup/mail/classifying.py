"""What a mail is: a person's answer, or one of the many things that only look like one.

Where it is not clear whether a person or a program wrote it, headers decide over text: an
answer that is missed is asked about again, but a program that is taken for a person stops a
sequence (design, section 9).
"""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from followup.mail import automatic, bounces, vocabulary
from followup.mail.letters import Mail


class Kind(StrEnum):
    """What a mail can be."""

    REPLY = "reply"
    REJECTION = "rejection"
    INVITATION = "invitation"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RECEIPT = "read_receipt"
    ACKNOWLEDGMENT = "acknowledgment"
    BULK = "bulk"
    UNREADABLE = "unreadable"

    @property
    def is_answer(self) -> bool:
        """Whether the ball is with the user now."""
        return self in (Kind.REPLY, Kind.REJECTION, Kind.INVITATION)


class Judgement(Struct, frozen=True, kw_only=True):
    """What a mail is, and the words or the header that say so."""

    kind: Kind
    why: str = ""


_BY_ACTION = {
    bounces.FAILED: Kind.BOUNCE,
    bounces.DELAYED: Kind.DELAYED,
    bounces.DELIVERED: Kind.DELIVERED,
}
_REPLY_PREFIX = re.compile(r"\s*(?:re|aw|sv|antw|rép|rif|res|r)\s?(?:\[\d+\])?\s?:", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+")
_WORD = re.compile(r"\w{3,}")
_GREETING_LINES = 3
_LONGEST_GREETING = 40  # characters


def classify(mail: Mail) -> Judgement:
    """Return what a mail is."""
    if not mail.readable:
        return Judgement(kind=Kind.UNREADABLE)
    case = _Case(mail)
    return (
        case.of_the_post()
        or case.with_calendar()
        or case.answered_by_program()
        or case.from_program()
        or case.from_person()
    )


class _Case:
    """A mail to judge: what its headers and its words say, each found out once."""

    def __init__(self, mail: Mail) -> None:
        self.mail = mail
        self.folded_subject = vocabulary.fold(_REPLY_PREFIX.sub("", mail.subject))
        self.sentences = (self.folded_subject, *vocabulary.sentences(mail.text))
        self.auto_reply = automatic.auto_reply(mail)
        self.generated = automatic.generated(mail)
        self.bulk = automatic.bulk(mail)
        self.is_unattended = automatic.is_unattended(mail)
        self.is_answer = bool(mail.references) or bool(_REPLY_PREFIX.match(mail.subject))

    # Who wrote it

    def of_the_post(self) -> Judgement | None:
        """Judge what mail systems and mail programs send: bounces and receipts."""
        mail = self.mail
        if delivery := bounces.bounce_in(mail):
            kind = _BY_ACTION[delivery.action]
            return Judgement(kind=kind, why=delivery.reason or delivery.action)
        is_receipt = mail.header("content-class") == "urn:content-classes:mdn"
        if is_receipt or (mail.report and mail.report.kind == "disposition-notification"):
            return Judgement(kind=Kind.RECEIPT, why="a read receipt")
        if mail.report:
            return Judgement(kind=Kind.BULK, why=f"a report: {mail.report.kind}")
        return None

    def with_calendar(self) -> Judgement | None:
        """Judge what comes with an invitation for a calendar (RFC 5546, section 3.2.2)."""
        if self.mail.calendar_method != "REQUEST" or self.auto_reply or self._is_mass_mail:
            return None
        return Judgement(kind=Kind.INVITATION, why="an invitation for the calendar")

    def answered_by_program(self) -> Judgement | None:
        """Judge what a program answered: away, or glad to have the application."""
        is_away = self._is_away_subject or bool(self._says("away"))
        header = self.auto_reply
        if not header and self._may_be_absence and not self.is_unattended:
            # Old vacation programs mark nothing but the precedence.
            header = self._hint
        if not header and self.is_answer and not self._greets:
            header = automatic.precedence(self.mail) or self._says("declared")
        if not header:
            return None
        if not is_away and (self._states("acknowledgment") or self._says("thanks")):
            return Judgement(kind=Kind.ACKNOWLEDGMENT, why=header)
        return Judgement(kind=Kind.AUTO_REPLY, why=header)

    @property
    def _may_be_absence(self) -> bool:
        """Whether it reads as an absence, where a header speaks for a program as well."""
        if self._is_away_subject:
            return True
        if self._greets or self._asks or not self._says("away"):
            return False
        return self.is_answer or bool(self._says("away_beside"))

    @property
    def _hint(self) -> str:
        """The header that goes with answers of programs, and with other mail as well."""
        suppressed = self.mail.header("x-auto-response-suppress")
        return self.bulk or self.generated or (suppressed and f"suppresses {suppressed}")

    def from_program(self) -> Judgement | None:
        """Judge what a program wrote by itself, for a firm or a job board."""
        mail = self.mail
        why = self.generated or self.bulk
        if not why and self.is_unattended:
            why = f"from {mail.sender.email}"
        if not why and vocabulary.is_domain_of("job_board", mail.sender.domain):
            why = f"from {mail.sender.domain}"
        if not why and not self._is_absence:
            why = self._says("declared")
        if not why or self._is_relayed or self._is_answer_through_list:
            return None
        if self._is_mass_mail:
            return Judgement(kind=Kind.BULK, why=why)
        return (
            self._of_the_application()
            or self._acknowledging(also_thanks=True)
            or Judgement(kind=Kind.AUTO_REPLY if self._answers_by_itself else Kind.BULK, why=why)
        )

    @property
    def _answers_by_itself(self) -> bool:
        return self.is_answer and bool(self.generated or self.is_unattended)

    def from_person(self) -> Judgement:
        """Judge what nothing marks as written by a program."""
        if self._is_absence:
            why = self.mail.subject if self._is_away_subject else self._says("away")
            return Judgement(kind=Kind.AUTO_REPLY, why=why)
        is_role = automatic.is_role(self.mail)
        if is_role and not self._greets and (received := self._says("message_received")):
            return Judgement(kind=Kind.AUTO_REPLY, why=received)
        is_personal = self.is_answer and not is_role
        acknowledging = None
        if not (is_personal or self._asks):
            acknowledging = self._acknowledging(also_thanks=is_role or self._is_tracked)
        return self._of_the_application() or acknowledging or Judgement(kind=Kind.REPLY)

    @property
    def _is_relayed(self) -> bool:
        """Whether a person's words came through a program: in a thread, or by name."""
        mail = self.mail
        if vocabulary.is_listed("relay", mail.sender.email):
            return True
        acknowledges = self._states("acknowledgment") or (self._says("thanks") and not self._asks)
        if self.generated or acknowledges:
            return False
        has_way_back = mail.reply_to is not None and not self.is_unattended
        is_by_name = self._greets and not self.bulk and (has_way_back or self._is_tracked)
        return is_by_name or (self.is_answer and (not self.is_unattended or self._is_tracked))

    @property
    def _is_tracked(self) -> bool:
        """Whether the sender is an applicant tracking system."""
        return vocabulary.is_domain_of("tracking_system", self.mail.sender.domain)

    @property
    def _is_answer_through_list(self) -> bool:
        return self.is_answer and automatic.is_from_list(self.mail)

    @property
    def _is_mass_mail(self) -> bool:
        """Whether a mail goes to many and is about no application of theirs."""
        is_boards = vocabulary.is_domain_of("job_board", self.mail.sender.domain)
        if not self.bulk and not is_boards:
            return False
        if vocabulary.says("alert", [self.folded_subject]):
            return True
        return not (self._is_tracked or self.is_answer or self._says("about_application"))

    # What it says

    def _of_the_application(self) -> Judgement | None:
        """Judge what says that it is over, or that they want to talk; not what says both."""
        regret = self._regret
        rejection = self._states("rejection") or regret
        invitation = self._invitation
        if rejection and (regret or not invitation):
            return Judgement(kind=Kind.REJECTION, why=rejection)
        is_receipt = self._states("acknowledgment") and not self.mail.calendar
        if invitation and not rejection and not is_receipt:
            return Judgement(kind=Kind.INVITATION, why=invitation)
        return None

    def _acknowledging(self, *, also_thanks: bool) -> Judgement | None:
        words = self._states("acknowledgment") or (also_thanks and self._says("thanks"))
        return Judgement(kind=Kind.ACKNOWLEDGMENT, why=words) if words else None

    @property
    def _invitation(self) -> str:
        """The words that invite, but for "we do not move you to the next round"."""
        inviting = (one for one in self.sentences if not vocabulary.says("rejection", [one]))
        return vocabulary.says("invitation", inviting, as_fact=True)

    @property
    def _regret(self) -> str:
        """The words of regret in a mail that takes leave as well."""
        regret = self._states("regret")
        return regret if regret and self._says("farewell") else ""

    @property
    def _is_absence(self) -> bool:
        """Whether a text is the answer of a program for somebody who is away.

        A person who was away, or will be, talks to somebody: by name, or with a question.
        """
        if vocabulary.begins("automatic_subject", self.mail.subject):
            return True
        if self._greets or self._asks:
            return False
        return self._is_away_subject or bool(self._says("away") and self._says("away_beside"))

    @property
    def _is_away_subject(self) -> bool:
        kinds = ("automatic_subject", "away_subject")
        return any(vocabulary.begins(kind, self.mail.subject) for kind in kinds)

    @property
    def _asks(self) -> bool:
        return "?" in _LINK.sub("", self.mail.text)

    @property
    def _greets(self) -> bool:
        """Whether it begins with a name of whom it is written to, as programs seldom do."""
        lines = [line for line in self.mail.text.splitlines() if line.strip()]
        greeting = [line[:_LONGEST_GREETING] for line in lines[:_GREETING_LINES]]
        named = " ".join(f"{to.name} {to.mailbox}" for to in self.mail.recipients)
        return bool(_words(" ".join(greeting)) & _words(named))

    def _says(self, kind: str) -> str:
        return vocabulary.says(kind, self.sentences)

    def _states(self, kind: str) -> str:
        return vocabulary.says(kind, self.sentences, as_fact=True)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(vocabulary.fold(text).replace("_", " ")))
