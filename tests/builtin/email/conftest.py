"""Certificates that are made once, and letters to send."""

from __future__ import annotations

import pytest

from smtp_servers import Authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))
