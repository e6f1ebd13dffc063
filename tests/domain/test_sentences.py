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
        ("See you Tues. at noon. Is that fine?", "en", 2),
        ("See you Tues. Is that fine?", "en", 2),
        ("I met Prof. Jones on Mon. Jan. 5 at approx. 3 p.m. in the U.S. office.", "en", 1),
        ("Am 3. März sprachen wir, z. B. über Java. Gibt es Neues?", "de", 2),
        ("Am Freitag, den 3. Oktober, habe ich Zeit.", "en", 1),
        ("Wir sprachen mit Hrn. Weber in der 2. Runde. Gibt es Neues?", "de", 2),
        ("Merci à M. Dupont et à Mme. Petit. Avez-vous des nouvelles ?", "fr", 2),
        ("Bonjour M. Dupont,\n\nMerci ! Du nouveau ?\n\nBien à vous,\nAlex", "fr", 2),
        ("Gracias a la Sra. García y al Sr. López. ¿Hay novedades?", "es", 2),
        ("Estimada Sra. García:\n\nGracias a todos. ¿Hay más?\n\nUn saludo,\nAlex", "es", 2),
        ("Thanks for the talk.\n\n1. I know Go.\n2. I know Rust.", "en", 3),
        ("I bring three things:\n- Go\n- Rust\n- tests\n\nAny news?", "en", 2),
        ("Hi Dana,\n\nthank you for it. Any news?\n\nAlex", "en", 2),
        ("Dana,\n\nthank you for it. Any news?\nAlex Smith", "en", 2),
        ("Thank you for the talk. Any news?\n\nSent from my iPhone", "en", 2),
        ("Thank you for the talk. Any news?\n\nVon meinem iPhone gesendet", "de", 2),
        ("Any news?\n\nOn Tue, 3 Mar 2026, Dana Lee wrote:\nThank you. We will. See.", "en", 1),
        ("Any news?\n\nBest regards,\nAlex Smith\nEngineer\nAcme Inc.\n+49 1234", "en", 1),
        ("Kurze Nachfrage. Gibt es Neues? Viele Grüße, Alex", "de", 2),
        ("Hi Sarah, checking in ...", "en", 1),
        ("I can meet on Monday. No. Not really.", "en", 3),
        ("The room was no. 5 on the left.", "en", 1),
        ("El puesto de Ing. Jr. en Acme Corp. me interesa. ¿Hay algo más?", "es", 2),
        ("Acme, S.A. de C.V., m'intéresse. Avez-vous des nouvelles ?", "fr", 2),
        ("I would love to work at Who? and wanted to check in. Any news?", "en", 2),
        ("hi dana. i liked it. any news?", "en", 2),
        ("Guten Tag Dana J. Lee,\n\nich frage nach. Gibt es Neues?", "de", 2),
    ],
)
def test_sentences_are_counted_as_a_person_would(body: str, language: str, sentences: int) -> None:
    assert count(body, language) == sentences


def test_thanks_inside_a_message_is_no_sign_off() -> None:
    assert count("Thank you for the interview on Monday.\n\nIs there any news?") == 2


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("Hi Sarah, checking in about the role.", "en"),
        ("Hi Dana, I can only wait until Wednesday.", "en"),
        ("Dear Ms. Smith, I hope to hear from you soon", "en"),
        ("Hello Dana just checking in.", "en"),
        ("Hallo Frau Müller, ich wollte kurz nachfragen.", "de"),
        ("Bonjour Madame Petit, je me permets de revenir vers vous.", "fr"),
        ("Hola Ana, quería saber si hay noticias.", "es"),
    ],
)
def test_a_short_sentence_behind_an_inline_greeting_counts(body: str, language: str) -> None:
    assert count(body, language) == 1


@pytest.mark.parametrize(
    ("greeting", "language"),
    [
        ("Dear hiring manager,", "en"),
        ("Hi there!", "en"),
        ("To whom it may concern:", "en"),
        ("Good morning Dana,", "en"),
        ("Dear Ms. Smith, dear Mr. Lee,", "en"),
        ("Sehr geehrte Frau Müller, sehr geehrter Herr Schmidt,", "de"),
        ("Sehr geehrte Damen und Herren,", "de"),
        ("Madame, Monsieur,", "fr"),
        ("Bonjour à toute l'équipe,", "fr"),
        ("Estimado equipo de selección:", "es"),
    ],
)
def test_a_greeting_on_a_line_of_its_own_does_not_count(greeting: str, language: str) -> None:
    assert count(f"{greeting}\n\nIs there any news?", language) == 1
    assert count(f"{greeting}\nIs there any news?", language) == 1


def test_no_more_is_counted_than_can_matter() -> None:
    assert count("Yes. " * 100) == 100
    assert count("Yes. " * 100_000) == 4_000
