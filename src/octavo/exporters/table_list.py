"""Every table of the document as JSON Lines: its caption, its pages, its headers, its rows as text.

The numbers of charts are tables too; what runs over a page break is one.
"""

from collections.abc import Iterator

import orjson

from octavo.domain.document import Document
from octavo.exporters.records import tables
from octavo.exporters.rendering import Rendering


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8, one object a line, in reading order; nothing for a document without tables.

    Every row has a text for each column; a cell that spans several has it in the first.
    """
    del rendering
    for table in tables(document.pages):
        line = {
            "number": table.number,
            "caption": table.caption or None,
            "pages": list(table.page_numbers),
            "headers": list(table.grid.headers),
            "rows": list(table.grid.body_texts),
            "failed_checks": list(table.failed_checks),
        }
        yield orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
