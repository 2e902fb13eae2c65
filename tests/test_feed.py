"""The Atom feed: what RFC 4287 asks of it, ids that never change, and no clock."""

import dataclasses
import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from changes import CASE, PROCESS, SESSION, replace

from fichero.feed import MOST, entries, feed
from fichero.history import History
from fichero.link import Catalog
from fichero.pipeline import check
from fichero.settings import Settings

PUBLIC = Settings(sitio="https://ana.github.io/fichero/")
ATOM = "{http://www.w3.org/2005/Atom}"


def read(catalog: Catalog) -> ElementTree.Element:
    ((path, content),) = feed(catalog, PUBLIC)
    assert path == "novedades.xml"
    return ElementTree.fromstring(content)


def told(element: ElementTree.Element, name: str) -> str:
    (found,) = element.findall(f"{ATOM}{name}")
    return found.text or ""


def links(element: ElementTree.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in element.findall(f"{ATOM}link")}


def entry(root: ElementTree.Element, id: str) -> ElementTree.Element:
    (found,) = [one for one in root.findall(f"{ATOM}entry") if told(one, "id") == f"{PUBLIC.sitio}{id}"]
    return found


def test_a_feed_says_its_id_title_date_author_rights_and_address(site: Path) -> None:
    root = read(check(site).catalog)
    assert root.tag == f"{ATOM}feed"
    assert told(root, "id") == "https://ana.github.io/fichero/novedades.xml"
    assert told(root, "title") == "Fichero: novedades"
    assert told(root, "updated") == "2026-11-22T00:00:00Z"
    assert told(root.find(f"{ATOM}author"), "name") == "Fichero"  # type: ignore[arg-type]
    assert told(root, "rights").startswith("CC BY 4.0")
    assert links(root) == {
        "self": "https://ana.github.io/fichero/novedades.xml",
        "alternate": "https://ana.github.io/fichero/",
    }


def test_every_entry_says_its_id_title_date_and_page(site: Path) -> None:
    root = read(check(site).catalog)
    found = root.findall(f"{ATOM}entry")
    assert len({told(one, "id") for one in found}) == len(found) >= 4
    for one in found:
        assert told(one, "title")
        assert told(one, "summary")
        assert datetime.datetime.fromisoformat(told(one, "updated")).tzinfo == datetime.UTC
        assert links(one)["alternate"].startswith("https://ana.github.io/fichero/")


def test_an_entry_is_what_one_card_changed_on_one_day(site: Path) -> None:
    root = read(check(site).catalog)
    newest = entry(root, "m/001/#cambio-2026-11-22")
    assert told(newest, "title") == "Problema en una frase"
    assert told(newest, "updated") == "2026-11-22T00:00:00Z"
    assert told(newest, "summary") == (
        "Los pasos dicen qué hacer si se traban. Quien facilitaba por primera vez se detenía en el segundo."
    )
    assert links(newest) == {"alternate": "https://ana.github.io/fichero/metodos/problema-en-una-frase/"}
    assert told(entry(root, "m/001/#cambio-2026-10-01"), "summary").startswith("Primera versión.")


def test_an_older_line_added_later_changes_no_other_id(site: Path) -> None:
    before = {told(one, "id") for one in read(check(site).catalog).findall(f"{ATOM}entry")}
    replace(
        SESSION,
        "  - fecha: 2026-10-01\n",
        "  - fecha: 2026-10-15\n    que: Se acortó el título.\n    por_que: No cabía.\n  - fecha: 2026-10-01\n",
    )(site)
    after = {told(one, "id") for one in read(check(site).catalog).findall(f"{ATOM}entry")}
    assert after - before == {"https://ana.github.io/fichero/m/001/#cambio-2026-10-15"}
    assert before <= after


def test_a_document_without_changes_has_the_day_of_its_file(site: Path) -> None:
    catalog = check(site).catalog
    assert told(entry(read(catalog), "m/002/"), "updated") == "2026-11-22T00:00:00Z", "the day it was reviewed"
    known = dataclasses.replace(catalog, history=History("0123456789", {PROCESS: datetime.date(2026, 12, 1)}))
    assert told(entry(read(known), "m/002/"), "updated") == "2026-12-01T00:00:00Z"


def test_the_newest_come_first(site: Path) -> None:
    days = [one.day for one in entries(check(site).catalog)]
    assert days == sorted(days, reverse=True)
    assert MOST == 50


def test_no_more_than_fifty_entries_are_given(site: Path) -> None:
    many = "".join(
        f"  - fecha: {datetime.date(2025, 1, 1) + datetime.timedelta(number)}\n    que: Q.\n    por_que: P.\n"
        for number in range(60)
    )
    replace(SESSION, "  - fecha: 2026-10-01\n", f"{many}  - fecha: 2026-10-01\n")(site)
    found = entries(check(site).catalog)
    assert len(found) == 50
    assert found[0].day == datetime.date(2026, 11, 22)


def test_a_title_cannot_write_xml(site: Path) -> None:
    replace(CASE, "titulo: ", "titulo: 'A & \"B\"' #")(site)
    assert 'A & "B"' in {told(one, "title") for one in read(check(site).catalog).findall(f"{ATOM}entry")}


def test_a_draft_is_not_news(site: Path) -> None:
    replace(SESSION, "estado: publicado", "estado: borrador")(site)
    assert not [one for one in entries(check(site).catalog) if one.id.startswith("m/001/")]


@pytest.mark.parametrize("settings", [Settings(), Settings(sin_red=True)])
def test_without_an_address_there_is_no_feed(site: Path, settings: Settings) -> None:
    assert list(feed(check(site).catalog, settings)) == []
