"""Every call to the system that a store makes, failing or being the last one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from store.children import HERE, environment

MEMORY = Path("/dev/shm")


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if sys.platform != "linux":
        pytest.skip("calls are only intercepted on Linux")
    compiler = shutil.which("cc") or shutil.which("gcc")
    assert compiler, "the faults need a C compiler (Debian and Ubuntu: apt install gcc libc6-dev)"
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    flags = ["-O1", "-Wall", "-Werror", "-shared", "-fPIC"]
    subprocess.run([compiler, *flags, "-o", library, HERE / "shim.c", "-ldl"], check=True)
    return library


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Path]:
    """A directory in memory: the faults are made, so that no disk needs to be waited for."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(dir=MEMORY) as made:
        yield Path(made)


def broken_promises(shim: Path, directory: Path, every: int) -> tuple[list[str], int]:
    done = subprocess.run(
        [sys.executable, HERE / "faults.py", directory, str(every)],
        env=environment(LD_PRELOAD=str(shim)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    *problems, taken = done.stdout.splitlines()
    return problems, int(taken)


def test_some_faults_leave_the_state_before_or_after(shim: Path, directory: Path) -> None:
    problems, taken = broken_promises(shim, directory, 17)
    assert problems == []
    assert taken > 200


@pytest.mark.torture
def test_all_faults_leave_the_state_before_or_after(shim: Path, directory: Path) -> None:
    problems, taken = broken_promises(shim, directory, 1)
    assert problems == []
    assert taken > 3000
