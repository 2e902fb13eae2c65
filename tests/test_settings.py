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
        ({"SITIO": "https://otra.example/"}, Settings()),
    ],
)
def test_the_addresses_are_absolute_and_the_site_ends_in_a_slash(
    environment: dict[str, str], settings: Settings
) -> None:
    assert Settings.from_environment(environment) == settings
