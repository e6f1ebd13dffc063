"""How the checks ask a plugin, and how they say what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import TypeVar

import msgspec

from followup.api import Settings, clean
from followup.extensions.faults import MisbehaviourError
from followup.extensions.things import plain

Answer = TypeVar("Answer")


def require(condition: object, fault: str) -> None:
    """Raise ``AssertionError`` with what is wrong, unless the condition holds."""
    if not condition:
        raise AssertionError(fault)


def asked(
    what: str, job: Callable[[], Answer], allowed: tuple[type[Exception], ...] = ()
) -> Answer:
    """Return what a plugin answers, called as the program would.

    Raises ``AssertionError`` where it raises, prints or answers what cannot be used, and the
    errors that are ``allowed`` as they are.
    """
    printed = StringIO()
    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            answer = job()
    except allowed:
        raise
    except MisbehaviourError as error:
        raise AssertionError(f"{what}: {error}") from None
    except Exception as error:
        raise AssertionError(f"{what}: raised {type(error).__name__}: {error}") from error
    require(not printed.getvalue(), f"{what}: printed {clean(printed.getvalue(), limit=60)!r}")
    return answer


def settings_of(what: str, kind: type[Settings], given: Settings | None) -> Settings:
    """Return the settings to ask with: those given, else the defaults.

    Raises ``AssertionError`` where the defaults do not survive the way to the plugin.
    """
    told = f"{what}: the defaults of its settings"
    arrived = asked(told, lambda: msgspec.convert(plain(kind()), kind))
    require(arrived == kind(), f"{told} become {arrived}")
    return given or kind()
