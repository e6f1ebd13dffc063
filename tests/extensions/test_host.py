"""Plugins are found, registered and asked; the box comes in the same way."""

from __future__ import annotations

from followup.api import Command, Rule
from followup.builtin.rules import register_rules
from followup.extensions.discovery import BUILTIN, Found, builtin_plugins
from followup.extensions.host import PluginHost
from scripts import plugin


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
    assert list(map(str, host.faults)) == [
        "plugin b 1: register_rules: another plugin gave 'too-early' first and keeps the name"
    ]


def test_a_plugin_that_cannot_be_loaded_is_a_fault_and_nothing_more() -> None:
    broken = Found(name="broken", version="2", fault="ImportError: no")
    host = PluginHost([broken, *builtin_plugins("0")])
    assert list(map(str, host.faults)) == ["plugin broken 2: discovery: ImportError: no"]
    assert "patient" in host.policies
