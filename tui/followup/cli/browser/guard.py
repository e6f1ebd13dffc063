"""Who may see the served board: whoever has the token, on a page of this server itself.

A socket on loopback is open to every user of the machine and, in their own browser, to every
page they look at: browsers let any page open a websocket to anywhere (cross-site websockets),
and a name that its owner points at 127.0.0.1 makes a foreign page one of this server
(DNS rebinding).
"""

from __future__ import annotations

import secrets
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

WEBSOCKET = "/ws"
HEADERS = {
    # Nothing comes from elsewhere, nothing goes elsewhere, no other page may frame this one.
    # xterm.js writes style elements.
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",  # the first address has the token in it
    "X-Content-Type-Options": "nosniff",
}


def told_host(host: str) -> str:
    """Return a host as it stands in an address: IPv6 in brackets, this machine for "any"."""
    address = _address(host)
    if address and address.is_unspecified:
        return socket.gethostname()
    return f"[{host}]" if isinstance(address, IPv6Address) else host


def is_loopback(name: str) -> bool:
    """Tell whether a name or an address is this machine's for itself alone."""
    address = _address(name)
    return address.is_loopback if address else name == "localhost"


class Guard:
    """Lets a request through to the board of one server, or refuses it with status 403.

    ``host`` is the name of where it listens, ``address`` the one that this is. ``port`` tells
    its cookie from those of others on the same machine, which browsers do not. The token is
    made anew for every server.
    """

    def __init__(self, host: str, address: str, port: int) -> None:
        """Make up a token."""
        self.token = secrets.token_urlsafe(32)
        self._names = {host.lower(), address}
        self._address = ip_address(address)
        self._cookie = f"followup-{port}"

    @web.middleware
    async def check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Hand a request on where it may be answered (a middleware of aiohttp)."""
        host = request.headers.get("Host", "")
        if not self._is_served(host):
            raise web.HTTPForbidden(text="followup is not served under this name\n")
        origin = request.headers.get("Origin")
        if origin != f"http://{host}" and (origin or request.path == WEBSOCKET):
            raise web.HTTPForbidden(text="followup answers its own page alone\n")
        brought = self._is_token(request.query.get("token", ""))
        if not brought and not self._is_token(request.cookies.get(self._cookie, "")):
            raise web.HTTPForbidden(
                text="this is not the whole address: open the one that `followup serve` printed\n"
            )
        response = await handler(request)
        if brought and not response.prepared:
            response.set_cookie(self._cookie, self.token, httponly=True, samesite="Strict")
        return response

    def _is_token(self, text: str) -> bool:
        return secrets.compare_digest(text.encode(errors="replace"), self.token.encode())

    def _is_served(self, host_header: str) -> bool:
        """Tell whether a name is one of this server's; its port is only the way to it."""
        try:
            name = urlsplit(f"//{host_header}").hostname or ""
        except ValueError:
            return False
        if self._address.is_unspecified:
            # All of the machine's addresses, which nobody can point a name of theirs at.
            ours = {"localhost", socket.gethostname().lower()}
            return _address(name) is not None or name in ours
        return name in self._names or (self._address.is_loopback and is_loopback(name))


async def confine(_request: web.Request, response: web.StreamResponse) -> None:
    """Tell the browser what a page may not do (a signal of aiohttp, before each response)."""
    response.headers.update(HEADERS)


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
