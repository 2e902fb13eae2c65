"""Step 5. The written pages become a full-text index, which the browser fetches in small pieces.

Pagefind (MIT) reads the HTML: the articles marked `data-pagefind-body`, with Spanish stemming. Its output depends
on the pages alone.
"""

import subprocess
import sys
from pathlib import Path

FOLDER = "pagefind"
# What is on every card, or is not a sentence of it.
LEFT_OUT = (".headerlink", ".pestana", ".hechos", ".acciones", ".historial", ".corto", ".footnote", "sup", "svg")
# Pagefind also writes ready-made search pages, which ours does not use.
UNUSED = ("pagefind-*ui*", "pagefind-highlight.js", "wasm.unknown.pagefind")


def index_pages(site: Path) -> None:
    """Index the pages of a built site in place. Raises CalledProcessError when Pagefind fails."""
    command = (sys.executable, "-m", "pagefind_bin", "--site", str(site), "--output-subdir", FOLDER, "--silent")
    subprocess.run((*command, "--exclude-selectors", ",".join(LEFT_OUT)), check=True)
    for pattern in UNUSED:
        for path in (site / FOLDER).glob(pattern):
            path.unlink()
