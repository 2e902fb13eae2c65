"""Build a folder of hostile pages with some of the three layers taken out: `sin_capas.py REVISION,LISTA ROOT SITE`.

A layer that is there leaves out, one by one, the pages that it refuses; what is left is built and published.
    revision   the checker: a page with an error is not published
    lista      the allow-list on the output: a page with anything else is not published
    politica   the content security policy of every page
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "hostil-"


def take_out(layers: set[str]) -> None:
    """Before anything imports them: the functions that are a layer let everything pass."""
    import fichero.problems

    fichero.problems.errors = lambda problems: []
    if "lista" in layers:
        import fichero.html
        import fichero.markdown

        fichero.markdown.MARKDOWN_TAGS = Everything()
        fichero.html.finish = lambda html, marker, to_glossary: html
    if "politica" in layers:
        import fichero.html

        everything = "default-src * 'unsafe-inline' 'unsafe-eval' data: blob:"
        fichero.html.policy = lambda style, **_: everything


class Everything(frozenset):
    def issuperset(self, other: object) -> bool:
        return True


def refused_by_the_checker(root: Path) -> set[str]:
    from fichero.pipeline import check

    return {problem.archivo for problem in check(root).problems if problem.severidad == "error"}


def refused_by_the_list(root: Path) -> set[str]:
    from fichero.html import Forbidden
    from fichero.pipeline import compile_site
    from fichero.settings import Settings

    refused = set()
    for page in compile_site(root, Settings()).pages.values():
        try:
            assert page.html
        except Forbidden:
            refused.add(page.about.get("archivo", ""))
    return refused


def main(without: str, root: Path, target: Path) -> None:
    layers = set(without.split(","))
    take_out(layers)
    if "revision" not in layers:
        leave_out(root, refused_by_the_checker(root))
    if "lista" not in layers:
        leave_out(root, refused_by_the_list(root))
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("hooks/", f"{ROOT}/hooks/")
    (root / "mkdocs.yml").write_text(config.replace("watch: [methods, cases, hooks]", ""), encoding="utf-8")
    build(load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(target)))


def leave_out(root: Path, refused: set[str]) -> None:
    """A hostile page goes; the drawing that names it too. Nothing that is not hostile may be refused."""
    for archivo in sorted(refused):
        path = root / archivo
        if path.stem.startswith(HOSTILE):
            path.unlink(missing_ok=True)
            (root / f"methods/dibujos/{path.stem}.svg").unlink(missing_ok=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
