"""Accidents to real files: whatever they leave ends in a verdict, and what the checker accepts can be published.

A sample of the 10,000 of `python3 tareas.py medir mutaciones`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from changes import SESSION, small_world
from mutaciones import ACCIDENTS, LIMIT, Mutant, Seeds, judged

from fichero import structure
from fichero.html import Forbidden
from fichero.kinds import Document
from fichero.problems import Problem

SHARES = 10
EACH = 30


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return Seeds()


@pytest.mark.parametrize("share", range(SHARES))
def test_a_mutated_file_ends_in_a_verdict_and_one_without_errors_can_be_published(
    tmp_path: Path, seeds: Seeds, share: int
) -> None:
    mutants = (seeds.mutant(number) for number in range(share, SHARES * EACH, SHARES))

    outcomes = {verdict.name: verdict.outcome for verdict in judged(small_world(tmp_path / "sitio"), mutants)}

    assert {name: outcome for name, outcome in outcomes.items() if outcome not in ("errors", "clean")} == {}
    assert len(outcomes) == EACH


def test_the_sample_has_files_of_every_kind_every_accident_and_both_verdicts(tmp_path: Path, seeds: Seeds) -> None:
    mutants = [seeds.mutant(number) for number in range(SHARES * EACH)]

    assert {name for mutant in mutants for name in mutant.accidents} == {*ACCIDENTS, "bytes"}
    assert {Path(mutant.archivo).parts[0] for mutant in mutants} == {"methods", "cases", "docs", "enlaces.tsv"}
    assert {Path(mutant.archivo).suffix for mutant in mutants} == {".md", ".yml", ".svg", ".csv", ".tsv"}
    outcomes = [verdict.outcome for verdict in judged(small_world(tmp_path / "sitio"), iter(mutants[:EACH]))]
    assert {*outcomes} == {"errors", "clean"}


def test_a_mutant_is_the_same_in_every_run(seeds: Seeds) -> None:
    assert seeds.mutant(7) == Seeds().mutant(7)
    assert seeds.mutant(7) != seeds.mutant(8)


def untouched(root: Path) -> Mutant:
    return Mutant(0, SESSION, SESSION, (), (root / SESSION).read_bytes())


def test_a_failure_of_a_rule_is_not_taken_for_a_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(document: Document) -> Iterator[Problem]:
        raise KeyError(document.archivo)

    root = small_world(tmp_path / "sitio")
    assert [verdict.outcome for verdict in judged(root, iter([untouched(root)]))] == ["clean"]
    monkeypatch.setitem(structure.RULES, "*", (broken,))
    assert "ARC030" in next(judged(root, iter([untouched(root)]))).outcome


def test_a_page_that_cannot_be_published_is_not_taken_for_a_clean_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidding(*_: object) -> str:
        raise Forbidden("«script»")

    root = small_world(tmp_path / "sitio")
    monkeypatch.setattr("fichero.render.finish", forbidding)
    assert next(judged(root, iter([untouched(root)]))).outcome == "Forbidden: «script»"


def test_a_verdict_that_comes_late_is_not_taken_for_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small_world(tmp_path / "sitio")
    monkeypatch.setattr("mutaciones.LIMIT", 0.0)
    assert next(judged(root, iter([untouched(root)]))).outcome.startswith("took ")
    assert LIMIT == 2.0


def test_the_site_is_left_as_it_was(tmp_path: Path, seeds: Seeds) -> None:
    root = small_world(tmp_path / "sitio")
    before = {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
    assert len(list(judged(root, (seeds.mutant(number) for number in range(5))))) == 5
    assert {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()} == before
