from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest
from msgspec.structs import replace

from followup.builtin.patient import PatientSettings
from followup.config import (
    TEMPLATE,
    Config,
    config_path,
    parse_config,
    read_config,
    set_default_policy,
    set_view,
    write_config,
)
from followup.domain.errors import InputError


def test_no_file_is_all_defaults(tmp_path: Path) -> None:
    assert read_config(tmp_path / "none.toml") == Config()


def test_the_template_shows_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(TEMPLATE)
    assert read_config(path) == Config()
    settings = re.sub(r'^# (?=\[|["a-z_.]+ = )', "", TEMPLATE, flags=re.MULTILINE)
    path.write_text(settings)
    shown = read_config(path)
    tables = {name: getattr(Config(), name) for name in ("replies", "calendar", "reminders")}
    examples = {"keys": {}, "policy": {}, "views": {}, "channel": {}, **tables}
    assert replace(shown, **examples) == Config()
    assert shown.policy_settings("patient", PatientSettings) == PatientSettings()
    assert set(shown.policy["patient"]) == set(PatientSettings.__struct_fields__)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("nme = 'x'", "nme"),
        ("name = 3", r"\$.name"),
        ("name = 1 2\nx = 3", "line 1"),
        ("[policy]\npatient = 3", r"\$.policy"),
        ("\xff", "config.toml"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match=complaint) as fault:
        read_config(path)
    assert "\n" not in str(fault.value)
    assert "config.toml" in str(fault.value)


def test_the_default_policy_is_set_without_touching_anything_else(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    set_default_policy(path, "patient")
    path.write_text(path.read_text() + "# mine\n")
    set_default_policy(path, "hasty")
    assert read_config(path).default_policy == "hasty"
    assert path.read_text().startswith(TEMPLATE[:40])
    assert path.read_text().endswith("# mine\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_view_is_kept_and_taken_out_without_touching_anything_else(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('# mine\n[views]\n# and this\nold = "acme"  # see above\n')
    name = 'a "b" [c]\\'
    set_view(path, name, "tag:remote")
    assert read_config(path).views == {"old": "acme", name: "tag:remote"}
    set_view(path, name, "tag:remote is:overdue")
    assert read_config(path).views[name] == "tag:remote is:overdue"
    set_view(path, name, "")
    set_view(path, "never there", "")
    assert path.read_text() == '# mine\n[views]\n# and this\nold = "acme"  # see above\n'


def test_a_view_starts_a_configuration_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    set_view(path, "late", "is:overdue")
    assert read_config(path) == Config(views={"late": "is:overdue"})
    assert path.read_text().startswith(TEMPLATE[:40])


def test_a_view_is_not_kept_in_a_configuration_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    for text in ("views = 3", "name = 1 2"):
        path.write_text(text)
        with pytest.raises(InputError, match=r"config\.toml"):
            set_view(path, "late", "is:overdue")
        assert path.read_text() == text
    with pytest.raises(InputError, match="cannot"):
        set_view(tmp_path, "late", "is:overdue")


def test_a_view_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot"):
        set_view(tmp_path / "file" / "config.toml", "late", "is:overdue")


def test_it_is_private_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "config.toml"
    before = os.umask(0)
    try:
        write_config(path, "")
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (path, *path.parents[:2])]
    assert modes == [0o600, 0o700, 0o700]


def test_the_place_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FOLLOWUP_CONFIG", str(tmp_path / "mine.toml"))
    assert config_path() == tmp_path / "mine.toml"
    monkeypatch.delenv("FOLLOWUP_CONFIG")
    assert config_path().name == "config.toml"
    assert "followup" in os.fspath(config_path())


def test_the_user_is_known_by_name_and_addresses() -> None:
    said = parse_config(
        'name = "Sam Poe"\n[channel.email]\nfrom = "Sam <sam@poe.example>"\nuser = "poe"\n', "x"
    )
    assert said.own_names() == ("Sam Poe", "Sam", "sam@poe.example", "poe")
