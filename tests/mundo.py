"""Runs a Python module in another world: a year and a day later, and every folder listed in another order.

    python tests/mundo.py MODULE ARGUMENT…

What the system decides (folder, time zone, locale, umask, hash seed) is for whoever starts the process. A program
started from inside, as Pagefind or git, sees the true clock.
"""

import os
import random
import runpy
import sys
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import time_machine

DICE = random.Random(20261129)
scandir, listdir = os.scandir, os.listdir


class Shuffled:
    """What os.scandir gives, in an order of its own."""

    def __init__(self, path: Any = ".") -> None:
        with scandir(path) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        DICE.shuffle(found)
        self.entries = iter(found)

    def __iter__(self) -> Iterator[Any]:
        return self.entries

    def __next__(self) -> Any:
        return next(self.entries)

    def __enter__(self) -> "Shuffled":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        pass

    def close(self) -> None:
        pass


def shuffled_names(path: Any = ".") -> list[Any]:
    names = sorted(listdir(path))
    DICE.shuffle(names)
    return names


if __name__ == "__main__":
    sys.argv = sys.argv[1:]
    with time_machine.travel(time.time() + 366 * 24 * 3600):  # in seconds: a date would bring its own time zone
        os.scandir, os.listdir = Shuffled, shuffled_names  # type: ignore[assignment]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
