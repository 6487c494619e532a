"""Everything placed on a page, nested forms included, in the order it is painted."""

from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from octavo.adapters.readers.pdf import native

_DEEPEST = 12
"""Forms in forms: real files stop at 4, PDFium itself at 64 or so."""
_MOST_OBJECTS = 200_000
"""Vector maps reach 100,000; beyond this the rest of the page is not looked at."""

Matrix = tuple[float, float, float, float, float, float]
_NONE = (0, 0)
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def objects_on(page: Any, kind: int) -> Iterator[tuple[int, Matrix]]:
    """The address of each object of that `FPDF_PAGEOBJ_` kind, and the matrix from its container to user space."""
    placed_here = native.page_objects(native.address_of(page), _MOST_OBJECTS)
    if not any(found == pdfium.FPDF_PAGEOBJ_FORM for _, found in placed_here):
        yield from [(address, IDENTITY) for address, found in placed_here if found == kind]
        return
    levels = [(iter(placed_here), IDENTITY)]
    for _ in range(_MOST_OBJECTS):
        while levels and (child := next(levels[-1][0], _NONE)) is _NONE:
            levels.pop()
        if not levels:
            return
        (address, found), placed = child, levels[-1][1]
        if found == pdfium.FPDF_PAGEOBJ_FORM and len(levels) <= _DEEPEST:
            inside = times(matrix_of(address), placed)
            levels.append((iter(native.form_objects(address, _MOST_OBJECTS)), inside))
        elif found == kind:
            yield address, placed


def matrix_of(address: int) -> Matrix:
    return native.object_matrix(address) or IDENTITY


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """First `inner`, then `outer`, as PDF concatenates."""
    if outer is IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )
