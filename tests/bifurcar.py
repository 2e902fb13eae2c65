"""The loop of a program that runs each line of its input in a process forked from it, already loaded."""

import os
import sys
from collections.abc import Callable


def each_line(run: Callable[..., int]) -> None:
    """Call `run` with the fields of each line, between tabs; print its status, negative when a signal ended it."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            sys.exit(run(*line.rstrip("\n").split("\t")))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
