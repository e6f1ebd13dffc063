"""What can go wrong in words that a user understands: what, where, what to do next."""

from __future__ import annotations


class FollowupError(Exception):
    """The base of all errors that end as one line for the user."""


class InputError(FollowupError):
    """Something that was given cannot be used: a date, a file, a name."""


class RefusedError(FollowupError):
    """What was asked for does not exist, or is not done."""


class UnknownApplicationError(RefusedError):
    """There is no application with this id."""

    def __init__(self, application_id: int) -> None:
        super().__init__(f"no application {application_id}: `followup list` shows their ids")


class DeliveryError(FollowupError):
    """A channel could not send a message: it did not go out, unless it is unconfirmed."""


class UnconfirmedError(DeliveryError):
    """A message may have gone out: the user finds out, and nothing sends it again by itself."""


class MailboxError(FollowupError):
    """The server with the user's mailbox cannot be used."""
