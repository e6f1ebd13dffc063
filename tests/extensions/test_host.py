"""Plugins are found, registered and asked; the box comes in the same way."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from followup.api import Command, Rule, hookimpl
from followup.builtin.rules import register_rules
from followup.extensions.discovery import BUILTIN, Found, builtin_plugins, installed_plugins
from followup.extensions.host import PluginHost


def plugin(name: str, **hooks: object) -> Found:
    """A plugin whose hooks give these things."""
    implementations = {hook: hookimpl(lambda given=given: given) for hook, given in hooks.items()}
    return Found(name=name, version="1", module=SimpleNamespace(**implementations))


def test_everything_in_the_box_comes_in_through_the_hooks() -> None:
    host = PluginHost(builtin_plugins("0"))
    assert [found.name for found in host.plugins] == list(BUILTIN)
    assert {"email", "eml", "clipboard"} <= set(host.channels)
    assert list(host.policies) == ["patient"]
    assert {"too-early", "no-contact", "placeholder", "too-long"} <= set(host.rules)
    assert set(host.importers) >= {"csv", "json"}
    assert set(host.exporters) >= {"csv", "ics", "json", "md"}
    assert host.templates
    assert host.faults == []


def test_a_plugin_adds_to_what_is_in_the_box() -> None:
    command = Command(name="hello", title="Say hello", run=lambda tracker: "hello")
    host = PluginHost([*builtin_plugins("0"), plugin("mine", register_commands=[command])])
    assert dict(host.commands) == {"hello": command}
    assert "patient" in host.policies


def test_the_first_of_two_things_of_one_name_keeps_it_and_the_clash_is_told() -> None:
    first, second = register_rules()[0], register_rules()[0]
    host = PluginHost([plugin("a", register_rules=[first]), plugin("b", register_rules=[second])])
    rules: dict[str, Rule] = dict(host.rules)
    assert rules["too-early"] is first
    assert host.faults == ["two plugins give 'too-early': the first one keeps the name"]


def test_a_plugin_that_cannot_be_loaded_is_a_fault_and_nothing_more() -> None:
    broken = Found(name="broken", version="2", fault="ImportError: no")
    host = PluginHost([broken, *builtin_plugins("0")])
    assert host.faults == ["plugin broken 2: ImportError: no"]
    assert "patient" in host.policies


def test_installed_plugins_are_loaded_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> object:
        raise SystemExit(3)

    module = SimpleNamespace()
    entries = [
        SimpleNamespace(name="good", dist=SimpleNamespace(version="1"), load=lambda: module),
        SimpleNamespace(name="bad", dist=None, load=fail),
    ]
    monkeypatch.setattr(
        "followup.extensions.discovery.entry_points",
        lambda group: entries if group == "followup" else [],
    )
    good, bad = installed_plugins()
    assert good == Found(name="good", version="1", module=module)
    assert bad == Found(name="bad", version="", fault="SystemExit: 3")
