"""Where plugins are found: nowhere but where their user put them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from followup.extensions.discovery import Found, outside_plugins
from followup.extensions.loading import load
from plugin_trackers import FINE, a_run, rule_script
from scripts import write_script


def faults(directory: Path) -> dict[str, str]:
    """The plugins that are found for a directory of the configuration, and what is wrong."""
    return {found.name: found.fault for found in outside_plugins(directory)}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config"


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of installed packages, in which tests install some."""
    directory = tmp_path / "packages"
    directory.mkdir()
    monkeypatch.syspath_prepend(directory)
    return directory


def install(packages: Path, distribution: str, *entry_points: str, version: str = "1.0") -> None:
    """Install the metadata of a distribution by hand: finding it needs no more."""
    info = packages / f"{distribution}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
    )
    (info / "entry_points.txt").write_text("\n".join(("[followup]", *entry_points)))


class TestScripts:
    def test_every_python_file_of_the_folder_is_one(self, config: Path) -> None:
        for name in ("b", "a", "_helper", ".hidden"):
            write_script(config, name, "")
        (config / "plugins" / "notes.txt").touch()
        (config / "plugins" / "package").mkdir()
        (config / "elsewhere.py").touch()
        assert faults(config) == {"a": "", "b": ""}

    def test_its_version_is_when_it_was_changed(self, config: Path) -> None:
        os.utime(write_script(config, "mine", ""), (0, 3600))
        (found,) = outside_plugins(config)
        assert found == Found(
            name="mine",
            version="1970-01-01 01:00:00",
            source="script",
            locator=str(config / "plugins" / "mine.py"),
        )

    def test_one_that_others_can_write_is_not_run(self, config: Path) -> None:
        for name, mode in {"ours": 0o644, "groups": 0o664, "worlds": 0o602}.items():
            write_script(config, name, "").chmod(mode)
        told = faults(config)
        assert told["ours"] == ""
        for name in ("groups", "worlds"):
            assert told[name].startswith(f"others can write {config / 'plugins' / name}.py: `chmod")

    def test_none_is_run_of_a_folder_that_others_can_write(self, config: Path) -> None:
        write_script(config, "mine", f"open({str(config / 'ran')!r}, 'w')")
        (config / "plugins").chmod(0o777)
        with a_run(config) as run:
            plugin = run.plugin("mine")
            assert (plugin.condition, plugin.faults[0].phase) == ("failed", "discovery")
            assert plugin.faults[0].reason.startswith("others can write")
        assert not (config / "ran").exists()

    def test_one_of_somebody_else_is_not_run(
        self, config: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_script(config, "mine", "")
        user = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: user + 1)
        assert faults(config)["mine"].endswith("belongs to somebody else: it is not run")

    def test_a_link_counts_as_what_it_leads_to(self, config: Path, tmp_path: Path) -> None:
        write_script(config, "here", "")
        for name, mode in {"safe": 0o600, "open": 0o666}.items():
            target = tmp_path / f"{name}.txt"
            target.write_text(rule_script(FINE, name))
            target.chmod(mode)
            (config / "plugins" / f"{name}.py").symlink_to(target)
        (config / "plugins" / "lost.py").symlink_to(tmp_path / "nowhere")
        told = faults(config)
        assert (told["here"], told["safe"]) == ("", "")
        assert told["open"].startswith("others can write")
        assert told["lost"] == "it cannot be read: No such file or directory"
        with a_run(config) as run:
            assert "safe" in run.host.rules
            assert "open" not in run.host.rules

    def test_a_name_has_nothing_that_a_terminal_would_obey(self, config: Path) -> None:
        write_script(config, "\x1b[31mred", "")
        write_script(config, "two words", "")
        assert faults(config) == {
            "[31mred": "'[31mred' is no name for a plugin",
            "two words": "'two words' is no name for a plugin",
        }

    def test_it_finds_itself_in_sys_modules_and_hides_no_other(self, config: Path) -> None:
        code = """
            from __future__ import annotations
            import json
            from dataclasses import KW_ONLY, dataclass

            @dataclass
            class Point:
                x: int
                _: KW_ONLY
                y: int = 0

            assert json.loads("[1]") == [1]
        """
        write_script(config, "json", code)
        (found,) = outside_plugins(config)
        module = load(found)
        assert module.Point(1).y == 0  # type: ignore[attr-defined]

    def test_a_folder_that_is_not_there_has_none(self, config: Path) -> None:
        assert outside_plugins(config) == []


class TestInstalled:
    def test_entry_points_are_found_with_their_distribution(
        self, config: Path, packages: Path
    ) -> None:
        install(packages, "followup-carrier-pigeon", "pigeon = pigeon.plugin", version="2.1")
        assert outside_plugins(config) == [
            Found(
                name="pigeon",
                version="2.1",
                source="installed",
                locator="pigeon.plugin",
                distribution="followup-carrier-pigeon",
            )
        ]

    def test_nothing_of_it_is_loaded_by_that(self, config: Path, packages: Path) -> None:
        (packages / "pigeon.py").write_text("raise SystemExit")
        install(packages, "pigeon", "pigeon = pigeon")
        assert faults(config) == {"pigeon": ""}

    def test_of_one_name_the_first_is_good_and_the_others_are_told(
        self, config: Path, packages: Path
    ) -> None:
        install(packages, "first", "pigeon = a.pigeon", "patient = a.patience")
        install(packages, "second", "pigeon = b.pigeon")
        write_script(config, "pigeon", "")
        write_script(config, "email", "")
        told = [(found.name, found.locator, found.fault) for found in outside_plugins(config)]
        another = "there is another of this name: first"
        script = str(config / "plugins" / "pigeon.py")
        assert told == [
            ("pigeon", "a.pigeon", ""),
            ("patient", "a.patience", "a plugin in the box has this name"),
            ("pigeon", "b.pigeon", another),
            ("email", str(config / "plugins" / "email.py"), "a plugin in the box has this name"),
            ("pigeon", script, another),
        ]

    def test_names_of_installed_ones_are_looked_at_as_well(
        self, config: Path, packages: Path
    ) -> None:
        install(packages, "evil", "\x1b[2J = evil", "a/b = evil")
        assert set(faults(config).values()) == {
            "'[2J' is no name for a plugin",
            "'a/b' is no name for a plugin",
        }


def test_only_those_that_are_wanted_are_found(config: Path) -> None:
    for name in ("a", "b", "c"):
        write_script(config, name, "")
    assert [found.name for found in outside_plugins(config, ("c", "a", "other"))] == ["a", "c"]
