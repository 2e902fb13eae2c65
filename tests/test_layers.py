"""Promises about the code itself: layers import one way only, one file knows MkDocs, no HTML in Python."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import fichero

HOOKS = Path(__file__).resolve().parent.parent / "hooks"
CORE = HOOKS / "fichero"
MODULES = re.findall(r"(?m)^    ([a-z_]+) {2,}\S", fichero.__doc__ or "")

# Their matter is HTML: they read it, and write the one link of a term and the language of a word.
ABOUT_HTML = {"html", "markdown"}
TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(module: ast.Module) -> Iterator[str]:
    """The full name of everything a module imports, wherever in it."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layers(module: ast.Module) -> set[str]:
    """The modules of the core a module imports."""
    names = {name.split(".")[1] for name in imported(module) if name.startswith("fichero.")}
    return names - {"__version__"}


def too_high(name: str, module: ast.Module) -> set[str]:
    """What a module imports that is not above it in the list."""
    return layers(module) - set(MODULES[: MODULES.index(name)])


def markup(module: ast.Module) -> list[str]:
    """The texts with an HTML tag: docstrings, regular expressions and comparisons apart, which only speak of it."""
    spoken = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            spoken.add(id(node.body[0].value))  # type: ignore[attr-defined]
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            spoken.update(id(part) for argument in node.args[:1] for part in ast.walk(argument))
        if isinstance(node, ast.Compare):
            spoken.update(id(part) for part in ast.walk(node))
    texts = (node for node in ast.walk(module) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return sorted(str(node.value) for node in texts if id(node) not in spoken and TAG.search(str(node.value)))


def test_the_list_of_modules_is_complete() -> None:
    assert sorted(MODULES) == sorted(path.stem for path in CORE.glob("*.py") if not path.stem.startswith("__"))
    assert len(MODULES) == len(set(MODULES))


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_modules_above_it_in_the_list(name: str) -> None:
    assert too_high(name, tree(CORE / f"{name}.py")) == set()


def test_an_import_of_a_module_below_would_be_seen() -> None:
    assert too_high("read", ast.parse("from fichero.link import link")) == {"link"}
    assert too_high("read", ast.parse("from fichero import link, problems")) == {"link"}
    assert too_high("read", ast.parse("def f():\n    import fichero.cli")) == {"cli"}
    assert too_high("read", ast.parse("from fichero.read import Folder")) == {"read"}


@pytest.mark.parametrize("path", sorted(CORE.rglob("*.py")), ids=lambda path: path.stem)
def test_no_module_of_the_core_imports_mkdocs(path: Path) -> None:
    assert not [name for name in imported(tree(path)) if re.match(r"(mkdocs|material|adapter)\b", name)]


def test_only_the_adapter_imports_mkdocs() -> None:
    knowing = [path for path in sorted(HOOKS.rglob("*.py")) if any("mkdocs" in name for name in imported(tree(path)))]
    assert knowing == [HOOKS / "adapter.py"]


def test_the_core_is_read_without_mkdocs() -> None:
    code = "import sys; sys.modules['mkdocs'] = None; import fichero.cli; print('mkdocs.config' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


@pytest.mark.parametrize("name", sorted(set(MODULES) - ABOUT_HTML))
def test_no_module_makes_html(name: str) -> None:
    assert markup(tree(CORE / f"{name}.py")) == []


def test_html_in_a_text_would_be_seen() -> None:
    assert markup(ast.parse('x = "<b>" + y + "</b>"')) == ["</b>", "<b>"]
    assert markup(ast.parse("x = f'<a href=\"{y}\">'")) == []
    assert markup(ast.parse("x = \"<p class='a'>uno</p>\"")) == ["<p class='a'>uno</p>"]
    assert markup(ast.parse('"""Reads a <b>."""\nx = re.compile(r"<b>")\ny = "5 < 6 > 4" or "<b>" in x')) == []


def test_the_adapter_keeps_nothing_between_builds() -> None:
    """MkDocs loads a hook once and keeps it: a value that changes would pass from one build to the next."""
    for node in tree(HOOKS / "adapter.py").body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            assert not isinstance(node.value, ast.List | ast.Dict | ast.Set), ast.unparse(node)
        assert not any(isinstance(part, ast.Global) for part in ast.walk(node))
