"""What a template keeps of an example: words of its layout, and where its values stand among them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from octavo.domain.document import Page
from octavo.domain.field import Field
from octavo.pipeline.fields.learned.locate import located
from octavo.pipeline.fields.learned.sheet import Box, Sheet
from octavo.pipeline.fields.view import view_page

MAX_WORDS = 400
"""Of one page, nearest to the values first: a form prints fewer of its own."""
DIGITS = 5


def anchors_of(pages: Iterable[Page], fields: tuple[Field, ...]) -> tuple[dict[str, Any], ...]:
    """Of each page with values, the words that are none, with their boxes; the next document has most of them, too.

    One object a page: `page`, `width_pt`, `height_pt`, `words`, each `[text, x0, y0, x1, y1]`, and
    `values`, by its path the boxes of each value, a line each. Boxes are as on a `Sheet`. A value whose place
    is not known, or does not say it, is looked for; what stands nowhere is not among them.

    All pages are kept where no value was found on any.
    """
    sheets = [Sheet(view_page(page)) for page in pages]
    places = located(sheets, fields)
    kept = [sheet for sheet in sheets if places[sheet.page.number]] or sheets
    return tuple(_anchors(sheet, places[sheet.page.number]) for sheet in kept)


def _anchors(sheet: Sheet, values: Mapping[str, list[Box]]) -> dict[str, Any]:
    boxes = [box for lines in values.values() for box in lines]
    own = sorted(_own_words(sheet, boxes), key=lambda word: _distance(word[1], boxes))[:MAX_WORDS]
    return {
        "page": sheet.page.number,
        "width_pt": round(sheet.page.width_pt, 1),
        "height_pt": round(sheet.page.height_pt, 1),
        "words": [[text, *box.to_list()] for text, box in own],
        "values": {path: [box.to_list() for box in lines] for path, lines in values.items()},
    }


def _own_words(sheet: Sheet, values: list[Box]) -> Iterator[tuple[str, Box]]:
    for token, box in sheet.words:
        if not any(is_within(box, value) for value in values):
            yield token.text, box


def is_within(box: Box, other: Box) -> bool:
    """Its middle is."""
    return other.x0 <= box.center <= other.x1 and other.y0 <= box.middle <= other.y1


def _distance(box: Box, values: list[Box]) -> float:
    """To the nearest value."""
    return min(
        (
            max(value.x0 - box.x1, box.x0 - value.x1, 0.0) + max(value.y0 - box.y1, box.y0 - value.y1, 0.0)
            for value in values
        ),
        default=0.0,
    )
