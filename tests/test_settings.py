"""Where the site will live comes from the environment, and from nowhere else."""

import pytest

from fichero.settings import Settings


@pytest.mark.parametrize(
    ("environment", "settings"),
    [
        ({}, Settings(sitio="", repositorio="", sin_red=False)),
        ({"FICHERO_SITIO": ""}, Settings(sitio="")),
        ({"FICHERO_SITIO": "https://ana.github.io/fichero"}, Settings(sitio="https://ana.github.io/fichero/")),
        ({"FICHERO_SITIO": "https://ana.github.io/fichero//"}, Settings(sitio="https://ana.github.io/fichero/")),
        (
            {"FICHERO_REPOSITORIO": "https://github.com/ana/fichero/"},
            Settings(repositorio="https://github.com/ana/fichero"),
        ),
        ({"FICHERO_SIN_RED": "1"}, Settings(sin_red=True)),
        ({"FICHERO_SIN_RED": "0"}, Settings(sin_red=False)),
        ({"FICHERO_VISTA_PREVIA": ""}, Settings(vista_previa="")),
        ({"FICHERO_VISTA_PREVIA": " Propuesta\n 12 "}, Settings(vista_previa="Propuesta 12")),
        ({"SOURCE_DATE_EPOCH": "1795910401"}, Settings(instante=1_795_910_401)),
        ({"SOURCE_DATE_EPOCH": ""}, Settings(instante=0)),
        ({"SOURCE_DATE_EPOCH": "ayer"}, Settings(instante=0)),
        ({"SOURCE_DATE_EPOCH": "²"}, Settings(instante=0)),
        ({"FICHERO_CORREO": " fichas+gt@example.org "}, Settings(correo="fichas+gt@example.org")),
        ({"FICHERO_CORREO": ""}, Settings(correo="")),
        ({"SITIO": "https://otra.example/"}, Settings()),
    ],
)
def test_the_addresses_are_absolute_and_the_site_ends_in_a_slash(
    environment: dict[str, str], settings: Settings
) -> None:
    assert Settings.from_environment(environment) == settings


def test_only_a_preview_has_a_notice() -> None:
    assert Settings().aviso == ""
    assert Settings(vista_previa="Propuesta 12.").aviso == (
        "Vista previa de una propuesta sin revisar. No es el sitio publicado. Propuesta 12."
    )


@pytest.mark.parametrize(
    "email", ["fichas", "a@b", "a b@example.org", 'a"@example.org', "a@example.org?cc=b", "<a@b.org>"]
)
def test_an_address_that_is_not_of_e_mail_is_refused_in_words(email: str) -> None:
    with pytest.raises(ValueError, match=r"FICHERO_CORREO dice «.*», que no es una dirección de correo"):
        Settings.from_environment({"FICHERO_CORREO": email})


@pytest.mark.parametrize("address", ["https://ana.github.io/fichero/", "https://fichero.example.gt"])
def test_a_public_address_is_one_that_a_printed_code_can_carry(address: str) -> None:
    assert Settings.from_environment({"FICHERO_SITIO": address}).sin_qr == ""


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "el sitio no tiene dirección."),
        ("http://fichero.example.gt/", "«http://fichero.example.gt/» no es una dirección pública"),
        ("https://localhost/", "«https://localhost/» no es una dirección pública"),
        ("https://127.0.0.1:8000/", "«https://127.0.0.1:8000/» no es una dirección pública"),
        ("https://[malo/", "«https://[malo/» no es una dirección pública"),
        ("https://[::1]/", "«https://[::1]/» no es una dirección pública"),
        ("fichero.example.gt", "«fichero.example.gt/» no es una dirección pública"),
    ],
)
def test_without_a_public_address_it_says_why_there_are_no_codes(address: str, why: str) -> None:
    assert why in Settings.from_environment({"FICHERO_SITIO": address}).sin_qr
