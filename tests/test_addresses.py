"""Web addresses, read as a browser reads them: what runs a program, what only works inside, what deceives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichero.addresses import SCHEMES, flaw_of, host_of, same_site, scheme_of, shown_host
from fichero.problems import codes


@pytest.mark.parametrize(
    "address",
    [
        "https://www.segeplan.gob.gt/",
        "http://webarchive.nationalarchives.gov.uk/20160612122126/https:/www.gov.uk/x.html",
        "http://dub.washington.edu:2007/fidelity.htm",
        "HTTPS://WWW.CEPAL.ORG/es?a=b#c",
        "https://españa.example.org/ruta/ñandú",
        "https://xn--espaa-rta.example.org/",
        "https://example.org/@persona/perfil",
        "https://example.org/?correo=ana@example.org",
        "https://11.gob.gt/",
        "mailto:ana@example.org",
        "mailto:ana@example.org?subject=Hola",
    ],
)
def test_a_public_address_has_no_flaw(address: str) -> None:
    assert flaw_of(address) is None


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("javascript:alert(1)", "el enlace «javascript:alert(1)» no se acepta"),
        ("mailto:nadie", "«mailto:nadie» no es una dirección de correo"),
        ("https:///ruta", "«https:///ruta» no dice de qué sitio es"),
        ("https://exa mple.org/", "«https://exa mple.org/» lleva un espacio o un carácter que no se ve"),
        ("https://example\u200b.org/", "«https://example\u200b.org/» lleva un espacio o un carácter que no se ve"),
        ("http://192.168.1.20/", "«http://192.168.1.20/» solo funciona dentro de una red o de una computadora"),
        ("https://gob.gt@example.org/", "«https://gob.gt@example.org/» parece de un sitio y lleva a «example.org»"),
        ("http://8.8.8.8/", "«http://8.8.8.8/» no dice de quién es el sitio «8.8.8.8»"),
        ("https://gоb.gt/", "el nombre «gоb.gt» lleva «о» (U+043E), que se confunde con otra letra"),
        ("https://xn--gb-fmc.gt/", "el nombre «gоb.gt» lleva «о» (U+043E), que se confunde con otra letra"),
        ("https://ｇob.gt/", "el nombre «ｇob.gt» lleva «ｇ» (U+FF47), que se confunde con otra letra"),
        ("https://tinyurl.com/abc", "«https://tinyurl.com/abc» es una dirección acortada"),
    ],
)
def test_a_flaw_says_what_is_wrong_with_the_address(address: str, told: str) -> None:
    flaw = flaw_of(address)
    assert flaw and flaw.mensaje == told


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://WWW.Gob.GT:8443/x", "www.gob.gt"),
        ("https://gob.gt@example.org:80/x", "example.org"),
        ("https://example.org\\@gob.gt/", "example.org"),
        ("https://example.org?@gob.gt/", "example.org"),
        ("http://[::1]:80/", "[::1]"),
        ("https:/example.org", ""),
    ],
)
def test_the_host_is_the_one_a_browser_goes_to(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("segeplan.gob.gt", "segeplan.gob.gt"),
        ("https://www.segeplan.gob.gt/plan?x=1", "www.segeplan.gob.gt"),
        ("example.com", "example.com"),
        ("www.algo.museum", "www.algo.museum"),
        ("README.md", None),
        ("datos.csv", None),
        ("Plan 2.0", None),
        ("Vea segeplan.gob.gt", None),
        ("Segeplan", None),
    ],
)
def test_a_text_names_a_site_only_when_it_is_an_address(text: str, host: str | None) -> None:
    assert shown_host(text) == host


def test_a_part_of_a_site_is_the_same_site_and_a_lookalike_is_not() -> None:
    assert same_site("mineduc.gob.gt", "www.mineduc.gob.gt")
    assert same_site("plan.mineduc.gob.gt", "mineduc.gob.gt")
    assert not same_site("gob.gt", "gob.gt.example.org")
    assert not same_site("gob.gt", "xgob.gt")


noise = st.text(st.sampled_from("hjavascript:tps/\\@.#?&[]0x17%\t\n\x00 áо-"), max_size=40)


@given(noise | st.text(max_size=30))
def test_any_text_is_judged_and_nothing_but_three_schemes_passes(address: str) -> None:
    flaw = flaw_of(address)
    assert flaw is None or flaw.codigo in codes()
    if flaw is None:
        assert scheme_of(address) in SCHEMES
