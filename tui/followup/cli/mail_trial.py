"""Whether the servers of e-mail can be used as they are set: tried, and nothing is sent."""

from __future__ import annotations

import sys

import click

from followup.builtin.email.channels import Email, ServerDraft
from followup.builtin.email.passwords import password_of
from followup.builtin.email.settings import EmailSettings, ServerDraftSettings, ServerSettings
from followup.cli.lines import note, say
from followup.config import Config
from followup.domain.secret import Secret
from followup.domain.text import clean


def is_interactive() -> bool:
    """Tell whether somebody is there to be asked."""
    return sys.stdin.isatty()


def try_out(config: Config) -> None:
    """Connect and log in where a server is set, and say in a line each how that went.

    Raises ``DeliveryError`` for the first that cannot be used.
    """
    email = config.channel_settings(Email.name, EmailSettings)
    drafts = config.channel_settings(ServerDraft.name, ServerDraftSettings)
    if not email.host and not drafts.host:
        say("no server is set: your mail program sends; `followup config mail` sets one")
        return
    # Late: few runs connect to anything.
    from followup.builtin.email import imap, smtp

    typed: dict[str, Secret] = {}
    if email.host and _can_ask(email):
        say(clean(smtp.check(email, password_of(email, _typed(email, typed)))))
    if drafts.host and drafts.user and _can_ask(drafts):
        password = password_of(drafts, _typed(drafts, typed))
        assert password  # as there is a user
        say(clean(imap.check(drafts, password)))


def _can_ask(settings: ServerSettings) -> bool:
    """Tell whether there is a password, or somebody to type it; say so where there is not."""
    if settings.is_typed and not is_interactive():
        note(f"{settings.host} is not tried: nobody is here to type the password")
        return False
    return True


def _typed(settings: ServerSettings, typed: dict[str, Secret]) -> Secret | None:
    """Return the password that the user types, once for the servers of one account."""
    if not settings.is_typed:
        return None
    if settings.sender not in typed:
        question = f"Password of {settings.user} at {settings.host}"
        typed[settings.sender] = Secret(click.prompt(clean(question), hide_input=True, err=True))
    return typed[settings.sender]
