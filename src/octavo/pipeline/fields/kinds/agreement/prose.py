"""The document as running text, with the words each stretch of it was made of."""

from bisect import bisect_right
from dataclasses import dataclass

from octavo.pipeline.fields.view import Token, View

_MOST_LETTERS = 400_000


@dataclass(frozen=True, slots=True)
class Prose:
    text: str
    """Words with single spaces; a new row is a space, a wide gap between rows a line feed."""
    _starts: tuple[int, ...]
    _tokens: tuple[Token, ...]

    def tokens(self, start: int, end: int) -> tuple[Token, ...]:
        first = max(0, bisect_right(self._starts, start) - 1)
        found = []
        for at in range(first, len(self._starts)):
            if self._starts[at] >= end:
                break
            if self._starts[at] + len(self._tokens[at].text) > start:
                found.append(self._tokens[at])
        return tuple(found)


def prose_of(view: View) -> Prose:
    parts: list[str] = []
    starts: list[int] = []
    tokens: list[Token] = []
    at, bottom, page = 0, 0.0, 0
    for row in view.rows:
        if at:
            gap = row.bbox.y0 - bottom
            parts.append("\n" if row.page == page and gap > 0.7 * row.bbox.height else " ")
            at += 1
        for number, token in enumerate(row.tokens):
            if number:
                parts.append(" ")
                at += 1
            starts.append(at)
            tokens.append(token)
            parts.append(token.text)
            at += len(token.text)
        bottom, page = row.bbox.y1, row.page
        if at > _MOST_LETTERS:
            break
    return Prose("".join(parts), tuple(starts), tuple(tokens))
