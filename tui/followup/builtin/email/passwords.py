"""Where the password of an account comes from."""

from __future__ import annotations

from followup.api import InputError, Secret, secret_from_command, secret_from_keyring
from followup.builtin.email.settings import ServerSettings

SERVICE = "followup-mail"
"""What the keyring of the system knows the passwords by."""


def password_of(settings: ServerSettings, typed: Secret | None = None) -> Secret | None:
    """Return the password, none where nobody logs in; ``typed`` is what the user gave.

    Raises ``InputError`` where there is none.
    """
    if not settings.user:
        return None
    if settings.password_command:
        return secret_from_command(settings.password_command)
    if settings.keyring:
        return secret_from_keyring(SERVICE, settings.user)
    if typed is None:
        raise InputError(
            "nobody was there to type the password: set password_command or keyring = true"
            " (`followup config mail`)"
        )
    return typed
