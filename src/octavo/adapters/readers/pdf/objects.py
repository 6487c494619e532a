"""Everything placed on a page, nested forms included, in the order it is painted."""

from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as pdfium

_DEEPEST = 12
"""Forms in forms: real files stop at 4, PDFium itself at 64 or so."""
_MOST_OBJECTS = 200_000
"""Vector maps reach 100,000; beyond this the rest of the page is not looked at."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def objects_on(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """Each object, its `FPDF_PAGEOBJ_` kind, and the matrix from its container to user space."""
    count = pdfium.FPDFPage_CountObjects(page)
    levels = [(_children(pdfium.FPDFPage_GetObject, page, count), IDENTITY)]
    for _ in range(_MOST_OBJECTS):
        while levels and (obj := next(levels[-1][0], None)) is None:
            levels.pop()
        if not levels:
            return
        kind, placed = pdfium.FPDFPageObj_GetType(obj), levels[-1][1]
        if kind == pdfium.FPDF_PAGEOBJ_FORM and len(levels) <= _DEEPEST:
            count = pdfium.FPDFFormObj_CountObjects(obj)
            inside = times(matrix_of(obj), placed)
            levels.append((_children(pdfium.FPDFFormObj_GetObject, obj, count), inside))
        else:
            yield obj, kind, placed


def matrix_of(obj: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(obj, matrix):
        return IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """First `inner`, then `outer`, as PDF concatenates."""
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


def _children(get: Callable[[Any, int], Any], parent: Any, count: int) -> Iterator[Any]:
    return (obj for index in range(count) if (obj := get(parent, index)))
