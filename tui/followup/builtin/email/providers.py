"""Well-known providers of mail: the servers that belong to an address, and what to know."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from followup.builtin.email.settings import LOOPBACK, Security, ServerSettings


class Server(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A server of a provider; ``takes_name`` where one logs in by what is before the @."""

    host: str
    port: int
    security: Security = "tls"
    takes_name: bool = False

    def user(self, address: str) -> str:
        """Return whom the owner of an address logs in as."""
        return address.rpartition("@")[0] if self.takes_name else address


class Provider(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A provider: the domains of its addresses, its servers, and a hint about passwords.

    One that ``takes_passwords`` no more is reached by its own programs alone.
    """

    name: str
    domains: tuple[str, ...]
    smtp: Server
    imap: Server
    hint: str = ""
    takes_passwords: bool = True


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    provider: tuple[Provider, ...]


@cache
def all_providers() -> tuple[Provider, ...]:
    """Return all providers that are known."""
    text = files(__package__).joinpath("providers.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _Table).provider


def provider_of(address: str) -> Provider | None:
    """Return the provider of an address, if it is a well-known one."""
    domain = address.rpartition("@")[2].lower()
    return next((one for one in all_providers() if domain in one.domains), None)


def hint_for(settings: ServerSettings) -> str:
    """Return what to know about passwords where a host refuses one, nothing for most.

    Where the host is this machine, the address tells whose program runs on it.
    """
    host, sender = settings.host.lower(), settings.mailbox
    own = provider_of(sender.address) if sender else None
    for one in all_providers():
        if host in {one.smtp.host, one.imap.host} and (host not in LOOPBACK or one is own):
            return one.hint
    return ""
