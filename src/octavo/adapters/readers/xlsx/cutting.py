"""A large sheet cut between rows into pieces, each a small sheet of its own, so that memory stays flat."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.xml import Element, each_element

WHOLE_CELLS = 100_000
"""A sheet with up to this many cells is one page."""
PIECE_CELLS = 50_000
"""Of a larger one a page has this many, and what is left of its last row."""
MOST_SHEET_CELLS = 2_000_000
"""A minute or two of reading."""
_BYTES_A_CELL = 12
"""The least that a cell with a value takes: `<c><v>1</v></c>` is 16."""
_LONGEST_MARK = 512
_MARK = re.compile(rb'<v[ >]|<is[ >]|<row\s(?:[^>]{0,400}?\s)?r="|<sheetData[^>]{0,400}>|</sheetData>')


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sheet's XML by its bytes: the head and the tail are those of the whole sheet."""

    head: int
    """Where the rows of the sheet begin."""
    start: int
    end: int
    tail: int
    """Where the rows of the sheet end."""
    is_first: bool = True
    is_last: bool = True


def cells_of(package: Package, part: str) -> int:
    """How many cells hold something, told without parsing; 0 for a sheet that is small by its size."""
    if package.size(part) < WHOLE_CELLS * _BYTES_A_CELL:
        return 0
    return sum(mark.startswith((b"<v", b"<is")) for _, mark in _marks(package, part))


def pieces_of(package: Package, part: str) -> tuple[Piece, ...]:
    """In order; none for a sheet that is read whole, and for one written so that it cannot be cut."""
    head = tail = cells = 0
    starts: list[int] = []
    for at, mark in _marks(package, part):
        if mark.startswith(b"<sheetData"):
            head = head or at + len(mark)
        elif mark == b"</sheetData>":
            tail = at
        elif mark.startswith(b"<row"):
            if not starts or cells >= PIECE_CELLS:
                starts.append(at)
                cells = 0
        else:
            cells += 1
    if not head or not tail or len(starts) < 2:
        return ()
    ends = [*starts[1:], tail]
    last = len(starts) - 1
    return tuple(
        Piece(head, head if at == 0 else start, end, tail, is_first=at == 0, is_last=at == last)
        for at, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


def stream_piece(package: Package, part: str, piece: Piece, *names: str) -> Iterator[Element]:
    """Like `Package.stream`, of a sheet that has only the rows of this piece."""
    written = bytearray()
    for at, step in _steps(package, part):
        for start, end in ((0, piece.head), (piece.start, piece.end), (piece.tail, package.size(part))):
            written += step[max(0, start - at) : max(0, end - at)]
    return each_element(io.BytesIO(bytes(written)), *names)


def _marks(package: Package, part: str) -> Iterator[tuple[int, bytes]]:
    """Where in the part each mark begins, and the mark."""
    kept, base = b"", 0
    for at, step in _steps(package, part):
        buffer = kept + step
        base = at - len(kept)
        sure = len(buffer) - _LONGEST_MARK
        reached = 0
        for found in _MARK.finditer(buffer):
            if found.start() >= sure:
                break
            yield base + found.start(), found[0]
            reached = found.end()
        reached = max(reached, sure, 0)
        kept, base = buffer[reached:], base + reached
    for found in _MARK.finditer(kept):
        yield base + found.start(), found[0]


def _steps(package: Package, part: str) -> Iterator[tuple[int, bytes]]:
    at = 0
    for step in package.steps(part):
        yield at, step
        at += len(step)
