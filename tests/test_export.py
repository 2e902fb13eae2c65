"""The open data: files that other programs read. Version 1 is a promise: fields are added, never taken away."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from changes import CASE, GUIDE, PROCESS, REPORTS, SESSION, append, copy, replace, write

from fichero import __version__
from fichero.api import RESOURCES, TABLES, authoring_schemas, resource_schema
from fichero.export import dated_pages, export, json_ld
from fichero.history import History
from fichero.link import Catalog
from fichero.pipeline import check
from fichero.settings import Settings

HERE = Settings()
PUBLIC = Settings(sitio="https://ana.github.io/fichero/")

# What /api/v1/ has promised, for ever. Add to it when a field is added; never take away from it.
PROMISED = {
    "metodos": "id url url_corta codigo titulo resumen tambien necesidades fase ciclo alimenta producto formato "
    "duracion plazo preparacion cierre participantes facilitan roles espacio materiales costo dificultad modalidad "
    "interpretacion permisos datos_personales lienzo licencia_lienzo antes despues en_lugar_de evidencia origen "
    "fuentes licencia revisado proxima_revision cambios redirige_desde estado idioma traduccion_de pasos usado_en "
    "se_lleva minutos_reales",
    "casos": "id url url_corta codigo titulo resumen pais territorio sector instituciones rol_labgob periodo metodos "
    "resultado cifras fuentes licencia revisado proxima_revision cambios redirige_desde estado idioma traduccion_de",
    "guias": "id url titulo resumen tambien necesidades plazo fuentes licencia revisado proxima_revision cambios "
    "redirige_desde estado idioma traduccion_de pasos",
    "fuentes": "id titulo autoria fecha tipo url consultado consultado_en nota licencia citada_en",
    "glosario": "id termino siglas definicion uso_guatemala uso_chile ver fuentes formas lang url",
    "recetas": "id url titulo resumen pasos limites total situaciones",
    "usos": "metodo fecha lugar personas idioma minutos fallo ajuste url completo",
    "vocabularios": "lista id etiqueta definicion familia ciclo fuentes_minimas",
}


@pytest.fixture
def catalog(site: Path) -> Catalog:
    return check(site).catalog


def replaced(catalog: Catalog, commit: str) -> Catalog:
    return dataclasses.replace(catalog, history=History(commit))


def data(catalog: Catalog, name: str) -> Any:
    return json.loads(dict(export(catalog, HERE))[f"api/v1/{name}.json"])


def test_the_files_of_the_site_are_these(catalog: Catalog) -> None:
    assert sorted(dict(export(catalog, PUBLIC))) == [
        "api/v1/casos.json",
        "api/v1/casos.schema.json",
        "api/v1/fuentes.json",
        "api/v1/fuentes.schema.json",
        "api/v1/glosario.json",
        "api/v1/glosario.schema.json",
        "api/v1/guias.json",
        "api/v1/guias.schema.json",
        "api/v1/metodos.json",
        "api/v1/metodos.schema.json",
        "api/v1/recetas.json",
        "api/v1/recetas.schema.json",
        "api/v1/usos.json",
        "api/v1/usos.schema.json",
        "api/v1/vocabularios.json",
        "api/v1/vocabularios.schema.json",
        "buscar/nombres.js",
        "buscar/textos.js",
        "c/001/index.html",
        "m/001/index.html",
        "m/002/index.html",
        "sitemap.xml",
    ]


def test_a_method_is_given_with_its_numbers_its_steps_and_its_cases(catalog: Catalog) -> None:
    first, second = data(catalog, "metodos")["metodos"]

    assert (first["id"], first["url"], first["url_corta"]) == (
        "problema-en-una-frase",
        "metodos/problema-en-una-frase/",
        "m/001/",
    )
    assert first["duracion"] == {"minutos_desde": 60, "minutos_hasta": 80}
    assert first["participantes"] == {"personas_desde": 5, "personas_hasta": 12}
    assert first["datos_personales"] == {"recoge": False}
    assert first["revisado"] == "2026-11-22"
    assert first["pasos"][0] == {
        "ancla": "paso-1",
        "titulo": "Ponga los datos a la vista",
        "minutos": {"minutos_desde": 10, "minutos_hasta": 15},
        "esencial": False,
        "texto": "Pegue los tres datos en la pared y léalos en voz alta. "
        "Cada persona dice cuál le sorprende y por qué. "
        "Si alguien trae otro número, péguelo también, con su fecha y su origen.",
        "diga": ["«Hoy no buscamos soluciones ni culpables: buscamos decir bien lo que pasa.»"],
        "listo_cuando": "todas las personas hablaron una vez.",
        "si_se_traba": ["alguien niega un dato. Anótelo aparte, como duda, y siga."],
    }
    assert first["usado_en"] == []
    assert "plazo" not in first, "what a card does not say is not given"
    assert second["plazo"] == {"dias_desde": 20, "dias_hasta": 30}
    assert second["usado_en"] == [
        {
            "id": "cuentas-claras",
            "uso": "El recibo nuevo se probó en Puente Alto antes de llevarlo a todo el país.",
            "inferido": True,
            "resultado": "sin-medicion",
        }
    ]


def test_a_case_a_guide_a_source_and_a_term_are_given(catalog: Catalog) -> None:
    (case,) = data(catalog, "casos")["casos"]
    (guide,) = data(catalog, "guias")["guias"]
    sources = data(catalog, "fuentes")["fuentes"]
    terms = data(catalog, "glosario")["glosario"]

    assert (case["url"], case["url_corta"], case["cifras"][0]["valor"]) == ("casos/cuentas-claras/", "c/001/", "51")
    assert [(stage["ancla"], stage["plazo"]) for stage in guide["pasos"]] == [
        ("etapa-1", {"dias_desde": 5, "dias_hasta": 10}),
        ("etapa-2", {"dias_desde": 20, "dias_hasta": 30}),
    ]
    assert [source["id"] for source in sources] == [
        "camacho-2001",
        "cocode-arts",
        "energia-2016-07",
        "energia-2016-12",
        "expandnet-2011",
    ]
    assert sources[0]["citada_en"] == ["metodos/problema-en-una-frase/"]
    assert [(term["id"], term["url"]) for term in terms] == [
        ("consejo-comunitario-de-desarrollo", "glosario/#consejo-comunitario-de-desarrollo"),
        ("linea-base", "glosario/#linea-base"),
        ("piloto", "glosario/#piloto"),
    ]


def test_a_recipe_is_given_with_its_sums_and_the_ways_that_lead_to_it(catalog: Catalog) -> None:
    first, second = data(catalog, "recetas")["recetas"]

    assert (first["id"], first["url"]) == ("decir-y-probar", "recetas/decir-y-probar/")
    assert first["pasos"][0] == {
        "metodo": "problema-en-una-frase",
        "veces": {"veces_desde": 2, "veces_hasta": 3},
        "porque": "Sin un problema dicho, nadie sabe qué se prueba.",
    }
    assert first["total"] == {
        "con_el_grupo": {"minutos_desde": 120, "minutos_hasta": 240},
        "preparacion": {"minutos_desde": 30, "minutos_hasta": 30},
        "cierre": {"minutos_desde": 40, "minutos_hasta": 60},
        "procesos": [{"metodo": "piloto-de-cuatro-semanas", "plazo": {"dias_desde": 20, "dias_hasta": 30}}],
    }
    assert [way["id"] for way in first["situaciones"]] == ["muchas-quejas"] * 3 + ["prueba-sin-fin"]
    assert second["situaciones"][0] == {
        "id": "muchas-quejas",
        "titulo": "Llegan muchas quejas y nadie sabe por qué",
        "url": "por-donde-empiezo/#situacion-muchas-quejas",
        "camino": [
            {"pregunta": "¿Ya saben a quién le pasa?", "respuesta": "Sí, con datos"},
            {"pregunta": "¿Quién puede cambiarlo?", "respuesta": "Nosotros"},
            {"pregunta": "¿Hay algo listo para probar?", "respuesta": "Sí"},
        ],
    }


def test_a_report_of_use_is_given_with_its_card_and_says_if_it_has_every_step(site: Path) -> None:
    append(REPORTS, (site / REPORTS).read_text(encoding="utf-8").split("- metodo")[1].join(["- metodo", ""]))(site)
    rows = data(check(site).catalog, "usos")["usos"]
    assert [(row["fecha"], row["completo"]) for row in rows] == [
        ("2026-02-03", True),
        ("2026-02-10", True),
        ("2026-03-01", False),
        ("2026-03-15", True),
    ], "the one that is told twice is given once"
    assert rows[2] == {
        "metodo": "problema-en-una-frase",
        "fecha": "2026-03-01",
        "lugar": "oficina de agua",
        "personas": 5,
        "idioma": "español",
        "minutos": {"paso-1": 10, "paso-2": 25},
        "fallo": "Faltó tiempo para la frase.",
        "url": "metodos/problema-en-una-frase/",
        "completo": False,
    }


def test_a_method_has_its_real_minutes_from_three_reports_on(site: Path) -> None:
    first, second = data(check(site).catalog, "metodos")["metodos"]
    assert first["minutos_reales"] == {
        "total": {"mediana": 100, "n": 3},
        "pasos": {
            "paso-1": {"mediana": 14, "n": 4},
            "paso-2": {"mediana": 29, "n": 4},
            "paso-3": {"mediana": 35, "n": 3},
            "paso-4": {"mediana": 20, "n": 3},
        },
    }
    assert "minutos_reales" not in second
    text = (site / REPORTS).read_text(encoding="utf-8")
    write(REPORTS, "- metodo".join(text.split("- metodo")[:3]))(site)
    assert "minutos_reales" not in data(check(site).catalog, "metodos")["metodos"][0]


@pytest.mark.parametrize("name", sorted(RESOURCES))
def test_a_resource_says_its_version_its_licence_and_its_schema(catalog: Catalog, name: str) -> None:
    given = data(catalog, name)
    assert list(given) == ["version", "fichero", "commit", "licencia", "esquema", name]
    assert (given["version"], given["licencia"], given["esquema"]) == ("1", "CC-BY-4.0", f"{name}.schema.json")


def test_the_vocabularies_and_the_schemas_say_their_version_and_their_licence(catalog: Catalog) -> None:
    words = data(catalog, "vocabularios")
    assert list(words) == ["version", "fichero", "commit", "licencia", "esquema", "vocabularios"]
    assert words["esquema"] == "vocabularios.schema.json"
    assert (words["version"], words["licencia"]) == ("1", "CC-BY-4.0")
    files = dict(export(replaced(catalog, commit="0123456789"), HERE))
    assert json.loads(files["api/v1/casos.schema.json"])["$comment"] == (
        f"Fichero {__version__}, commit 0123456789. "
        "Licencia CC-BY-4.0: https://creativecommons.org/licenses/by/4.0/deed.es"
    )
    unknown = json.loads(dict(export(catalog, HERE))["api/v1/casos.schema.json"])["$comment"]
    assert unknown.startswith(f"Fichero {__version__}. ")


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_no_promised_field_is_ever_taken_away(catalog: Catalog, name: str) -> None:
    schema = resource_schema(name, catalog.vocabularies)
    assert set(PROMISED[name].split()) <= set(schema["properties"])


def test_every_resource_has_its_promise() -> None:
    assert PROMISED.keys() == TABLES.keys()


@pytest.mark.parametrize("name", sorted(RESOURCES))
def test_every_row_is_what_its_schema_says(catalog: Catalog, name: str) -> None:
    schema = resource_schema(name, catalog.vocabularies)
    rows = data(catalog, name)[name]
    assert rows
    for row in rows:
        RESOURCES[name].model_validate(row)
        assert set(row) <= set(schema["properties"])


def test_a_schema_says_the_words_of_each_list(catalog: Catalog) -> None:
    schema = resource_schema("metodos", catalog.vocabularies)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["properties"]["formato"]["enum"] == ["sesion", "proceso"]
    assert "x-vocabulario" not in json.dumps(schema)
    assert sorted(authoring_schemas(catalog.vocabularies)) == ["caso", "guia", "metodo", "pagina"]


def test_the_vocabularies_are_given_with_labels_and_definitions(catalog: Catalog) -> None:
    words = data(catalog, "vocabularios")["vocabularios"]["formatos"]
    assert words[0] == {
        "lista": "formatos",
        "id": "sesion",
        "etiqueta": "Sesión",
        "definicion": "Se hace en una reunión; sus pasos se cuentan en minutos.",
    }


def test_every_word_of_every_list_is_what_its_schema_says(catalog: Catalog) -> None:
    schema = resource_schema("vocabularios", catalog.vocabularies)
    lists = data(catalog, "vocabularios")["vocabularios"]
    assert lists.keys() == set(catalog.vocabularies)
    for name, words in lists.items():
        assert [word["id"] for word in words] == list(catalog.vocabularies[name])
        for word in words:
            assert TABLES["vocabularios"].model_validate(word)
            assert word["lista"] == name
            assert set(word) <= set(schema["properties"])


def test_a_draft_is_nowhere_in_the_data(site: Path) -> None:
    copy(
        PROCESS,
        "methods/borrador.md",
        ("codigo: M002", "codigo: M777"),
        ("titulo: Piloto de cuatro semanas", "titulo: Todavía secreto"),
        ("publicado\n", "borrador\n"),
    )(site)
    files = dict(export(check(site).catalog, PUBLIC))
    assert "m/777/index.html" not in files
    assert not [name for name, content in files.items() if "Todavía secreto" in content.decode() or b"M777" in content]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("m/001/", "../../metodos/problema-en-una-frase/"),
        ("m/002/", "../../metodos/piloto-de-cuatro-semanas/"),
        ("c/001/", "../../casos/cuentas-claras/"),
        ("metodos/el-problema/", "../../metodos/problema-en-una-frase/"),
        ("viejo/", "../metodos/problema-en-una-frase/"),
    ],
)
def test_a_short_or_old_address_takes_the_reader_to_the_page(site: Path, path: str, target: str) -> None:
    replace(
        SESSION,
        "revisado: 2026-11-22\nproxima",
        "redirige_desde: [metodos/el-problema, viejo/]\nrevisado: 2026-11-22\nproxima",
    )(site)
    catalog = check(site).catalog

    online = dict(export(catalog, HERE))[f"{path}index.html"].decode()
    assert f'<meta http-equiv="refresh" content="0; url={target}">' in online
    assert f'<a href="{target}">' in online

    offline = dict(export(catalog, Settings(sin_red=True)))[f"{path}index.html"].decode()
    assert f'<a href="{target}index.html">' in offline


def test_a_title_cannot_write_html_in_a_redirect(site: Path) -> None:
    replace(SESSION, "titulo: Problema en una frase", "titulo: 'Problema & \"frase\"'")(site)
    page = dict(export(check(site).catalog, HERE))["m/001/index.html"].decode()
    assert "<title>Problema &amp; &#34;frase&#34;</title>" in page


def test_the_sitemap_has_absolute_addresses_and_only_true_dates(catalog: Catalog) -> None:
    sitemap = dict(export(catalog, PUBLIC))["sitemap.xml"].decode()
    assert "<loc>https://ana.github.io/fichero/metodos/problema-en-una-frase/</loc>" in sitemap
    assert "<lastmod>" not in sitemap, "outside a repository no date is known"
    assert "m/001/" not in sitemap
    assert "sitemap.xml" not in dict(export(catalog, HERE))
    assert all(day is None for _, day in dated_pages(catalog))


def test_a_card_is_described_for_search_engines(catalog: Catalog) -> None:
    linked = json_ld(catalog.by_file[SESSION], catalog, PUBLIC)
    assert linked is not None
    assert linked["@type"] == "LearningResource"
    assert linked["url"] == "https://ana.github.io/fichero/metodos/problema-en-una-frase/"
    assert linked["timeRequired"] == "PT80M"
    assert linked["dateModified"] == "2026-11-22"
    assert linked["license"] == "https://creativecommons.org/licenses/by/4.0/deed.es"
    assert "url" not in (json_ld(catalog.by_file[SESSION], catalog, HERE) or {})
    assert (json_ld(catalog.by_file[CASE], catalog, HERE) or {})["@type"] == "Article"
    assert (json_ld(catalog.by_file[GUIDE], catalog, HERE) or {})["@type"] == "LearningResource"
    assert json_ld(catalog.by_file["docs/acerca.md"], catalog, HERE) is None


def test_the_short_address_is_the_number_of_the_code(catalog: Catalog) -> None:
    assert [doc.short for doc in (*catalog.methods, *catalog.cases)] == ["m/001/", "m/002/", "c/001/"]


def test_two_exports_are_the_same_bytes(site: Path) -> None:
    assert dict(export(check(site).catalog, PUBLIC)) == dict(export(check(site).catalog, PUBLIC))


def read_me(catalog: Catalog, settings: Settings) -> str:
    return dict(export(catalog, settings))["LEAME.txt"].decode("utf-8-sig")


def test_the_copy_without_network_says_what_it_is_and_from_when(catalog: Catalog) -> None:
    settings = Settings(sitio="https://ana.github.io/fichero/", sin_red=True, instante=1_795_910_401)
    catalog = dataclasses.replace(catalog, history=History(commit="abc1234567"))
    text = read_me(catalog, settings)
    assert f"Versión: {__version__} (abc1234567)" in text
    assert "Fecha del contenido: 2026-11-29" in text
    assert "Sitio en la red: https://ana.github.io/fichero/" in text
    assert "Vista previa" not in text


def test_the_copy_of_nobody_knows_where_says_no_more_than_it_knows(catalog: Catalog) -> None:
    text = read_me(dataclasses.replace(catalog, history=History()), Settings(sin_red=True))
    assert f"Versión: {__version__}\r\n" in text
    assert "Fecha del contenido" not in text
    assert "Sitio en la red" not in text


def test_the_copy_can_be_read_with_any_notepad(catalog: Catalog) -> None:
    content = dict(export(catalog, Settings(sin_red=True)))["LEAME.txt"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") > 20
    assert max(map(len, content.decode("utf-8-sig").splitlines())) <= 80


def test_the_preview_of_a_proposal_says_so_in_its_letter_and_in_its_redirects(catalog: Catalog) -> None:
    files = dict(export(catalog, Settings(sin_red=True, vista_previa="Propuesta <12>")))
    notice = "Vista previa de una propuesta sin revisar. No es el sitio publicado. Propuesta"
    assert files["LEAME.txt"].decode("utf-8-sig").startswith(f"{notice} <12>\r\n")
    assert f"<p>{notice} &lt;12&gt;</p>" in files["m/001/index.html"].decode()


def test_the_site_has_no_letter_and_no_notice(catalog: Catalog) -> None:
    files = dict(export(catalog, PUBLIC))
    assert "LEAME.txt" not in files
    assert b"Vista previa" not in files["m/001/index.html"]
