"""Issue forms answered, as text: exactly what GitHub makes of one of our forms."""

from functools import cache
from pathlib import Path

from fichero.forms import FOLDER, Form, read_form

ROOT = Path(__file__).resolve().parent.parent

STEPS = """\
Paso 1: Ponga los datos a la vista (10-15 min, esencial)
Pegue en la pared los datos y las frases.
Diga: «Lean en silencio.»
Listo cuando cada persona ha leído todo.
Si se traba: no hay datos. Use tres frases textuales.

Paso 2: Escriba el problema (20 min)
Cada persona propone una frase.
Diga: «Una frase, sin soluciones.»
Listo cuando hay una frase en la pared.
Si se traba: pida que completen «Hoy no puedo…»."""

CARD = {
    "titulo": "Línea de tiempo del trámite",
    "resumen": "Se ordenan en la pared los pasos de un trámite para ver dónde se espera.",
    "necesidades": "Nadie sabe dónde se atrasa\nCada ventanilla dice otra cosa",
    "tambien": "- línea del tiempo\n- timeline",
    "fase": "Definir",
    "ciclo": "Diagnóstico, Formulación",
    "producto": "Una pared con los pasos y sus esperas",
    "se_lleva": "Mapa o esquema, Problema acordado",
    "participantes": "6-12",
    "dificultad": "Baja",
    "modalidad": "Presencial, A distancia",
    "materiales": "3 papelógrafos\n2 marcadores",
    "para-que-sirve": "Se ve dónde se espera.\n\nNadie tiene la culpa sola.",
    "uselo-cuando": "Hay quejas por la espera.\n- El trámite pasa por varias oficinas.",
    "no-lo-use-cuando": "Nadie ha hablado con la gente: haga antes una entrevista.",
    "antes-de-empezar": "Consiga tres expedientes.\n2. Reserve una pared.",
    "pasos": STEPS,
    "ejemplo-ilustrativo": "Una oficina inventada ordena los pasos de una licencia.",
}
CASE = {
    "titulo": "Un recibo que se lee",
    "resumen": "Se rediseñó el recibo y no se midió después.",
    "pais": "Chile",
    "territorio": "Todo el país",
    "sector": "Energía",
    "instituciones": "Superintendencia de Electricidad y Combustibles\nMinisterio de Energía",
    "periodo": "2014-2016",
    "metodos": "Piloto de cuatro semanas: se probó primero en un municipio.",
    "rol_labgob": "Lo ejecutó junto con otras instituciones",
    "resultado": "Sin medición",
    "fuentes": "energia-2016-12\n2. energia-2016-07",
    "el-problema": "El 51 % no entendía su recibo [1].",
    "que-se-hizo": "- Piloto en 2016 [2].\n- Todo el país, en diciembre [1].",
    "resultados": "El recibo llegó a los hogares [1][2].",
    "lo-que-no-se-sabe": "Si ahora se entiende.",
    "que-puede-aprovechar-guatemala": "Medir antes y después.",
}
CORRECTION = {
    "pagina": "https://example.org/fichero/metodos/problema-en-una-frase/#paso-1",
    "parte": "Ponga los datos a la vista",
    "version": "abc1234",
    "dice": "10 minutos\n20 minutos",
    "deberia": "15 minutos",
    "porque": "Lo hicimos tres veces.",
}
REPORT = {
    "metodo": "Problema en una frase",
    "fecha": "2026-11-03",
    "lugar": "Sololá, Sololá",
    "personas": "12",
    "idioma": "español y k'iche'",
    "minutos": "Paso 1: 15\nPaso 2: 30 min",
    "fallo": "Faltó papel: nadie lo llevó.",
}


@cache
def real_form(name: str) -> Form:
    return read_form(name, (ROOT / FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


def as_github_writes_it(name: str, answers: dict[str, str]) -> str:
    """The body of the issue: every question, each with its answer, and every box ticked."""
    parts = []
    for question in real_form(name).questions:
        ticked = "\n".join(f"- [X] {option}" for option in question.options)
        answer = ticked if question.type == "checkboxes" else answers.get(question.id) or "_No response_"
        parts.append(f"### {question.label}\n\n{answer}")
    return "\n\n".join(parts).replace("\n", "\r\n")
