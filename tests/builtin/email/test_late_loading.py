"""E-mail is there at every start, so what sends it is loaded late."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
import followup.api
before = set(sys.modules)
from followup.builtin.email import register_channels
for channel in register_channels():
    channel.settings_type()
print(*sorted(set(sys.modules) - before))
"""


def test_nothing_is_loaded_until_something_is_sent() -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True
    )
    assert set(run.stdout.split()) == {
        "followup.builtin",
        "followup.builtin.email",
        "followup.builtin.email.addresses",
        "followup.builtin.email.channels",
        "followup.builtin.email.settings",
    }
