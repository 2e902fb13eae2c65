"""What a field accepts. The values of a card are texts, as they were typed in its header."""

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from fichero.model import Bibliographic, Case, Change, Content, Figure, Frozen, Guide, Method, MethodUse, Page, Term

METHOD: dict[str, Any] = {
    "codigo": "M001",
    "titulo": "Árbol de problemas",
    "resumen": "Se ordenan causas y efectos.",
    "fase": "definir",
    "producto": "Un árbol",
    "formato": "sesion",
    "duracion": "90-120 min",
    "participantes": "6-12",
    "dificultad": "media",
    "modalidad": ["presencial"],
    "revisado": "2026-11-22",
    "estado": "publicado",
}
CASE: dict[str, Any] = {
    "codigo": "C001",
    "titulo": "Un recibo que se entienda",
    "resumen": "Chile rediseñó el recibo de luz.",
    "pais": "Chile",
    "territorio": "Todo el país",
    "sector": "Energía",
    "instituciones": ["SEC"],
    "periodo": "2014-2016",
    "resultado": "sin-medicion",
    "revisado": "2026-11-22",
    "estado": "publicado",
}


def codes(model: type[Frozen], row: dict[str, Any]) -> list[tuple[str, ...]]:
    """The place and the type of each error."""
    try:
        model.model_validate(row)
    except ValidationError as refused:
        return [(*(str(part) for part in error["loc"]), error["type"]) for error in refused.errors()]
    return []


def test_a_card_is_read_with_its_units_and_its_defaults() -> None:
    card = Method.model_validate(METHOD)
    assert card.duracion is not None
    assert (card.duracion.minutos_desde, card.duracion.minutos_hasta) == (90, 120)
    assert (card.participantes.personas_desde, card.participantes.personas_hasta) == (6, 12)
    assert card.revisado == datetime.date(2026, 11, 22)
    assert (card.licencia, card.idioma, card.fuentes, card.antes) == ("CC-BY-4.0", "es-GT", (), ())


def test_a_case_is_read() -> None:
    assert codes(Case, CASE) == []


def test_a_guide_and_a_page_are_published_unless_they_say_otherwise() -> None:
    row = {"titulo": "A", "resumen": "B", "revisado": "2026-11-22"}
    assert Guide.model_validate(row).estado == "publicado"
    assert Page.model_validate(row).estado == "publicado"
    assert Guide.model_validate({**row, "estado": "borrador"}).estado == "borrador"


@pytest.mark.parametrize("field", sorted(METHOD.keys() - {"duracion"}))
def test_a_method_needs(field: str) -> None:
    row = {name: value for name, value in METHOD.items() if name != field}
    assert codes(Method, row) == [(field, "missing")]


@pytest.mark.parametrize("field", sorted(CASE))
def test_a_case_needs(field: str) -> None:
    row = {name: value for name, value in CASE.items() if name != field}
    assert codes(Case, row) == [(field, "missing")]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("codigo", "M1", "FM015"),
        ("codigo", "m001", "FM015"),
        ("codigo", "C001", "FM015"),
        ("codigo", " M001", "FM015"),
        ("codigo", "M٠٠١", "FM015"),
        ("titulo", "", "FM005"),
        ("titulo", " \n ", "FM005"),
        ("titulo", "<b>Árbol</b>", "FM012"),
        ("titulo", "Árbol > raíz", "FM012"),
        ("titulo", "Ár\u200bbol", "FM012"),
        ("titulo", "\u202eÁrbol", "FM012"),
        ("titulo", "Árbol\x00", "FM012"),
        ("titulo", "Ár\u00adbol", "FM012"),
        ("titulo", ["Árbol"], "string_type"),
        ("resumen", "a" * 161, "string_too_long"),
        ("modalidad", [], "too_short"),
        ("modalidad", "presencial", "tuple_type"),
        ("revisado", "22/11/2026", "FM013"),
        ("revisado", "2026-13-01", "FM013"),
        ("revisado", "2026-1-1", "FM013"),
        ("revisado", "", "FM013"),
        ("revisado", ["2026-11-22"], "date_type"),
        ("duracion", "media mañana", "FM007"),
        ("participantes", "12-6", "FM008"),
        ("redirige_desde", ["/metodos/viejo"], "FM015"),
        ("redirige_desde", ["https://example.org/"], "FM015"),
        ("redirige_desde", ["metodos/../viejo"], "FM015"),
        ("antes", ["Mapa de actores"], "FM015"),
        ("fuentes", ["laip 2008"], "FM015"),
        ("duración", "90 min", "extra_forbidden"),
    ],
)
def test_a_method_refuses(field: str, value: object, code: str) -> None:
    found = codes(Method, {**METHOD, field: value})
    assert [(error[0], error[-1]) for error in found] == [(field, code)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("titulo", "Árbol de problemas: «causas» & efectos (1)"),
        ("titulo", "K’iche’ 😀"),
        ("resumen", "a" * 160),
        ("resumen", f"  {'a' * 160}  "),
        ("codigo", "M999"),
        ("redirige_desde", ["metodos/arbol-causal", "m/099/"]),
        ("antes", ["mapa-de-actores", "5-porques"]),
    ],
)
def test_a_method_accepts(field: str, value: object) -> None:
    assert codes(Method, {**METHOD, field: value}) == []


def test_spaces_and_line_ends_of_a_text_become_one_space() -> None:
    assert Method.model_validate({**METHOD, "titulo": " Árbol\n  de \tproblemas "}).titulo == "Árbol de problemas"


@pytest.mark.parametrize(
    ("typed", "value"), [("sí", True), ("si", True), ("Sí", True), ("no", False), ("No", False), ("NO", False)]
)
def test_yes_and_no_are_spanish_words(typed: str, value: bool) -> None:
    assert MethodUse.model_validate({"id": "piloto", "uso": "Lo usaron.", "inferido": typed}).inferido is value


@pytest.mark.parametrize("typed", ["yes", "true", "tal vez", "", "1", "x"])
def test_nothing_else_is_yes_or_no(typed: str) -> None:
    assert codes(MethodUse, {"id": "piloto", "uso": "Lo usaron.", "inferido": typed}) == [("inferido", "FM014")]


@pytest.mark.parametrize("period", ["2016", "2014-2016", "2019-presente"])
def test_a_period_is_in_years(period: str) -> None:
    assert codes(Case, {**CASE, "periodo": period}) == []


@pytest.mark.parametrize("period", ["16", "2014 a 2016", "2014-16", "presente", "2014-2016-2018"])
def test_a_period_is_nothing_else(period: str) -> None:
    assert codes(Case, {**CASE, "periodo": period}) == [("periodo", "FM015")]


@pytest.mark.parametrize(
    ("url", "accepted"),
    [
        ("https://www.cepal.org/es/a?b=c#d", True),
        ("http://documents.example/a", True),
        ("www.cepal.org", False),
        ("javascript:alert(1)", False),
        ('https://a.example/"onclick="x', False),
        ("https://a.example/<b>", False),
        ("https://a.example/ b", False),
    ],
)
def test_the_address_of_a_source_is_a_web_address(url: str, accepted: bool) -> None:
    row = {"titulo": "A", "autoria": "B", "tipo": "libro", "url": url}
    assert codes(Bibliographic, row) == ([] if accepted else [("url", "FM015")])


def test_a_figure_and_a_term_cite_at_least_one_source() -> None:
    figure = {"valor": "51", "unidad": "%", "fecha": "2014", "que": "línea de base", "fuentes": []}
    term = {"id": "piloto", "termino": "Piloto", "definicion": "Una prueba.", "fuentes": []}
    assert codes(Figure, figure) == [("fuentes", "too_short")]
    assert codes(Term, term) == [("fuentes", "too_short")]


def test_what_was_read_never_changes() -> None:
    card = Method.model_validate(METHOD)
    with pytest.raises(ValidationError, match="frozen"):
        card.titulo = "Otro"  # type: ignore[misc]


@pytest.mark.parametrize("model", [Content, Method, Case, Guide, Page, Change, Bibliographic, Term])
def test_an_unknown_field_is_always_refused(model: type[Frozen]) -> None:
    assert ("color", "extra_forbidden") in codes(model, {"color": "rojo"})


def test_the_schema_of_a_card_says_the_shapes_and_names_the_lists() -> None:
    schema = Method.model_json_schema()
    assert schema["properties"]["codigo"]["pattern"].startswith(r"^(?:M\d{3")
    assert schema["properties"]["resumen"]["maxLength"] == 160
    assert schema["properties"]["fase"]["x-vocabulario"] == "fases"
    assert schema["additionalProperties"] is False
