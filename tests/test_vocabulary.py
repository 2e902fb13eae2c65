"""Closed lists: what a field may say comes from a data file, in the order of the file."""

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ValidationError

from fichero.kinds import KINDS
from fichero.model import Bibliographic
from fichero.vocabulary import NEEDED, OneOf, Vocabularies, Word, with_words

WORDS = Vocabularies(
    {
        "fases": {
            "definir": Word(id="definir", etiqueta="Definir", definicion="Se acuerda el problema.", familia="entender"),
            "aprender": Word(id="aprender", etiqueta="Aprender", definicion="Se revisa el trabajo."),
        },
        "vacia": {},
    }
)


class Card(BaseModel):
    fase: Annotated[str, OneOf("fases")]
    otras: tuple[Annotated[str, OneOf("fases")], ...] = ()
    vacia: Annotated[str, OneOf("vacia")] | None = None
    perdida: Annotated[str, OneOf("perdida")] | None = None


def errors(row: dict[str, Any], context: dict[str, Any]) -> list[tuple[Any, str, str]]:
    with pytest.raises(ValidationError) as refused:
        Card.model_validate(row, context=context)
    return [(error["loc"], error["ctx"]["mensaje"], error["ctx"]["arreglo"]) for error in refused.value.errors()]


def test_a_word_of_the_list_is_accepted() -> None:
    card = Card.model_validate({"fase": "definir", "otras": ["aprender"]}, context={"vocabularios": WORDS})
    assert (card.fase, card.otras) == ("definir", ("aprender",))


def test_another_word_is_refused_with_the_nearest_or_all_of_them() -> None:
    context = {"vocabularios": WORDS}
    assert errors({"fase": "definicion", "otras": ["aprender", "x"]}, context) == [
        (("fase",), "«definicion» no está en la lista «fases»", "¿quiso decir «definir»?"),
        (("otras", 1), "«x» no está en la lista «fases»", "escriba una de estas: aprender, definir"),
    ]


@pytest.mark.parametrize("name", ["vacia", "perdida"])
def test_a_list_that_is_empty_or_lost_accepts_nothing_and_says_where_to_look(name: str) -> None:
    assert errors({"fase": "definir", name: "uno"}, {"vocabularios": WORDS}) == [
        ((name,), f"«uno» no está en la lista «{name}»", "complete la lista en docs/_datos/vocabularios.yml")
    ]


def test_without_vocabularies_no_word_is_judged() -> None:
    assert Card.model_validate({"fase": "lo que sea"}).fase == "lo que sea"


def test_lists_keep_the_order_of_the_file_and_know_their_labels() -> None:
    assert list(WORDS) == ["fases", "vacia"]
    assert list(WORDS["fases"]) == ["definir", "aprender"]
    assert WORDS.label("fases", "definir") == "Definir"
    assert WORDS["fases"]["definir"].familia == "entender"
    assert WORDS["fases"]["aprender"].familia is None


def test_a_schema_shows_the_words_of_each_list() -> None:
    schema = with_words(Card.model_json_schema(), Vocabularies({**WORDS, "perdida": {}}))
    assert schema["properties"]["fase"]["enum"] == ["definir", "aprender"]
    assert schema["properties"]["otras"]["items"]["enum"] == ["definir", "aprender"]
    assert "x-vocabulario" not in str(schema)


def lists_named_in(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        named = {schema["x-vocabulario"]} if "x-vocabulario" in schema else set()
        return named.union(*map(lists_named_in, schema.values()))
    return set().union(*map(lists_named_in, schema)) if isinstance(schema, list) else set()


def test_every_list_that_a_model_names_is_asked_for() -> None:
    models = [*(kind.model for kind in KINDS), Bibliographic]
    named = lists_named_in([model.model_json_schema(mode="validation") for model in models])
    assert named | {"familias"} == NEEDED.keys()


def test_the_words_that_a_model_takes_when_none_is_written_are_asked_for() -> None:
    fields = [field for kind in KINDS for field in kind.model.model_fields.values()]
    defaults = {
        (marks.list_name, field.default)
        for field in fields
        for marks in field.metadata
        if isinstance(marks, OneOf) and isinstance(field.default, str)
    }
    assert defaults == {("estados", "publicado"), ("idiomas", "es-GT"), ("licencias", "CC-BY-4.0")}
    assert all(word in NEEDED[name] for name, word in defaults)
