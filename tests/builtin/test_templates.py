"""Every template that ships says two good sentences in its language, whatever is known."""

from __future__ import annotations

import re
from itertools import chain, combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import DAY, NOON, application, applied, interview, promise
from followup.api import (
    AnyEvent,
    Application,
    Contact,
    Message,
    Step,
    StepKind,
    Template,
    Verdict,
    count_sentences,
    enough_sentences,
)
from followup.builtin import rules, templates
from followup.builtin.clipboard import Clipboard
from followup.domain.etiquette import review
from followup.domain.facts import FIELDS, facts_of
from followup.domain.template import fitting, mistake_in

SHIPPED = templates.register_templates()
RULES = rules.register_rules()
LANGUAGES = ("en", "de", "fr", "es")
NOW = NOON + 30 * DAY
ALWAYS = {"company", "role", "greeting", "sign_off"}
DAYS = ("applied_day", "interview_day", "promised_day")
KNOWN: tuple[AnyEvent, ...] = (
    applied(NOON),
    interview(NOON + 8 * DAY),
    promise(NOON + 9 * DAY, (NOON + 12 * DAY).date()),
)
CONTACTS = (
    *("", "Dana Lee", "Frau Dr. Müller", "Dana J. Lee", "J. Smith", "Lee, Dana", "👻", "محمد علي"),
    *("jobs@globex.example", "Dana Lee (HR)", "$company", "Dana " * 30),
)
COMPANIES = (
    *("Globex", "Acme Inc.", "Acme Corp.", "Acme Ltd.", "Müller & Söhne GmbH & Co. KG", "Yahoo!"),
    *("J. P. Morgan", "Acme, S.A. de C.V.", "Who?", 'O\'Reilly "Media"', "👩‍🚀 Labs", "شركة النور"),
    *("<b>Acme</b>", "Node.js GmbH", "Ünïted 100 %", "x" * 500, "株式会社 日立"),
)
ROLES = (
    *("SRE", "Sr. Engineer", "Engineer Jr.", "Dev. (m/w/d)", "C++/C# Dev.", "Head of R&D"),
    *("Analyste (H/F)", "« Chef »", '"Lead"', "مهندس", "Engineer, Platform", "Dr. rer."),
    "Engineer (80-100 %)",
)

of_every_template = pytest.mark.parametrize("template", SHIPPED, ids=lambda one: one.name)
of_every_step = pytest.mark.parametrize("kind", StepKind)
of_every_language = pytest.mark.parametrize("language", LANGUAGES)


def known(**fields: object) -> Application:
    """An application of which every fact is known."""
    return application(*KNOWN, **fields)  # type: ignore[arg-type]


def filled(template: Template, about: Application, me: str = "Sam Poe") -> Message:
    return template.fill(facts_of(about, NOW, me, template.language))


def judged(
    message: Message, kind: StepKind, about: Application | None = None
) -> tuple[Verdict, ...]:
    step = Step(kind=kind, opens=NOW - DAY, due=NOW, why="")
    return review(RULES, message, about or known(), step, Clipboard(), NOW)


def assert_good(template: Template, about: Application, me: str = "Sam Poe") -> None:
    message = filled(template, about, me)
    assert judged(message, template.step, about) == ()
    said = count_sentences(message.body, message.language)
    assert 2 <= said <= enough_sentences(template.step)
    assert message.subject
    greeting, *_ = message.body.split("\n")
    assert len(greeting) > 4
    assert greeting[-1] in ",:"
    assert " ," not in greeting
    assert " :" not in greeting
    for text in (message.subject, message.body):
        assert "  " not in text
        assert "\n\n\n" not in text
        assert not set("${}") & set(text.replace(about.company, "").replace(about.role, ""))


@of_every_template
def test_whoever_writes_to_whom_it_passes_every_rule_for_its_own_step(template: Template) -> None:
    for contact, me in product(CONTACTS, ("Sam Poe", "")):
        contacts = (Contact(name=contact),) if contact else ()
        assert_good(template, known(contacts=contacts), me)


@of_every_template
def test_whatever_companies_and_roles_are_called_it_passes_every_rule(template: Template) -> None:
    for company in COMPANIES:
        assert_good(template, known(company=company))
    for role in ROLES:
        assert_good(template, known(role=role, company="Acme Inc."))


text = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)


@given(st.sampled_from(SHIPPED), text, text, text, text)
def test_what_is_filled_in_stands_there_as_it_is(
    template: Template, company: str, role: str, contact: str, me: str
) -> None:
    values = {"company": company, "role": role, "contact": contact, "me": me}
    marks = {name: f"‹{number}›" for number, name in enumerate(FIELDS)}
    marked = template.fill(marks)
    message = template.fill(marks | values)
    for name, value in values.items():
        marked = Message(
            subject=marked.subject.replace(marks[name], value),
            body=marked.body.replace(marks[name], value),
            language=marked.language,
        )
    assert message == marked


@of_every_template
def test_it_is_written_with_care(template: Template) -> None:
    greeting, said, sign_off = template.body.split("\n\n")
    assert (greeting, sign_off) == ("$greeting", "$sign_off")
    assert said.endswith("?")
    assert template.fields <= set(FIELDS)
    assert {"company", "role"} <= template.fields
    assert template.fields & {"contact", "first_name", "me"} == set()
    for part in (template.subject, template.body):
        assert mistake_in(part, template.language) is None
        # "Acme Inc.." has a full stop too many, and "Acme Inc. We" looks like a new sentence.
        assert not re.search(r"\$(?:company|role)( [^\W\d_a-zß-ÿ]|[.!?])", part)
    # Numbers would be facts that nobody knows; so would other people and days.
    assert not re.search(r"\d", template.body)
    assert not set("[]{}<>") & set(template.body)


@of_every_step
@of_every_language
def test_there_are_variants_and_one_of_them_needs_no_more_than_company_and_role(
    language: str, kind: StepKind
) -> None:
    texts = [one for one in SHIPPED if (one.language, one.step) == (language, kind)]
    assert len(texts) >= (3 if language == "en" else 2)
    assert len({one.body for one in texts}) == len(texts)
    assert any(one.fields == ALWAYS for one in texts)
    assert not all(one.fields == ALWAYS for one in texts)


@of_every_step
@of_every_language
def test_whatever_is_unknown_something_fits_and_the_richest_comes_first(
    language: str, kind: StepKind
) -> None:
    subsets = chain.from_iterable(combinations(KNOWN, size) for size in range(len(KNOWN) + 1))
    for events, contact, me in product(subsets, ("", "Dana Lee"), ("", "Sam Poe")):
        contacts = (Contact(name=contact),) if contact else ()
        about = application(*events, contacts=contacts)
        facts = facts_of(about, NOW, me, language)
        fit = fitting(SHIPPED, kind, language, facts)
        assert fit
        sizes = [len(one.fields) for one in fit]
        assert sizes == sorted(sizes, reverse=True)
        for one in fit:
            message = one.fill(facts)
            assert ("Dana" in message.body) is bool(contact)
            assert ("Sam Poe" in message.body) is bool(me)


@of_every_step
def test_where_a_day_is_known_the_first_one_names_it(kind: StepKind) -> None:
    day = {
        StepKind.NUDGE: "Tuesday 10 March",
        StepKind.CHECK_IN: "Sunday 22 March",
    }.get(kind, "Wednesday 18 March")
    first, *_ = fitting(SHIPPED, kind, "en", facts_of(known(), NOW, "", "en"))
    assert day in filled(first, known()).body


@of_every_language
def test_a_last_call_is_firm_or_courteous_and_needs_no_day_for_either(language: str) -> None:
    named = {one.name: one for one in SHIPPED}
    courteous = named[f"{language}-last_call-courteous"]
    firm = named[f"{language}-last_call-firm"]
    assert courteous.fields == firm.fields == ALWAYS
    codes = {verdict.code for verdict in judged(filled(firm, known()), StepKind.CHECK_IN)}
    assert "ultimatum-too-early" in codes
    assert judged(filled(firm, known()), StepKind.LAST_CALL) == ()


@of_every_template
def test_only_the_firm_last_call_is_an_ultimatum(template: Template) -> None:
    codes = {verdict.code for verdict in judged(filled(template, known()), StepKind.FOLLOW_UP)}
    assert ("ultimatum-too-early" in codes) is template.name.endswith("last_call-firm")


def test_names_are_all_different() -> None:
    assert len({one.name for one in SHIPPED}) == len(SHIPPED)
