"""Passwords and tokens: fetched when they are needed, never shown (design, sections 9 and 10).

What runs commands and asks keyrings is loaded late: every plugin imports this module with
``followup.api``, and few of them ever need a secret.
"""

from __future__ import annotations

from types import ModuleType

from followup.domain.errors import InputError
from followup.domain.secret import Secret
from followup.domain.text import clean

COMMAND_SECONDS = 30
"""Long enough to type the passphrase of a password store, and half of what a channel may take.

So a command that hangs is told as that, and the message as not sent: were the channel ended
first, nobody would know.
"""


def secret_from_command(command: str) -> Secret:
    """Return the first line that a command prints, such as ``pass show mail``.

    It runs without a shell and without input, for ``COMMAND_SECONDS`` at most. Raises
    ``InputError`` where it fails or prints no text; what it printed is in no error.
    """
    line = _first_line(command)
    if not line:
        raise InputError(f"`{clean(command)}` printed no secret: its first line has to be one")
    return Secret(line)


def store_in_keyring(service: str, user: str, secret: Secret) -> None:
    """Put a secret into the keyring of the system; raise ``InputError`` where that fails."""
    keyring = _keyring()
    try:
        keyring.set_password(service, user, secret.reveal())
    except Exception as fault:  # its backends raise what they like
        said = clean(str(fault), limit=200) or type(fault).__name__
    else:
        return
    # Outside of the handler: the frames of that fault hold the secret.
    raise InputError(
        f"the keyring cannot be written: {said}; unlock it, or set a command that prints the secret"
    )


def secret_from_keyring(service: str, user: str) -> Secret:
    """Return the secret that the keyring of the system has for a user of a service.

    Raises ``InputError`` where there is none, or no keyring to ask.
    """
    keyring = _keyring()
    try:
        text = keyring.get_password(service, user)
    except Exception as fault:  # its backends raise what they like
        raise InputError(
            f"the keyring cannot be read: {clean(str(fault), limit=200)};"
            " unlock it, or set a command that prints the secret"
        ) from fault
    if not text:
        import shlex

        stored_by = shlex.join(["keyring", "set", service, user])
        raise InputError(f"the keyring has no such secret: `{clean(stored_by)}` puts it there")
    return Secret(text)


def _keyring() -> ModuleType:
    """Return the library that asks the keyring; raise ``InputError`` where it is not there."""
    try:
        import keyring
    except ImportError as fault:
        raise InputError(
            "keyring is not installed: `pip install 'followup[keyring]'`,"
            " or set a command that prints the secret"
        ) from fault
    return keyring


def _first_line(command: str) -> str:
    """Return the first line of the output, empty where it is no text."""
    import shlex
    import subprocess

    told = f"`{clean(command)}`"
    try:
        words = shlex.split(command)
        if not words:
            raise InputError("the command that prints the secret is empty: name one")
        done = subprocess.run(  # noqa: S603 - the user's own command
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=COMMAND_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        # From None, as this fault has what was printed until then.
        raise InputError(f"{told} took longer than {COMMAND_SECONDS} s: run it yourself") from None
    except OSError as fault:
        raise InputError(f"{told} cannot be run: {fault.strerror}; check its name") from fault
    except ValueError as fault:
        raise InputError(f"{told} is no command: {fault}; check its quotes") from fault
    if done.returncode:
        raise InputError(f"{told} ended with status {done.returncode}: run it yourself to see why")
    try:
        return done.stdout.partition(b"\n")[0].rstrip(b"\r").decode()
    except UnicodeDecodeError:
        return ""
