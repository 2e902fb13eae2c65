"""The reference of the code: every public name of the package, read from its source without running it."""

import ast
import re
from pathlib import Path

import pytest

import fichero
from fichero.pipeline import check
from fichero.reference import Module, Named, modules, paragraphs
from fichero.render import render
from fichero.settings import Settings

CORE = Path(fichero.__file__).parent


def module(name: str) -> Module:
    return next(one for one in modules() if one.name == name)


def named(anchor: str) -> Named:
    found = list(every(module(anchor.split(".")[1]).members))
    return next(one for one in found if one.anchor == anchor)


def every(members: tuple[Named, ...]) -> list[Named]:
    return [one for member in members for one in (member, *every(member.members))]


def test_the_modules_are_those_of_the_list_in_its_order() -> None:
    names = [one.name for one in modules()]
    assert names[:3] == ["problems", "characters", "privacy"]
    assert names[-1] == "cli"
    assert sorted(names) == sorted(path.stem for path in CORE.glob("*.py") if not path.stem.startswith("__"))


def test_a_module_has_its_line_of_the_list_as_a_text() -> None:
    assert module("problems").summary == ("what the checker says, and how it is printed",)


@pytest.mark.parametrize("path", sorted(CORE.glob("[a-z]*.py")), ids=lambda path: path.stem)
def test_every_public_class_and_function_is_told(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    public = [
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
    ]
    assert [one.name for one in module(path.stem).members] == public


def test_a_function_is_told_with_its_signature_and_its_docstring() -> None:
    hours = named("fichero.wording.hours")
    assert hours.signature == "def hours(duration: Duration) -> str"
    assert hours.text[0].pieces == ("«45 min», «2–3 h», «5 h – 7 h 30 min»: minutes as a person says them.",)


def test_a_class_is_told_with_its_fields_its_properties_and_its_methods() -> None:
    kind = named("fichero.kinds.Kind")
    assert kind.signature.startswith("class Kind\n    name: str\n    model: type[Content]\n    folder: str\n")
    assert named("fichero.model.Method").signature.startswith("class Method(Content)\n    codigo: MethodCode\n")
    assert named("fichero.link.Catalog.uses").signature == "uses: Mapping[str, tuple[Use, ...]]"
    assert named("fichero.kinds.Kind.page_of").signature == "def page_of(archivo: str) -> str"


def test_what_is_private_or_of_another_module_is_not_told() -> None:
    names = {one.name for told in modules() for one in every(told.members)}
    assert not [name for name in names if name.startswith("_")]
    assert not [one for one in module("render").members if one.name == "Catalog"]


def test_no_two_names_have_one_anchor() -> None:
    anchors = [one.anchor for told in modules() for one in every(told.members)]
    assert len(anchors) == len(set(anchors)) > 150


def test_a_docstring_flows_but_its_lists_keep_their_lines() -> None:
    first, second, third = paragraphs("Read `x`\nand `y`.\n\n    a  1\n    b  2\n\n- one\n- two\n")
    assert first.pieces == ("Read ", "x", " and ", "y", ".")
    assert second.lines == "    a  1\n    b  2"
    assert third.lines == "- one\n- two"
    assert paragraphs("") == ()


def test_the_page_escapes_what_it_tells_and_says_that_it_is_english(site: Path) -> None:
    page = render(check(site).catalog, Settings())["contribuir/referencia.md"]
    assert page.about["title"] == "Referencia del código"
    assert '<h3 id="fichero.html.Forbidden">' in page.html
    assert "-&gt; str" in page.html
    assert re.search(r'<p lang="en">The HTML of some Markdown; <code>cite</code> gives the HTML', page.html)
    assert page.html == page.html
