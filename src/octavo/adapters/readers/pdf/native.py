"""PDFium's C functions, called the way that is cheap from Python.

A page has thousands of characters and each question about one is a C call.
These functions make those calls in one C-driven loop that writes straight into a
NumPy array, at a third of what the generated bindings cost.

Handles are plain addresses (int) here; 0 is PDFium's NULL.
"""

import ctypes
from collections import deque
from collections.abc import Iterable
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

_HANDLE = ctypes.c_size_t
_INT = ctypes.c_int
_TWO = _INT * 2
_FOUR = ctypes.c_uint * 4
_SIX = ctypes.c_float * 6


def _direct(name: str, result: Any, *arguments: Any) -> Any:
    """The C function without argument conversion; it keeps the GIL, because it is shorter than a switch."""
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_char_code = _direct("FPDFText_GetUnicode", ctypes.c_uint, _HANDLE, _INT)
_text = _direct("FPDFText_GetText", _INT, _HANDLE, _INT, _INT, _HANDLE)
_char_unmapped = _direct("FPDFText_HasUnicodeMapError", _INT, _HANDLE, _INT)
_char_generated = _direct("FPDFText_IsGenerated", _INT, _HANDLE, _INT)
_char_object = _direct("FPDFText_GetTextObject", _HANDLE, _HANDLE, _INT)
_char_origin = _direct("FPDFText_GetCharOrigin", _INT, _HANDLE, _INT, _HANDLE, _HANDLE)
_char_loose_box = _direct("FPDFText_GetLooseCharBox", _INT, _HANDLE, _INT, _HANDLE)
_char_box = _direct("FPDFText_GetCharBox", _INT, _HANDLE, _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
_char_matrix = _direct("FPDFText_GetMatrix", _INT, _HANDLE, _INT, _HANDLE)
_char_font_size = _direct("FPDFText_GetFontSize", ctypes.c_double, _HANDLE, _INT)
_object_font = _direct("FPDFTextObj_GetFont", _HANDLE, _HANDLE)
_object_render_mode = _direct("FPDFTextObj_GetTextRenderMode", _INT, _HANDLE)
_page_count = _direct("FPDFPage_CountObjects", _INT, _HANDLE)
_page_object = _direct("FPDFPage_GetObject", _HANDLE, _HANDLE, _INT)
_form_count = _direct("FPDFFormObj_CountObjects", _INT, _HANDLE)
_form_object = _direct("FPDFFormObj_GetObject", _HANDLE, _HANDLE, ctypes.c_ulong)
_object_kind = _direct("FPDFPageObj_GetType", _INT, _HANDLE)
_object_matrix = _direct("FPDFPageObj_GetMatrix", _INT, _HANDLE, _HANDLE)
_draw_mode = _direct("FPDFPath_GetDrawMode", _INT, _HANDLE, _HANDLE, _HANDLE)
_fill_colour = _direct("FPDFPageObj_GetFillColor", _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
_stroke_colour = _direct("FPDFPageObj_GetStrokeColor", _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
_stroke_width = _direct("FPDFPageObj_GetStrokeWidth", _INT, _HANDLE, _HANDLE)
_path_count = _direct("FPDFPath_CountSegments", _INT, _HANDLE)
_path_segment = _direct("FPDFPath_GetPathSegment", _HANDLE, _HANDLE, _INT)
_clip_of = _direct("FPDFPageObj_GetClipPath", _HANDLE, _HANDLE)
_clip_paths = _direct("FPDFClipPath_CountPaths", _INT, _HANDLE)
_clip_count = _direct("FPDFClipPath_CountPathSegments", _INT, _HANDLE, _INT)
_clip_segment = _direct("FPDFClipPath_GetPathSegment", _HANDLE, _HANDLE, _INT, _INT)
_segment_point = _direct("FPDFPathSegment_GetPoint", _INT, _HANDLE, _HANDLE, _HANDLE)
_segment_kind = _direct("FPDFPathSegment_GetType", _INT, _HANDLE)
_segment_closes = _direct("FPDFPathSegment_GetClose", _INT, _HANDLE)


def address_of(pointer: Any) -> int:
    """The address behind a handle of the generated bindings."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def char_codes(text_page: int, count: int) -> NDArray[np.uint32]:
    """Unicode of every character, generated spaces and line ends included.

    One call gives them all unless PDFium leaves some out of its text (it then says fewer) or one
    needs two UTF-16 units.
    """
    units = np.zeros(count + 1, np.uint16)
    written = _text(text_page, 0, count, units.ctypes.data) - 1
    if written == count and not ((units >= 0xD800) & (units <= 0xDFFF)).any():
        return units[:count].astype(np.uint32)
    return np.fromiter(map(_char_code, repeat(text_page), range(count)), np.uint32, count)


def char_unmapped(text_page: int, index: int) -> bool:
    """True where the font gives no Unicode, so that the code is only the font's own number."""
    return bool(_char_unmapped(text_page, index) == 1)


def chars_unmapped(text_page: int, indices: list[int]) -> NDArray[np.bool_]:
    answers = np.fromiter(map(_char_unmapped, repeat(text_page), indices), np.int8, len(indices))
    return np.equal(answers, 1)


def is_generated(text_page: int, index: int) -> bool:
    """True for a space or line end that PDFium made up from a gap."""
    return bool(_char_generated(text_page, index) == 1)


def char_objects(text_page: int, indices: list[int]) -> NDArray[np.uint64]:
    """The text object each character belongs to; 0 for what PDFium generated."""
    return np.fromiter(map(_char_object, repeat(text_page), indices), np.uint64, len(indices))


def char_origins(text_page: int, indices: list[int]) -> NDArray[np.float64]:
    """Where characters stand on their baseline: len(indices) x (x, y)."""
    points = np.zeros((len(indices), 2), np.float64)
    start, stop = points.ctypes.data, points.ctypes.data + 16 * len(indices)
    xs, ys = range(start, stop, 16), range(start + 8, stop + 8, 16)
    deque(map(_char_origin, repeat(text_page), indices, xs, ys), maxlen=0)
    return points


def char_loose_boxes(text_page: int, indices: list[int]) -> NDArray[np.float32]:
    """Advance width x font height of characters: len(indices) x (left, top, right, bottom)."""
    boxes = np.zeros((len(indices), 4), np.float32)
    start = boxes.ctypes.data
    targets = range(start, start + 16 * len(indices), 16)
    deque(map(_char_loose_box, repeat(text_page), indices, targets), maxlen=0)
    return boxes


def char_tight_box(text_page: int, index: int) -> tuple[float, float, float, float]:
    """The ink of one character: left, top, right, bottom."""
    edges = np.zeros(4, np.float64)
    start = edges.ctypes.data
    _char_box(text_page, index, start, start + 16, start + 24, start + 8)
    return float(edges[0]), float(edges[1]), float(edges[2]), float(edges[3])


def char_matrices(text_page: int, indices: list[int]) -> NDArray[np.float32]:
    """The text matrix at some characters: len(indices) x (a, b, c, d, e, f)."""
    matrices = np.zeros((len(indices), 6), np.float32)
    start = matrices.ctypes.data
    targets = range(start, start + 24 * len(indices), 24)
    deque(map(_char_matrix, repeat(text_page), indices, targets), maxlen=0)
    return matrices


def char_font_sizes(text_page: int, indices: list[int]) -> NDArray[np.float64]:
    """The font size before the text matrix is applied."""
    return np.fromiter(map(_char_font_size, repeat(text_page), indices), np.float64, len(indices))


def object_fonts(text_objects: list[int]) -> list[int]:
    return list(map(_object_font, text_objects))


def object_render_modes(text_objects: list[int]) -> NDArray[np.int64]:
    """PDF text render modes; 3 and 7 paint nothing."""
    return np.fromiter(map(_object_render_mode, text_objects), np.int64, len(text_objects))


def object_fills(text_objects: list[int]) -> NDArray[np.uint32]:
    """Red, green, blue and alpha of each, 0-255; all of them 0 for a pattern."""
    count = len(text_objects)
    parts = np.zeros((count, 4), np.uint32)
    start, stop = parts.ctypes.data, parts.ctypes.data + 16 * count
    targets = [range(start + at, stop + at, 16) for at in (0, 4, 8, 12)]
    known = np.fromiter(map(_fill_colour, text_objects, *targets), np.bool_, count)
    parts[~known] = 0
    return parts


def font_facts(font: int) -> tuple[str, int, int]:
    """Base font name, PDF descriptor flags, and weight as PDFium estimates it (400 is regular)."""
    pointer = ctypes.cast(font, pdfium.FPDF_FONT)
    size = pdfium.FPDFFont_GetBaseFontName(pointer, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFFont_GetBaseFontName(pointer, buffer, size)
    name = buffer.value.decode("utf-8", "replace")
    return name, max(0, pdfium.FPDFFont_GetFlags(pointer)), pdfium.FPDFFont_GetWeight(pointer)


def page_objects(page: int, most: int) -> list[tuple[int, int]]:
    """The objects on a page, in the order they are painted, and their `FPDF_PAGEOBJ_` kinds."""
    return _with_kinds(map(_page_object, repeat(page), range(min(most, _page_count(page)))))


def form_objects(form: int, most: int) -> list[tuple[int, int]]:
    """Those inside a form, as `page_objects` gives them."""
    return _with_kinds(map(_form_object, repeat(form), range(min(most, _form_count(form)))))


def _with_kinds(objects: Iterable[int]) -> list[tuple[int, int]]:
    found = [address for address in objects if address]
    return list(zip(found, map(_object_kind, found), strict=True))


def object_at(address: int) -> Any:
    """The handle that the generated bindings want."""
    return ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)


def object_matrix(obj: int) -> tuple[float, float, float, float, float, float] | None:
    """The object's own, into its container."""
    parts = _SIX()
    if not _object_matrix(obj, ctypes.addressof(parts)):
        return None
    a, b, c, d, e, f = parts
    return a, b, c, d, e, f


def draw_mode(path: int) -> tuple[bool, bool]:
    """Whether the path's area is painted, and whether its line is."""
    answers = _TWO()
    start = ctypes.addressof(answers)
    _draw_mode(path, start, start + 4)
    return bool(answers[0]), bool(answers[1])


def fill_colour(obj: int) -> tuple[int, int, int, int] | None:
    """Red, green, blue and alpha, 0-255; None for a pattern."""
    return _colour(_fill_colour, obj)


def stroke_colour(obj: int) -> tuple[int, int, int, int] | None:
    return _colour(_stroke_colour, obj)


def _colour(ask: Any, obj: int) -> tuple[int, int, int, int] | None:
    parts = _FOUR()
    start = ctypes.addressof(parts)
    if not ask(obj, start, start + 4, start + 8, start + 12):
        return None
    red, green, blue, alpha = parts
    return red, green, blue, alpha


def stroke_width(obj: int) -> float:
    """Before the object's matrix."""
    answer = ctypes.c_float()
    _stroke_width(obj, ctypes.addressof(answer))
    return answer.value


def path_segments(path: int) -> tuple[list[float], list[int], list[int]]:
    """The points of a path before its matrix (x, y, x, y, …), their `FPDF_SEGMENT_` kinds, and their handles."""
    segments = list(map(_path_segment, repeat(path), range(max(0, _path_count(path)))))
    return _segment_points(segments), list(map(_segment_kind, segments)), segments


def segment_closes(segment: int) -> bool:
    return bool(_segment_closes(segment))


def clip_of(obj: int) -> tuple[int, int]:
    """The clip of an object, and of how many paths it is; (0, 0) where there is none."""
    clip = _clip_of(obj)
    return clip, max(0, _clip_paths(clip)) if clip else 0


def clip_points(clip: int, index: int) -> list[float]:
    """The points (x, y, x, y, …) of one path of a clip, in the space of the clipped object's container."""
    count = max(0, _clip_count(clip, index))
    return _segment_points(list(map(_clip_segment, repeat(clip), repeat(index), range(count))))


def _segment_points(segments: list[int]) -> list[float]:
    points = (ctypes.c_float * (2 * len(segments)))()
    start, stop = ctypes.addressof(points), ctypes.addressof(points) + 8 * len(segments)
    deque(map(_segment_point, segments, range(start, stop, 8), range(start + 4, stop + 4, 8)), maxlen=0)
    return list(points)
