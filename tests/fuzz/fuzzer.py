"""Feeds one of the readers with bytes that find new paths through it: ``fuzzer.py NAME CORPUS``.

What follows are options of libFuzzer, such as ``-max_total_time=60``.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["followup", "icalendar", "email", "dateutil"]):
    from hostile_files import READERS, SEEDS

    for name, seeds in SEEDS.items():  # what is loaded late is looked into as well
        for seed in seeds():
            READERS[name](seed)


def main() -> None:
    """Run until the time is over or something breaks."""
    reader = READERS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, reader)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
