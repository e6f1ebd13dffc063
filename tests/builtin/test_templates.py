"""Every template that ships passes every rule for its own step."""

from __future__ import annotations

import pytest

from builders import DAY, NOON, application, applied, interview, standing
from followup.api import Message, Step, StepKind, Template
from followup.builtin import rules, templates
from followup.domain.etiquette import review
from followup.domain.template import FIELDS, facts_of, fitting

SHIPPED = templates.register_templates()
FACTS = dict.fromkeys(FIELDS, "Globex")


@pytest.mark.parametrize("template", SHIPPED, ids=lambda template: template.name)
def test_every_shipped_template_passes_the_rules_for_its_own_step(template: Template) -> None:
    step = Step(kind=template.step, opens=NOON, due=NOON + DAY, why="")
    message = template.fill(FACTS)
    assert review(rules.register_rules(), message, application(), step, None, NOON) == ()
    assert template.fields <= set(FIELDS)
    assert message.subject


@pytest.mark.parametrize("kind", StepKind)
@pytest.mark.parametrize("me", ["Alex", ""])
@pytest.mark.parametrize("contacts", [True, False])
def test_there_is_one_for_every_step_whatever_is_unknown(
    kind: StepKind, me: str, contacts: bool
) -> None:
    about = application(applied(NOON), interview(NOON + DAY))
    if not contacts:
        about = application(applied(NOON), interview(NOON + DAY), contacts=())
    timeline = standing(*about.events, now=NOON + 2 * DAY).timeline
    facts = facts_of(about, timeline, me)
    fit = fitting(SHIPPED, kind, "en", facts)
    assert fit
    message: Message = fit[0].fill(facts)
    assert "$" not in message.body
    assert ("Dana" in message.body) is contacts
    assert ("Alex" in message.body) is bool(me)
