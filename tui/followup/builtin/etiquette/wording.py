"""What a busy reader has against the words: too many, unfinished, or no question in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup.api import Application, count_sentences, enough_sentences
from followup.builtin.etiquette.case import Case, Objection
from followup.builtin.etiquette.judgement import judge

_PLACEHOLDER = re.compile(
    # Words in brackets, but neither a link nor what editors put there.
    r"\[(?!sic\b)[^\W\d_][^\[\]\n]{0,40}\](?!\()"
    r"|\{[A-Za-z_ ]{1,40}\}|\$\{[a-z_]+\}|\$[a-z_]+\b"
    r"|(?i:<(?:insert|enter|add|your|name|company|role|position)\b[^<>@\n]{0,60}>)"
    r"|(?i:\bXYZ (?:Corporation|Corp|Company|Inc)\b)|\bTODO\b",
)


def too_long(case: Case) -> Iterator[Objection]:
    """Object to more sentences than a busy reader reads."""
    enough = enough_sentences(case.kind)
    said = count_sentences(case.message.body, case.message.language)
    if said > enough:
        yield Objection(
            text=f"{enough} sentences are enough, this has {said}:"
            " a busy reader answers short ones, so keep the thanks and the question."
        )


def placeholder(case: Case) -> Iterator[Objection]:
    """Object to what was meant to be filled in and still stands in subject or body.

    What the company, the role or a contact is called is no placeholder: "Engineer [Remote]".
    """
    names = _names(case.application)
    in_body = [(found[0], found.span()) for found in _PLACEHOLDER.finditer(case.message.body)]
    in_subject = [(found[0], None) for found in _PLACEHOLDER.finditer(case.message.subject)]
    for words, span in (*in_body, *in_subject):
        if any(words in name for name in names):
            continue
        yield Objection(
            text=f"{words} still waits to be filled in and tells them that this is a form letter:"
            " write what belongs there.",
            span=span,
        )


def _names(about: Application | None) -> tuple[str, ...]:
    if about is None:
        return ()
    return (about.company, about.role, *(contact.name for contact in about.contacts))


def no_ask(case: Case) -> Iterator[Objection]:
    """Object to a message that invites no answer."""
    if not judge(case.message.body, case.message.language).invites_answer:
        yield Objection(
            text="Nothing in it invites an answer, so it is easy to read and forget:"
            " end with one question that they can answer."
        )
