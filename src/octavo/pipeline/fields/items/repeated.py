"""Headers and footers of pages, which stand between the entries of a table that runs over pages."""

import re

from octavo.pipeline.fields.tokens import Row
from octavo.pipeline.fields.view import PageView, View

_DIGITS = re.compile(r"\d+")
_MARGIN = 0.14
"""Of the page's height, at the top and at the bottom."""
_SIDEWAYS = 3.0
"""Times as high as wide: written along the margin."""
_PAGE_OF = re.compile(r"^(seite|page|p[aá]gina|pagina|blatt|sida|side|strona|sivu)\b.{0,20}$", re.IGNORECASE)


def is_furniture(row: Row, page: PageView, view: View) -> bool:
    """A row near the edge whose words, numbers aside, stand at the same height on another page."""
    if row.bbox.height > _SIDEWAYS * row.segments[0].bbox.width:
        return True
    if page.height_pt and _MARGIN < row.bbox.center[1] < 1 - _MARGIN:
        return False
    if _PAGE_OF.match(row.text.strip()):
        return True
    form = _DIGITS.sub("0", row.text)
    return any(
        other.number != page.number and any(_same(row, form, twin) for twin in other.rows)
        for other in view.pages[:3]
    )


def _same(row: Row, form: str, twin: Row) -> bool:
    level = abs(row.bbox.center[1] - twin.bbox.center[1]) < 0.01
    return level and _DIGITS.sub("0", twin.text) == form
