"""The document as Markdown: CommonMark with pipe tables, and GitHub's task lists, alerts and footnotes.

A pure function of what the JSON says. Page headers and footers are left out, as they belong
to the paper; what runs over a page break is whole; blocks are parted by an empty line.
"""

from collections.abc import Iterable, Iterator

from octavo.domain.document import Document, Page
from octavo.exporters.field_markup import fields_markdown
from octavo.exporters.flow import FURNITURE, Passage, flow, passages
from octavo.exporters.markdown_blocks import passage_markdown
from octavo.exporters.rendering import WITHOUT_PICTURES, Rendering

OPTIONS = {
    "images": ("url", "inline", "none", "marked"),
    "fields": ("no", "yes"),
    "page_breaks": ("no", "yes"),
}
"""`marked`: a comment stands where a picture is; `page_breaks`: one where a page begins."""
PAGE_BREAK = "<!-- page {} -->"
"""With the number of the page that begins behind it."""


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8; ends with one newline unless the document has no text."""
    empty = True
    if rendering.option("fields", "no") == "yes" and (table := fields_markdown(document.fields)):
        empty = False
        yield f"{table}\n\n".encode()
    for piece in pieces(document.pages, rendering):
        empty = False
        yield piece.encode()
    if not empty:
        yield b"\n"


def pieces(pages: Iterable[Page], rendering: Rendering) -> Iterator[str]:
    """The Markdown in parts that only need to be joined, one for each block that has any."""
    if rendering.option("page_breaks", "no") == "yes":
        yield from _paged(pages, rendering)
    else:
        yield from _parted(flow(pages), rendering)


def _paged(pages: Iterable[Page], rendering: Rendering) -> Iterator[str]:
    """What runs over a break stands where it begins; a page on which nothing begins has its break all the same."""
    walked: list[int] = []
    number = 0
    for position, (passage, text) in enumerate(_said(flow(_noting(pages, walked)), rendering)):
        page = passage.places[0].page
        number = walked[0] if position == 0 else number
        breaks = [PAGE_BREAK.format(one) for one in range(number + 1, page + 1)]
        yield ("\n\n" if position else "") + "\n\n".join([*breaks, text])
        number = max(page, number)


def _noting(pages: Iterable[Page], walked: list[int]) -> Iterator[Page]:
    """The same pages; `walked` gets the number of the first."""
    for page in pages:
        if not walked:
            walked.append(page.number)
        yield page


def _said(found: Iterable[Passage], rendering: Rendering) -> Iterator[tuple[Passage, str]]:
    for passage in found:
        text = passage_markdown(passage, rendering)
        if text:
            yield passage, text


def page_markdown(page: Page, rendering: Rendering = WITHOUT_PICTURES) -> str:
    """One page for itself: of what runs over its edges, the part that is on it."""
    wanted = (passage for passage in passages(page) if passage.block.type not in FURNITURE)
    return "".join(_parted(wanted, rendering))


def _parted(found: Iterable[Passage], rendering: Rendering) -> Iterator[str]:
    for position, (_, text) in enumerate(_said(found, rendering)):
        yield "\n\n" + text if position else text
