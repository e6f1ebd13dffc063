"""Addresses of mail: one person each, in the form that headers and servers take."""

from __future__ import annotations

import re

from msgspec import Struct

from followup.api import InputError, clean

# A dot-atom, or letters of any script (RFC 5321, section 4.1.2; RFC 6531, section 3.3).
# Quoted ones are left out: nobody has them, and they hide what they say.
_USER = re.compile(r"[^\s\"(),:;<>@\[\\\]\x00-\x1f\x7f]{1,64}")
_HOST = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9_-]{1,63}(?<!-)){0,20}")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")


class Mailbox(Struct, frozen=True):
    """A person and their address; the ``domain`` is in ASCII, as name servers know it."""

    name: str
    user: str
    domain: str

    @property
    def address(self) -> str:
        """The address without the name: ``dana@globex.example``."""
        return f"{self.user}@{self.domain}"


def mailbox(text: str) -> Mailbox:
    """Return who is meant by ``Dana Lee <dana@globex.example>`` or by an address alone.

    Raises ``InputError`` where that is nobody.
    """
    named = _NAMED.fullmatch(text.strip())
    if named is None:
        return person("", text.strip())
    return person(named["name"].strip().strip('"'), named["address"].strip())


def person(name: str, address: str) -> Mailbox:
    """Return a person by name and address.

    Raises ``InputError`` where the address is none, or is several.
    """
    user, at, domain = address.rpartition("@")
    fault = InputError(f"{clean(address)!r} is no e-mail address")
    if not at or not _USER.fullmatch(user) or clean(address) != address:
        raise fault
    host = domain if domain.isascii() else _ascii(domain)
    if not _HOST.fullmatch(host):
        raise fault
    return Mailbox(clean(name), user, host)


def _ascii(domain: str) -> str:
    """Return a domain of any script as name servers know it, empty where it is none (RFC 5891)."""
    import idna  # late: nearly all domains are ASCII

    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return ""
