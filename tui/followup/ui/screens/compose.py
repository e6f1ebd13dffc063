"""Writing a message: a template to begin with, verdicts as one types, and the hand-off."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea

from followup.domain import sentences
from followup.domain.application import Contact
from followup.domain.board import Card
from followup.domain.channel import Channel, Receipt, addressee
from followup.domain.errors import FollowupError
from followup.domain.events import Snooze
from followup.domain.message import Message
from followup.domain.step import StepKind
from followup.domain.text import clean, clean_page
from followup.tracker import StoreError, Tracker
from followup.ui import courier
from followup.ui.courier import Parcel
from followup.ui.external_editor import edit_text
from followup.ui.screens import compose_head, doubt, plain
from followup.ui.screens.confirm import ConfirmScreen
from followup.ui.screens.drafts import Drafts, Writing
from followup.ui.screens.fields import LineInput
from followup.ui.screens.form import STYLES
from followup.ui.screens.key_line import KeyLine
from followup.ui.screens.message_editor import MessageEditor
from followup.ui.screens.override import OverrideScreen
from followup.ui.screens.preview import PreviewScreen
from followup.ui.screens.secret import SecretScreen
from followup.ui.screens.verdict_panel import Judgement, VerdictPanel

TICK = 30.0  # seconds between looks at the clock
KEYS = (
    "compose.send",
    "compose.template",
    "compose.channel",
    "compose.remind",
    "compose.editor",
    "compose.preview",
    "compose.leave",
)
MARGINS = 4  # cells beside the head
JUDGE_AFTER = 0.03  # seconds from a key until the rules look at the message
SAVE_AFTER = 0.5  # seconds without a key until what was typed is kept on disk


class SentMessage(Struct, frozen=True, kw_only=True):
    """A message that went out, and the reason for which it did where it was advised against."""

    message: Message
    channel: str
    step: StepKind | None
    receipt: Receipt
    override: str = ""


class ComposeScreen(Screen[SentMessage | Snooze | None]):
    """Writes the next message of an application and hands it to a channel.

    Dismisses with what was sent, once the user has said so, or with a snooze until it is
    time, and stores neither. A message that is left stays in ``drafts``.
    """

    CSS_PATH = STYLES
    AUTO_FOCUS = "MessageEditor"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual types it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Send", id="compose.send", priority=True),
        Binding("ctrl+t", "next_template", "Template", id="compose.template", priority=True),
        Binding("ctrl+n", "next_channel", "Channel", id="compose.channel", priority=True),
        Binding("ctrl+e", "edit_outside", "Editor", id="compose.editor", priority=True),
        Binding("ctrl+o", "preview", "Look it over", id="compose.preview", priority=True),
        Binding("ctrl+r", "remind", "Remind", id="compose.remind", priority=True),
        Binding("escape", "leave", "Keep draft", id="compose.leave", priority=True),
    ]

    def __init__(self, card: Card, tracker: Tracker, drafts: Drafts | None = None) -> None:
        """Take up the draft of the application, or begin a message for its next step."""
        super().__init__()
        self.card_id = card.id
        self.tracker = tracker
        self.drafts = {} if drafts is None else drafts
        self.writing = self.drafts.setdefault(card.id, Writing(card, tracker))
        self.card = card
        self._is_judging = False
        self._is_sending = False
        self._saving: Timer | None = None

    # What is seen

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        message = self.writing.message
        with Vertical(id="compose-head"):
            yield Static(id="addressee")
            with Horizontal(id="timing-row"):
                yield Static(id="timing")
                yield Static(id="why")
        with Horizontal(id="compose-body"):
            with Vertical(id="paper"):
                with Horizontal(id="subject-row"):
                    yield Static(plain.line("Subject", plain.FAINT), id="subject-label")
                    yield LineInput(clean(message.subject), compact=True, id="subject")
                yield MessageEditor(message.body)
            yield VerdictPanel()
        yield KeyLine(*KEYS)

    def on_mount(self) -> None:
        """Put the cursor at the end, where the next word goes."""
        editor = self.query_one(MessageEditor)
        editor.move_cursor(editor.document.end)
        self.show_head()
        self.set_interval(TICK, self.tick)
        self.run_worker(self._ask_what_became(), name="doubt")

    def on_resize(self) -> None:
        """Have the head and the verdicts laid out anew."""
        self.show_head()
        self.judge()

    def tick(self) -> None:
        """Follow the clock: the countdown, and what is too early."""
        self.show_head()
        self.judge()

    def show_head(self) -> None:
        """Show to whom it goes, by which way, and whether it is time."""
        try:
            self.card = self.tracker.card(self.card_id)
        except FollowupError as fault:
            self.complain(fault)
            self.dismiss(None)
            return
        self.writing.take_up(self.card)
        now, zone = self.tracker.now(), self.tracker.zone
        head = compose_head.addressee(self.card, self.writing.channel, self.size.width - MARGINS)
        self.query_one("#addressee", Static).update(head)
        self.query_one("#timing", Static).update(compose_head.timing(self.card, now, zone))
        self.query_one("#why", Static).update(compose_head.why(self.card))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to be reminded only while there is something to wait for."""
        step = self.card.standing.next
        return action != "remind" or (step is not None and step.opens > self.tracker.now())

    def complain(self, fault: FollowupError | StoreError) -> None:
        """Say in one line what went wrong."""
        self.notify(clean(str(fault)), severity="error", markup=False)

    # What is written

    @on(Input.Changed)
    @on(TextArea.Changed)
    def on_written(self) -> None:
        """Keep what was typed and have it judged."""
        self.writing.message = Message(
            subject=self.query_one("#subject", LineInput).value,
            body=self.query_one(MessageEditor).text,
            language=self.writing.message.language,
        )
        self.judge()
        self._keep_soon()

    def _keep_soon(self) -> None:
        """Keep the draft on disk once the keys rest, for a program can die at any time."""
        if self._saving:
            self._saving.stop()
        self._saving = self.set_timer(SAVE_AFTER, self._keep)

    async def _keep(self) -> None:
        try:
            await asyncio.to_thread(self.writing.keep)
        except StoreError as fault:
            self.complain(fault)

    def judge(self) -> None:
        """Have the newest text judged, off the way of typing."""
        if not self._is_judging:
            self._is_judging = True
            self.run_worker(self._keep_judging(), name="judge")

    async def _keep_judging(self) -> None:
        """Judge in a thread until what was judged is what stands there."""
        try:
            judged = None
            while judged != (self.writing.message, self.writing.channel):
                # What was typed is drawn first: both at once would make the key wait.
                await asyncio.sleep(JUDGE_AFTER)
                written = (self.writing.message, self.writing.channel)
                judgement = await asyncio.to_thread(self._judgement, *written)
                if not self.display:  # neither while the screen is being taken away
                    return
                self._show(judgement)
                judged = written
        except FollowupError as fault:
            self.complain(fault)
        finally:
            self._is_judging = False

    def _judgement(self, message: Message, channel: Channel) -> Judgement:
        step = self.writing.step
        return Judgement(
            sentences=sentences.count(message.body, message.language),
            enough=sentences.enough(step),
            verdicts=self.tracker.check(self.card_id, message, channel=channel.name, step=step),
        )

    def _show(self, judgement: Judgement) -> None:
        self.query_one(MessageEditor).mark(judgement.verdicts)
        is_narrow = self.has_class("-narrow")
        self.query_one(VerdictPanel).show(judgement, self._notes(), is_tight=is_narrow)

    def _notes(self) -> list[Content]:
        writing, templates = self.writing, len(self.writing.templates)
        which = f"template {writing.number + 1} of {templates}" if templates else ""
        limit, length = writing.channel.limit, len(writing.message.body)
        style = "$error" if length > limit else plain.FAINT
        room = plain.line(f"{length} of {limit} characters", style) if limit else Content("")
        return [room, plain.line(which or "no template fits: write it yourself", plain.FAINT)]

    def action_next_template(self) -> None:
        """Show the next template; what was typed into this one stays with it."""
        self.writing.turn_template()
        self._load(self.writing.message)

    def _load(self, message: Message) -> None:
        self.query_one("#subject", LineInput).value = clean(message.subject)
        self.query_one(MessageEditor).write(message.body)

    def action_next_channel(self) -> None:
        """Switch to the next channel."""
        self.writing.turn_channel()
        self.show_head()
        self.judge()

    def action_edit_outside(self) -> None:
        """Open the body in the user's editor."""
        editor = self.query_one(MessageEditor)
        text, fault = editor.text, None
        try:
            with self.app.suspend():
                # Nothing may be raised in here: the screen would not come back.
                try:
                    text = edit_text(text)
                except FollowupError as refusal:
                    fault = refusal
        except SuspendNotSupported:
            self.notify("No editor can be opened from here.", severity="error", markup=False)
            return
        if fault:
            self.complain(fault)
        else:
            editor.write(text)

    def action_preview(self) -> None:
        """Show exactly what would go out."""
        message = _as_sent(self.writing.message)
        self.app.push_screen(PreviewScreen(self.card, message, self.writing.channel))

    async def action_remind(self) -> None:
        """Leave, and snooze the application until it is time for the message."""
        step = self.card.standing.next
        if step:
            await self._leave(
                Snooze(at=self.tracker.now(), zone=self.tracker.zone, until=step.opens)
            )

    async def action_leave(self) -> None:
        """Go back, unless the message is on its way; the draft is kept."""
        await self._leave(None)

    async def _leave(self, answer: Snooze | None) -> None:
        if self._is_sending:
            self.notify("The message is on its way: one moment.", markup=False)
        else:
            await self._keep()
            self.dismiss(answer)

    # What is sent

    def action_send(self) -> None:
        """Hand the message to the channel, unless that is under way."""
        if not self._is_sending:
            self._is_sending = True
            self.run_worker(self._send(), name="send")

    async def _send(self) -> None:
        try:
            await self._hand_off(self.writing.message, self.writing.channel)
        except FollowupError as fault:
            self.complain(fault)
        finally:
            self._is_sending = False

    async def _hand_off(self, message: Message, channel: Channel) -> None:
        """Ask for a reason where it is blocked, and then send it or hand it off."""
        message = _as_sent(message)
        judgement = await asyncio.to_thread(self._judgement, message, channel)
        reason = ""
        if judgement.blocks:
            given = await self.app.push_screen_wait(OverrideScreen(judgement.blocks))
            if given is None:
                return
            reason = given
        parcel = Parcel(
            application_id=self.card_id,
            company=self.card.application.company,
            contact=self.card.application.contact or Contact(),
            message=message,
            channel=channel.name,
            step=self.writing.step,
            override=reason,
        )
        await self._keep()
        if await asyncio.to_thread(self.tracker.sending.sends, channel.name):
            await self._send_behind(parcel, channel)
        else:
            await self._send_by_hand(parcel)

    async def _send_behind(self, parcel: Parcel, channel: Channel) -> None:
        """Send it in the background, after a yes, and go back to the board."""
        whom = f"{addressee(channel, parcel.contact)} by {channel.title}"
        about = f"to {whom}\n{parcel.message.subject}"
        if not await self.app.push_screen_wait(ConfirmScreen("Send it?", about)):
            return
        asked = await asyncio.to_thread(self.tracker.sending.asks, channel.name)
        if asked:
            typed = await self.app.push_screen_wait(SecretScreen(asked))
            if typed is None:
                return
            parcel = replace(parcel, secret=typed)
        courier.send(self.app, self.tracker, parcel, self._forget)
        self.dismiss(None)

    async def _send_by_hand(self, parcel: Parcel) -> None:
        """Do what the channel asks for, and ask whether the message was sent."""
        delivery = await asyncio.to_thread(courier.deliver, self.tracker, parcel)
        done = await courier.carry_out(self.app, delivery.receipt)
        if not await self.app.push_screen_wait(ConfirmScreen("Did you send it?", done)):
            return
        self._forget()
        await asyncio.to_thread(self.tracker.drafts.drop, self.card_id)
        self.dismiss(
            SentMessage(
                message=delivery.message,
                channel=parcel.channel,
                step=parcel.step,
                receipt=delivery.receipt,
                override=parcel.override,
            )
        )

    def _forget(self) -> None:
        """Keep no draft of what went out."""
        self.drafts.pop(self.card_id, None)

    # What is not known

    async def _ask_what_became(self) -> None:
        """Ask whether the last message went, where nobody knows, before another one is written."""
        outbox = self.tracker.outbox
        intent, failed = outbox.unconfirmed().get(self.card_id), outbox.failed(self.card_id)
        if failed:
            self.notify(clean(f"Not sent: {failed.told}"), severity="warning", markup=False)
        if intent is None:
            return
        try:
            went = await doubt.went(self.app, self.tracker, intent)
        except (FollowupError, StoreError) as fault:
            self.complain(fault)
            went = None
        if went is False:
            self.writing = self.drafts[self.card_id] = Writing(self.card, self.tracker)
            self._load(self.writing.message)
            self.show_head()
            return
        if went:
            self._forget()
        self.dismiss(None)


def _as_sent(message: Message) -> Message:
    """Return a message as its channel gets it."""
    return Message(
        subject=clean(message.subject), body=clean_page(message.body), language=message.language
    )
