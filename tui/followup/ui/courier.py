"""Messages on their way while the board goes on: taken to a channel, and how that went said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from textual.app import App

from followup import handoff
from followup.domain.application import Contact
from followup.domain.channel import Receipt
from followup.domain.errors import FollowupError, UnconfirmedError
from followup.domain.message import Message
from followup.domain.secret import Secret
from followup.domain.step import StepKind
from followup.domain.text import clean
from followup.sending import Delivery
from followup.tracker import StoreError, Tracker

GROUP = "sending"
LONG = 20.0  # seconds that bad news stay on the screen
STOPPING = 10.0  # seconds that leaving waits for that


class Parcel(Struct, frozen=True, kw_only=True):
    """A message that is to be sent to whom was shown, and why where it is advised against."""

    application_id: int
    company: str
    contact: Contact
    message: Message
    channel: str
    step: StepKind | None
    override: str = ""
    secret: Secret | None = None


def deliver(tracker: Tracker, parcel: Parcel) -> Delivery:
    """Have a message sent; takes its time, and raises as ``Sending.send`` does."""
    return tracker.sending.send(
        parcel.application_id,
        parcel.message,
        channel=parcel.channel,
        step=parcel.step,
        override=parcel.override,
        secret=parcel.secret,
        shown=parcel.contact,
    )


def send(app: App[Any], tracker: Tracker, parcel: Parcel, gone: Callable[[], None]) -> None:
    """Send a message in the background, and say what came of it; ``gone`` where it went.

    It goes on whatever screen is looked at.
    """

    async def carry() -> None:
        to = clean(parcel.company)
        app.notify(f"Sending to {to}…", markup=False)
        try:
            delivery = await asyncio.to_thread(deliver, tracker, parcel)
        except UnconfirmedError as fault:
            _say(app, f"Unconfirmed: {fault}")
        except (FollowupError, StoreError) as fault:
            _say(app, f"Not sent to {to}, your text is kept: {fault}")
        else:
            if delivery.receipt.sent:
                gone()
                app.notify(clean(f"Sent to {to}: {delivery.receipt.detail}"), markup=False)
            else:
                _say(app, f"{to}: {delivery.receipt.detail}; nothing went out by itself")

    app.run_worker(carry(), name="send", group=GROUP)


def is_busy(app: App[Any]) -> bool:
    """Tell whether a message is on its way."""
    return any(worker.group == GROUP and not worker.is_finished for worker in app.workers)


async def stop(app: App[Any], tracker: Tracker) -> None:
    """End whatever channels in the box send, and wait until all is stored as unconfirmed."""
    await asyncio.to_thread(tracker.sending.stop)
    under_way = [
        asyncio.ensure_future(worker.wait()) for worker in app.workers if worker.group == GROUP
    ]
    if under_way:
        await asyncio.wait(under_way, timeout=STOPPING)


async def carry_out(app: App[Any], receipt: Receipt) -> str:
    """Do what a channel that hands off asks for, and return in words what was done."""
    if receipt.copy:
        # First, so that the text is at hand even where nothing opens the page.
        app.copy_to_clipboard(receipt.copy)
    if receipt.open_url:
        await asyncio.to_thread(handoff.open_url, receipt.open_url)
    if receipt.save:
        path = await asyncio.to_thread(handoff.save_file, receipt.save, handoff.downloads())
        return f"{receipt.detail}: {path}"
    return receipt.detail


def _say(app: App[Any], text: str) -> None:
    app.notify(clean(text, limit=500), severity="error", timeout=LONG, markup=False)
