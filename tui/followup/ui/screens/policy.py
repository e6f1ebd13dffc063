"""The dialog that chooses the timing policy of applications."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget

from followup.domain.board import Card
from followup.tracker import Tracker
from followup.ui.fitting import legible
from followup.ui.screens.choices import Choice, Choices, digits
from followup.ui.screens.form import Form, title
from followup.ui.together import PolicyChoice


class PolicyScreen(Form[PolicyChoice]):
    """Asks which policy is to make the dates: one key."""

    def __init__(self, card: Card, tracker: Tracker) -> None:
        """Offer the usual policy, and every one by name."""
        super().__init__()
        self.card = card
        policies = list(tracker.host.policies.values())
        usual = Choice("0", "usual", legible(tracker.config.default_policy), PolicyChoice(""))
        named = (
            Choice(digit, legible(policy.name), legible(policy.title), PolicyChoice(policy.name))
            for digit, policy in zip(digits(len(policies)), policies, strict=False)
        )
        self.choices = Choices([usual, *named])

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title("Policy", self.card)

    def content(self) -> Iterable[Widget]:
        """Return the choices."""
        return (self.choices,)

    def result(self) -> PolicyChoice:
        """Return the policy that is highlighted."""
        return self.choices.chosen
