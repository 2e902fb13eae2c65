"""The command `fichero`: what a person or a workflow asks of the core. Messages are in Spanish.

Exit status: 0 clean or only avisos, 1 errors, 2 wrong usage.
"""

import argparse
import datetime
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from fichero.answers import correction_summary, report_draft
from fichero.api import authoring_schemas
from fichero.archive import Unportable, pack
from fichero.drafts import Draft, case_draft, method_draft
from fichero.editor import data_schemas, editor_files
from fichero.forms import FOLDER, FORMS, inert, read_answers, read_form
from fichero.fulltext import index_pages
from fichero.kinds import CASE, GUIDE, METHOD
from fichero.manifest import MANIFEST, Unsealable, differences, seal
from fichero.new import InFile, fill, why_not
from fichero.pipeline import check, compile_site, judge, judge_file
from fichero.privacy import name_without_personal_data
from fichero.problems import as_github, as_json, as_text, errors, first_of_each, printable, suggestion
from fichero.published import check_published
from fichero.read import REGISTER, read_base, read_folder
from fichero.register import with_new_lines
from fichero.repair import repair_folder
from fichero.settings import Misconfigured, Settings
from fichero.source import parse_source
from fichero.structure import to_fill_in
from fichero.validate import VOCABULARIES
from fichero.vocabulary import NEEDED, Vocabularies
from fichero.write import write_site

FORMATS = {"texto": as_text, "json": as_json, "github": as_github}
NEW = {
    "metodo": (METHOD, "nuevo-metodo.md.j2"),
    "caso": (CASE, "nuevo-caso.md.j2"),
    "guia": (GUIDE, "nuevo-guia.md.j2"),
}
# What argparse says of a wrong order.
SAID = {
    "the following arguments are required:": "falta",
    "unrecognized arguments:": "sobra o no se conoce",
    "expected one argument": "falta su valor",
    "not allowed with argument": "no va junto con",
    "one of the arguments": "falta uno de estos:",
    " is required": "",
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is returned."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = _parser().parse_args(words)
    try:
        return int(arguments.run(arguments))
    except Misconfigured as wrong:
        print(wrong)
        return 2


class _Parser(argparse.ArgumentParser):
    """argparse with its own words in Spanish."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, **options)
        self._positionals.title, self._optionals.title = "lo que se escribe", "opciones"
        self.add_argument("-h", "--help", action="help", help="muestra esta ayuda")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "uso:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "uso:", 1)

    def error(self, message: str) -> NoReturn:
        message = message.removeprefix("argument ")
        choice = re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message)
        if choice:
            known = re.findall(r"[\w-]+", choice[2])
            message = f"no existe «{choice[1]}» → {suggestion(choice[1], known)}"
        for said, meant in SAID.items():
            message = message.replace(said, meant)
        self.exit(2, f"{self.format_usage()}{printable(message)}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="fichero", description="Revisa y compila las fichas de Fichero.")
    parser.add_argument("--raiz", type=Path, default=Path(), help="carpeta del repositorio (por omisión, esta)")
    commands = parser.add_subparsers(title="órdenes", required=True, metavar="orden")

    one = commands.add_parser("revisar", help="dice qué hay que corregir, en qué archivo y en qué línea")
    one.add_argument("rutas", nargs="*", metavar="RUTA", help="muestra solo lo de estos archivos o carpetas")
    one.add_argument("--formato", choices=FORMATS, default="texto")
    one.add_argument("--base", metavar="COMMIT", help="compara con lo que había en ese commit")
    one.add_argument("--arreglar", action="store_true", help="antes, corrige BOM, tildes, finales y espacios sobrantes")
    one.set_defaults(run=_review)

    one = commands.add_parser("nuevo", help="crea un archivo con todo lo que hay que llenar")
    one.add_argument("tipo", choices=NEW)
    one.add_argument("id", nargs="+", help="nombre en minúsculas con guiones: mapa-de-actores")
    one.set_defaults(run=_new)

    one = commands.add_parser("desde-formulario", help="convierte un formulario contestado en un archivo en borrador")
    where = one.add_mutually_exclusive_group(required=True)
    where.add_argument("texto", nargs="?", type=Path, metavar="ARCHIVO", help="el texto del formulario")
    where.add_argument("--evento", type=Path, metavar="RUTA", help="el evento de GitHub: se lee su «issue.body»")
    one.set_defaults(run=_from_form)

    one = commands.add_parser("esquema", help="escribe los esquemas JSON de lo que se llena a mano")
    one.add_argument("--en", type=Path, metavar="DIR", help="escribe ahí los archivos del editor: --en .vscode")
    one.set_defaults(run=_schema)

    one = commands.add_parser("escribir", help="escribe el sitio como Markdown para otro generador")
    one.add_argument("destino", type=Path, metavar="DIR")
    one.set_defaults(run=_write)

    one = commands.add_parser("indexar", help="agrega a un sitio compilado la búsqueda en el texto completo")
    one.add_argument("sitio", type=Path, metavar="DIR")
    one.set_defaults(run=_index)

    one = commands.add_parser("comprobar", help="dice qué se escribió y falta en un sitio compilado")
    one.add_argument("sitio", type=Path, metavar="DIR")
    one.set_defaults(run=_hold)

    one = commands.add_parser("sellar", help=f"anota en {MANIFEST} la huella de cada archivo de una carpeta")
    one.add_argument("carpeta", type=_folder, metavar="DIR")
    one.set_defaults(run=_seal)

    one = commands.add_parser("verificar", help="dice qué falta, qué cambió y qué sobra desde que se selló")
    one.add_argument("carpeta", type=_folder, metavar="DIR")
    one.set_defaults(run=_verify)

    one = commands.add_parser("empaquetar", help="hace de una carpeta el ZIP que se lleva en una memoria USB")
    one.add_argument("carpeta", type=_folder, metavar="DIR")
    one.add_argument("zip", type=Path, metavar="ZIP")
    one.set_defaults(run=_pack)

    one = commands.add_parser("enlaces", help="el registro de direcciones publicadas")
    one.add_argument("--anotar", action="store_true", required=True, help="agrega las direcciones nuevas")
    one.set_defaults(run=_register)
    return parser


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"{text} no es una carpeta → revise la ruta")
    return path


def _review(arguments: argparse.Namespace) -> int:
    root = arguments.raiz.resolve()
    base = read_base(root, arguments.base) if arguments.base else None
    if arguments.base and base is None:
        name = printable(arguments.base)
        print(f"git no conoce el commit «{name}» → tráigalo con «git fetch», o revise el nombre")
        return 2
    # The folders of a path are resolved, not its last part: a link there is what the person asks about.
    full = [Path(root, path) for path in arguments.rutas]
    paths = [Path(os.path.normpath(path.parent.resolve() / path.name)) for path in full]
    for path in paths:
        if not os.path.lexists(path) or not path.is_relative_to(root):
            print(f"no existe {printable(str(path))} en la carpeta {root} → revise la ruta")
            return 2
    if arguments.arreglar:
        # The other formats are for programs: what was done is not part of them.
        for line in repair_folder(root, paths):
            print(name_without_personal_data(line), file=sys.stdout if arguments.formato == "texto" else sys.stderr)
    # A finding names its file with personal data masked.
    paths = [root / name_without_personal_data(path.relative_to(root).as_posix()) for path in paths]
    problems = [
        problem
        for problem in check(root, base, datetime.date.today()).problems
        if not paths or any(Path(root, problem.archivo).is_relative_to(path) for path in paths)
    ]
    print(FORMATS[arguments.formato](problems))
    return 1 if errors(problems) else 0


def _new(arguments: argparse.Namespace) -> int:
    kind, template = NEW[arguments.tipo]
    root, id = arguments.raiz, " ".join(arguments.id)
    catalog = check(root).catalog
    if _lacks_words(root, catalog.vocabularies):
        return 2
    folder = root / kind.folder
    refused = why_not(kind, id, (path.stem for path in folder.glob("*.md")), catalog)
    if refused:
        print(refused)
        return 2
    archivo = f"{kind.folder}/{id}.md"
    text = fill(
        template,
        InFile(catalog.vocabularies),
        codigo=catalog.next_code(kind),
        titulo=id.replace("-", " ").capitalize(),
        hoy=datetime.date.today().isoformat(),
    )
    folder.mkdir(parents=True, exist_ok=True)
    (root / archivo).write_text(text, encoding="utf-8", newline="\n")
    source, _ = parse_source(archivo, text)
    assert source, "the template has a header"
    print(f"creado {archivo} → llene lo que señala «…»:")
    for problem in to_fill_in(source, "EST022"):
        print(problem)
    print("Después corra «python3 tareas.py revisar». Cuando no falte nada, cambie «estado» a «publicado».")
    return 0


def _lacks_words(root: Path, vocabularies: Vocabularies) -> bool:
    """Whether a list of words that everything is made with is missing or cannot be read; it is said."""
    lacking = [name for name in NEEDED if not vocabularies.get(name)]
    if lacking:
        print(
            f"no se pueden leer las listas de palabras de {printable(str(root / VOCABULARIES))} → corra la orden en la "
            "carpeta del repositorio, o dígala con «--raiz»; si es esa, corra antes «fichero revisar»"
        )
    return bool(lacking)


def _from_form(arguments: argparse.Namespace) -> int:
    """Nothing that the form says is obeyed: it becomes a file of ours, a text behind a bar, or findings."""
    root: Path = arguments.raiz
    place: Path = arguments.evento or arguments.texto
    try:
        text = _event_body(place) if arguments.evento else place.read_text(encoding="utf-8-sig")
        forms = [read_form(name, (root / FOLDER / f"{name}.yml").read_text(encoding="utf-8")) for name in FORMS]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        print(inert(f"no se pudo leer {place}, o faltan los formularios de {root / FOLDER} → revise la ruta"))
        return 2
    filled, problems = read_answers(forms, "formulario" if arguments.evento else place.name, text)
    if filled is None:
        print(inert(as_text(first_of_each(problems))))
        return 1
    today = datetime.date.today()
    folder, unread = read_folder(root)
    now = judge(folder, unread, today=today)
    catalog = now.catalog
    if filled.form.name == "correccion":
        print(inert(as_text(first_of_each(problems)) if problems else correction_summary(filled, catalog)))
        return 1 if problems else 0
    draft: Draft | None
    if filled.form.name == "uso":
        draft, told = report_draft(filled, catalog, today)
    else:
        make, kind = (method_draft, METHOD) if filled.form.name == "ficha" else (case_draft, CASE)
        taken = {path.stem for path in (root / kind.folder).glob("*.md")}
        draft, told = make(filled, catalog, taken, catalog.next_code(kind), today)
    problems += told
    if draft and draft.archivo in folder.unread:
        print(f"{draft.archivo} tiene errores → corra «fichero revisar» y corríjalos antes")
        return 1
    added = ""
    if draft:
        # Read as it is on the disk: what is there before stays, to the byte.
        path = root / draft.archivo
        before = path.read_bytes().decode("utf-8") if path.exists() else ""
        added = "\n" * (before != "" and not before.endswith("\n")) + draft.text
        judged = judge_file(folder, unread, now, draft.archivo, before + added, today)
        first_line = (before + added).removesuffix(draft.text).count("\n") + 1
        problems = draft.findings(filled, problems, judged, first_line)
    print(inert(as_text(first_of_each(problems))))
    if not draft or errors(problems):
        return 1
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a" if before else "x", encoding="utf-8", newline="\n") as file:
        file.write(added)
    left = f"; quedan por escribir: {', '.join(draft.missing)}" if draft.missing else ""
    print(f"escrito {draft.archivo}{left}")
    return 0


def _event_body(path: Path) -> str:
    """The text of the issue, and nothing else of the event. Raises ValueError, KeyError or TypeError without one."""
    body = json.loads(path.read_text(encoding="utf-8"))["issue"]["body"]
    if not isinstance(body, str | None):
        raise TypeError(body)
    return body or ""


def _schema(arguments: argparse.Namespace) -> int:
    vocabularies = check(arguments.raiz).catalog.vocabularies
    if _lacks_words(arguments.raiz, vocabularies):
        return 2
    if arguments.en:
        written = list(editor_files(vocabularies))
        for path, text in written:
            file = arguments.en / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        print(f"{len(written)} archivos en {arguments.en}")
        return 0
    schemas = authoring_schemas(vocabularies) | data_schemas(vocabularies)
    print(json.dumps(schemas, ensure_ascii=False, indent=2))
    return 0


def _write(arguments: argparse.Namespace) -> int:
    settings = Settings.from_environment(os.environ)
    site = compile_site(arguments.raiz, settings)
    if errors(site.checked.problems):
        print(as_text(site.checked.problems))
        return 1
    try:
        count = write_site(site, settings, arguments.raiz, arguments.destino)
    except (FileExistsError, NotADirectoryError):
        print(f"{arguments.destino} no es una carpeta vacía → elija otra, o bórrela antes")
        return 2
    print(f"{count} archivos en {arguments.destino}")
    return 0


def _index(arguments: argparse.Namespace) -> int:
    try:
        index_pages(arguments.sitio)
    except subprocess.CalledProcessError:
        print(f"No se pudo indexar {arguments.sitio} → compile antes el sitio en esa carpeta")
        return 1
    return 0


def _hold(arguments: argparse.Namespace) -> int:
    def read(path: str) -> str | None:
        file = arguments.sitio / path
        return file.read_text(encoding="utf-8") if file.is_file() else None

    catalog = check(arguments.raiz).catalog
    problems = list(check_published(catalog, Settings.from_environment(os.environ), read))
    if problems:
        print(as_text(problems))
    return 1 if problems else 0


def _seal(arguments: argparse.Namespace) -> int:
    try:
        count = seal(arguments.carpeta)
    except Unsealable as found:
        print(f"No se pudo sellar {arguments.carpeta}: {found} → quítelo y repita la orden")
        return 1
    print(f"{MANIFEST}: {count} archivos")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    found = differences(arguments.carpeta)
    for sentence in found:
        print(sentence)
    if found:
        print("La carpeta no es como se selló → descárguela o compílela de nuevo")
        return 1
    print("Cada archivo es como se selló, y no sobra ninguno.")
    return 0


def _pack(arguments: argparse.Namespace) -> int:
    try:
        size = pack(arguments.carpeta, arguments.zip, Settings.from_environment(os.environ).instante)
    except Unportable as found:
        print(*found.args, sep="\n")
        print("La copia no se empaquetó → corrija lo anterior y repita la orden")
        return 1
    print(f"{arguments.zip.name}: {size / 1e6:.1f} MB")
    return 0


def _register(arguments: argparse.Namespace) -> int:
    checked = check(arguments.raiz)
    if errors(checked.problems):
        print(as_text(errors(checked.problems)))
        return 1
    text = with_new_lines(checked.catalog, checked.register, datetime.date.today())
    added = len(text.splitlines()) - len(checked.register.splitlines())
    (arguments.raiz / REGISTER).write_text(text, encoding="utf-8", newline="\n")
    print(f"{added} direcciones nuevas en {REGISTER}")
    return 0
