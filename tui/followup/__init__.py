"""Follow up at the right moment: a board of job applications by follow-up stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from followup.api import hookimpl as hookimpl

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # The marker is looked up late: importing one layer must not load the others.
    if name == "hookimpl":
        from followup.api import hookimpl

        return hookimpl
    raise AttributeError(name)
