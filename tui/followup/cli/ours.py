"""The plugins that run in this process: the user's own templates, then those in the box."""

from __future__ import annotations

from collections.abc import Callable

from followup import __version__
from followup.config import config_path
from followup.extensions import discovery
from followup.extensions.discovery import Found
from followup.own_templates import FOLDER, PLUGIN_NAME, OwnTemplates


def own_templates(language: Callable[[], str]) -> OwnTemplates:
    """Return the user's own templates, which stand beside the configuration.

    ``language`` tells the one of templates that name none, when they are read.
    """
    return OwnTemplates(config_path().parent / FOLDER, language)


def our_plugins(own: OwnTemplates) -> list[Found]:
    """Return the plugins, loaded; a user without a folder of templates has none of that name."""
    box = list(discovery.builtin_plugins(__version__))
    if not own.folder.exists():
        return box
    return [Found(name=PLUGIN_NAME, version="", locator=str(own.folder), module=own), *box]
