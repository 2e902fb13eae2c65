"""10,000 mutated files (tests/mutaciones.py), each judged alone and rendered when it is accepted."""

import multiprocessing
import os
import sys
import time
from collections import Counter
from pathlib import Path

from corpus import ROOT

sys.path.insert(0, str(ROOT / "tests"))
from changes import small_world
from mutaciones import LIMIT, Seeds, Verdict, judged

MUTANTS = 10_000
SLOWEST = 3


def mutating(folder: Path) -> None:
    """Errors told, clean, failures, the slowest and the peak memory; the limits are 0 failures, 2 s and 300 MB."""
    workers = os.cpu_count() or 1
    started = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        shares = pool.starmap(share, [(folder / str(first), first, workers) for first in range(workers)])
    verdicts = [verdict for some, _ in shares for verdict in some]
    counts = Counter(verdict.outcome for verdict in verdicts)
    failed = [verdict for verdict in verdicts if verdict.outcome not in ("errors", "clean")]
    print(f"\nMutaciones: {len(verdicts)} archivos en {time.monotonic() - started:.0f} s, con {workers} procesos")
    print(f"  {counts['errors']} con errores dichos, {counts['clean']} sin error y compilados, {len(failed)} fallas")
    for verdict in failed:
        print(f"  {verdict.name}: {verdict.outcome}")
    print(f"  Los más lentos (procesador; el límite es {LIMIT:.0f} s)")
    for verdict in sorted(verdicts, key=lambda verdict: verdict.seconds, reverse=True)[:SLOWEST]:
        print(f"  {verdict.seconds:5.2f} s   {verdict.name}")
    print(f"  La mayor memoria de un proceso: {max(peak for _, peak in shares)} MiB")


def share(root: Path, first: int, step: int) -> tuple[list[Verdict], int]:
    """The verdicts of one process, and the most memory (MiB) that it took for all of them."""
    seeds = Seeds()
    numbers = range(first, MUTANTS, step)
    verdicts = list(judged(small_world(root), (seeds.mutant(number) for number in numbers)))
    told = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    peak = next(line.split()[1] for line in told if line.startswith("VmHWM"))
    return verdicts, int(peak) // 1024
