"""Documents become a catalog: relations from both sides, order, and rules that need to see all of them."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from changes import CASE, GLOSSARY, GUIDE, PAGE, PROCESS, SESSION, SOURCES, append, copy, replace, revisar, write

from fichero import relations
from fichero.addresses import scheme_of
from fichero.kinds import METHOD
from fichero.link import Catalog, file_of, relative_url, spanish_order, without_places
from fichero.pipeline import check


def catalog(site: Path) -> Catalog:
    return check(site).catalog


def ids(documents: object) -> list[str]:
    return [document.id for document in documents]  # type: ignore[attr-defined]


def messages(site: Path) -> list[str]:
    usual = ("REG002", "FIC003")
    return [f"{p.mensaje} → {p.arreglo}" for p in check(site).problems if p.codigo not in usual]


def test_documents_are_in_the_order_of_their_codes(site: Path) -> None:
    found = catalog(site)
    assert ids(found.methods) == ["problema-en-una-frase", "piloto-de-cuatro-semanas"]
    assert (ids(found.cases), ids(found.guides), ids(found.pages)) == (
        ["cuentas-claras"],
        ["una-mejora-en-dos-meses"],
        ["acerca"],
    )


def test_a_draft_is_in_no_list(site: Path) -> None:
    copy(PROCESS, "methods/borrador.md", ("codigo: M002", "codigo: M003"), ("publicado\n", "borrador\n"))(site)
    found = catalog(site)
    assert "borrador" not in ids(found.methods)
    assert "borrador" in found.ids[METHOD.name]
    assert found.by_file["methods/borrador.md"].published is False


def test_a_retired_card_keeps_its_page(site: Path) -> None:
    replace(PROCESS, "estado: publicado", "estado: retirado")(site)
    assert "piloto-de-cuatro-semanas" in ids(catalog(site).methods)


def test_a_relation_is_told_from_both_sides(site: Path) -> None:
    replace(PROCESS, "antes: [problema-en-una-frase]\n", "")(site)
    found = catalog(site)
    assert ids(found.related("problema-en-una-frase", "despues")) == ["piloto-de-cuatro-semanas"]
    assert ids(found.related("piloto-de-cuatro-semanas", "antes")) == ["problema-en-una-frase"]
    assert ids(found.related("piloto-de-cuatro-semanas", "despues")) == []
    assert ids(found.related("piloto-de-cuatro-semanas", "en_lugar_de")) == []


def test_a_relation_that_both_cards_tell_is_one(site: Path) -> None:
    assert ids(catalog(site).related("piloto-de-cuatro-semanas", "antes")) == ["problema-en-una-frase"]


def test_instead_of_is_mutual(site: Path) -> None:
    replace(SESSION, "despues: [", "en_lugar_de: [piloto-de-cuatro-semanas]\ndespues: [")(site)
    found = catalog(site)
    assert ids(found.related("piloto-de-cuatro-semanas", "en_lugar_de")) == ["problema-en-una-frase"]


def test_a_method_knows_the_cases_that_used_it(site: Path) -> None:
    (use,) = catalog(site).uses["piloto-de-cuatro-semanas"]
    assert (use.case.id, use.how.inferido) == ("cuentas-claras", True)
    assert use.how.uso == "El recibo nuevo se probó en Puente Alto antes de llevarlo a todo el país."


def test_a_method_knows_the_guides_that_use_it_and_in_which_stage(site: Path) -> None:
    found = catalog(site).guides_of
    assert {id: [(guide.id, stage) for guide, stage in guides] for id, guides in found.items()} == {
        "problema-en-una-frase": [("una-mejora-en-dos-meses", "etapa-1")],
        "piloto-de-cuatro-semanas": [("una-mejora-en-dos-meses", "etapa-2")],
    }


def test_a_source_knows_the_pages_that_cite_it_in_the_text_or_in_the_header(site: Path) -> None:
    replace(PAGE, "revisado:", "fuentes: [energia-2016-07]\nrevisado:")(site)
    found = catalog(site).cited_by
    assert ids(found["energia-2016-07"]) == ["cuentas-claras", "acerca"]
    assert ids(found["camacho-2001"]) == ["problema-en-una-frase"]


def test_the_glossary_is_in_the_order_of_a_spanish_dictionary(site: Path) -> None:
    write(
        GLOSSARY,
        "".join(
            f"- {{id: t{number}, termino: {word}, definicion: Algo., fuentes: [camacho-2001]}}\n"
            for number, word in enumerate(["ñandú", "nube", "Zona", "árbol", "Acta", "piloto", "nota", "oficio"])
        ),
    )(site)
    words = [term.termino for term in catalog(site).glossary]
    assert words == ["Acta", "árbol", "nota", "nube", "ñandú", "oficio", "piloto", "Zona"]


@pytest.mark.parametrize(
    ("first", "second"), [("Árbol", "avance"), ("nz", "ña"), ("ña", "oa"), ("ésta", "Esto"), ("pingüino", "pinza")]
)
def test_accents_do_not_change_the_order_and_enye_follows_n(first: str, second: str) -> None:
    assert spanish_order(first) < spanish_order(second)


@pytest.mark.parametrize(
    ("here", "there", "relative"),
    [
        ("metodos/x/", "casos/y/", "../../casos/y/"),
        ("metodos/x/", "metodos/y/", "../y/"),
        ("metodos/x/", "metodos/x/", "./"),
        ("metodos/x/", "metodos/", "../"),
        ("metodos/x/", "", "../../"),
        ("", "metodos/x/", "metodos/x/"),
        ("", "", "./"),
        ("acerca/", "encargados.csv", "../encargados.csv"),
    ],
)
def test_a_link_between_pages_is_relative(here: str, there: str, relative: str) -> None:
    assert relative_url(here, there) == relative


@pytest.mark.parametrize(
    ("archivo", "target", "file"),
    [
        (SESSION, "piloto-de-cuatro-semanas.md#paso-1", PROCESS),
        (SESSION, "../cases/cuentas-claras.md", CASE),
        (GUIDE, "../../methods/problema-en-una-frase.md", SESSION),
        (PAGE, "guias/una-mejora-en-dos-meses.md", GUIDE),
        (PAGE, "hoja%20de%20datos.csv", "docs/hoja de datos.csv"),
        (PAGE, "../../../etc/passwd", "../../etc/passwd"),
    ],
)
def test_the_link_of_an_author_is_the_path_of_a_file(site: Path, archivo: str, target: str, file: str) -> None:
    assert file_of(catalog(site).by_file[archivo], target) == file


@pytest.mark.parametrize(
    ("archivo", "target", "public"),
    [
        (SESSION, "piloto-de-cuatro-semanas.md#paso-1", "../piloto-de-cuatro-semanas/#paso-1"),
        (SESSION, "../cases/cuentas-claras.md", "../../casos/cuentas-claras/"),
        (SESSION, "#paso-2", "#paso-2"),
        (SESSION, "https://www.cepal.org/", "https://www.cepal.org/"),
        (SESSION, "../docs/glosario.md#piloto", "../../glosario/#piloto"),
        (SESSION, "../docs/metodos/index.md", "../"),
        (PAGE, "encargados.csv", "../encargados.csv"),
    ],
)
def test_the_link_of_an_author_becomes_one_between_pages(site: Path, archivo: str, target: str, public: str) -> None:
    found = catalog(site)
    document = found.by_file[archivo]
    assert found.resolve(document, target, document.page) == public


@pytest.mark.parametrize(
    ("target", "scheme"),
    [
        ("https://a.example/", "https"),
        ("HTTPS://a.example/", "https"),
        ("mailto:a@b.example", "mailto"),
        ("javascript:alert(1)", "javascript"),
        ("//a.example/", ""),
        ("http://[a", "http"),
        ("java\tscript:alert(1)", "javascript"),
        (" \x01JavaScript:alert(1)", "javascript"),
        ("\\\\a.example/", ""),
        ("/\\a.example/", ""),
        ("C:\\fichas", "c"),
        ("piloto.md", None),
        ("#paso-1", None),
        ("../a.md?b=c", None),
        ("", None),
    ],
)
def test_an_outside_address_has_a_scheme_and_an_inside_link_none(target: str, scheme: str | None) -> None:
    assert scheme_of(target) == scheme


@pytest.mark.parametrize(
    "target",
    [
        "https://www.cepal.org/es",
        "http://www.cepal.org/",
        "mailto:ana@example.org",
        "../methods/problema-en-una-frase.md",
        "../methods/problema-en-una-frase.md#paso-4",
        "../methods/problema-en-una-frase.md#cuidados-y-permisos",
        "glosario.md#linea-base",
        "metodos/index.md#fase-definir",
        "encargados.csv",
        "#licencia",
        "acerca.md",
    ],
)
def test_a_link_to_what_exists_is_fine(site: Path, target: str) -> None:
    append(PAGE, f"\nVea [eso]({target}).\n")(site)
    assert messages(site) == []


def test_a_link_to_a_file_with_errors_is_not_also_a_broken_link(site: Path) -> None:
    replace(SESSION, "fase: definir", "fase: x")(site)
    assert {finding[2] for finding in revisar(site)} == {"FM011", "REG002", "FIC003"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            replace(SESSION, "despues: [piloto-de-cuatro-semanas]", "despues: [piloto-cuatro-semanas]"),
            "despues: no existe el método «piloto-cuatro-semanas» → ¿quiso decir «piloto-de-cuatro-semanas»?",
        ),
        (
            append(PAGE, "\n[x](../methods/problema-en-un-frase.md)\n"),
            "el enlace «../methods/problema-en-un-frase.md» no lleva a ningún archivo → "
            "¿quiso decir «../methods/problema-en-una-frase.md»?",
        ),
        (
            append(PAGE, "\n[x](#licencias)\n"),
            "«docs/acerca.md» no tiene el ancla «#licencias» → ¿quiso decir «licencia»?",
        ),
        (
            append(PAGE, "\n[x](glosario.md#pilotos)\n"),
            "el glosario no tiene el término «pilotos» → ¿quiso decir «piloto»?",
        ),
        (
            append(PAGE, "\nSegún la ley[^camacho-201].\n"),
            "la fuente «camacho-201» no está en la bibliografía → "
            "agréguela a docs/_datos/fuentes.yml; ¿quiso decir «camacho-2001»?",
        ),
        (
            replace(PROCESS, "codigo: M002", "codigo: M001"),
            "el código «M001» ya es de methods/piloto-de-cuatro-semanas.md → el que no se ha publicado "
            "lleva el siguiente libre: «M002»",
        ),
        (
            write("docs/casos.md", "---\ntitulo: Casos\nresumen: Casos.\nrevisado: 2026-11-22\n---\nTexto.\n"),
            "la página «/casos/» ya la hace una página que se genera sola → cambie el nombre del archivo",
        ),
    ],
)
def test_a_message_says_what_is_wrong_and_suggests_the_nearest(site: Path, change: object, message: str) -> None:
    change(site)  # type: ignore[operator]
    assert messages(site) == [message]


def test_a_code_of_a_draft_is_also_taken(site: Path) -> None:
    copy(PROCESS, "methods/borrador.md", ("publicado\n", "borrador\n"))(site)
    assert messages(site) == [
        "el código «M002» ya es de methods/borrador.md → el que no se ha publicado lleva el siguiente libre: «M003»"
    ]


def test_a_form_written_twice_in_one_term_is_one(site: Path) -> None:
    replace(GLOSSARY, "formas: [piloto, ", "formas: [piloto, Piloto, PILOTO, ")(site)
    assert messages(site) == []


def test_a_source_that_a_file_with_errors_may_cite_is_not_called_unused(site: Path) -> None:
    append(SOURCES, "nueva-2020:\n  titulo: Nueva\n  autoria: Alguien\n  tipo: libro\n")(site)
    assert messages(site) == ["nadie cita la fuente «nueva-2020» → cítela o bórrela"]

    replace(PAGE, "titulo: Acerca", "título: Acerca")(site)
    assert not any("nadie cita" in message for message in messages(site))


def test_for_publishing_the_catalog_forgets_only_places_and_typed_texts(site: Path) -> None:
    found = catalog(site)
    light = without_places(found)
    assert [doc.meta for doc in light.documents] == [doc.meta for doc in found.documents]
    assert [doc.steps for doc in light.documents] == [doc.steps for doc in found.documents]
    assert [doc.source.sections for doc in light.documents] == [doc.source.sections for doc in found.documents]
    assert {doc.source.body for doc in light.documents} == {""}


def test_of_all_the_cards_only_those_of_a_circle_are_followed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    followed = []

    def counted(after: Mapping[str, set[str]], start: str, circle_of: Mapping[str, int]) -> dict[str, str | None]:
        followed.append(start)
        return ways(after, start, circle_of)

    ways = relations._ways
    monkeypatch.setattr(relations, "_ways", counted)
    names = [f"metodo-{number}" for number in range(30)]
    for here, *later in zip(names, names[1:], names[2:], strict=False):
        copy(SESSION, f"methods/{here}.md", ("despues: [piloto-de-cuatro-semanas]", f"despues: [{', '.join(later)}]"))(
            site
        )

    check(site)
    assert followed == []


def test_the_circle_told_is_the_shortest() -> None:
    after = {"a": {"b", "c"}, "b": {"d"}, "c": {"a"}, "d": {"a", "e"}, "e": {"f"}, "f": {"g"}}
    circle_of = relations._circles(after)

    assert {name for name, circle in circle_of.items() if circle == circle_of["a"]} == {"a", "b", "c", "d"}
    assert len({circle_of[name] for name in "aefg"}) == 4
    assert relations._way(relations._ways(after, "b", circle_of), "a") == ["b", "d", "a"]
    assert "e" not in relations._ways(after, "b", circle_of)
