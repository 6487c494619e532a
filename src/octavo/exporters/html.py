"""The document as one HTML file that needs nothing else: no script, its own style, pictures inside unless asked.

The fields stand before the text. Running text without page headers and footers; where a page began stands a page break of the
kind that reading aids know (`doc-pagebreak`), with the id `page-<n>`. Blocks keep their ids.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from octavo.domain.document import Document, Page
from octavo.exporters import markup
from octavo.exporters.field_markup import fields_html
from octavo.exporters.flow import Passage, flow
from octavo.exporters.html_blocks import passage_html
from octavo.exporters.html_style import STYLE
from octavo.exporters.rendering import Rendering

_POLICY = "default-src 'none'; img-src * data:; style-src 'unsafe-inline'"
"""Whatever a document may contain, it is shown and never run."""


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8, HTML that is also well-formed XML but for the first line."""
    pages = iter(document.pages)
    first = list(islice(pages, 1))
    yield _head(document, first).encode()
    if rendering.option("fields", "yes") == "yes":
        yield fields_html(document.fields).encode()
    for part in _body(flow(chain(first, pages), tied_captions=False), rendering):
        yield part.encode()
    yield b"</main>\n</body>\n</html>\n"


def _head(document: Document, first: list[Page]) -> str:
    language = next((page.language for page in first if page.language), None)
    described = [
        markup.empty("meta", {"charset": "utf-8"}),
        markup.empty("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        markup.empty("meta", {"name": "viewport", "content": "width=device-width"}),
        markup.empty("meta", {"name": "generator", "content": "Octavo"}),
        markup.element("title", markup.text(title_of(document, first))),
        markup.element("style", STYLE),
    ]
    opened = markup.opening("html", {"lang": language})
    return f"<!DOCTYPE html>\n{opened}\n<head>\n" + "\n".join(described) + "\n</head>\n<body>\n<main>\n"


def title_of(document: Document, first: Iterable[Page]) -> str:
    """The document's own title where its first page has it, else the name of its file."""
    titles = (block.text for page in first for block in page.blocks if block.role == "title")
    return " ".join((next(titles, "") or document.source.filename or "").split()) or "Document"


def _body(found: Iterable[Passage], rendering: Rendering) -> Iterator[str]:
    reached = 0
    for passage in found:
        numbers = passage.page_numbers
        if numbers[0] > reached:
            reached = numbers[0]
            yield _page_break(reached)
        yield passage_html(passage, rendering) + "\n"
        for number in numbers[1:]:
            if number > reached:
                reached = number
                yield _page_break(number)


def _page_break(number: int) -> str:
    place = {"class": "page", "id": f"page-{number}", "role": "doc-pagebreak", "aria-label": f"Page {number}"}
    return markup.element("div", "", place) + "\n"
