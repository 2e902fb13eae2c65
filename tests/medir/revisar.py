"""How long `fichero revisar` takes and how much memory: one file, 500 files, and the worst monsters of the tests."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from corpus import ROOT, make_repository

sys.path.insert(0, str(ROOT / "tests"))
from changes import small_world
from monstruos import MONSTERS

WORST = 5
# The process tells its own peak: what the system counts begins with the memory of the process that started it.
PROGRAM = """
import sys
from fichero.cli import main
main(sys.argv[1:])
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")), file=sys.stderr)
"""


def reviewing(folder: Path) -> None:
    """Seconds and MiB of each; the limits are 1 s, 20 s, and 2 s and 300 MB a file."""
    small = small_world(folder / "uno")
    large = folder / "quinientos"
    make_repository(large, 400, 80)
    documents = sum(1 for name in ("methods", "cases", "docs") for _ in (large / name).rglob("*.md"))
    print("\nRevisar")
    tell("el sitio de las pruebas (5 archivos)", *reviewed(small))
    tell(f"un repositorio de {documents} archivos", *reviewed(large))
    rows = []
    for number, (name, (archivo, data)) in enumerate(MONSTERS.items()):
        root = small_world(folder / f"monstruo-{number}")
        (root / archivo).parent.mkdir(parents=True, exist_ok=True)
        (root / archivo).write_bytes(data)
        rows.append((*reviewed(root), name))
        shutil.rmtree(root)
    print(f"Los peores de {len(rows)} archivos monstruosos, cada uno dentro de ese sitio")
    for seconds, processor, memory, name in sorted(rows, reverse=True, key=lambda row: row[1])[:WORST]:
        tell(f"«{name}»", seconds, processor, memory)
    print(f"  La mayor memoria: {max(row[2] for row in rows)} MiB")


def reviewed(root: Path) -> tuple[float, float, int]:
    """Wall seconds, processor seconds and peak memory (MiB) of one review."""
    started, before = time.monotonic(), os.times()
    done = subprocess.run(
        (sys.executable, "-c", PROGRAM, "--raiz", str(root), "revisar"), capture_output=True, encoding="utf-8"
    )
    after = os.times()
    peak = re.search(r"VmHWM:\s*(\d+) kB", done.stderr)
    assert peak, done.stderr
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - started, processor, int(peak[1]) // 1024


def tell(name: str, seconds: float, processor: float, memory: int) -> None:
    print(f"  {seconds:5.2f} s   procesador {processor:5.2f} s   memoria {memory:4} MiB   {name}")
