"""What every connection to a server of mail has: verified TLS, and faults told in one line."""

from __future__ import annotations

import socket
import ssl

from followup.api import InputError, clean
from followup.builtin.email.settings import ServerSettings

# OpenSSL's X509_V_ERR_HOSTNAME_MISMATCH and X509_V_ERR_IP_ADDRESS_MISMATCH.
_OTHER_HOST = frozenset({62, 64})


def tls_context(settings: ServerSettings) -> ssl.SSLContext:
    """Return a context that verifies the certificate and the name of the host.

    Raises ``InputError`` where ``ca_file`` cannot be used.
    """
    try:
        return ssl.create_default_context(cafile=settings.ca_file or None)
    except OSError as fault:  # ssl.SSLError among them
        raise InputError(
            f"ca_file {clean(settings.ca_file)} cannot be used ({reason(fault)}): name a file"
            " with certificates in PEM"
        ) from fault


def told(fault: OSError, settings: ServerSettings, port: int) -> str:
    """Return why no connection came about, and what to do next, without ``nothing was sent``."""
    host = clean(settings.host)
    match fault:
        case ssl.SSLCertVerificationError(verify_code=code) if code in _OTHER_HOST:
            return (
                f"the certificate that {host} shows is for another host: check `host`;"
                " if it is right, somebody is in between"
            )
        case ssl.SSLCertVerificationError():
            return (
                f"the certificate of {host} is not trusted ({clean(fault.verify_message)}):"
                " check the clock of this computer, or set ca_file for a server of your own"
            )
        case ssl.SSLError(reason="WRONG_VERSION_NUMBER"):
            return f'{host} speaks no TLS on port {port}: check port, or set security = "starttls"'
        case ssl.SSLError():
            return f"no TLS with {host} ({reason(fault)}): check host, port and security"
        case TimeoutError():
            return f"{host} did not answer within {settings.timeout_seconds:g} s: try again later"
        case socket.gaierror():
            return f"{host} cannot be found: check `host` and whether you are online"
        case ConnectionRefusedError():
            return f"{host} takes no connections on port {port}: check host and port"
        case _:
            return f"no connection to {host}, port {port} ({reason(fault)}): try again later"


def reason(fault: BaseException) -> str:
    """Return in a few words what a fault says of itself."""
    said = str(fault)
    if isinstance(fault, ssl.SSLError) and fault.reason:
        said = fault.reason.replace("_", " ").lower()
    elif isinstance(fault, OSError) and fault.strerror:
        said = fault.strerror
    return clean(said or type(fault).__name__, limit=200)
