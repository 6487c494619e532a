"""What a template keeps of the layout of an example."""

from collections.abc import Iterable, Iterator
from typing import Any

from octavo.domain.document import Page, Word
from octavo.domain.field import Field
from octavo.domain.geometry import BBox

MAX_WORDS = 400
"""Of one page, nearest to the values first: a form prints fewer of its own."""
DIGITS = 4


def anchors_of(pages: Iterable[Page], fields: tuple[Field, ...]) -> tuple[dict[str, Any], ...]:
    """Of each page the words that are no value, with their boxes: what the next document has in the same place.

    One object a page: `page`, `width_pt`, `height_pt`, and `words`, each `[text, x0, y0, x1, y1]`.
    """
    return tuple(_anchors(page, _values_on(page, fields)) for page in pages)


def _values_on(page: Page, fields: tuple[Field, ...]) -> list[BBox]:
    return [
        place.bbox for field in fields for place in field.places if place.page == page.number and place.bbox
    ]


def _anchors(page: Page, values: list[BBox]) -> dict[str, Any]:
    words = sorted(_own_words(page, values), key=lambda word: _distance(word.bbox, values))[:MAX_WORDS]
    return {
        "page": page.number,
        "width_pt": round(page.width_pt, 1),
        "height_pt": round(page.height_pt, 1),
        "words": [[word.text, *(round(edge, DIGITS) for edge in word.bbox.to_list())] for word in words],
    }


def _own_words(page: Page, values: list[BBox]) -> Iterator[Word]:
    for word in page.words:
        x, y = (word.bbox.x0 + word.bbox.x1) / 2, (word.bbox.y0 + word.bbox.y1) / 2
        if not any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in values):
            yield word


def _distance(box: BBox, values: list[BBox]) -> float:
    """To the nearest value, as fractions of the page."""
    return min(
        (
            max(value.x0 - box.x1, box.x0 - value.x1, 0.0) + max(value.y0 - box.y1, box.y0 - value.y1, 0.0)
            for value in values
        ),
        default=0.0,
    )
