"""E-mail: sent by SMTP, or handed to the mail program, to a file, to the folder of drafts."""

from __future__ import annotations

from followup.api import Channel, hookimpl
from followup.builtin.email.channels import DraftFile, Email, ServerDraft

__all__ = ["DraftFile", "Email", "ServerDraft", "register_channels"]


@hookimpl
def register_channels() -> list[Channel]:
    """Add e-mail, by SMTP or mail program, by draft file and by the folder of drafts."""
    return [Email(), DraftFile(), ServerDraft()]
