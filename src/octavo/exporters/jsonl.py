"""The text as JSON Lines, for tools that take records: `id` and `data` in each.

One record for the whole document, its running text without page headers and footers; or one a page.
"""

from collections.abc import Iterator
from pathlib import PurePath

import orjson

from octavo.domain.document import Document
from octavo.exporters.flow import flow
from octavo.exporters.rendering import Rendering

OPTIONS = {"records": ("document", "pages")}


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8, one object a line. `id` is the file's name without its ending, and the page's number."""
    name = PurePath(document.source.filename or "document").stem
    if rendering.option("records", "document") == "pages":
        for page in document.pages:
            yield _line(f"{name}-{page.number}", page.text)
        return
    yield b'{"id":' + orjson.dumps(name) + b',"data":"'
    before = ""
    for passage in flow(document.pages):
        if passage.block.text:
            yield orjson.dumps(before + passage.block.text)[1:-1]
            before = "\n\n"
    yield b'"}\n'


def _line(id_: str, text: str) -> bytes:
    return orjson.dumps({"id": id_, "data": text}, option=orjson.OPT_APPEND_NEWLINE)
