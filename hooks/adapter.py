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
from mkdocs.utils import get_relative_url

from fichero import __version__
from fichero.html import Forbidden, check_allowed, compact_css
from fichero.link import GLOSSARY_PAGE
from fichero.pipeline import compile_site
from fichero.problems import as_text, errors
from fichero.settings import Settings

log = get_plugin_logger("fichero")

# No other host, no inline script, no inline style. 'wasm-unsafe-eval' is for the full-text search.
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
SERVING = "FICHERO_SERVIR"


def on_startup(command: str, **_: object) -> None:
    """Remember for the process that this is the live preview, whose reload is an inline script."""
    if command == "serve":
        os.environ[SERVING] = "1"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take the addresses from the environment, so that a fork publishes under its own."""
    settings = Settings.from_environment(os.environ)
    config.site_url = config.site_url or settings.sitio
    config.repo_url = settings.repositorio or None
    config.theme.static_templates.discard("sitemap.xml")  # ours has the true dates
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Replace the Markdown of docs/ by the compiled site: every page in memory, every data file."""
    root = Path(config.config_file_path).parent
    site = compile_site(root, Settings(config.site_url or "", config.repo_url or ""))
    report = log.error if errors(site.checked.problems) else log.info
    report("%s", as_text(site.checked.problems))
    if errors(site.checked.problems):
        raise PluginError("La revisión encontró errores: el sitio no se publica hasta corregirlos.")
    for file in list(files.documentation_pages()):
        files.remove(file)
    for uri, text in site.pages.items():
        page = File.generated(config, uri, content=text, inclusion=InclusionLevel.INCLUDED)
        files.append(page)
    for uri, content in site.files.items():
        files.append(File.generated(config, uri, content=content, inclusion=InclusionLevel.INCLUDED))
    config.extra["fichero"] = {
        "marker": site.marker,
        "version": __version__,
        "commit": site.checked.catalog.history.commit,
        "csp": POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
        if SERVING in os.environ
        else POLICY,
    }
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Mark glossary terms; refuse what is not on the allow-list."""
    marker = config.extra["fichero"]["marker"]
    glossary = files.get_file_from_path(GLOSSARY_PAGE)
    if glossary and page.meta.get("tipo") in ("metodo", "caso", "guia"):
        html = marker.mark(html, get_relative_url(glossary.url, page.url))
    try:
        check_allowed(html)
    except Forbidden as found:
        raise PluginError(f"{page.meta.get('archivo', page.file.src_uri)}: la página publicaría {found}.") from found
    return html


def on_post_build(config: MkDocsConfig) -> None:
    """Compact the stylesheets: every page waits for one."""
    for style in Path(config.site_dir, "assets").glob("*.css"):
        style.write_text(compact_css(style.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def on_serve(server: object, **_: object) -> object:
    """Python changes need a restart: say so instead of serving old code silently."""
    log.info("Si cambia algo en hooks/, detenga el servidor (Ctrl+C) y vuelva a iniciarlo.")
    return server
