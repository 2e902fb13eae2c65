"""The only file that knows MkDocs. It hands the core a folder and gives MkDocs what comes back.

It decides nothing and keeps nothing: what one event makes for a later one travels in MkDocs' own `config.extra`,
which is new for every build. Every name here that begins with `on_` is an event.
"""

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from fichero import __version__
from fichero.ahead import articles
from fichero.html import Forbidden, compact_css, policy, with_index_files
from fichero.pipeline import compile_site
from fichero.problems import as_text, errors
from fichero.settings import Misconfigured, Settings

log = get_plugin_logger("fichero")

# The style every page begins with, in the page itself: over a slow network another trip costs more than its bytes.
STYLE = Path(__file__).parent / "theme" / "assets" / "fichero.css"
SERVING = "FICHERO_SERVIR"


def on_startup(command: str, **_: object) -> None:
    """Remember for the process that this is the live preview, whose reload is an inline script."""
    if command == "serve":
        os.environ[SERVING] = "1"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take the addresses from the environment, so that a fork publishes under its own."""
    try:
        settings = Settings.from_environment(os.environ)
    except Misconfigured as wrong:
        raise PluginError(str(wrong)) from wrong
    config.site_url = config.site_url or settings.sitio
    config.repo_url = settings.repositorio or None
    config.theme.static_templates.discard("sitemap.xml")
    if settings.sin_red:
        config.theme.static_templates.discard("404.html")  # only a server shows it
    config.extra["ajustes"] = settings
    if settings.sin_qr:
        log.info("%s", settings.sin_qr)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Replace the Markdown of docs/ by the compiled site: every page in memory."""
    site = compile_site(Path(config.config_file_path).parent, config.extra["ajustes"])
    wrong = errors(site.checked.problems)
    (log.error if wrong else log.info)("%s", as_text(site.checked.problems))
    if wrong:
        raise PluginError("La revisión encontró errores: el sitio no se publica hasta corregirlos.")
    for file in [*files.documentation_pages(), *filter(None, [files.get_file_from_path("sitemap.xml")])]:
        files.remove(file)  # ours take their place; MkDocs' own sitemap is without dates
    for uri in site.pages:
        files.append(File.generated(config, uri, content="", inclusion=InclusionLevel.INCLUDED))
    style = compact_css(STYLE.read_text(encoding="utf-8"))
    config.extra["fichero"] = {
        "pages": site.pages,
        "articles": articles(site.pages, alone=SERVING in os.environ),
        "files": site.files,
        "version": __version__,
        "commit": site.checked.catalog.history.commit,
        "style": style,
        "csp": policy(style, serving=SERVING in os.environ),
    }
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Give the theme what it needs to know about the page, which it would else read from a header."""
    page.meta = dict(config.extra["fichero"]["pages"][page.file.src_uri].about)
    return markdown


def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, **_: object) -> TemplateContext:
    """Give the theme the article, made at the moment it is written."""
    uri = page.file.src_uri
    try:
        path, context["articulo"] = next(config.extra["fichero"]["articles"])  # type: ignore[typeddict-unknown-key]
    except Forbidden as found:
        about = config.extra["fichero"]["pages"][uri].about
        raise PluginError(f"{about.get('archivo', uri)}: la página publicaría {found}.") from found
    assert path == uri, f"{uri} is written out of order: {path} was next"
    return context


def on_post_page(output: str, config: MkDocsConfig, **_: object) -> str:
    """Name index.html in the links of the copy without network."""
    return with_index_files(output) if config.extra["ajustes"].sin_red else output


def on_post_build(config: MkDocsConfig) -> None:
    """Write the data files; compact the stylesheets that stay in files."""
    config.extra["fichero"]["articles"].close()
    for uri, content in config.extra["fichero"]["files"]():
        path = Path(config.site_dir, uri)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    Path(config.site_dir, "assets", STYLE.name).unlink(missing_ok=True)
    for style in Path(config.site_dir, "assets").glob("*.css"):
        style.write_text(compact_css(style.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def on_serve(server: object, **_: object) -> object:
    """Python changes need a restart: say so instead of serving old code silently."""
    log.info("Si cambia algo en hooks/, detenga el servidor (Ctrl+C) y vuelva a iniciarlo.")
    return server
