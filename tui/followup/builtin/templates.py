"""The message templates that ship in the box: two sentences, warm and plain."""

from __future__ import annotations

from followup.api import StepKind, Template, hookimpl

GREETINGS = ("Hi $first_name,", "Hello,")
SIGN_OFFS = ("Best,\n$me", "Best wishes")

_TEXTS = {
    StepKind.NUDGE: (
        "$role at $company: my application",
        "I applied for the $role position at $company on $applied_day and am still very"
        " interested. Could you tell me where the process stands?",
    ),
    StepKind.THANK_YOU: (
        "$role at $company: thank you",
        "Thank you for taking the time to talk with me about the $role position on"
        " $interview_day. I would be glad to join, so what are the next steps?",
    ),
    StepKind.FOLLOW_UP: (
        "$role at $company: following up",
        "Thank you for the conversation about the $role position on $interview_day; it made me"
        " want to work at $company even more. Is there anything else that would help you decide?",
    ),
    StepKind.CHECK_IN: (
        "$role at $company: checking in",
        "I am still very interested in the $role position at $company and wanted to check in."
        " Is there any news on your side?",
    ),
    StepKind.LAST_CALL: (
        "$role at $company: your decision",
        "It has been a while since we spoke about the $role position on $interview_day, and I"
        " have to plan my next steps. I would still choose $company gladly. Could you let me know"
        " by the end of this week whether you want to go ahead? If I do not hear from you, I will"
        " take it that you decided otherwise.",
    ),
}


@hookimpl
def register_templates() -> list[Template]:
    """Add one text a step, in variants for what may be unknown of contact and writer."""
    return [
        Template(
            name=f"{kind}-{with_name}-{signed}",
            step=kind,
            subject=subject,
            body=f"{greeting}\n\n{text}\n\n{sign_off}",
        )
        for kind, (subject, text) in _TEXTS.items()
        for with_name, greeting in zip(("named", "open"), GREETINGS, strict=True)
        for signed, sign_off in zip(("signed", "unsigned"), SIGN_OFFS, strict=True)
    ]
