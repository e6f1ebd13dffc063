"""What was heard does what it should: facts where it is certain, questions where it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from builders import DANA, DAY, HOUR, HandClock, application, interview
from followup.config import Config
from followup.domain.application import Contact
from followup.domain.errors import RefusedError, UnknownApplicationError
from followup.domain.events import FollowUp, Interview, Note, Outcome, OutcomeKind, Reply
from followup.domain.message import Message, Thread
from followup.domain.outbox import Intent
from followup.domain.stage import Stage
from followup.extensions.discovery import builtin_plugins
from followup.extensions.host import PluginHost
from followup.hearing import Round
from followup.store.repository import Repository
from followup.tracker import Tracker
from mail.post import NOW, OURS, mail, multipart, pursued, report

FAILED = ("Final-Recipient: rfc822; dana@globex.example", "Action: failed\nStatus: 5.1.1")
REQUEST = """
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:1@globex.example
DTSTAMP:20260311T120000Z
DTSTART:20260318T140000Z
DTEND:20260318T150000Z
SUMMARY:Interview Backend Engineer
ORGANIZER:mailto:dana@globex.example
END:VEVENT
END:VCALENDAR
"""
Hear = Callable[..., Round]


@pytest.fixture
def tracker(tmp_path: Path) -> Iterator[Tracker]:
    tracker = tracker_over(tmp_path)
    tracker.add(pursued())
    yield tracker
    tracker.close()


def tracker_over(folder: Path) -> Tracker:
    repository = Repository(folder / "followup.json")
    config = Config(channel={"email": {"from": "Sam <sam@own.example>"}})
    return Tracker(repository, PluginHost(builtin_plugins("0")), config, HandClock(NOW))


@pytest.fixture
def hear(tracker: Tracker, tmp_path: Path) -> Hear:
    """Hears mails from a folder of their own."""

    def hear(*raws: bytes, **options: bool) -> Round:
        folder = tmp_path / "mails"
        folder.mkdir(exist_ok=True)
        for number, raw in enumerate(raws):
            (folder / f"{number}.eml").write_bytes(raw)
        return tracker.hearing.listen_to_files([folder], **options)

    return hear


def events_of(tracker: Tracker, kind: type, id_: int = 1) -> list[object]:
    return [event for event in tracker.application(id_).events if isinstance(event, kind)]


class TestSureOf:
    def test_an_answer_in_the_thread_stops_the_sequence(self, tracker: Tracker, hear: Hear) -> None:
        hear(mail("Friday.", sender="Bo <bo@elsewhere.example>", references=f"<a@b> {OURS} <c@d>"))
        assert tracker.card(1).stage is Stage.REPLIED
        (reply,) = events_of(tracker, Reply)
        assert reply == Reply(
            at=NOW - 6 * HOUR, zone="UTC", text="Friday.", message_id="<1@globex.example>"
        )

    def test_an_answer_from_a_contact_stops_the_sequence(
        self, tracker: Tracker, hear: Hear
    ) -> None:
        hear(mail("Friday.", sender="DANA@Globex.example", subject="New"))
        assert tracker.card(1).stage is Stage.REPLIED

    def test_any_contact_counts_and_whoever_is_to_be_answered(
        self, tracker: Tracker, hear: Hear
    ) -> None:
        second = Contact(email="bo+jobs@globex.example")
        tracker.edit(replace(tracker.application(1), contacts=(DANA, second)))
        hear(mail("Hi.", sender="x@tool.example", reply_to="Bo <bo+jobs@globex.example>"))
        assert len(events_of(tracker, Reply)) == 1

    def test_it_is_one_step_to_undo(self, tracker: Tracker, hear: Hear) -> None:
        tracker.add(pursued("Initech", "<2@own>", contacts=()))
        hear(mail("One."), mail("Two.", number="2", in_reply_to="<2@own>"))
        assert [len(events_of(tracker, Reply, id_)) for id_ in (1, 2)] == [1, 1]
        tracker.undo()
        assert [len(events_of(tracker, Reply, id_)) for id_ in (1, 2)] == [0, 0]

    def test_it_is_heard_once(self, tracker: Tracker, hear: Hear) -> None:
        raws = mail("One."), mail("Away.", x_autoreply="yes", number="2")
        assert len(hear(*raws).news) == 2
        assert hear(*raws).news == ()
        assert len(events_of(tracker, Reply)) == len(events_of(tracker, Note)) == 1

    def test_two_copies_are_one_mail(self, tracker: Tracker, hear: Hear) -> None:
        assert len(hear(mail("One."), mail("One.")).news) == 1

    def test_it_is_heard_once_even_where_the_memory_is_lost(
        self, tracker: Tracker, hear: Hear, tmp_path: Path
    ) -> None:
        hear(mail("One."), mail("Away.", x_autoreply="yes", number="2"))
        (tmp_path / "followup.json.mail").write_bytes(b"{broken")
        hear()
        assert len(events_of(tracker, Reply)) == len(events_of(tracker, Note)) == 1

    def test_two_processes_hear_it_once(self, tracker: Tracker, hear: Hear, tmp_path: Path) -> None:
        other = tracker_over(tmp_path)
        ear = other.hearing  # made, and its applications read, before the first one hears
        hear(mail("One."))
        ear.listen_to_files([tmp_path / "mails"])
        other.close()
        tracker.refresh()
        assert len(events_of(tracker, Reply)) == 1

    def test_a_trial_changes_nothing(self, tracker: Tracker, hear: Hear, tmp_path: Path) -> None:
        assert len(hear(mail("One."), dry_run=True).news) == 1
        assert events_of(tracker, Reply) == []
        assert not (tmp_path / "followup.json.mail").exists()
        assert len(hear(mail("One.")).news) == 1


class TestKinds:
    @pytest.mark.parametrize(
        "headers",
        [
            {"auto_submitted": "auto-replied"},
            {"subject": "Automatic reply: Backend Engineer"},
            {"precedence": "auto_reply"},
        ],
    )
    def test_a_program_stops_nothing(
        self, tracker: Tracker, hear: Hear, headers: dict[str, str]
    ) -> None:
        before = tracker.card(1).stage
        hear(mail("I am away until 16 March.", in_reply_to=OURS, **headers))
        assert tracker.card(1).stage is before
        (note,) = events_of(tracker, Note)
        assert isinstance(note, Note)
        assert "until 16 March" in note.text

    def test_a_bounce_marks_the_message_that_it_names(self, tracker: Tracker, hear: Hear) -> None:
        tracker.log(1, FollowUp(at=NOW - DAY, channel="email", message_id="<later@own>"))
        hear(report(*FAILED))
        failed = [event.message_id for event in tracker.application(1).events
                  if isinstance(event, FollowUp) and event.failed]  # fmt: skip
        assert failed == [OURS]

    def test_a_bounce_without_a_name_is_about_the_newest_message(
        self, tracker: Tracker, hear: Hear
    ) -> None:
        heard = hear(report(*FAILED, original=""))
        assert heard.news[0].effect.came_back
        assert [event.failed for event in tracker.application(1).events
                if isinstance(event, FollowUp)] == [True]  # fmt: skip

    def test_a_bounce_of_another_mail_to_them_marks_nothing(
        self, tracker: Tracker, hear: Hear
    ) -> None:
        assert hear(report(*FAILED, original="<private@own>")).news == ()

    @pytest.mark.parametrize("action", ["delayed", "delivered"])
    def test_what_did_not_fail_is_not_marked(
        self, tracker: Tracker, hear: Hear, action: str
    ) -> None:
        before = tracker.application(1)
        assert len(hear(report(FAILED[0], f"Action: {action}")).news) == 1
        assert tracker.application(1) == before

    def test_a_rejection_is_a_reply_and_asks_whether_it_is_over(
        self, tracker: Tracker, hear: Hear
    ) -> None:
        hear(mail("We decided to move forward with other candidates."))
        assert tracker.card(1).stage is Stage.REPLIED
        (asked,) = tracker.hearing.suggestions()
        assert asked.closes
        tracker.hearing.accept(asked.number)
        (over,) = events_of(tracker, Outcome)
        assert isinstance(over, Outcome)
        assert over.result is OutcomeKind.REJECTED
        assert tracker.hearing.suggestions() == ()

    def test_an_invitation_keeps_its_calendar_and_books_nothing(
        self, tracker: Tracker, hear: Hear
    ) -> None:
        calendar = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR"
        hear(multipart(("text/plain", "Hi"), ("text/calendar; method=REQUEST", calendar)))
        assert events_of(tracker, Interview) == []
        (asked,) = tracker.hearing.suggestions()
        assert asked.is_invitation
        assert b"METHOD:REQUEST" in asked.calendar
        tracker.hearing.accept(asked.number, None, interview(NOW + DAY))
        assert tracker.card(1).stage is Stage.INTERVIEW

    def test_the_calendar_of_an_invitation_says_when_it_is(
        self, tracker: Tracker, hear: Hear
    ) -> None:
        hear(multipart(("text/plain", "Hi"), ("text/calendar; method=REQUEST", REQUEST)))
        (asked,) = tracker.hearing.suggestions()
        (booked,) = tracker.hearing.interviews_of(asked, 1)
        assert booked.at == NOW + 7 * DAY
        tracker.hearing.accept(asked.number)
        assert events_of(tracker, Interview) == [booked]
        assert tracker.card(1).stage is Stage.INTERVIEW
        tracker.undo()
        assert events_of(tracker, Interview) == []


class TestNotSureOf:
    def test_a_colleague_is_asked_about(self, tracker: Tracker, hear: Hear) -> None:
        hear(mail("Hi Sam", sender="Eve <eve@mail.globex.example>"))
        assert events_of(tracker, Reply) == []
        (asked,) = tracker.hearing.suggestions()
        tracker.hearing.accept(asked.number)
        assert len(events_of(tracker, Reply)) == 1
        assert tracker.card(1).stage is Stage.REPLIED

    def test_what_is_dropped_is_asked_no_more(self, tracker: Tracker, hear: Hear) -> None:
        hear(mail("Hi Sam", sender="Eve <eve@globex.example>"))
        tracker.hearing.dismiss(1)
        hear()
        assert tracker.hearing.suggestions() == ()
        with pytest.raises(RefusedError, match="no suggestion 1"):
            tracker.hearing.dismiss(1)

    @pytest.mark.parametrize(
        "domain", ["gmail.com", "hire.lever.co", "linkedin.com", "us.greenhouse-mail.io"]
    )
    def test_a_domain_of_everybody_says_nothing(
        self, tracker: Tracker, hear: Hear, domain: str
    ) -> None:
        contact = Contact(email=f"dana@{domain}")
        tracker.edit(replace(tracker.application(1), contacts=(contact,)))
        assert hear(mail("Hi Sam", sender=f"Eve <eve@{domain}>", subject="Hi")).news == ()

    def test_a_tracking_system_names_the_company(self, tracker: Tracker, hear: Hear) -> None:
        heard = hear(
            mail(
                "We will not be proceeding with your application.",
                sender="Globex Hiring <no-reply@us.greenhouse-mail.io>",
                subject="Your application",
            )
        )
        assert heard.news[0].heard.match.sure is False
        assert events_of(tracker, Reply) == []

    def test_one_recruiter_for_two_applications_is_asked_about(
        self, tracker: Tracker, hear: Hear
    ) -> None:
        tracker.add(replace(pursued(message_id="<2@own>"), role="Data Engineer"))
        tracker.log(2, FollowUp(at=NOW - DAY, channel="email"))
        hear(mail("Hi Sam", subject="News"))
        (asked,) = tracker.hearing.suggestions()
        assert asked.applications == (2, 1)  # the newest first
        with pytest.raises(RefusedError, match="not about application 7"):
            tracker.hearing.accept(asked.number, 7)
        tracker.hearing.accept(asked.number, 1)
        assert len(events_of(tracker, Reply, 1)) == 1

    def test_one_that_is_closed_does_not_count(self, tracker: Tracker, hear: Hear) -> None:
        tracker.add(pursued(message_id="<2@own>"))
        tracker.log(2, Outcome(at=NOW - DAY, result=OutcomeKind.REJECTED))
        hear(mail("Hi Sam", subject="News"))
        assert len(events_of(tracker, Reply, 1)) == 1

    def test_what_was_removed_is_not_asked_about(self, tracker: Tracker, hear: Hear) -> None:
        hear(mail("Hi Sam", sender="Eve <eve@globex.example>"))
        asked = tracker.hearing.suggestion(1)
        other = tracker.add(pursued("Initech", "<2@own>", contacts=()))
        assert other.id == 2
        tracker.remove(1)
        assert tracker.hearing.suggestions() == ()
        assert asked.applications == (1,)


class TestTime:
    def test_a_mail_from_before_the_application_is_not_about_it(
        self, tracker: Tracker, hear: Hear
    ) -> None:
        assert hear(mail("Hi", subject="x", date="Wed, 11 Feb 2026 09:00:00 +0100")).news == ()

    def test_a_mail_from_before_the_interview_does_not_stop_what_comes_after(
        self, tracker: Tracker, hear: Hear
    ) -> None:
        tracker.log(1, interview(NOW - DAY))
        before = tracker.card(1).stage
        hear(mail("Hi", subject="See you", date="Mon, 9 Mar 2026 15:00:00 +0100"))
        assert len(events_of(tracker, Reply)) == 1
        assert tracker.card(1).stage is before

    @pytest.mark.parametrize(
        ("date", "received", "at"),
        [
            (
                "Wed, 11 Mar 2099 09:00:00 +0100",
                "Wed, 11 Mar 2026 09:30:00 +0100",
                NOW - 5.5 * HOUR,
            ),
            ("Wed, 11 Mar 1998 09:00:00 +0100", "Wed, 11 Mar 2026 09:00:00 +0100", NOW - 6 * HOUR),
            ("nonsense", "Wed, 11 Mar 2026 09:00:00 +0100", NOW - 6 * HOUR),
            ("nonsense", "", NOW),
            # The sender's clock is slow: an answer never stands before what it answers.
            ("Mon, 9 Mar 2026 09:00:00 +0100", "", NOW - 2 * DAY),
        ],
    )
    def test_a_date_is_believed_within_bounds(
        self, tracker: Tracker, hear: Hear, date: str, received: str, at: object
    ) -> None:
        came = f"from x by y; {received}" if received else ""
        hear(mail("Hi", in_reply_to=OURS, date=date, received=came))
        (reply,) = events_of(tracker, Reply)
        assert isinstance(reply, Reply)
        assert reply.at == at


def test_what_the_user_writes_is_no_answer(tracker: Tracker, hear: Hear) -> None:
    own = (
        mail("Mine", sender="sam@own.example", in_reply_to=OURS),
        mail("Mine", sender="x@y.example", in_reply_to=OURS, delivered_to="x@y.example"),
        mail("Mine").replace(b"<1@globex.example>", OURS.encode()),
    )
    assert hear(*own).news == ()


def test_hostile_text_is_clean_on_the_timeline(tracker: Tracker, hear: Hear) -> None:
    hear(mail("Hi\x1b]0;pwned\x07 \u202edlrow", subject="\x1b[31m"))
    (reply,) = events_of(tracker, Reply)
    assert isinstance(reply, Reply)
    assert not {"\x1b", "\x07", "\u202e"} & set(reply.text)


def test_an_application_without_any_fact_hears_as_well(tracker: Tracker, hear: Hear) -> None:
    contact = Contact(email="bo@initech.example")
    tracker.add(application(company="Initech", contacts=(contact,)))
    hear(mail("Hi", sender="bo@initech.example", subject="x"))
    assert len(events_of(tracker, Reply, 2)) == 1


def test_nothing_is_accepted_for_what_is_gone(tracker: Tracker, hear: Hear) -> None:
    tracker.add(replace(pursued(message_id="<2@own>"), role="Data Engineer"))
    hear(mail("Hi Sam", subject="News"))
    tracker.remove(1)
    with pytest.raises(UnknownApplicationError):
        tracker.hearing.accept(1, 1)


def test_without_a_mailbox_it_says_how_to_have_one(tracker: Tracker) -> None:
    with pytest.raises(RefusedError, match=r"under \[replies\]"):
        tracker.hearing.listen()


class TestDoubtful:
    """Messages of which nobody knows whether they went."""

    @pytest.fixture
    def doubtful(self, tracker: Tracker) -> Intent:
        thread = Thread(message_id="<doubtful@own>", at=NOW - DAY)
        intent = Intent(
            application_id=1,
            message=Message(subject="News?", body="Any news?", thread=thread),
            channel="email",
            contact=DANA,
            at=NOW - DAY,
            until=NOW - DAY + HOUR,
            process=1,
        )
        with tracker.repository.change("send", NOW - DAY) as changes:
            changes.post(intent)
        assert tracker.outbox.unconfirmed()
        return intent

    @pytest.mark.usefixtures("doubtful")
    def test_an_answer_shows_that_it_went(self, tracker: Tracker, hear: Hear) -> None:
        heard = hear(mail("Hi", in_reply_to="<doubtful@own>"))
        assert heard.confirmed == (1,)
        assert not tracker.outbox.unconfirmed()
        assert tracker.card(1).stage is Stage.REPLIED

    @pytest.mark.usefixtures("doubtful")
    def test_a_bounce_shows_that_it_went_and_came_back(self, tracker: Tracker, hear: Hear) -> None:
        hear(report(*FAILED, original="<doubtful@own>"))
        assert not tracker.outbox.unconfirmed()
        failed = {one.message_id: one.failed for one in tracker.application(1).events
                  if isinstance(one, FollowUp)}  # fmt: skip
        assert failed == {OURS: False, "<doubtful@own>": True}

    @pytest.mark.usefixtures("doubtful")
    def test_a_trial_settles_nothing(self, tracker: Tracker, hear: Hear) -> None:
        hear(mail("Hi", in_reply_to="<doubtful@own>"), dry_run=True)
        assert tracker.outbox.unconfirmed()
