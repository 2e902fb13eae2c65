"""Runs tasks of tareas.py in the project of a test, each in a process that dies (SIGKILL) just before its N-th
change of the disk. One line of its input is one run, and its exit status is one line of its output:

    ROOT \\t VERSION \\t N \\t TASK…        N = 0: it lives

The slow commands are replaced by quick ones that write a site of three pages, all of which say VERSION; sealing
and packing are the true ones, and everything that tareas.py does to the disk is its own.
"""

import importlib.util
import os
import signal
import sys
from functools import partial
from pathlib import Path

from bifurcar import each_line

from fichero.archive import pack
from fichero.manifest import seal

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir"}
PAGES = ("index.html", "a/index.html", "a/b/index.html")


def die_before(number: int) -> None:
    count = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event in CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT):
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def stub(version: str, *command: object, failed: str = "") -> int:
    words = [str(word) for word in command]
    if "mkdocs" in words:
        for name in PAGES:
            path = Path(words[-1], name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(version)
    elif "sellar" in words:
        seal(Path(words[-1]))
    elif "empaquetar" in words:
        pack(Path(words[-2]), Path(words[-1]), 0)
    return 0


def live(root: str, version: str, number: str, *task: str) -> int:
    spec = importlib.util.spec_from_file_location("tareas", Path(__file__).parents[1] / "tareas.py")
    assert spec and spec.loader
    tareas = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tareas)
    tareas.ROOT, tareas.run, tareas.prepare = Path(root), partial(stub, version), lambda locks: None
    tareas.say = lambda *words, **options: None
    die_before(int(number))
    return int(tareas.main(list(task)))


if __name__ == "__main__":
    each_line(live)
