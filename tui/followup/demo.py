"""Made-up applications for demonstrations: a story in every stage, told around the present.

All companies are invented and all addresses end in ``.example`` (RFC 2606).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from followup.domain import instants
from followup.domain.application import Application, Contact
from followup.domain.events import (
    AnyEvent,
    Applied,
    FollowUp,
    Interview,
    Note,
    Outcome,
    OutcomeKind,
    Promise,
    Reply,
    Snooze,
)
from followup.domain.step import StepKind

_WORDS = {
    StepKind.FOLLOW_UP: "Thank you for your time. May I ask what comes next?",
    StepKind.CHECK_IN: "I am still very interested. Is there any news?",
    StepKind.LAST_CALL: "I am deciding between offers this week. Where do you stand?",
}


class _Calendar(Struct, frozen=True):
    """Facts dated by days before today (negative: ahead) and a time on the user's clock."""

    today: date
    zone: str

    def moment(self, days: int, clock: str) -> datetime:
        day = self.today - timedelta(days=days)
        return instants.at_time(day, time.fromisoformat(clock), self.zone)

    def applied(self, days: int) -> Applied:
        return Applied(at=self.moment(days, "12:00"), zone=self.zone, date_only=True)

    def interview(self, days: int, clock: str, text: str = "") -> Interview:
        at = self.moment(days, clock)
        return Interview(at=at, ends=at + timedelta(hours=1), zone=self.zone, text=text)

    def sent(self, days: int, clock: str, step: StepKind) -> FollowUp:
        at, text = self.moment(days, clock), _WORDS[step]
        return FollowUp(at=at, zone=self.zone, step=step, channel="email", text=text)

    def reply(self, days: int, clock: str, text: str) -> Reply:
        return Reply(at=self.moment(days, clock), zone=self.zone, text=text)

    def promise(self, days: int, clock: str, by: int) -> Promise:
        return Promise(
            at=self.moment(days, clock), zone=self.zone, by=self.today - timedelta(days=by)
        )

    def snooze(self, days: int, clock: str, until: int) -> Snooze:
        day = self.today - timedelta(days=until)
        until_start = instants.start_of_day(day, self.zone)
        return Snooze(at=self.moment(days, clock), zone=self.zone, until=until_start)

    def outcome(self, days: int, clock: str, result: OutcomeKind, text: str = "") -> Outcome:
        return Outcome(at=self.moment(days, clock), zone=self.zone, result=result, text=text)

    def note(self, days: int, clock: str, text: str) -> Note:
        return Note(at=self.moment(days, clock), zone=self.zone, text=text)


class _Story(Struct, frozen=True):
    """One made-up application: who and what, and how it went so far."""

    company: str
    role: str
    contact: str
    timeline: Callable[[_Calendar], tuple[AnyEvent, ...]]
    tags: tuple[str, ...] = ()
    location: str = ""
    source: str = ""
    salary: str = ""
    notes: str = ""
    others: tuple[str, ...] = ()


_STORIES = (
    _Story(
        "Globex",
        "Backend Engineer",
        "Dana Lee",
        lambda on: (
            on.applied(15),
            on.interview(8, "10:00", "phone screening"),
            on.sent(5, "11:20", StepKind.FOLLOW_UP),
            on.interview(1, "15:00", "on site, with the team"),
        ),
        tags=("python", "remote"),
        location="Springfield",
        source="referral",
        salary="85k",
        notes="""\
Dana said that they decide **on Mondays**.

- ask about the *on-call* rota
- they read our [post on queues](https://blog.example/queues)
- nothing before 48 hours: *why this date* says so
""",
        others=("Hank Scorpio",),
    ),
    _Story(
        "Initech",
        "Platform Engineer",
        "Bill Lumbergh",
        lambda on: (
            on.applied(25),
            on.interview(14, "09:30", "screening"),
            on.sent(12, "16:05", StepKind.FOLLOW_UP),
            on.interview(4, "14:30", "technical, two rounds"),
        ),
        tags=("platform",),
        location="Austin",
        source="job board",
        notes="Overdue since yesterday. `f` writes it: two sentences are enough.",
    ),
    _Story(
        "Hooli",
        "Python Developer",
        "Gavin Belson",
        lambda on: (
            on.applied(18),
            on.interview(6, "11:00"),
            on.sent(3, "11:30", StepKind.FOLLOW_UP),
        ),
        tags=("python",),
        location="Palo Alto",
        source="linkedin",
    ),
    _Story(
        "Vandelay",
        "Import Systems",
        "Art Vandelay",
        lambda on: (
            on.applied(40),
            on.interview(24, "10:00", "with the founder"),
            on.sent(21, "10:30", StepKind.FOLLOW_UP),
            on.sent(14, "09:15", StepKind.CHECK_IN),
        ),
        tags=("logistics",),
        location="New York",
        source="referral",
    ),
    _Story(
        "Stark Industries",
        "Robotics Engineer",
        "Pepper Potts",
        lambda on: (
            on.applied(21),
            on.interview(9, "16:00"),
            on.sent(6, "17:10", StepKind.FOLLOW_UP),
            on.reply(2, "10:42", "We liked talking to you. When could you come in again?"),
        ),
        tags=("robotics",),
        location="Malibu",
        source="conference",
    ),
    _Story(
        "Umbrella Labs",
        "Site Reliability Engineer",
        "Alice Abernathy",
        lambda on: (on.applied(9), on.interview(-2, "14:00", "video call")),
        tags=("sre", "remote"),
        location="Raccoon City",
        source="recruiter",
    ),
    _Story(
        "Wonka",
        "Platform Engineer",
        "Charlie Bucket",
        lambda on: (
            on.applied(12),
            on.interview(5, "13:00", "screening"),
            on.sent(3, "13:30", StepKind.FOLLOW_UP),
            on.interview(-5, "10:30", "a tour of the factory"),
        ),
        tags=("platform",),
        location="London",
        source="golden ticket",
    ),
    _Story(
        "Soylent",
        "Staff Engineer",
        "Robert Thorn",
        lambda on: (on.applied(11), on.interview(1, "09:00", "first talk")),
        location="New York",
        source="job board",
    ),
    _Story(
        "Tyrell",
        "Data Platform Engineer",
        "Rachael Rosen",
        lambda on: (on.applied(16), on.interview(3, "17:00", "the long questionnaire")),
        tags=("data",),
        location="Los Angeles",
        source="linkedin",
    ),
    _Story(
        "Cyberdyne",
        "Site Reliability Engineer",
        "Miles Dyson",
        lambda on: (
            on.applied(24),
            on.interview(11, "15:00"),
            on.sent(8, "15:40", StepKind.FOLLOW_UP),
        ),
        tags=("sre",),
        location="Sunnyvale",
        source="job board",
    ),
    _Story(
        "Massive Dynamic",
        "Infrastructure Engineer",
        "Nina Sharp",
        lambda on: (
            on.applied(17),
            on.interview(7, "10:00"),
            on.sent(4, "10:20", StepKind.FOLLOW_UP),
            on.promise(3, "14:00", by=-4),
        ),
        location="Boston",
        source="referral",
    ),
    _Story(
        "Aperture Science",
        "Test Engineer",
        "Cave Johnson",
        lambda on: (
            on.applied(28),
            on.interview(10, "13:00", "a short course"),
            on.sent(8, "13:20", StepKind.FOLLOW_UP),
            on.snooze(1, "18:00", until=-6),
        ),
        location="Cleveland",
        source="job board",
    ),
    _Story(
        "Oscorp",
        "Backend Engineer",
        "Norman Osborn",
        lambda on: (
            on.applied(60),
            on.interview(42, "09:00"),
            on.sent(40, "09:30", StepKind.FOLLOW_UP),
            on.sent(33, "10:00", StepKind.CHECK_IN),
            on.sent(19, "10:10", StepKind.LAST_CALL),
        ),
        location="New York",
        source="linkedin",
        notes="Nothing since the last call. `o` closes it as *ghosted*.",
    ),
    _Story(
        "Acme Robotics",
        "Data Engineer",
        "Wile E. Coyote",
        lambda on: (on.applied(6),),
        tags=("data",),
        location="Monument Valley",
        source="job board",
    ),
    _Story(
        "Northwind",
        "Python Developer",
        "Nancy Davolio",
        lambda on: (on.applied(4), on.note(4, "20:00", "They use the same stack as we did.")),
        tags=("python", "remote"),
        location="Seattle",
        source="newsletter",
    ),
    _Story(
        "Sirius Cybernetics",
        "Machine Learning Engineer",
        "Tricia McMillan",
        lambda on: (on.applied(1),),
        tags=("ml",),
        location="Islington",
        source="referral",
    ),
    _Story(
        "Weyland-Yutani",
        "Embedded Developer",
        "Carter Burke",
        lambda on: (on.applied(11),),
        location="Tokyo",
        source="recruiter",
    ),
    _Story(
        "Pied Piper",
        "Compression Engineer",
        "Richard Hendricks",
        lambda on: (
            on.applied(45),
            on.interview(30, "11:00"),
            on.sent(28, "11:30", StepKind.FOLLOW_UP),
            on.reply(27, "09:05", "We would love to have you."),
            on.outcome(20, "16:00", OutcomeKind.OFFER, "the middle of three offers"),
        ),
        tags=("python",),
        location="Palo Alto",
        source="meetup",
        salary="92k",
    ),
    _Story(
        "Monsters Inc.",
        "Energy Analyst",
        "Celia Mae",
        lambda on: (
            on.applied(50),
            on.interview(35, "14:00"),
            on.sent(33, "14:15", StepKind.FOLLOW_UP),
            on.outcome(26, "08:45", OutcomeKind.REJECTED, "they took somebody from inside"),
        ),
        location="Monstropolis",
        source="job board",
    ),
)

_BRANCHES = ("", " Labs", " Europe", " Cloud", " Health", " Energy", " Games", " Space", " Finance")
_SENIORITIES = ("", "Senior ", "Junior ", "Lead ", "Principal ")


def made_up(now: datetime, zone: str, count: int | None = None) -> tuple[Application, ...]:
    """Return made-up applications over all eight stages, numbered from 1.

    They tell their stories up to ``now`` (UTC) in the days of ``zone``; the same arguments
    always give the same ones. ``count`` is by default one for each story; more of them
    have other names and the same stories.
    """
    calendar = _Calendar(instants.day_of(now, zone), zone)
    wanted = len(_STORIES) if count is None else count
    return tuple(
        _application(number, story, calendar)
        for number, story in enumerate(islice(_retold(), wanted), start=1)
    )


def _retold() -> Iterator[_Story]:
    """Yield the stories, then the same again and again under other names."""
    telling = 0
    while True:
        branch = _BRANCHES[telling % len(_BRANCHES)]
        seniority = _SENIORITIES[telling % len(_SENIORITIES)]
        series = telling // (len(_BRANCHES) * len(_SENIORITIES))
        for story in _STORIES:
            company = f"{story.company}{branch}{f' {series + 1}' if series else ''}"
            yield replace(story, company=company, role=f"{seniority}{story.role}")
        telling += 1


def _application(number: int, story: _Story, calendar: _Calendar) -> Application:
    domain = "".join(letter for letter in story.company.lower() if letter.isalnum())
    names = (story.contact, *story.others)
    return Application(
        id=number,
        company=story.company,
        role=story.role,
        contacts=tuple(_contact(name, domain, place) for place, name in enumerate(names)),
        tags=story.tags,
        url=f"https://{domain}.example/jobs/{number}",
        location=story.location,
        salary=story.salary,
        source=story.source,
        notes=story.notes.strip(),
        events=story.timeline(calendar),
    )


def _contact(name: str, domain: str, place: int) -> Contact:
    """Return somebody of a company; numbers like these are for fiction (NANP, 555-01xx)."""
    first_name, _, last_name = name.lower().partition(" ")
    return Contact(
        name=name,
        email=f"{first_name}@{domain}.example",
        phone=f"+1 202 555 01{len(domain):02}" if place == 0 else "",
        linkedin=f"https://linkedin.example/in/{first_name}-{last_name.replace(' ', '-')}",
    )
