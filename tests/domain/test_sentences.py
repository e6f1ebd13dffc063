from __future__ import annotations

import pytest

from followup.domain.sentences import count


@pytest.mark.parametrize(
    ("body", "language", "sentences"),
    [
        ("", "en", 0),
        ("Thank you. Could you tell me more?", "en", 2),
        ("Hi Dana,\n\nThank you. Could you tell me more?\n\nBest,\nAlex", "en", 2),
        ("Hi Dana,\nThank you.\n\nKind regards\nAlex Smith\nEngineer", "en", 1),
        ("Dear Dr. Who,\n\nThank you.", "en", 1),
        ("Hi Sarah, checking in on the role. Any news?", "en", 2),
        ("Hi Dana! Thank you. Any news? Best, Alex", "en", 2),
        ("Hello there. Thank you. Any news? Kind regards, Alex", "en", 2),
        ("Hi Sarah, I am glad. Any news?", "en", 2),
        ("Hi Dana!", "en", 0),
        ("Thank you for the chat.\nIt was\ngreat fun to talk. Thanks!", "en", 3),
        ("Thank you Ms. Smith for the 9.30 a.m. chat at Acme Inc. yesterday. Bye.", "en", 2),
        ("I like Node.js and the U.S. office of ACME Corp. and its people.", "en", 1),
        ("> Did you. Get. This?\nYes I did.", "en", 1),
        ("One. Two.\n-- \nAlex. Engineer. Berlin.", "en", 2),
        (
            "Guten Tag Frau Müller,\n\nam 3. März sprachen wir. Gibt es Neues?\n\nViele Grüße\nA",
            "de",
            2,
        ),
        ("Merci. Avez-vous des nouvelles ?\n\nCordialement,\nAlex", "fr", 2),
    ],
)
def test_sentences_are_counted_as_a_person_would(body: str, language: str, sentences: int) -> None:
    assert count(body, language) == sentences


def test_thanks_inside_a_message_is_no_sign_off() -> None:
    assert count("Thank you for the interview on Monday.\n\nIs there any news?") == 2
