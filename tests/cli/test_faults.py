"""Errors of channels as the user sees them: one line and an exit status."""

from __future__ import annotations

import pytest

from followup.cli.faults import REFUSED, TROUBLE, WRONG_USAGE, exit_status
from followup.domain.errors import (
    DeliveryError,
    FollowupError,
    InputError,
    RefusedError,
    UnconfirmedError,
)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (InputError("no number"), WRONG_USAGE),
        (RefusedError("no contact"), REFUSED),
        (DeliveryError("refused"), TROUBLE),
        (UnconfirmedError("no answer"), TROUBLE),
    ],
)
def test_what_a_channel_raises_is_one_line_and_an_exit_status(
    capsys: pytest.CaptureFixture[str], fault: FollowupError, status: int
) -> None:
    def send() -> None:
        raise fault

    assert exit_status(send, debug=False) == status
    assert capsys.readouterr().err == f"followup: {fault}\n"
