"""The configuration file: what the user set, typed, with a path in every complaint."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from followup.domain.errors import InputError
from followup.domain.mailbox import MailboxSettings
from followup.domain.order import Order
from followup.domain.reminders import ReminderSettings
from followup.domain.settings import Settings

FILE_NAME = "config.toml"
TEMPLATE = """\
# The settings of followup. Lines that start with # show the defaults.

# Your name, as messages are signed with it.
# name = ""

# Your time zone, such as "Europe/Berlin"; empty: that of the system.
# timezone = ""

# The language of messages, as two letters.
# language = "en"

# How the board looks: "followup-dark", "followup-light" or a theme of the palette (ctrl+p).
# theme = "followup-dark"

# How the cards of a column are sorted: "urgency", "company", "newest" or "applied".
# sort = "urgency"

# The timing policy of every application that has none of its own.
# default_policy = "patient"

# Keys of the board by name, several with commas; the guide lists the names.
# [keys]
# "board.compose" = "f"

# What you look for again and again, by a name: V on the board shows it.
# [views]
# "late" = "is:overdue -tag:on-hold"

# E-mail is sent by your mail program unless a host is set: `followup config mail` does it.
# [channel.email]
# from = "Alex Poe <alex@poe.example>"
# host = "smtp.poe.example"
# security = "tls"
# user = "alex@poe.example"
# password_command = "pass show mail"

# Your mailbox, where `followup replies` looks for answers; nothing in it is ever changed.
# [replies]
# host = "imap.poe.example"
# security = "tls"
# user = "alex@poe.example"
# password_command = "pass show mail"
# folders = ["INBOX"]
# every_minutes = 0

# A folder for khal and vdirsyncer, in which `followup tick` keeps interviews, steps and promises.
# [calendar]
# folder = "~/.calendars/followup"

# Notifications when a follow-up opens: by the terminal of the open board ("auto", "osc9",
# "osc777", "bell" or "off"), and on the desktop, where `followup tick` looks too. None come
# in quiet hours; names = false keeps companies out of them.
# [reminders]
# terminal = "off"
# desktop = false
# quiet = "22:00-08:00"
# names = true

# [policy.patient]
# nudge_after_days = 10
# follow_up_after_hours = 48
# check_in_after_days = 7
# check_ins = 2
# last_call_after_days = 21
# last_call_gap_hours = 48
# last_call_due_after_days = 28
# last_call_days_after_promise = 7
# due_after_hours = 24
"""


class CalendarSettings(Settings, frozen=True, kw_only=True):
    """``folder`` is where ``followup tick`` keeps our calendar, one file for each entry."""

    folder: str = ""


PluginSettings = TypeVar("PluginSettings", bound=Settings)


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The user's settings; ``policy`` and ``channel`` hold a table for each plugin's name.

    ``views`` are texts to search for, by the name that the user gave them.
    """

    name: str = ""
    timezone: str = ""
    language: str = "en"
    theme: str = "followup-dark"
    sort: Order = Order.URGENCY
    default_policy: str = "patient"
    keys: dict[str, str] = {}
    views: dict[str, str] = {}
    policy: dict[str, dict[str, Any]] = {}
    channel: dict[str, dict[str, Any]] = {}
    replies: MailboxSettings = MailboxSettings()
    calendar: CalendarSettings = CalendarSettings()
    reminders: ReminderSettings = ReminderSettings()

    def policy_settings(self, name: str, kind: type[PluginSettings]) -> PluginSettings:
        """Return the settings of a policy; raise ``InputError`` where its table is wrong."""
        return _convert(self.policy.get(name, {}), kind, f"[policy.{name}]")

    def channel_settings(self, name: str, kind: type[PluginSettings]) -> PluginSettings:
        """Return the settings of a channel; raise ``InputError`` where its table is wrong."""
        return _convert(self.channel.get(name, {}), kind, f"[channel.{name}]")

    def own_names(self) -> tuple[str, ...]:
        """Return the names and addresses of the user, as far as the settings say them."""
        from email.utils import parseaddr  # late: only what looks for the user needs it

        said = (table.get(key) for table in self.channel.values() for key in ("from", "user"))
        addresses = [text for text in (self.replies.user, *said) if isinstance(text, str)]
        names = (self.name, *(part for text in addresses for part in parseaddr(text)))
        return tuple(dict.fromkeys(filter(None, names)))


def config_path() -> Path:
    """Return where the configuration is: ``FOLLOWUP_CONFIG``, or the platform's place."""
    given = os.environ.get("FOLLOWUP_CONFIG")
    if given:
        return Path(given).expanduser()
    from platformdirs import user_config_path  # late: needed only where no path was given

    return user_config_path("followup", appauthor=False) / FILE_NAME


def read_config(path: Path) -> Config:
    """Read the configuration; a missing file is all defaults.

    Raises ``InputError`` with the file, the place in it and what is wrong there.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, ValueError) as fault:
        raise InputError(f"cannot read {path}: {fault}; `followup config edit` opens it") from fault
    return parse_config(text, str(path))


def parse_config(text: str, where: str) -> Config:
    """Return the configuration that a text says; raise ``InputError`` with ``where`` it was."""
    import tomllib  # late: many have no configuration, and the board starts sooner without it

    try:
        tables = tomllib.loads(text)
    except ValueError as fault:
        raise InputError(f"{where}: {fault}; `followup config edit` opens it") from fault
    return _convert(tables, Config, where)


def set_default_policy(path: Path, name: str) -> None:
    """Write the default policy into the configuration and leave everything else as it is."""

    def chosen(document: MutableMapping[str, Any]) -> None:
        document["default_policy"] = name

    _revise(path, chosen)


def set_view(path: Path, name: str, text: str) -> None:
    """Write a view into the configuration, or take it out where its text is empty.

    Everything else stays as it is. Raises ``InputError`` where the file cannot be used.
    """

    def saved(document: MutableMapping[str, Any]) -> None:
        views = document.setdefault("views", {})
        if text:
            views[name] = text
        else:
            views.pop(name, None)

    read_config(path)  # it may have been edited since the program began
    try:
        _revise(path, saved)
    except OSError as fault:
        raise InputError(f"cannot write {path}: {fault}") from fault


def set_table(path: Path, place: Sequence[str], table: Mapping[str, Any]) -> None:
    """Write what is set at a place, such as ``channel``, ``email``; a value of none goes.

    Everything else stays as it is.
    """

    def chosen(document: MutableMapping[str, Any]) -> None:
        settings = document
        for name in place:
            settings = settings.setdefault(name, {})
        for key, value in table.items():
            if value is None:
                settings.pop(key, None)
            else:
                settings[key] = value

    _revise(path, chosen)


def _revise(path: Path, revision: Callable[[MutableMapping[str, Any]], None]) -> None:
    """Change the configuration and leave everything else in it as it is, comments too."""
    import tomlkit  # late: only this needs a writer that keeps comments

    text = path.read_text(encoding="utf-8") if path.exists() else TEMPLATE
    document = tomlkit.parse(text)
    revision(document)
    write_config(path, tomlkit.dumps(document))


def write_config(path: Path, text: str) -> None:
    """Write the configuration file, for its user alone (0600 in directories of 0700).

    A path that is a symlink stays one.
    """
    path = path.resolve()
    for directory in reversed(path.parents):
        # One by one: the mode is for the last of several, the others would get the umask's.
        directory.mkdir(exist_ok=True, mode=0o700)
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    fresh.replace(path)


Converted = TypeVar("Converted")


def _convert(tables: Any, kind: type[Converted], where: str) -> Converted:
    try:
        return msgspec.convert(tables, kind)
    except msgspec.ValidationError as fault:
        raise InputError(f"{where}: {fault}; `followup config edit` opens it") from fault
