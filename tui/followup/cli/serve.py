"""``followup serve``: the board in a browser."""

from __future__ import annotations

import socket
import sys

import click

from followup.cli.examples import examples
from followup.cli.lines import note, say
from followup.cli.session import Session, pass_session
from followup.domain.errors import RefusedError


@click.command(
    epilog=examples("followup serve", "followup serve --port 8080", "followup --at fri serve")
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where the browser finds it; 0 is any that is free.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="An address of this machine, where others are to reach it.",
)
@pass_session
def serve(session: Session, port: int, host: str) -> None:
    """Show the board in a browser, until ctrl+c.

    It is for this machine alone, and for whoever has the address that is printed: the token
    in it is another one each time. Every window is a board of its own over the same store.
    """
    try:
        # Late: an extra, and much of it.
        from aiohttp import web

        from followup.cli.browser.guard import Guard, is_loopback, told_host
        from followup.cli.browser.server import BoardServer
    except ModuleNotFoundError as fault:
        raise RefusedError(
            "textual-serve is not installed: `pip install 'followup[web]'`, then try again"
        ) from fault
    # What is wrong with the store is said here, rather than in each window.
    session.tracker_over(session.store_path).close()
    with _listening(host, port) as listening:
        address, port = listening.getsockname()[:2]
        guard = Guard(host, address, port)
        server = BoardServer([sys.executable, "-P", "-m", "followup", *session.options()], guard)
        place = f"{told_host(host)}:{port}"
        if not is_loopback(address):
            note(
                f"anybody who can reach {place} with this token, or listens on the way there"
                " (nothing is encrypted), can read and change everything, as you can"
            )
        say(f"followup is at http://{place}/?token={guard.token}, ctrl+c ends it")
        sys.stdout.flush()
        # No log: it would have the token in it.
        web.run_app(server.application(), sock=listening, print=None, access_log=None)


def _listening(host: str, port: int) -> socket.socket:
    if not host:  # which would be all of the machine's addresses
        raise RefusedError("--host is empty: name an address, or leave it out")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as fault:
        raise RefusedError(
            f"cannot serve at {host}, port {port}: {fault.strerror}; another --port may be free"
        ) from fault
