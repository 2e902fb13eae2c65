"""What a page says to whoever reads it down to the end."""

from playwright.sync_api import Page

# What is far below is laid out when someone gets near it (`content-visibility`), and until then `innerText` has it or
# not, as it comes: here it is all laid out, as for a reader who has scrolled by.
READ = """without => {
  document.querySelectorAll(".fila").forEach(row => { row.style.contentVisibility = "visible"; });
  document.querySelectorAll(without).forEach(part => { part.style.display = "none"; });
  return document.querySelector("main").innerText;
}"""


def text_of(page: Page, *, without: str = "noscript") -> str:
    """The visible text of the content of a page, on the screen or further down, less the parts `without` selects."""
    return str(page.evaluate(READ, without))
