"""Step 5, without MkDocs: the site as a plain docs tree and a configuration for another generator.

This is the way out if the host dies: `fichero escribir DIR`, then `mkdocs build`, `properdocs build` or
`zensical build` inside DIR. The pages are the same; the look is the generator's own.
"""

import shutil
from pathlib import Path

from fichero.jinja import environment
from fichero.pipeline import Site
from fichero.settings import Settings


def write_site(site: Site, settings: Settings, root: Path, target: Path) -> int:
    """Write pages, data files and assets under `target`/docs and the configuration beside it; how many files.

    Raises FileExistsError when `target` is not empty: nothing of a person's is overwritten.
    """
    if target.exists() and any(target.iterdir()):
        raise FileExistsError(target)
    docs = target / "docs"
    for uri, page in site.pages.items():
        _write(docs / uri, f"{page.front_matter}\n{page.html}\n".encode())
    count = len(site.pages)
    for uri, content in site.files():
        _write(docs / uri, content)
        count += 1
    for archivo in sorted(site.checked.catalog.assets):
        path = docs / archivo.removeprefix("docs/")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / archivo, path)
    config = environment().get_template("mkdocs.yml.j2").render(ajustes=settings)
    (target / "mkdocs.yml").write_text(config, encoding="utf-8")
    return count


def _write(path: Path, content: bytes | bytearray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
