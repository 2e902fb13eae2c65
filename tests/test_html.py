"""What is done to an article's HTML: terms marked where they first occur, everything else refused."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichero.html import Forbidden, Marker, compact_css, finish, with_index_files
from fichero.model import Term


def term(id: str, *forms: str) -> Term:
    return Term(id=id, termino=id, definicion="Una definición.", fuentes=("fuente",), formas=forms)


NO_TERMS = Marker(())
MARKER = Marker(
    (
        term("piloto", "piloto", "prueba piloto"),
        term("linea-base", "línea de base", "línea base"),
        term("poa", "POA", "plan operativo anual"),
        term("katun", "K'atun"),
        term("sin-formas"),
    )
)


def mark(html: str) -> str:
    """The article with each mark shown as [words](id)."""
    made = finish(html, MARKER, "../glosario/")
    return re.sub(r'<a class="termino" href="\.\./glosario/#([a-z-]+)">(.*?)</a>', r"[\2](\1)", made)


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>Haga un piloto.</p>", "<p>Haga un [piloto](piloto).</p>"),
        ("<p>PILOTO, Piloto</p>", "<p>[PILOTO](piloto), Piloto</p>"),
        ("<p>La línea de base</p>", "<p>La [línea de base](linea-base)</p>"),
        ("<p>La prueba piloto</p>", "<p>La [prueba piloto](piloto)</p>"),
        ("<p>piloto</p><p>piloto</p>", "<p>[piloto](piloto)</p><p>piloto</p>"),
        ("<p>piloto</p><p>prueba piloto</p>", "<p>[piloto](piloto)</p><p>prueba piloto</p>"),
        ("<p>El K’atun</p>", "<p>El [K’atun](katun)</p>"),
        ("<p>El POA</p>", "<p>El [POA](poa)</p>"),
        ("<p>El poa y el Poa</p>", "<p>El poa y el Poa</p>"),
        (
            "<p>pilotos, copiloto, piloto-uno, pre-piloto, pilotó</p>",
            "<p>pilotos, copiloto, piloto-uno, pre-piloto, pilotó</p>",
        ),
        ("<p>«piloto»</p>", "<p>«[piloto](piloto)»</p>"),
        ("<p>a <em>piloto</em> b</p>", "<p>a <em>[piloto](piloto)</em> b</p>"),
        ("<p><em>uno</em> piloto</p>", "<p><em>uno</em> [piloto](piloto)</p>"),
        ("piloto <p>uno</p>", "[piloto](piloto) <p>uno</p>"),
        ("<p>&lt;b&gt; piloto &amp; más</p>", "<p>&lt;b&gt; [piloto](piloto) &amp; más</p>"),
        ("", ""),
    ],
)
def test_a_term_is_marked_the_first_time_it_is_written(html: str, marked: str) -> None:
    assert mark(html) == marked


@pytest.mark.parametrize(
    "html",
    [
        '<a href="x/">piloto</a>',
        '<a href="x/"><em>un piloto</em></a>',
        "<h1>Piloto</h1>",
        "<h2>Haga un <em>piloto</em></h2>",
        "<h3>Piloto</h3>",
        "<h4>Piloto</h4>",
        "<code>piloto</code>",
        "<pre><code>piloto</code></pre>",
        "<summary>Piloto</summary>",
        "<button>Piloto</button>",
        "<label>Piloto</label>",
        "<dl><dt>Piloto</dt></dl>",
        "<svg><title>Piloto</title></svg>",
        "<blockquote><p>Piloto</p></blockquote>",
        '<p class="promesa">Un piloto</p>',
        '<div class="otra hechos"><p>Un piloto</p></div>',
    ],
)
def test_a_term_is_not_marked_inside_links_titles_code_labels_or_quotes(html: str) -> None:
    assert mark(html) == html
    assert mark(f"{html}<p>piloto</p>") == f"{html}<p>[piloto](piloto)</p>", "but it is after them"


def test_terms_without_forms_are_never_marked() -> None:
    assert mark("<p>sin-formas</p>") == "<p>sin-formas</p>"


PIECES = [
    "piloto",
    "prueba ",
    "línea de base",
    "POA",
    " ",
    ", ",
    "<em>",
    "</em>",
    "<p>",
    "</p>",
    "&amp;",
    "«",
    "K’atun",
]


@given(st.lists(st.sampled_from([piece for piece in PIECES if "<" not in piece]), max_size=12))
def test_the_words_around_a_mark_do_not_change(pieces: list[str]) -> None:
    text = "".join(pieces)
    made = finish(f"<p>{text}</p><p>{text}</p>", MARKER, "../glosario/")

    assert re.sub(r"</?a[^>]*>", "", made) == f"<p>{text}</p><p>{text}</p>"
    for id in ("piloto", "linea-base", "poa", "katun"):
        assert made.count(f'#{id}"') <= 1


@pytest.mark.parametrize(
    "html",
    [
        '<p>Texto con <strong>todo</strong> y <em lang="quc">winaq</em>.</p>',
        '<a href="../casos/x/#fuente">uno</a>',
        '<a href="https://www.cepal.org/es?a=b&amp;c=d">uno</a>',
        '<a href="mailto:ana@example.org">uno</a>',
        '<a href="#paso-1">uno</a>',
        '<a href="?fase=definir">uno</a>',
        '<a href="a/b:c">uno</a>',
        '<img src="../mapa.png" alt="Mapa">',
        '<svg viewBox="0 0 1 1" fill="none"><path d="M0 0" stroke-width="2"/></svg>',
        '<svg><path fill="#0B5C73" stroke="currentColor"/><path fill="url(#trama)" stroke="rgb(0, 0, 0)"/></svg>',
        '<p data-minutos="60" aria-label="x" hidden>uno</p>',
        "<br><hr>",
        "5 &lt; 6",
    ],
)
def test_what_the_templates_and_markdown_make_is_published_as_it_is(html: str) -> None:
    assert finish(html, NO_TERMS, "") == html


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        "<scr\nipt>",
        '<p onclick="x">a</p>',
        '<p OnClick="x">a</p>',
        "<p onclick=x>a</p>",
        '<p\nonclick="x">a</p>',
        '<p/onclick="x">a</p>',
        '<p class="a"onclick="x">a</p>',
        '<p style="color: red">a</p>',
        "<style>p {}</style>",
        '<iframe src="x"></iframe>',
        '<base href="//example.org/">',
        '<meta http-equiv="refresh">',
        '<link rel="stylesheet" href="x">',
        '<object data="x"></object>',
        '<embed src="x">',
        '<form action="https://example.org/"><input></form>',
        '<button formaction="x">a</button>',
        '<img src="x" onerror="alert(1)">',
        '<img src="x" srcset="y">',
        '<body onload="x">',
        '<html onclick="x">',
        "<template></template>",
        "<math></math>",
        "<noscript></noscript>",
        '<svg><animate attributeName="href" values="javascript:x"/></svg>',
        '<svg><a xlink:href="javascript:x">a</a></svg>',
        "<svg><title><script>alert(1)</script></title></svg>",
        "<svg><foreignObject></foreignObject></svg>",
        '<svg><path fill="url(https://ladron.example/a.svg#a)"/></svg>',
        '<svg><path FILL="URL(//ladron.example/a)"/></svg>',
        '<svg><path stroke="&#117;rl(https://ladron.example/a)"/></svg>',
        '<svg><path stroke="\\75rl(https://ladron.example/a)"/></svg>',
        '<svg><path stroke="url(#a) url(https://ladron.example/a)"/></svg>',
        '<svg><path filter="url(#a)"/></svg>',
        "<!-- comentario -->",
        "<!--><script>alert(1)</script>-->",
        "<!DOCTYPE html>",
        "<?php x ?>",
        "<![CDATA[<script>]]>",
        "<div>" * 300 + "<script>" + "</div>" * 300,
        "<p>a\x00</p><script>alert(1)</script>",
        '<a href="javascript:alert(1)">a</a>',
        '<img src="https://ladron.example/a.png" alt="a">',
        '<img src="//ladron.example/a.png" alt="a">',
        '<img src="&#47;/ladron.example/a.png" alt="a">',
        '<img src="/\\ladron.example/a.png" alt="a">',
        '<a href="JaVaScRiPt:alert(1)">a</a>',
        '<a href="java\tscript:alert(1)">a</a>',
        '<a href="java\nscript:alert(1)">a</a>',
        '<a href="java\rscript:alert(1)">a</a>',
        '<a href=" \x01javascript:alert(1)">a</a>',
        '<a href="java&#x0A;script:alert(1)">a</a>',
        '<a href="java&Tab;script:alert(1)">a</a>',
        '<a href="&#106;avascript:alert(1)">a</a>',
        '<a href="javascript&colon;alert(1)">a</a>',
        '<a href="x" href="javascript:alert(1)">a</a>',
        '<a href="vbscript:x">a</a>',
        '<a href="data:text/html,x">a</a>',
        '<a href="file:///etc/passwd">a</a>',
        '<img src="data:image/svg+xml,x">',
        "<a href='javascript:alert(1)'>a</a>",
        "<p>sin cerrar",
        "<p>mal</em></p>",
        "</p>",
        "5 < 6",
        "<p",
    ],
)
def test_nothing_else_is_published(html: str) -> None:
    with pytest.raises(Forbidden) as refused:
        finish(html, MARKER, "../glosario/")
    assert str(refused.value)


HOSTILE = ["<", ">", "p", "a", " ", "href", "=", '"', "'", "/", "script", "onclick", "javascript:", "&#106;", "\t"]


@given(st.lists(st.sampled_from([*HOSTILE, "\x00", "!--", "b", "svg", "piloto"]), max_size=14))
def test_any_text_is_refused_or_published_with_nothing_that_runs(pieces: list[str]) -> None:
    try:
        made = finish("".join(pieces), MARKER, "../glosario/")
    except Forbidden:
        return
    for name, attributes in re.findall(r"<([a-zA-Z][^\s/>]*)([^>]*)>", made):
        assert name.lower() not in ("script", "style", "iframe")
        assert not re.search(r"(?i)[\s/]on\w+\s*=", attributes)
        assert "javascript:" not in re.sub(r"[\x00-\x20]", "", unescape(attributes)).lower()


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ('<a href="../x/">', '<a href="../x/index.html">'),
        ('<a href="../x/#paso-1">', '<a href="../x/index.html#paso-1">'),
        ('<a href="../x/?fase=definir">', '<a href="../x/index.html?fase=definir">'),
        ('<a class="b" href="./">', '<a class="b" href="./index.html">'),
        ('<a href="..">', '<a href="../index.html">'),
        ('<a href="#paso-1">', '<a href="#paso-1">'),
        ('<a href="a.csv">', '<a href="a.csv">'),
        ('<a href="https://example.org/">', '<a href="https://example.org/">'),
        ('<img src="x/">', '<img src="x/">'),
        ('<form class="caja" action="../buscar/">', '<form class="caja" action="../buscar/index.html">'),
        ('<form action="./" role="search">', '<form action="./index.html" role="search">'),
    ],
)
def test_in_the_copy_without_network_a_link_to_a_folder_names_its_index(html: str, made: str) -> None:
    assert with_index_files(html) == made


@pytest.mark.parametrize(
    ("css", "compact"),
    [
        ("a { color: red; }\n", "a{color:red}"),
        ("/* uno */ a,\n b { margin: 0 auto; padding: 0 }", "a,b{margin:0 auto;padding:0}"),
        (
            "@media (min-width: 4em) { a { width: calc(1px + 2px) } }",
            "@media (min-width:4em){a{width:calc(1px + 2px)}}",
        ),
        ("a b > c { x: y }", "a b > c{x:y}"),
        ("", ""),
    ],
)
def test_a_stylesheet_loses_its_comments_and_idle_spaces(css: str, compact: str) -> None:
    assert compact_css(css) == compact
