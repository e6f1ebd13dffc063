from __future__ import annotations

import pytest

from builders import HOUR, NOON, application
from followup.domain.application import Application, Contact
from followup.domain.errors import InputError
from followup.domain.events import FollowUp, Interview, Snooze
from followup.domain.hygiene import checked_application, checked_event


def test_every_text_of_an_application_is_cleaned() -> None:
    dirty = Application(
        company="Glo\x1bbex ",
        role="Dev\n",
        tags=("a\x07", "a", ""),
        notes="one\r\ntwo\x00",
        location="\u202eX",
        contacts=(Contact(name="Da\x9bna", email=" dana@globex.example "), Contact()),
        events=(FollowUp(at=NOON, text="x\x1b", subject="a\nb", channel="e\x00mail"),),
    )
    assert checked_application(dirty) == Application(
        company="Globex",
        role="Dev",
        tags=("a",),
        notes="one\ntwo",
        location="X",
        contacts=(Contact(name="Dana", email="dana@globex.example"),),
        events=(FollowUp(at=NOON, text="x", subject="a b", channel="email"),),
    )


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"company": " \x00"}, "company and a role"),
        ({"role": ""}, "company and a role"),
        ({"url": "javascript:alert(1)"}, "web address"),
        ({"url": "https://"}, "web address"),
        ({"url": "http://[::1"}, "web address"),
        ({"contacts": (Contact(email="dana"),)}, "e-mail"),
        ({"contacts": (Contact(email="a@b.example, c@d.example"),)}, "e-mail"),
        ({"contacts": (Contact(linkedin="file:///etc/passwd"),)}, "web address"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(fields: dict[str, object], complaint: str) -> None:
    given = {"company": "Globex", "role": "Dev", **fields}
    with pytest.raises(InputError, match=complaint):
        checked_application(Application(**given))  # type: ignore[arg-type]


def test_times_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(InputError, match="ends before it starts"):
        checked_event(Interview(at=NOON, ends=NOON))
    with pytest.raises(InputError, match="ends before it begins"):
        checked_event(Snooze(at=NOON, until=NOON - HOUR))


def test_what_is_fine_stays_as_it_is() -> None:
    fine = application(Interview(at=NOON, ends=NOON + HOUR), url="https://globex.example/jobs?id=1")
    assert checked_application(fine) == fine
