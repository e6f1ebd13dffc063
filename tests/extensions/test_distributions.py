"""The policies that ship beside the box, as somebody has them who installs them with pip."""

from __future__ import annotations

import pytest

from distributions import Installation

NOW = "2026-11-17T16:30:00Z"  # a Tuesday, 17:30 in Berlin
INTERVIEW = ("--interview", "2026-11-17T15:00:00Z")  # it ends at 17:00 in Berlin


@pytest.fixture(scope="module")
def thanks(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation(tmp_path_factory.mktemp("thanks"), "thanks-24h")


def test_thanks_24h_is_installed_and_moves_the_next_step(thanks: Installation) -> None:
    thanks.followup("add", "Globex", "SRE", *INTERVIEW, at=NOW)
    plugins = thanks.json("plugins", "list", at=NOW)
    assert {"name": "thanks-24h", "version": "0.1.0", "fault": ""} in plugins
    policies = {policy["name"]: policy["title"] for policy in thanks.json("policy", "list", at=NOW)}
    assert policies["thanks-24h"] == "Thanks: within 24 h, two check-ins, no last call"
    (change,) = thanks.json("policy", "compare", "patient", "thanks-24h", at=NOW)
    assert change["id"] == 1
    assert change["patient"]["opens"] == "2026-11-19T16:00:00+00:00"
    assert change["thanks-24h"] == {
        "step": "thank_you",
        "opens": "2026-11-17T16:00:00+00:00",
        "due": "2026-11-18T16:00:00+00:00",
    }
    (before,) = thanks.json("list", at=NOW)
    thanks.followup("policy", "use", "thanks-24h", "--for", "1", at=NOW)
    (after,) = thanks.json("list", at=NOW)
    assert (before["policy"], before["stage"]) == ("patient", "cooling")
    assert (after["policy"], after["stage"]) == ("thanks-24h", "due")
    assert after["next"]["why"] == "right after your interview ended Tue 17 Nov 17:00"


def test_the_tests_of_thanks_24h_pass_where_it_is_installed(thanks: Installation) -> None:
    thanks.run_its_tests()
