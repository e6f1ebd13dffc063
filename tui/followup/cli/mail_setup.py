"""``config mail``: how e-mail is sent, set up step by step (design, section 9)."""

from __future__ import annotations

from typing import Any, Literal

import click
from msgspec import Struct

from followup import secrets
from followup.builtin.email.addresses import person
from followup.builtin.email.passwords import SERVICE
from followup.builtin.email.providers import Server, provider_of
from followup.builtin.email.settings import LOOPBACK, EmailSettings, Security
from followup.cli import mail_trial
from followup.cli.examples import examples
from followup.cli.lines import say
from followup.cli.session import Session, pass_session
from followup.config import Config, config_path, read_config, set_table
from followup.domain.secret import Secret

Source = Literal["keyring", "command", "ask"]

Tables = dict[tuple[str, ...], dict[str, Any]]
"""What is written into the configuration, by place; a value of none takes a key out."""

EMAIL = ("channel", "email")
FILES = ("channel", "eml")
DRAFTS = ("channel", "imap-draft")
REPLIES = ("replies",)

_IMAP_PORT = 993
_PORTS = {"tls": 465, "starttls": 587, "none": 25}


class Given(Struct, frozen=True, kw_only=True):
    """What was said on the command line; what is empty is asked for, or is the usual."""

    address: str = ""
    host: str = ""
    port: int = 0
    security: Security | None = None
    user: str = ""
    imap: str = ""
    ca_file: str = ""
    command: str = ""
    source: Source | None = None
    bcc_self: bool | None = None


@click.command(
    epilog=examples(
        "followup config mail",
        "followup config mail sam@gmail.com --keyring",
        "followup config mail sam@poe.example --host smtp.poe.example --ask",
        "followup config mail --test",
    )
)
@click.argument("address", default="")
@click.option("--host", metavar="H", default="", help="The server that sends; known for many.")
@click.option("--port", type=click.IntRange(1, 65_535), default=None, help="Its port.")
@click.option(
    "--security",
    type=click.Choice(["tls", "starttls", "none"]),
    help="TLS from the first byte, or STARTTLS; none is for this machine alone.",
)
@click.option("--user", metavar="U", default="", help="Who logs in, if not the address.")
@click.option("--imap", metavar="H", default="", help="The server with your mailbox.")
@click.option(
    "--ca-file", metavar="F", default="", help="Certificates to trust instead of the system's."
)
@click.option("--password-command", metavar="C", default="", help="What prints the password.")
@click.option("--keyring", is_flag=True, help="The keyring of the system has the password.")
@click.option("--ask", is_flag=True, help="You type the password each time.")
@click.option("--bcc-self/--no-bcc-self", default=None, help="Send yourself a copy of each.")
@click.option("--test", "only_tests", is_flag=True, help="Try what is set; change nothing.")
@pass_session
def mail(
    session: Session,
    address: str,
    host: str,
    port: int | None,
    security: Security | None,
    user: str,
    imap: str,
    ca_file: str,
    password_command: str,
    keyring: bool,
    ask: bool,
    bcc_self: bool | None,
    only_tests: bool,
) -> None:
    """Set up how e-mail is sent, and try it. Nothing is sent.

    Asks for what is not given; the servers of well-known providers are filled in. No
    password is ever in the configuration: a command prints it, the keyring has it, or you
    type it.
    """
    if only_tests:
        mail_trial.try_out(session.config)
        return
    sources: dict[Source, bool] = {
        "command": bool(password_command),
        "keyring": keyring,
        "ask": ask,
    }
    chosen = [source for source, is_given in sources.items() if is_given]
    if len(chosen) > 1:
        raise click.UsageError("give one of --password-command, --keyring and --ask")
    given = Given(
        address=address,
        host=host,
        port=port or 0,
        security=security,
        user=user,
        imap=imap,
        ca_file=ca_file,
        command=password_command,
        source=chosen[0] if chosen else None,
        bcc_self=bcc_self,
    )
    if set_up(given, session.config):
        mail_trial.try_out(read_config(config_path()))


def set_up(given: Given, config: Config) -> bool:
    """Write what is given and what is answered; tell whether there is a server to try.

    Raises ``InputError`` for what cannot be used, and writes nothing then.
    """
    address = _answer(given.address, "Your e-mail address", "your address")
    sender = person(config.name.replace("<", "").replace(">", ""), address)
    written = f"{sender.name} <{sender.address}>" if sender.name else sender.address
    provider = None if given.host else provider_of(sender.address)
    if provider:
        say(f"{provider.name}, which sends by {provider.smtp.host}")
        if provider.hint:
            say(provider.hint)
    if provider and not provider.takes_passwords:
        _write({EMAIL: {"from": written, "host": None}, FILES: {"from": written}})
        return False
    smtp = provider.smtp if provider else _server(given, sender.domain)
    imap = provider.imap if provider else _mailbox(given)
    user = given.user or ("" if smtp.security == "none" else smtp.user(sender.address))
    reader = given.user or (imap.user(sender.address) if imap else "")
    source = _source(given, user or reader)
    shared = {
        "ca_file": _certificates(given, smtp) or None,
        **_password_keys(given, source),
    }
    copy = given.bcc_self
    if copy is None and mail_trial.is_interactive():
        copy = click.confirm("Send yourself a copy of each message?", default=False)
    tables: Tables = {
        EMAIL: {"from": written, **_keys(smtp, user), **shared, "bcc_self": copy or None},
        FILES: {"from": written},
    }
    if imap:
        tables[DRAFTS] = {"from": written, **_keys(imap, reader), **shared}
        tables[REPLIES] = {**_keys(imap, reader), **shared}
    _refuse_unusable(tables[EMAIL])
    if source == "keyring" and mail_trial.is_interactive():
        _store_password({user, reader} - {""})
    _write(tables)
    return True


def _answer(given: str, question: str, what: str, offered: str = "") -> str:
    """Return what was given, or what somebody answers who is ``offered`` an answer."""
    if given:
        return given
    if not mail_trial.is_interactive():
        raise click.UsageError(f"give {what}: nobody is here to be asked")
    return str(click.prompt(question, default=offered or None)).strip()


def _server(given: Given, domain: str) -> Server:
    """Return a server of which nothing is known but what the user says."""
    host = _answer(given.host, "Server that sends (SMTP)", "--host", f"smtp.{domain}")
    usual: Security = "starttls" if given.port == _PORTS["starttls"] else "tls"
    security = given.security or usual
    if given.security is None and mail_trial.is_interactive():
        kinds: click.Choice[Security] = click.Choice(["tls", "starttls", "none"])
        security = click.prompt("Security", type=kinds, default=usual)
    port = given.port or _PORTS[security]
    if not given.port and mail_trial.is_interactive():
        port = click.prompt("Port", type=click.IntRange(1, 65_535), default=port)
    return Server(host=host, port=port, security=security)


def _mailbox(given: Given) -> Server | None:
    """Return the server with the mailbox, of which nothing is known but what the user says."""
    host = given.imap
    if not host and mail_trial.is_interactive():
        question = "Server with your mailbox (IMAP), for drafts and answers; empty for none"
        host = str(click.prompt(question, default="", show_default=False)).strip()
    return Server(host=host, port=_IMAP_PORT) if host else None


def _source(given: Given, user: str) -> Source | None:
    """Return where the password comes from, nowhere where nobody logs in."""
    if not user:
        return None
    if given.source is None and mail_trial.is_interactive():
        chosen: Source = click.prompt(
            "Where the password comes from",
            type=click.Choice(["keyring", "command", "ask"]),
            default="ask",
        )
        return chosen
    return given.source or "ask"


def _password_keys(given: Given, source: Source | None) -> dict[str, Any]:
    """Return what is set about the password; none for what is taken out."""
    command = None
    if source == "command":
        question = "Command that prints the password"
        command = _answer(given.command, question, "--password-command")
    keyring = True if source == "keyring" else None
    return {"password": None, "password_command": command, "keyring": keyring}


def _keys(server: Server, user: str) -> dict[str, Any]:
    return {
        "host": server.host,
        "port": server.port,
        "security": server.security,
        "user": user or None,
    }


def _certificates(given: Given, server: Server) -> str:
    """Return the file of certificates to trust, which a server on this machine often needs."""
    if given.ca_file or server.host not in LOOPBACK or server.security == "none":
        return given.ca_file
    if not mail_trial.is_interactive():
        return ""
    question = "File with its certificate, where it is self-signed"
    return str(click.prompt(question, default="", show_default=False)).strip()


def _store_password(users: set[str]) -> None:
    """Have the password typed, and put it into the keyring."""
    password = Secret(click.prompt("Password", hide_input=True))
    for user in sorted(users):
        secrets.store_in_keyring(SERVICE, user, password)


def _refuse_unusable(table: dict[str, Any]) -> None:
    settings = {key: value for key, value in table.items() if value is not None}
    Config(channel={"email": settings}).channel_settings("email", EmailSettings)


def _write(tables: Tables) -> None:
    path = config_path()
    for place, table in tables.items():
        set_table(path, place, table)
    say(f"saved {path}")
