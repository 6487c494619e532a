"""The words of a document by ids that a model can cite: `p2w17` is the 17th word of page 2."""

from collections.abc import Iterator
from dataclasses import dataclass

from octavo.pipeline.fields.tokens import Token
from octavo.pipeline.fields.view import View

_MARK = "|"
"""Between an id and its word."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a page as it is shown to a model."""

    page: int
    text: str


def words_of(view: View) -> dict[str, Token]:
    """Every word by its id, rows top to bottom, words left to right."""
    return {name: token for name, token, _ in _named(view)}


def lines_of(view: View) -> Iterator[Line]:
    """`p1w1|Invoice p1w2|4711`, four spaces where the page has a wide gap."""
    page, parts, row = 0, list[str](), None
    for name, token, (number, segment) in _named(view):
        shown = f"{name}{_MARK}{' '.join(token.text.split())}"
        if row is None or (token.page, number) != row[:2]:
            if parts:
                yield Line(page, "".join(parts))
            parts = [shown]
        else:
            parts.append(("    " if segment != row[2] else " ") + shown)
        page, row = token.page, (token.page, number, segment)
    if parts:
        yield Line(page, "".join(parts))


def _named(view: View) -> Iterator[tuple[str, Token, tuple[int, int]]]:
    """With the numbers of its row and segment."""
    for page in view.pages:
        count = 0
        for number, row in enumerate(page.rows):
            for place, segment in enumerate(row.segments):
                for token in segment.tokens:
                    count += 1
                    yield f"p{page.number}w{count}", token, (number, place)
