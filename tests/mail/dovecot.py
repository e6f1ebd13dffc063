"""A real IMAP server for tests: Dovecot, run by whoever runs the tests, in its own directory."""

from __future__ import annotations

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from followup.domain.mailbox import MailboxSettings

PROGRAM = shutil.which("dovecot") or "/usr/sbin/dovecot"
USER = "sam@mail.example"
CANARY = "canary-pässword-4711"

_CONFIG = """\
{version}
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
ssl = required
ssl_min_protocol = TLSv1.2
auth_mechanisms = plain login
auth_username_chars =
auth_failure_delay = 0 secs
rawlog_dir = {home}/rawlog
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Gesendet {{
    auto = create
    special_use = \\Sent
  }}
  mailbox Entwürfe {{
    auto = create
    special_use = \\Drafts
  }}
}}
service anvil {{
  chroot =
  # Without it nobody has to wait after a wrong password.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
"""

# What is called otherwise in each version (doc.dovecot.org, Upgrading from 2.3 to 2.4).
_OF_VERSION = {
    "2.3": """
ssl_cert = <{home}/server.pem
ssl_key = <{home}/server.key
disable_plaintext_auth = yes
mail_location = maildir:{home}/mail
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {home}/passwords
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}
}}
""",
    "2.4": """
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
ssl_server_cert_file = {home}/server.pem
ssl_server_key_file = {home}/server.key
auth_allow_cleartext = no
mail_driver = maildir
mail_path = {home}/mail
passdb passwd-file {{
  passwd_file_path = {home}/passwords
}}
userdb static {{
  fields {{
    uid = {user}
    gid = {group}
    home = {home}
  }}
}}
""",
}


class Dovecot:
    """A running server with one mailbox; ``authority`` signed its certificate for localhost."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.tls, self.starttls = _free_port(), _free_port()
        self.authority = home / "authority.pem"

    def settings(self, **changed: object) -> MailboxSettings:
        given = {
            "host": "localhost",
            "port": self.tls,
            "user": USER,
            "ca_file": str(self.authority),
            "timeout_seconds": 20.0,
            **changed,
        }
        return MailboxSettings(**given)  # type: ignore[arg-type]

    @contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4_SSL]:
        """The mailbox as its owner has it, to put mail into it and to look at it."""
        context = ssl.create_default_context(cafile=str(self.authority))
        client = imaplib.IMAP4_SSL("localhost", self.tls, ssl_context=context)
        client.authenticate("PLAIN", lambda _: f"\0{USER}\0{CANARY}".encode())
        try:
            yield client
        finally:
            client.logout()

    def put(self, raw: bytes, folder: str = "INBOX") -> None:
        with self.opened() as client:
            kind, _ = client.append(folder, "", imaplib.Time2Internaldate(time.time()), raw)
            assert kind == "OK"

    def state(self) -> list[tuple[str, bytes]]:
        """All that could change of the mailbox, without changing it: names tell flags and place."""
        mail = self.home / "mail"
        return sorted(
            (str(file.relative_to(mail)), file.read_bytes())
            for file in mail.rglob("*")
            if file.is_file() and file.parent.name in ("cur", "new", "tmp")
        )

    def commands(self) -> list[str]:
        """What clients have said so far, once they had logged in."""
        logs = sorted((self.home / "rawlog").glob("*.in"))
        lines = [line for log in logs for line in log.read_text(errors="replace").splitlines()]
        return [line.split(" ", 2)[2] for line in lines if line.count(" ") >= 2]

    def forget_commands(self) -> None:
        for log in (self.home / "rawlog").iterdir():
            log.unlink()


def version() -> str:
    """The version of the Dovecot that is here, such as ``2.3``, empty where there is none."""
    if not Path(PROGRAM).exists():
        return ""
    done = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=False)
    return ".".join(done.stdout.split(".")[:2])


MISSING = "needs Dovecot 2.3 or 2.4 (Debian and Ubuntu: apt install dovecot-imapd)"

# .ci/run sets this: there nothing is skipped, and what is missing fails.
needed = pytest.mark.skipif(
    version() not in _OF_VERSION and "NOTHING_SKIPPED" not in os.environ, reason=MISSING
)


@contextmanager
def running() -> Iterator[Dovecot]:
    """A server of its own, until the end of the block."""
    assert version() in _OF_VERSION, MISSING
    owner = pwd.getpwnam("nobody" if os.getuid() == 0 else getpass.getuser())
    group = grp.getgrgid(owner.pw_gid).gr_name
    home = Path(tempfile.mkdtemp(prefix="dovecot-"))
    server = Dovecot(home)
    try:
        _lay_out(server, owner.pw_name, group)
        is_root = os.getuid() == 0
        process = subprocess.Popen(
            [PROGRAM, "-F", "-c", str(home / "dovecot.conf")],
            user=owner.pw_uid if is_root else None,
            group=owner.pw_gid if is_root else None,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _await(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=20)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _lay_out(server: Dovecot, user: str, group: str) -> None:
    home = server.home
    authority = trustme.CA()
    authority.cert_pem.write_to_path(home / "authority.pem")
    certificate = authority.issue_cert("localhost")
    certificate.private_key_pem.write_to_path(home / "server.key")
    for number, pem in enumerate(certificate.cert_chain_pems):
        pem.write_to_path(home / "server.pem", append=number > 0)
    (home / "passwords").write_text(f"{USER}:{{PLAIN}}{CANARY}::::::\n", encoding="utf-8")
    for name in ("mail", "rawlog", "run", "state"):
        (home / name).mkdir()
    named = {"home": home, "user": user, "group": group}
    ports = {"tls": server.tls, "starttls": server.starttls}
    own = _OF_VERSION[version()].format(**named).strip()
    (home / "dovecot.conf").write_text(
        _CONFIG.format(version=own, **named, **ports), encoding="utf-8"
    )
    if os.getuid() == 0:
        for path in (home, *home.rglob("*")):
            shutil.chown(path, user, group)


def _await(server: Dovecot, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server takes connections."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", server.tls), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    log = server.home / "dovecot.log"
    raise AssertionError(log.read_text() if log.exists() else "Dovecot did not start")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
