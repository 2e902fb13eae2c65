"""Personal data in a text. Every number here is made up on the spot, valid by its check digits and of nobody."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichero.cli import main
from fichero.privacy import (
    MUNICIPALITIES,
    mask,
    name_without_personal_data,
    personal_data,
    personal_data_of_name,
    without_personal_data,
)


def kinds(text: str) -> list[str]:
    return [found.kind.codigo for found in personal_data(text)]


def cui(body: str, place: str = "0101") -> str:
    """A number of thirteen digits with the right ninth, or "" where no digit would do."""
    check = sum(int(digit) * (index + 2) for index, digit in enumerate(body)) % 11
    return f"{body}{check}{place}" if check < 10 else ""


def rut(body: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(reversed(body), (2, 3, 4, 5, 6, 7, 2, 3), strict=False))
    return body + "-" + {10: "K", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def luhn(body: str) -> str:
    total = 0
    for index, digit in enumerate(reversed(body)):
        number = int(digit) * (2 if index % 2 == 0 else 1)
        total += number - 9 if number > 9 else number
    return body + str(-total % 10)


def account(body: str) -> str:
    number = int("".join(str(int(sign, 36)) for sign in body + "GT00"))
    return f"GT{98 - number % 97:02}{body}"


def test_guatemala_has_22_departments_and_340_municipalities() -> None:
    assert (len(MUNICIPALITIES), sum(MUNICIPALITIES)) == (22, 340)


@pytest.mark.parametrize(
    "form",
    [
        *("{0}", "{1} {2} {3}", "{1}-{2}-{3}", "{1}\u00a0{2}\u00a0{3}", "{1}\u202f{2}\u202f{3}"),
        *("{1}\u2009{2}\u2009{3}", "{1}\u2011{2}\u2011{3}", "{1}&nbsp;{2}&nbsp;{3}", "{1}&#8209;{2}&#x20;{3}"),
        *("{1} {2}-{3}", "{1} - {2} - {3}", "{1}.{2} {3}"),
    ],
)
@pytest.mark.parametrize("body", ["00000000", "12345678", "22222222"])
def test_an_identity_number_is_told_in_its_written_forms(body: str, form: str) -> None:
    number = cui(body)
    assert kinds("con DPI " + form.format(number, number[:4], number[4:9], number[9:]) + ", firmó") == ["DAT001"]


def test_an_identity_number_is_told_in_the_digits_of_any_alphabet() -> None:
    number = cui("12345678").translate({ord("0") + digit: 0x660 + digit for digit in range(10)})  # Arabic-Indic
    assert kinds(f"con DPI {number}") == ["DAT001"]
    assert kinds(cui("12345678").translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})) == ["DAT001"]


def test_an_identity_number_that_its_name_is_joined_to_is_told_in_addresses_too() -> None:
    number = cui("00000000")
    assert kinds(f"docs/dpi_{number}_firma.pdf, DPI/{number}, CUI={number} y DPI{number}") == ["DAT001"] * 4
    assert kinds(f"https://a.example/?cui={number}") == ["DAT001"]
    assert kinds(f"https://a.example/?rut={rut('12345678')}") == ["DAT002"]


@pytest.mark.parametrize(
    ("place", "codes"), [("2217", ["DAT001"]), ("2218", []), ("2301", []), ("0001", []), ("0100", [])]
)
def test_an_identity_number_ends_with_a_municipality_that_exists(place: str, codes: list[str]) -> None:
    assert kinds(cui("00000000", place)) == codes


@given(st.text("0123456789", min_size=13, max_size=13))
def test_a_number_with_another_check_digit_is_no_identity_number(number: str) -> None:
    right = sum(int(digit) * (index + 2) for index, digit in enumerate(number[:8])) % 11
    if int(number[8]) != right:
        assert "DAT001" not in kinds(f"El número {number}.")


def test_an_isbn_is_no_identity_number() -> None:
    """Among the ISBN there is one that would be an identity number by its own check digit."""
    found = 0
    for body in range(10_000, 30_000):
        number = cui(f"978{body}", "0101")
        weighted = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(number))
        if number and weighted % 10 == 0:
            found += 1
            assert kinds(f"ISBN {number}") == []
    assert found > 100


@pytest.mark.parametrize("body", ["11111111", "12345678", "5555555", "00000000", "10000013"])
def test_a_rut_is_told_with_points_and_without(body: str) -> None:
    number = rut(body)
    pointed = f"{body[:-6]}.{body[-6:-3]}.{body[-3:]}{number[-2:]}"
    assert kinds(f"RUT {number}, RUT {number.lower()} y RUT {pointed}.") == ["DAT002"] * 3


def test_a_rut_is_told_with_another_dash_and_after_its_name_without_any() -> None:
    number = rut("12345678")
    assert kinds(f"12.345.678–{number[-1]} y 12345678‑{number[-1]}") == ["DAT002"] * 2
    assert kinds(f"RUT {number.replace('-', '')}") == ["DAT002"]
    assert kinds(f"RUT: 12.345.678 {number[-1]}") == ["DAT002"]
    assert kinds(number.replace("-", "")) == [], "nine figures with no name are a figure"


def test_a_rut_with_another_digit_or_of_a_company_is_not_told() -> None:
    assert rut("12345678") == "12345678-5"
    assert kinds("12.345.678-4") == []
    assert kinds(rut("60000000")) == []


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("una.persona@{}mail.com", ["DAT003"]),
        ("una.persona@hot{}mail.com", ["DAT003"]),
        ("UNA@YAHOO.ES", ["DAT003"]),
        ("una.persona@instituto.gob.gt", ["DAT004"]),
        ("info@instituto.gob.gt", []),
        ("uip@municipalidad.example", []),
        ("una.persona@example.org", []),
        ("una.persona(arroba)g{}mail.com", ["DAT003"]),
        ("una.persona [at] instituto.gob.gt", ["DAT004"]),
        ("una.persona arroba hot{}mail punto com", ["DAT003"]),
        ("una.persona&#64;g{}mail.com", ["DAT003"]),
        ("una.persona\uff20g{}mail.com", ["DAT003"]),
        ("https://a.example/?correo=una.persona%40g{}mail.com", ["DAT003"]),
        ("info (arroba) instituto.gob.gt", []),
        ("quien compra una arroba y media", []),
        ("https://a.example/@14.6,-90.5", []),
        ("@usuario", []),
        ("una@local", []),
    ],
)
def test_an_email_is_private_or_of_an_office_or_may_be_of_a_person(address: str, codes: list[str]) -> None:
    assert kinds(f"Escriba a {address.format('g') if '@{}' in address else address.format('')}.") == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("+502 0000 0000", ["DAT005"]),
        ("(+502) 0000-0000", ["DAT005"]),
        ("(502) 5000-0000", ["DAT005"]),
        ("502 5000-0000", ["DAT005"]),
        ("502 2000 0000", ["DAT006"]),
        ("el acuerdo 502 1234-5678", []),
        ("los folios 502 2014-2016", []),
        ("+502 0000\u20110000", ["DAT005"]),
        ("+502&nbsp;0000&nbsp;0000", ["DAT005"]),
        ("Contacto: 0000-0000", ["DAT005"]),
        ("Comuníquese al 0000 0000", ["DAT005"]),
        ("Tel: 00 00 00 00", ["DAT005"]),
        ("Teléfono: 22-11-2026", []),
        ("wa.me/50200000000", ["DAT005"]),
        ("https://api.whatsapp.com/send?text=hola&phone=50200000000", ["DAT005"]),
        ("Llame durante 2020-2024", []),
        ("Contacto en 2014-2016", []),
        ("llame al (502) 0000-0000", ["DAT005"]),
        ("00502-0000-0000", ["DAT005"]),
        ("+502 0000–0000", ["DAT005"]),
        ("cel. 00000000", ["DAT005"]),
        ("Celular de la coordinadora: 0000 0000", ["DAT005"]),
        ("teléfono 2000-0000", ["DAT006"]),
        ("PBX 2000-0000", []),
        ("Llame al PBX 2000-0000", []),
        ("Teléfono (PBX): 2000-0000", []),
        ("Llame al PBX 2000-0000 o al celular 0000-0000", ["DAT005"]),
        ("+56 9 0000 0000", ["DAT005"]),
        ("+56 2 0000 0000", ["DAT006"]),
        ("WhatsApp 9 0000 0000", ["DAT005"]),
        ("quetzales: 1500-6000", []),
        ("de 2014-2016 y 2019-2023", []),
        ("páginas 1253-1268", []),
        ("ISSN 1234-5678", []),
        ("Decreto 57-2008", []),
        ("12345678 boletas", []),
        ("llame al 1500", []),
        ("el teléfono de 2014 a 2016", []),
    ],
)
def test_a_telephone_has_its_prefix_or_its_word(text: str, codes: list[str]) -> None:
    assert kinds(text) == codes


@pytest.mark.parametrize(
    ("body", "length"),
    [
        ("4" + "0" * 14, 16),
        ("51" + "0" * 13, 16),
        ("34" + "0" * 12, 15),
        ("30" + "0" * 11, 14),
        ("222100" + "0" * 9, 16),
    ],
)
def test_a_card_is_of_a_known_kind_and_its_sum_is_right(body: str, length: int) -> None:
    number = luhn(body)
    assert len(number) == length
    assert kinds(f"tarjeta {number}") == ["DAT007"]
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert kinds(f"tarjeta {wrong}") == []


def test_a_card_is_told_with_points_and_with_spaces_that_do_not_break() -> None:
    number = luhn("4" + "0" * 14)
    for sign in (".", "\u00a0", "\u202f", "\u2011"):
        assert kinds(sign.join(number[i : i + 4] for i in range(0, 16, 4))) == ["DAT007"]


def test_a_card_in_groups_is_told_and_a_row_of_years_is_not() -> None:
    number = luhn("4" + "0" * 14)
    assert kinds(" ".join(number[i : i + 4] for i in range(0, 16, 4))) == ["DAT007"]
    assert kinds("-".join(number[i : i + 4] for i in range(0, 16, 4))) == ["DAT007"]
    assert kinds(luhn("9" * 15)) == []
    assert kinds("2014 2015 2016 2017 2018") == []


def test_a_bank_account_is_told_in_groups_and_without() -> None:
    number = account("0" * 24)
    assert len(number) == 28
    assert kinds(number) == ["DAT008"]
    assert kinds(" ".join(number[i : i + 4] for i in range(0, 28, 4))) == ["DAT008"]
    assert kinds(number[:-1] + "1") == []


def test_numbers_in_a_web_address_are_of_its_owner() -> None:
    assert kinds(f"https://a.example/{cui('00000000')}?t=+50200000000") == []
    assert kinds("[escriba](mailto:una.persona@hotmail.com)") == ["DAT003"]


def test_the_place_is_the_first_character() -> None:
    (found,) = personal_data(f"Firmó {cui('00000000')}.")
    assert (found.start, found.end) == (6, 19)


def test_the_place_is_that_of_the_text_as_it_is_typed() -> None:
    text = "Uno &amp; dos &mdash; tres: 0000&nbsp;00000&#8209;0101 &amp; más"
    (found,) = personal_data(text)
    assert text[found.start : found.end] == "0000&nbsp;00000&#8209;0101"
    assert without_personal_data(text) == "Uno &amp; dos &mdash; tres: 00…1 &amp; más"


@given(st.text(min_size=1, max_size=40))
def test_a_masked_value_shows_three_characters_at_most(value: str) -> None:
    masked = mask(value)
    assert len(masked.replace("…", "", 1)) <= 3
    assert masked != value or value == "…"


@given(st.text("0123456789", min_size=8, max_size=8).map(cui).filter(bool), st.sampled_from([" ", "\n", ", ", " y "]))
def test_a_text_without_its_data_has_none_left(number: str, between: str) -> None:
    text = f"DPI {number}{between}{number[:4]} {number[4:9]} {number[9:]}"
    assert number not in without_personal_data(text)
    assert kinds(without_personal_data(text)) == []


@pytest.mark.parametrize(
    ("name", "shown", "codigo"),
    [
        ("docs/tel-5512-3456-juan" + "@gmail.com.csv", "docs/te…v", "DAT003"),
        ("docs/celular_5512-3456.csv", "docs/celular_55…6.csv", "DAT005"),
        ("docs/celular-55123456.md", "docs/celular-55…6.md", "DAT005"),
    ],
)
@pytest.mark.parametrize("asked", ["name", "docs", ""])
def test_the_name_of_a_file_is_searched_and_never_shown_whole(
    site: Path, capsys: pytest.CaptureFixture[str], name: str, shown: str, codigo: str, asked: str
) -> None:
    (site / name).write_text("a\r\n", encoding="utf-8", newline="")
    paths = [str(site / name)] if asked == "name" else [str(site / asked)] if asked else []
    assert main(["--raiz", str(site), "revisar", "--arreglar", *paths]) == 1
    printed = capsys.readouterr().out
    assert f"{shown}:1:1 {codigo} error: el nombre del archivo lleva un " in printed
    assert "3456" not in printed
    assert "juan" not in printed


@pytest.mark.parametrize("name", ["docs/informe-2026-11-29.csv", "docs/guias/ley-57-2008.md", "cases/c-001-2014.md"])
def test_a_date_or_a_number_in_a_name_is_nobodys(name: str) -> None:
    assert personal_data_of_name(name) == []
    assert name_without_personal_data(name) == name
