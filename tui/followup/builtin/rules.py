"""The rules of etiquette that ship in the box (design, section 4)."""

from __future__ import annotations

from followup.api import Rule, Severity, hookimpl


@hookimpl
def register_rules() -> list[Rule]:
    """Add the rules: those that block, then those that warn."""
    # Late: most runs judge no message, and what it takes is much.
    from followup.builtin.etiquette.case import Etiquette
    from followup.builtin.etiquette.company import same_company
    from followup.builtin.etiquette.pressure import competing_offer, ultimatum_too_early
    from followup.builtin.etiquette.reaching import no_contact, no_reply_path, slow_channel
    from followup.builtin.etiquette.timing import already_replied, too_early, too_many
    from followup.builtin.etiquette.wording import no_ask, placeholder, too_long

    block, warn = Severity.BLOCK, Severity.WARN
    return [
        Etiquette(code="too-early", severity=block, object_to=too_early, needs_application=True),
        Etiquette(code="ultimatum-too-early", severity=block, object_to=ultimatum_too_early),
        Etiquette(code="no-contact", severity=block, object_to=no_contact, needs_application=True),
        Etiquette(code="no-reply-path", severity=block, object_to=no_reply_path),
        Etiquette(code="slow-channel", severity=block, object_to=slow_channel),
        Etiquette(code="placeholder", severity=block, object_to=placeholder),
        Etiquette(
            code="already-replied",
            severity=warn,
            object_to=already_replied,
            needs_application=True,
        ),
        Etiquette(
            code="same-company",
            severity=warn,
            object_to=same_company,
            needs_application=True,
            needs_others=True,
        ),
        Etiquette(code="too-many", severity=warn, object_to=too_many, needs_application=True),
        Etiquette(code="competing-offer", severity=warn, object_to=competing_offer),
        Etiquette(code="too-long", severity=warn, object_to=too_long),
        Etiquette(code="no-ask", severity=warn, object_to=no_ask),
    ]
