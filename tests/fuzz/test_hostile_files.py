"""Damaged and hostile files: refused in words or read in part, in bounded time and memory."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostile_files import READERS, SEEDS

FUZZER = Path(__file__).with_name("fuzzer.py")
SECONDS = 40  # for each of the readers
LONGEST = 60_000  # bytes
_CORPORA = {name: seeds() for name, seeds in SEEDS.items()}
_TELLING = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b'"',
    b",",
    b":",
    b"=",
    b"9" * 30,
    b"[" * 99,
]


@st.composite
def damaged(draw: st.DrawFn, name: str) -> bytes:
    """A sound file in which some bytes are others, are missing, or stand twice."""
    data = draw(st.sampled_from(_CORPORA[name]))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        instead = draw(
            st.binary(max_size=8) | st.sampled_from(_TELLING) | st.just(data[start:end] * 2)
        )
        data = data[:start] + instead + data[end:]
    return data


@pytest.mark.parametrize("name", READERS)
def test_what_is_sound_is_read(name: str) -> None:
    for seed in _CORPORA[name]:
        READERS[name](seed)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_what_is_damaged_breaks_nothing(name: str, data: st.DataObject) -> None:
    READERS[name](data.draw(damaged(name)))


@pytest.mark.torture
@pytest.mark.parametrize("name", READERS)
def test_nothing_that_is_bred_breaks_anything(name: str, tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris"):
        _breed(name, tmp_path)
    else:  # no wheel of it for this interpreter: without its look at the paths
        _mutate(name)


def _breed(name: str, directory: Path) -> None:
    """Have libFuzzer look for new paths through a reader; it dies where something breaks."""
    corpus = directory / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(_CORPORA[name]):
        (corpus / str(number)).write_bytes(seed)
    command = [
        *(sys.executable, str(FUZZER), name, str(corpus)),
        *(f"-max_total_time={SECONDS}", "-timeout=10", "-rss_limit_mb=1024"),
        *(f"-max_len={LONGEST}", f"-artifact_prefix={directory}/"),
    ]
    environment = {**os.environ, "PYTHONPATH": str(FUZZER.parents[1])}
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", env=environment
    )
    assert done.returncode == 0, done.stderr[-4000:]


def _mutate(name: str) -> None:
    @settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
    @given(damaged(name))
    def tried(data: bytes) -> None:
        READERS[name](data)

    tried()
