"""Quantities as a person types them, read as two numbers in one unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from fichero.quantities import Duration, People, Percentage, Quantity, Quetzales, Workdays


@pytest.mark.parametrize(
    ("kind", "text", "bounds"),
    [
        (Duration, "45 min", (45, 45)),
        (Duration, "45min", (45, 45)),
        (Duration, "45-60 min", (45, 60)),
        (Duration, "45–60 min", (45, 60)),
        (Duration, "45 - 60 min", (45, 60)),
        (Duration, " 45 min ", (45, 45)),
        (Duration, "2 h", (120, 120)),
        (Duration, "1-2 h", (60, 120)),
        (Duration, "0-5 min", (0, 5)),
        (Workdays, "1 día", (1, 1)),
        (Workdays, "10-15 días", (10, 15)),
        (Workdays, "1 dia", (1, 1)),
        (Workdays, "10-15 dias", (10, 15)),
        (Workdays, "1 semana", (5, 5)),
        (Workdays, "3-6 semanas", (15, 30)),
        (People, "8", (8, 8)),
        (People, "6-12", (6, 12)),
        (People, "6-12 personas", (6, 12)),
        (Percentage, "50 %", (50, 50)),
        (Percentage, "40-60%", (40, 60)),
        (Quetzales, "60-120", (60, 120)),
        (Quetzales, "0-50", (0, 50)),
    ],
)
def test_a_quantity_is_two_whole_numbers_in_one_unit(kind: type[Quantity], text: str, bounds: tuple[int, int]) -> None:
    quantity = kind.model_validate(text)
    assert (quantity.desde, quantity.hasta) == bounds


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (Duration, "media mañana", "FM007"),
        (Duration, "", "FM007"),
        (Duration, "45", "FM007"),
        (Duration, "45 minutos", "FM007"),
        (Duration, "1:30", "FM007"),
        (Duration, "45-60-90 min", "FM007"),
        (Duration, "-45 min", "FM007"),
        (Duration, "1.5 h", "FM007"),
        (Duration, "1234567890 min", "FM007"),
        (Duration, "45 min o más", "FM007"),
        (Duration, "٤٥ min", "FM007"),
        (Workdays, "2 meses", "FM007"),
        (People, "doce", "FM007"),
        (Percentage, "50", "FM007"),
        (Quetzales, "Q 60", "FM007"),
        (Quetzales, "1,200", "FM007"),
        (Duration, {"minutos_desde": "60", "minutos_hasta": "45"}, "FM007"),
    ],
)
def test_anything_else_is_refused_with_the_accepted_forms(kind: type[Quantity], text: object, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        kind.model_validate(text)
    (error,) = refused.value.errors()
    assert error["type"] == code
    assert kind.forms in error["ctx"]["arreglo"]


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (Duration, "60-45 min", ("FM008", "ponga primero el número menor: «45-60 min»")),
        (Workdays, "6-3 semanas", ("FM008", "ponga primero el número menor: «3-6 semanas»")),
        (People, "7-5", ("FM008", "ponga primero el número menor: «5-7»")),
        (People, "0", ("FM018", "escriba una cantidad entre 1 y 5000: «6-12» o «8»")),
        (People, "0-0", ("FM018", "escriba una cantidad entre 1 y 5000: «6-12» o «8»")),
        (People, "6-12000", ("FM018", "escriba una cantidad entre 1 y 5000: «6-12» o «8»")),
        (Duration, "1441 min", ("FM018", "escriba una cantidad entre 1 y 1440 min: «45 min», «90-120 min» o «2 h»")),
        (Duration, "25 h", ("FM018", "escriba una cantidad entre 1 y 24 h: «45 min», «90-120 min» o «2 h»")),
        (
            Workdays,
            "261 semanas",
            ("FM018", "escriba una cantidad entre 1 y 260 semanas: «3-6 semanas» o «10-15 días»"),
        ),
    ],
)
def test_a_range_upside_down_or_a_figure_that_cannot_be_is_told_with_the_right_one(
    kind: type[Quantity], text: str, told: tuple[str, str]
) -> None:
    with pytest.raises(ValidationError) as refused:
        kind.model_validate(text)
    (error,) = refused.value.errors()
    assert (error["type"], error["ctx"]["arreglo"]) == told


def test_bounds_are_added_with_bounds() -> None:
    assert Duration.model_validate("10-15 min") + Duration.model_validate("1 h") == Duration.model_validate("70-75 min")
    assert Workdays.model_validate("3 días") + Workdays.model_validate("1-2 semanas") == Workdays.model_validate(
        "8-13 días"
    )


def test_the_unit_is_in_the_name_of_the_field() -> None:
    assert Duration.model_validate("90-120 min").model_dump() == {"minutos_desde": 90, "minutos_hasta": 120}
    assert Workdays.model_validate("1 semana").model_dump() == {"dias_desde": 5, "dias_hasta": 5}


def test_people_are_asked_for_a_text_and_programs_are_given_two_numbers() -> None:
    assert Duration.model_json_schema(mode="validation") == {
        "type": "string",
        "description": "Escriba «45 min», «90-120 min» o «2 h».",
    }
    given_out = Duration.model_json_schema(mode="serialization")
    assert list(given_out["properties"]) == ["minutos_desde", "minutos_hasta"]


@given(st.integers(0, 1440), st.integers(1, 1440), st.sampled_from(["-", "–", " - "]))
def test_every_range_that_goes_up_is_read_as_typed(low: int, high: int, dash: str) -> None:
    low, high = sorted((low, high))
    quantity = Duration.model_validate(f"{low}{dash}{high} min")
    assert (quantity.desde, quantity.hasta) == (low, high)


@given(st.text(max_size=40) | st.from_regex(r"[0-9-–% ]{0,8}(min|h|semanas)?", fullmatch=True))
def test_any_text_is_a_quantity_that_goes_up_or_is_refused_with_our_codes(text: str) -> None:
    for kind in (Duration, Workdays, People, Percentage, Quetzales):
        try:
            quantity = kind.model_validate(text)
        except ValidationError as refused:
            assert {error["type"] for error in refused.errors()} <= {"FM007", "FM008", "FM018"}
        else:
            assert 0 <= quantity.desde <= quantity.hasta
