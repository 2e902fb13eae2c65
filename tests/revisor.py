"""Runs `fichero revisar`, each time in a process of its own that may take so much memory and so much time.

One line of its input is one run, and its exit status (negative: the signal that ended it) is one line of its output:

    ROOT \t MEMORY \t SECONDS        the memory in bytes

What the process says is in the files «salida» and «errores» beside ROOT. It is forked from one that has loaded the
program and done nothing with it, so that each starts at once, and alike.
"""

import os
import resource
import signal
import sys
from pathlib import Path

from bifurcar import each_line

from fichero.cli import main


def review(root: str, memory: str, seconds: str) -> int:
    for stream, name in ((sys.stdout, "salida"), (sys.stderr, "errores")):
        os.dup2(os.open(Path(root).with_name(name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), stream.fileno())
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    signal.setitimer(signal.ITIMER_REAL, float(seconds))  # its signal ends the process
    return main(["--raiz", root, "revisar", "--formato", "json"])


if __name__ == "__main__":
    each_line(review)
