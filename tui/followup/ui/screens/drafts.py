"""Messages as they are being written, kept until they are sent."""

from __future__ import annotations

from collections.abc import Sequence

from followup.domain.board import Card
from followup.domain.channel import Channel
from followup.domain.errors import RefusedError
from followup.domain.message import Message
from followup.domain.step import StepKind
from followup.domain.template import Template
from followup.domain.tracking import Draft
from followup.tracker import Tracker


class Writing:
    """One message on its way: its step, the channel, and a text for each template.

    What was typed into one text stays there while another one is looked at. The one in hand
    is kept on disk by ``keep``, and taken up again from there.
    """

    def __init__(self, card: Card, tracker: Tracker) -> None:
        """Begin with the draft that was kept, the richest template, or an empty page."""
        self.card_id = card.id
        self.tracker = tracker
        self.step: StepKind | None = None
        self.templates: Sequence[Template] = ()
        self.take_up(card)
        self.number = 0
        self._texts: dict[int, Message] = {}
        self.channel = self._first_channel(card)
        self._kept = tracker.drafts.get(card.id)
        if self._kept:
            self._texts[self.number] = self._kept.message
            self.channel = tracker.host.channels.get(self._kept.channel, self.channel)

    def take_up(self, card: Card) -> None:
        """Write for the step that is the next one by now; what was typed stays."""
        step = card.standing.next
        self.step = step.kind if step else None
        kind = self.step or StepKind.FOLLOW_UP
        self.templates = self.tracker.correspondence.templates_for(card.application, kind)

    def _first_channel(self, card: Card) -> Channel:
        reaching = self.tracker.correspondence.channels_for(card.application)
        return reaching[0] if reaching else next(iter(self.tracker.host.channels.values()))

    @property
    def message(self) -> Message:
        """The text in hand."""
        return self._texts.setdefault(self.number, self._filled())

    @message.setter
    def message(self, message: Message) -> None:
        self._texts[self.number] = message

    def _filled(self) -> Message:
        try:
            draft = self.tracker.draft(self.card_id, step=self.step, variant=self.number)
        except RefusedError:
            return Message(language=self.tracker.config.language)
        return draft.message

    def keep(self) -> None:
        """Keep the text in hand on disk, unless nothing was typed into it.

        Raises ``StoreError`` where it cannot be written.
        """
        draft = Draft(
            message=self.message,
            step=self.step or StepKind.FOLLOW_UP,
            channel=self.channel.name,
        )
        if draft != self._kept and (self._kept or self.message != self._filled()):
            self.tracker.drafts.put(self.card_id, draft)
            self._kept = draft

    def turn_template(self) -> None:
        """Go on to the next template, round and round."""
        self.number = (self.number + 1) % max(1, len(self.templates))

    def turn_channel(self) -> None:
        """Go on to the next channel, round and round, whether it reaches the contact or not."""
        channels = list(self.tracker.host.channels.values())
        names = [channel.name for channel in channels]
        self.channel = channels[(names.index(self.channel.name) + 1) % len(channels)]


Drafts = dict[int, Writing]
"""The messages that were begun and not sent, by the id of their application."""
