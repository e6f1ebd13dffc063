"""Asking what became of a message of which nobody knows whether it went (design, section 9)."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App

from followup.domain.outbox import Intent, told_doubt
from followup.tracker import Tracker
from followup.ui.screens.confirm import ConfirmScreen


async def went(app: App[Any], tracker: Tracker, intent: Intent) -> bool | None:
    """Ask whether a message went, and settle it; none where the user does not know yet.

    Raises ``FollowupError`` and ``StoreError`` where it cannot be settled.
    """
    doubt = told_doubt(intent, tracker.zone)
    about = f"{doubt[:1].upper()}{doubt[1:]}: look there first. Escape leaves it as it is."
    answer = await app.push_screen_wait(ConfirmScreen("Did it go?", about))
    if answer is not None:
        await asyncio.to_thread(tracker.outbox.settle, intent.application_id, went=answer)
    return answer
