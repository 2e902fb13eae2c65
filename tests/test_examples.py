"""The examples of `codigos.yml` are true: the wrong one gets its code, and the right one, in the same place, does not.

An example stands where a person would type it, and its shape says where that is (`placed`): a field in the header of
a card, a section or a step in place of the card's own, a link or a paragraph at the end, a file by its name.
"""

import re
import shutil
from pathlib import Path

import pytest
from changes import (
    CASE,
    DRAWING,
    GLOSSARY,
    GUIDE,
    PAGE,
    PROCESS,
    RECIPES,
    REGISTER,
    REPORTS,
    SESSION,
    VOCABULARIES,
    append,
    content,
    copy,
    image,
    write,
)
from test_codes import OF_FORMS, PLANTED, PROPOSED, TODAY, UNREACHABLE, texts

from fichero.model import Case, Method
from fichero.pipeline import check
from fichero.problems import Code, codes
from fichero.read import Base

# The names that the examples use, and the cards of the small site that stand for them.
CARDS = {
    "piloto": PROCESS,
    "prototipo-en-papel": SESSION,
    "mapa-de-actores": SESSION,
    "arbol-de-problemas": SESSION,
    "retrospectiva": SESSION,
    "ficha-en-borrador": SESSION,
}
REPORT = """\
metodo: retrospectiva
fecha: 2026-04-01
lugar: biblioteca
personas: 7
idioma: español
minutos: {paso-1: 15}
"""

# What no piece of a file shows, and why.
SAID = {
    **dict.fromkeys(("ARC001", "ARC002", "ARC003", "ARC008", "ARC009", "ARC016", "ARC017"), "bytes that nobody sees"),
    **dict.fromkeys(("ARC004", "ARC023", "ARC029"), "what the disk says of a file, not what the file says"),
    **dict.fromkeys(("ARC025", "ARC026", "ARC027", "ARC028"), "images"),
    **dict.fromkeys(("ARC032", "ARC033", "ARC034"), "tables and documents: tests/test_attachments.py"),
    **dict.fromkeys(("PAS009", "FIC002", "FIC003", "LEC001"), "hundreds of words"),
    **dict.fromkeys(("DAT003", "DAT004"), "an address could be somebody's"),
    **dict.fromkeys(("FIC008", "FUE002", "REG001", "REG002", "PRO001", "PRO002"), "what another file lacks or has"),
    **dict.fromkeys(("REG004", "REG005", "REG006"), "the register is written by the program"),
    **dict.fromkeys(("USO007", "REC003", "REC004", "REC007", "REC008", "REC009"), "many entries of a data file"),
    **dict.fromkeys(("FRM001", "FRM002", "FRM003", "FRM004", "FRM005"), "of a form: tests/test_forms.py"),
    **dict.fromkeys(("PUB001", "PUB002", "PUB003", "PUB004"), "of a built site: tests/test_published.py"),
    "ARC030": "the program itself must fail: tests/test_limits.py",
}
SHOWN = sorted(codes().keys() - SAID.keys())


@pytest.fixture
def world(site: Path) -> Path:
    """The small site with the cards that the examples name, each with its code."""
    for number, (name, archivo) in enumerate(CARDS.items(), start=10):
        text = re.sub(r"codigo: M\d+", f"codigo: M{number:03}", (site / archivo).read_text(encoding="utf-8"))
        text = re.sub(r"(?m)^(antes|despues): .*\n", "", text)
        if name == "retrospectiva":
            text = text.replace("revisado:", "antes: [piloto]\nrevisado:", 1)
        if name == "ficha-en-borrador":
            text = text.replace("estado: publicado", "estado: borrador")
        (site / f"methods/{name}.md").write_text(text, encoding="utf-8")
        shutil.copy(site / DRAWING, site / f"methods/dibujos/{name}.svg")
    (site / "docs/mapa.png").write_bytes(image("PNG"))
    recipes = (site / RECIPES).read_text(encoding="utf-8").replace("probar-y-decir", "entender-por-que-no-vienen")
    (site / RECIPES).write_text(recipes, encoding="utf-8")
    return site


def told(root: Path, base: Base | None) -> set[str]:
    return {problem.codigo for problem in check(root, base, TODAY).problems}


@pytest.mark.parametrize("codigo", SHOWN)
def test_the_wrong_example_gets_its_code_and_the_right_one_does_not(world: Path, tmp_path: Path, codigo: str) -> None:
    code = codes()[codigo]
    other = shutil.copytree(world, tmp_path / "otro")
    base = Base(texts=texts(world)) if codigo.startswith("PRO") else None
    assert codigo not in told(world, base)

    placed(world, code.mal, code)
    placed(other, code.bien, code)

    assert codigo in told(world, base), code.mal
    assert codigo not in told(other, base), code.bien


def test_most_examples_are_executed_and_each_other_one_says_why() -> None:
    assert SAID.keys() <= codes().keys()
    assert len(SHOWN) >= 0.7 * len(codes()), f"{len(SHOWN)} of {len(codes())}"


def test_a_code_whose_example_is_only_said_is_planted_somewhere() -> None:
    shown = {codigo for _, expected, _ in PLANTED for codigo in expected.split()} | {"PRO001"}
    shown |= {codigo for _, expected, _, _ in PROPOSED for codigo in expected.split()}
    assert SAID.keys() - shown == OF_FORMS | UNREACHABLE.keys()


# --- Where an example stands ----------------------------------------------------------------------------------------


def placed(root: Path, example: str, code: Code) -> None:
    """Put an example of the code in its place; what it replaces is read in the right one."""
    text = re.sub(r"«U\+([0-9A-F]{4})»", lambda match: chr(int(match[1], 16)), example)
    family, field = code.codigo[:3], re.match(r"(\w+):", text)
    if re.fullmatch(r"(?:methods|docs)/.*\.\w+", text):
        named(root, text)
    elif family == "REG":
        write(REGISTER, f"{text}\n")(root)
    elif family == "USO":
        append(REPORTS, "- " + with_fields(REPORT, text).strip().replace("\n", "\n  ") + "\n")(root)
    elif family == "REC":
        in_a_recipe(root, text)
    elif text.startswith("<svg"):
        write(DRAWING, text)(root)
    elif text.startswith("- id:"):
        append(GLOSSARY, f"\n{text}\n")(root)
    elif text.startswith("---") or code.bien.startswith("---"):
        write("docs/ejemplo.md", f"{text}\n\nTexto.\n")(root)
    elif text.startswith("{#"):
        rewritten(root, SESSION, r"\{#paso-1 [^}]*\}", text)
    elif text.startswith("### "):
        rewritten(root, SESSION, r"(?s)### Ponga los datos.*?(?=\n### )", f"{text}\n")
    elif field:
        named_card = re.search(r"# en (\S+\.md)", text)
        of_a_case = field[1] in Case.model_fields and field[1] not in Method.model_fields
        archivo = f"methods/{named_card[1]}" if named_card else CASE if of_a_case else SESSION
        _, header, body = (root / archivo).read_text(encoding="utf-8").split("---\n", 2)
        write(archivo, f"---\n{with_fields(header, text)}---\n{body}")(root)
    elif "- [ ]" in code.bien:
        append(GUIDE, f"\n{text}\n")(root)
    elif not in_sections(root, text, code.bien):
        append(SESSION if "](" in text and "![" not in text else PAGE, f"\n{text}\n")(root)


def named(root: Path, names: str) -> None:
    """There is a file of this name, or two."""
    if names.startswith("docs/_datos/"):
        (root / VOCABULARIES).rename(root / names)
        return
    for number, name in enumerate(names.split(" y ")):
        if name.startswith("methods/") and name.endswith(".md"):
            copy(SESSION, name, ("codigo: M001", f"codigo: M03{number}"))(root)
        elif name.endswith(".md"):
            copy(PAGE, name)(root)
        else:
            content(name, image("PNG"), 1, 1)(root)


def with_fields(fields: str, example: str) -> str:
    """The fields of the example instead of those of the same name, or besides them."""
    for name in re.findall(r"(?m)^(\w+):", example):
        fields = re.sub(rf"(?m)^{name}:.*\n(?:[ \t-].*\n)*", "", fields)
    return f"{fields}{example}\n"


def in_a_recipe(root: Path, text: str) -> None:
    if text.startswith("metodo:"):
        rewritten(root, RECIPES, r"metodo: problema-en-una-frase", text)
    elif text.startswith("receta:"):
        rewritten(root, RECIPES, r"receta: decir-y-probar(?=\}\n\nrecetas)", text)
    else:
        indented = text.replace("\n", "\n      ")
        rewritten(root, RECIPES, r"- \{respuesta: No, receta: decir-y-probar\}(?=\n\nrecetas)", indented)


def in_sections(root: Path, text: str, right: str) -> bool:
    """In place of the sections that the right example names, where a file of the site has them all."""
    titles = re.findall(r"(?m)^## ([^{\n]*\S)", right)
    for archivo in (SESSION, CASE, PAGE) if "## " in text and titles else ():
        old = (root / archivo).read_text(encoding="utf-8")
        starts = [old.find(f"\n## {title}") + 1 for title in titles]
        if all(starts):
            end = old.find("\n## ", max(starts))
            write(archivo, old[: min(starts)] + text + "\n" + (old[end:] if end > 0 else ""))(root)
            return True
    return False


def rewritten(root: Path, archivo: str, pattern: str, new: str) -> None:
    """The first place of the file that looks so says `new`."""
    old = (root / archivo).read_text(encoding="utf-8")
    assert re.search(pattern, old), f"{archivo} has no {pattern}"
    write(archivo, re.sub(pattern, lambda _: new, old, count=1))(root)
