"""``config``: where the configuration is, what it says, and whether it is sound."""

from __future__ import annotations

import click
import msgspec

from followup.cli.as_json import print_json
from followup.cli.examples import examples
from followup.cli.faults import WRONG_USAGE
from followup.cli.lines import note, say
from followup.cli.mail_setup import mail
from followup.cli.options import json_option
from followup.cli.session import Session, known_zone, pass_session
from followup.config import TEMPLATE, Config, config_path, parse_config, write_config
from followup.domain.errors import InputError
from followup.domain.text import clean_page


@click.group(epilog=examples("followup config edit"))
def config() -> None:
    """Find, show, edit and check the configuration; set up e-mail."""


config.add_command(mail)


@config.command(epilog=examples("followup config path", 'cat "$(followup config path)"'))
def path() -> None:
    """Say where the configuration is, or would be."""
    say(str(config_path()))


@config.command(epilog=examples("followup config show"))
@json_option
@pass_session
def show(session: Session, as_json: bool) -> None:
    """Show all settings as they count, defaults included."""
    settings = msgspec.to_builtins(session.config)
    settings["policy"] |= {
        policy.name: msgspec.to_builtins(
            session.config.policy_settings(policy.name, policy.settings_type)
        )
        for policy in session.host.policies.values()
    }
    settings["channel"] |= {
        channel.name: msgspec.to_builtins(
            session.config.channel_settings(channel.name, channel.settings_type)
        )
        for channel in session.host.channels.values()
    }
    if as_json:
        print_json(settings)
        return
    import tomlkit  # late: only this writes TOML

    click.echo(clean_page(tomlkit.dumps(settings)))


@config.command(epilog=examples("followup config edit"))
@pass_session
def edit(session: Session) -> None:
    """Edit the configuration in $VISUAL or $EDITOR.

    It is saved when it is sound.
    """
    from followup.cli.editing import edit_until  # late: only this opens an editor

    file = config_path()

    def save(text: str) -> None:
        _check(parse_config(text, str(file)), session)
        write_config(file, text)

    before = file.read_text(encoding="utf-8", errors="replace") if file.exists() else TEMPLATE
    edit_until(before, ".toml", save)
    say(f"saved {file}")


@config.command(epilog=examples("followup config check"))
@pass_session
def check(session: Session) -> int | None:
    """Check the configuration, and your own message templates beside it.

    Exits with 2 where something is wrong.
    """
    _check(session.config, session)
    for fault in session.own_templates.faults():
        note(str(fault))
    if session.own_templates.faults():
        return WRONG_USAGE
    say(f"{config_path()} is sound" if config_path().exists() else "no configuration: all defaults")
    return None


def _check(config: Config, session: Session) -> None:
    """Raise ``InputError`` for what a plugin or the clock could not use; note what nobody uses."""
    policies, channels = session.host.policies, session.host.channels
    if config.timezone:
        known_zone(config.timezone)
    if config.default_policy not in policies:
        names = ", ".join(policies)
        raise InputError(f"default_policy: no policy {config.default_policy!r}; there are {names}")
    for policy in policies.values():
        config.policy_settings(policy.name, policy.settings_type)
    for channel in channels.values():
        config.channel_settings(channel.name, channel.settings_type)
    tables = {
        "policy": config.policy.keys() - policies,
        "channel": config.channel.keys() - channels,
    }
    for kind, names_unused in tables.items():
        for name in sorted(names_unused):
            note(f"[{kind}.{name}] is for a plugin that is not loaded")
