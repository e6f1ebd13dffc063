"""Follow up at the right moment: a board of job applications by follow-up stage."""

from __future__ import annotations

# Nothing is imported here: `python -m followup` has yet to shut out the current directory.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from followup.api import hookimpl as hookimpl

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # The marker is looked up late: importing one layer must not load the others.
    if name == "hookimpl":
        from followup.api import hookimpl

        return hookimpl
    raise AttributeError(name)
