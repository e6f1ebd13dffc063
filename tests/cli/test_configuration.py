"""``config``, ``policy`` and ``plugins``."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Followup
from scripts import write_script

Use = Callable[[str], None]


@pytest.fixture
def config(home: Path) -> Path:
    return home / "config" / "followup" / "config.toml"


HASTY = """
from followup.api import Settings, Step, StepKind, after, hookimpl

class Hasty:
    name = "hasty"
    title = "Hasty: at once"
    settings_type = Settings

    def steps(self, timeline, settings, zone):
        applied = timeline.applied
        if not applied:
            return []
        opens = after(applied.at, days=1)
        return [Step(kind=StepKind.NUDGE, opens=opens, due=opens, why="a day after you applied")]

@hookimpl
def register_policies():
    return [Hasty()]
"""


@pytest.fixture
def hasty(config: Path) -> None:
    """A script with the policy ``hasty``."""
    write_script(config.parent, "hasty", HASTY)


@pytest.fixture
def broken(config: Path) -> None:
    """A script that cannot be loaded."""
    write_script(config.parent, "broken", "raise ImportError('no such thing')")


class TestConfig:
    def test_path(self, followup: Followup, config: Path) -> None:
        assert followup.done("config", "path") == f"{config}\n"

    def test_show_has_the_defaults_too(self, followup: Followup) -> None:
        document = followup.json("config", "show")
        assert document["name"] == "Sam Poe"
        assert document["policy"]["patient"]["follow_up_after_hours"] == 48
        assert "check_ins = 2" in followup.done("config", "show")

    def test_what_is_sound_can_be_edited(
        self, followup: Followup, config: Path, editor: Use
    ) -> None:
        editor("text = '# mine\\n' + text + '[policy.patient]\\ncheck_ins = 1\\n'")
        assert followup.done("config", "edit") == f"saved {config}\n"
        assert config.read_text(encoding="utf-8").startswith('# mine\nname = "Sam Poe"')
        assert stat.S_IMODE(config.stat().st_mode) == 0o600
        assert followup.json("config", "show")["policy"]["patient"]["check_ins"] == 1

    def test_the_first_edit_starts_from_the_defaults(
        self, followup: Followup, config: Path, editor: Use
    ) -> None:
        config.unlink()
        editor("text = text.replace('# check_ins = 2', '# check_ins = 7')")
        followup.done("config", "edit", at=None)
        assert "# check_ins = 7" in config.read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("name = ", "(at end of document)"),
            ("nome = 'x'", "unknown field `nome`"),
            ("timezone = 'Mars/Base'", "no time zone is called 'Mars/Base'"),
            ("default_policy = 'hasty'", "no policy 'hasty'"),
            ("[policy.patient]\ncheck_ins = 'two'", "[policy.patient]: Expected `int`, got `str`"),
            ("[policy.patient]\nfollow_up_after_hours = -48", "Expected `float` >= 0.0"),
            ("[policy.patient]\nnudge_after_days = inf", "Expected `float` <= 10000.0"),
        ],
    )
    def test_a_mistake_is_told_and_nothing_is_saved(
        self, followup: Followup, config: Path, editor: Use, text: str, told: str
    ) -> None:
        before = config.read_bytes()
        editor(f"text = {text!r}")
        code, line = followup.refused("config", "edit")
        assert code == 2
        assert told in line
        assert config.read_bytes() == before
        kept = Path(line.rpartition("; your text is kept in ")[2])
        assert kept.read_text(encoding="utf-8") == text
        config.write_text(text, encoding="utf-8")
        code, line = followup.refused("config", "check", at=None)
        assert code == 2
        assert told in line

    def test_check_says_what_nobody_uses(self, followup: Followup, config: Path) -> None:
        assert followup.done("config", "check") == f"{config} is sound\n"
        config.write_text("[policy.gone]\nx = 1\n", encoding="utf-8")
        result = followup("config", "check")
        assert result.exit_code == 0
        assert "[policy.gone] is for a plugin that is not loaded" in result.stderr


@pytest.mark.usefixtures("hasty")
class TestPolicy:
    def test_list_marks_the_usual_one(self, followup: Followup) -> None:
        lines = followup.done("policy", "list").splitlines()
        assert [line.split()[:2] for line in lines] == [["*", "patient"], ["hasty", "Hasty:"]]
        assert followup.done("policy") == followup.done("policy", "list")
        defaults = {one["name"]: one["default"] for one in followup.json("policy", "list")}
        assert defaults == {"patient": True, "hasty": False}

    def test_use_changes_the_usual_one_and_keeps_comments(
        self, followup: Followup, config: Path
    ) -> None:
        config.write_text("# mine\n[policy.patient]\ncheck_ins = 1\n", encoding="utf-8")
        assert followup.done("policy", "use", "hasty", at=None) == "hasty is the usual policy now\n"
        assert config.read_text(encoding="utf-8").startswith("# mine\n")
        document = followup.json("add", "Globex", "SRE")
        assert document["policy"] == "hasty"
        assert followup.json("config", "show")["policy"]["patient"]["check_ins"] == 1

    def test_use_for_one_application(self, followup: Followup) -> None:
        followup.done("add", "Globex", "SRE")
        assert followup.done("policy", "use", "hasty", "--for", "1") == (
            "1  Globex, SRE: Applied, nudge in 24 h\n"
        )
        assert followup.json("show", "1")["policy"] == "hasty"
        assert followup.json("add", "Initech", "SRE")["policy"] == "patient"

    def test_compare_shows_which_dates_change(self, followup: Followup) -> None:
        followup.done("add", "Globex", "SRE", "--applied", "2026-03-11 09:00")
        followup.done("add", "Initech", "SRE")
        followup.done("log", "2", "outcome", "offer")
        (difference,) = followup.json("policy", "compare", "patient", "hasty")
        assert (difference["id"], difference["company"]) == (1, "Globex")
        assert difference["patient"]["opens"] == "2026-03-21T08:00:00+00:00"
        assert difference["hasty"]["opens"] == "2026-03-12T08:00:00+00:00"
        lines = followup.done("policy", "compare", "patient", "hasty").splitlines()
        assert lines[0].split() == ["patient", "hasty"]
        assert "Nudge Sat 21 Mar 09:00  Nudge Thu 12 Mar 09:00" in lines[1]

    def test_unknown_names_are_refused(self, followup: Followup) -> None:
        for words in (["use", "slow"], ["compare", "patient", "slow"]):
            code, line = followup.refused("policy", *words)
            assert code == 1
            assert "no policy 'slow': there are patient, hasty" in line


@pytest.mark.usefixtures("hasty", "broken")
class TestPlugins:
    def test_list_shows_what_could_not_be_loaded(self, followup: Followup) -> None:
        plugins = {one["name"]: one for one in followup.json("plugins", "list")}
        assert plugins["hasty"]["gives"] == {"policies": ["hasty"]}
        assert plugins["hasty"]["condition"] == "loaded"
        assert plugins["broken"]["fault"] == "import: ImportError: no such thing"
        line = next(one for one in followup.done("plugins").splitlines() if "broken" in one)
        assert line.split("failed")[1].strip() == "import: ImportError: no such thing"

    def test_all_can_be_shut_out(self, followup: Followup, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "hasty" not in followup.done("--no-plugins", "plugins")
        monkeypatch.setenv("FOLLOWUP_NO_PLUGINS", "1")
        assert "hasty" not in followup.done("plugins")

    def test_a_plugin_that_is_set_aside_in_a_run_is_said_once(self, followup: Followup) -> None:
        followup.done("add", "Globex", "SRE")
        followup.done("add", "Hooli", "SRE")
        third = followup("add", "Initech", "SRE")
        assert third.exit_code == 0
        assert third.stderr == (
            "followup: the plugin broken was set aside: `followup plugins info broken` says why\n"
        )
        assert "set aside" in followup.done("plugins", "info", "broken")
        followup.done("add", "Umbrella", "SRE")
        followup.done("plugins", "enable", "broken")
        assert followup.json("plugins", "info", "broken")["condition"] == "failed"


def test_a_policy_that_fails_is_stood_in_for_and_it_is_said(
    followup: Followup, config: Path
) -> None:
    failing = HASTY.replace("applied = timeline.applied", "raise ValueError(timeline)")
    write_script(config.parent, "hasty", failing)
    followup.done("add", "Globex", "SRE", "--applied", "2026-03-01")
    followup("policy", "use", "hasty", "--for", "1")
    shown = followup.json("show", "1")
    assert (shown["policy"], shown["next"]["step"]) == ("patient", "nudge")
    assert "(patient: hasty failed)" in followup("show", "1").stdout
