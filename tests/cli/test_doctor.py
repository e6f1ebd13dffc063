"""``doctor``: the store's health in words and in JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Followup


@pytest.fixture
def store(home: Path, followup: Followup) -> Path:
    for company in ("Globex", "Initech"):
        followup.done("add", company, "Engineer")
    return home / "data" / "followup" / "followup.json"


def test_sound_store_is_said_to_be_sound(followup: Followup, store: Path) -> None:
    assert followup.done("doctor") == f"{store} is sound\n"
    assert followup.done("doctor", "--repair") == f"{store} is sound\n"
    assert followup.json("doctor") == {
        "store": str(store),
        "ok": True,
        "findings": [],
        "repaired": [],
        "saved": [],
    }


def test_damage_leads_to_the_doctor_and_the_doctor_to_the_store(
    followup: Followup, store: Path
) -> None:
    store.write_bytes(b"")
    status, line = followup.refused("list")
    assert status == 3
    assert line.startswith(f"cannot read the store {store}: it is empty; its backups are in ")
    assert line.endswith("see followup doctor --repair")
    found = followup("doctor")
    assert found.exit_code == 3
    assert "damage: the store cannot be read: it is empty; a repair would " in found.stdout
    assert found.stderr.startswith("followup: followup doctor --repair ")
    assert store.read_bytes() == b""
    done = followup.done("doctor", "--repair")
    assert "repaired: the store cannot be read: it is empty: put it together" in done
    assert "the snapshot before and its journal hold all that it held" in done
    [saved] = store.parent.glob("followup.json.damaged-*")
    assert f"what was there is kept in {saved}" in done
    assert [one["company"] for one in followup.json("list")] == ["Globex", "Initech"]


def test_what_is_no_damage_is_worth_a_look(followup: Followup, store: Path) -> None:
    store.chmod(0o644)
    found = followup("doctor", "--json")
    assert found.exit_code == 1
    assert '"code": "mode"' in found.stdout
    assert followup.json("doctor", "--repair")["repaired"][0]["code"] == "mode"
    assert store.stat().st_mode & 0o777 == 0o600


def test_garbage_without_backups_stays_and_is_said_so(followup: Followup, home: Path) -> None:
    path = home / "garbage.json"
    path.write_bytes(b"garbage")
    for option in ([], ["--repair"]):
        found = followup("--store", str(path), "doctor", *option)
        assert found.exit_code == 3
        assert "there is no backup to put the store together from" in found.stdout
        assert path.read_bytes() == b"garbage"
