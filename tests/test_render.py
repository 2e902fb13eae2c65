"""The pages' articles: what a template is given, read in the page it makes."""

import re
from pathlib import Path

from changes import GUIDE, append

from fichero.pipeline import compile_site
from fichero.settings import Settings

PAGE = "guias/una-mejora-en-dos-meses.md"
BOX = re.compile(r'<input type="checkbox" data-clave="([^"]*)"> <span>(.*?)</span>')


def boxes(site: Path) -> list[tuple[str, str]]:
    """The key and the words of each box of the guide."""
    return BOX.findall(compile_site(site, Settings.from_environment({})).pages[PAGE].html)


def test_a_task_is_a_box_however_it_is_typed(site: Path) -> None:
    append(GUIDE, "\n* [ ] Con asterisco.\n* [x] Ya\n  marcada.\n\n\n+ [X] Con mayúscula.\n-   [ ] Con espacios.\n")(
        site
    )
    assert [words for _, words in boxes(site)] == [
        "La frase tiene un dato con fecha.",
        "El acta dice quién decidió y con qué número.",
        "Con asterisco.",
        "Ya marcada.",
        "Con mayúscula.",
        "Con espacios.",
    ]
    assert "[" not in re.sub(r"<[^>]*>", "", compile_site(site, Settings.from_environment({})).pages[PAGE].html)


def test_two_tasks_with_the_same_words_are_remembered_apart(site: Path) -> None:
    before = boxes(site)
    append(GUIDE, "\n### Al cerrar\n\n- [ ] La frase tiene un dato con fecha.\n")(site)
    keys = [key for key, words in boxes(site) if words == "La frase tiene un dato con fecha."]
    assert before[0][0] == keys[0], "the first keeps its key, and what was ticked"
    assert keys[1] == f"{keys[0]}-2"
