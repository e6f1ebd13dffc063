"""Interviews that came by invitation: which version of one counts (RFC 5546, section 2.1.5).

A version is newer by its sequence, then by its stamp; of two that are equal in both a
cancellation is the later one. Older versions change nothing, in whatever order they come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from followup.domain.application import Application
from followup.domain.events import AnyEvent, Interview

_RECURRENCE = "#"
_MINUTE = timedelta(minutes=1)
_NEVER = datetime.min.replace(tzinfo=UTC)
_OWN_UID = re.compile(r"application-(\d{1,9})-interview-(\d{1,4})@followup")


def own_uid(application_id: int, number: int) -> str:
    """Return the UID of an interview in our own calendar.

    ``number`` counts the interviews of the application from 1, as they were recorded.
    """
    return f"application-{application_id}-interview-{number}@followup"


def recurrence_uid(uid: str, recurrence: str) -> str:
    """Return the UID of one interview of a series, which the series calls by ``recurrence``."""
    return f"{uid}{_RECURRENCE}{recurrence}"


def exported_from(uid: str) -> int:
    """Return the application of which a UID of our own calendar is, 0 for any other."""
    own = _OWN_UID.fullmatch(uid)
    return int(own[1]) if own else 0


def is_exported(application: Application, uid: str) -> bool:
    """Tell whether a UID is that of an interview of this application in our own calendar."""
    own = _OWN_UID.fullmatch(uid)
    interviews = sum(isinstance(event, Interview) for event in application.events)
    return own is not None and int(own[1]) == application.id and 1 <= int(own[2]) <= interviews


def booked(known: Iterable[AnyEvent], brought: Iterable[AnyEvent]) -> tuple[AnyEvent, ...]:
    """Return the known facts with what invitations bring: new interviews, and newer versions.

    It has the very same facts where that is nothing; of what is brought only interviews with
    a ``uid`` count.
    """
    facts = list(known)
    for invitation in brought:
        if not isinstance(invitation, Interview) or not invitation.uid:
            continue
        place = _place(facts, invitation)
        if place is None:
            facts.append(invitation)
            continue
        fact = facts[place]
        if isinstance(fact, Interview) and _changes(fact, invitation):
            facts[place] = _version(fact, invitation)
    return tuple(facts)


def _place(facts: Sequence[AnyEvent], invitation: Interview) -> int | None:
    """Return where an interview stands already: by its UID, else by its time."""
    interviews = [(at, fact) for at, fact in enumerate(facts) if isinstance(fact, Interview)]
    by_uid = (at for at, fact in interviews if _is_of(fact, invitation))
    by_time = (at for at, fact in interviews if _is_same_time(fact, invitation))
    return next(by_uid, next(by_time, None))


def _is_of(known: Interview, invitation: Interview) -> bool:
    """Tell whether an interview came by this invitation; a whole series can be called off."""
    return known.uid == invitation.uid or _calls_series_off(known, invitation)


def _calls_series_off(known: Interview, invitation: Interview) -> bool:
    series, mark, _ = known.uid.rpartition(_RECURRENCE)
    return invitation.cancelled and bool(mark) and series == invitation.uid


def _is_same_time(known: Interview, invitation: Interview) -> bool:
    """Tell whether an interview is one that the user recorded, or that another UID brought."""
    if known.date_only or invitation.date_only:
        return known.day == invitation.day and not (known.uid and invitation.uid)
    return abs(known.at - invitation.at) < _MINUTE


def _changes(known: Interview, invitation: Interview) -> bool:
    """Tell whether an invitation is a newer version of an interview, or its very first."""
    if not _is_of(known, invitation):
        return not known.uid
    return _age(invitation) > _age(known)


def _age(version: Interview) -> tuple[int, datetime, bool]:
    return version.sequence, version.stamp or _NEVER, version.cancelled


def _version(known: Interview, invitation: Interview) -> Interview:
    """Return an interview as an invitation has it now; what it leaves open stays."""
    if _calls_series_off(known, invitation):
        return replace(known, cancelled=True, sequence=invitation.sequence, stamp=invitation.stamp)
    version = replace(invitation, zone=known.zone, text=invitation.text or known.text)
    if invitation.date_only and not known.date_only and known.day == invitation.day:
        return replace(version, at=known.at, ends=known.ends, date_only=False)
    return version if known.uid else replace(version, text=known.text or invitation.text)
