"""The cached cells behind a chart: labels and numbers, with gaps where cells are empty."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

from octavo.adapters.readers.office.number_codes import is_date_code
from octavo.adapters.readers.office.number_format import general, shown, to_iso
from octavo.adapters.readers.office.xml import NAMESPACES, Element, local

_MOST_POINTS = 100_000
_CACHES = ("strCache", "strLit", "numCache", "numLit", "multiLvlStrCache")


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands along the category axis."""

    leaves: tuple[str, ...] = ()
    """Next to the plot; "" where a cell is empty."""
    levels: tuple[tuple[str, ...], ...] = ()
    """Of several levels, the outermost first and the leaves last, each as long as `leaves`; else empty."""


def labels_of(
    holder: Element | None,
    look_up: Callable[[str], list[str | float | None]] | None = None,
    *,
    since_1904: bool = False,
) -> Labels:
    """Of a `c:cat` or `c:tx`: text as it is, numbers by their format, dates as ISO 8601."""
    cache = _cache(holder)
    if cache is None:
        return Labels(tuple(_label(cell) for cell in _looked_up(holder, look_up)))
    if local(cache) == "multiLvlStrCache":
        return _levels(cache)
    if local(cache) in {"strCache", "strLit"}:
        return Labels(tuple(text or "" for text in _points(cache, _count(cache))))
    code = cache.findtext("c:formatCode", "", NAMESPACES)
    texts = _points(cache, _count(cache))
    return Labels(tuple(_formatted(text, code, since_1904=since_1904) for text in texts))


def numbers_of(
    holder: Element | None, look_up: Callable[[str], list[str | float | None]] | None = None
) -> tuple[float | None, ...]:
    """Of a `c:val`, `c:xVal`, `c:yVal` or `c:bubbleSize`; None where there is no number."""
    cache = _cache(holder)
    if cache is None:
        return tuple(cell if isinstance(cell, float) else None for cell in _looked_up(holder, look_up))
    return tuple(_number(text) for text in _points(cache, _count(cache)))


def _cache(holder: Element | None) -> Element | None:
    if holder is None:
        return None
    found = (element for element in holder.iter() if local(element) in _CACHES)
    return next((cache for cache in found if len(cache)), None)


def _looked_up(
    holder: Element | None, look_up: Callable[[str], list[str | float | None]] | None
) -> list[str | float | None]:
    if holder is None or look_up is None:
        return []
    reference = next((element.text for element in holder.iter() if local(element) == "f"), None)
    return look_up(reference.strip())[:_MOST_POINTS] if reference and reference.strip() else []


def _levels(cache: Element) -> Labels:
    """The first level written is the innermost; an outer label holds until the next one begins."""
    size = _count(cache)
    levels = [_points(level, size) for level in cache.findall("c:lvl", NAMESPACES)]
    if not levels:
        return Labels()
    leaves = tuple(text or "" for text in levels[0])
    if len(levels) == 1:
        return Labels(leaves)
    return Labels(leaves, (*(_held(level) for level in reversed(levels[1:])), leaves))


def _held(texts: list[str | None]) -> tuple[str, ...]:
    held, out = "", []
    for text in texts:
        held = text if text is not None else held
        out.append(held)
    return tuple(out)


def _points(cache: Element, count: int) -> list[str | None]:
    texts: list[str | None] = [None] * count
    for point in cache.findall("c:pt", NAMESPACES):
        written = point.get("idx", "")
        index = int(written) if written.isdecimal() else -1
        if 0 <= index < count:
            texts[index] = (point.findtext("c:v", "", NAMESPACES) or "").strip()
    return texts


def _count(cache: Element) -> int:
    """How many points there are; as many as are written where nothing is said."""
    declared = cache.find("c:ptCount", NAMESPACES)
    written = declared.get("val", "") if declared is not None else ""
    if written.isdecimal():
        return min(int(written), _MOST_POINTS)
    indexes = [point.get("idx", "") for point in cache.iter(f"{{{NAMESPACES['c']}}}pt")]
    last = max((int(index) for index in indexes if index.isdecimal()), default=-1)
    return min(last + 1, _MOST_POINTS)


def _formatted(text: str | None, code: str, *, since_1904: bool) -> str:
    number = _number(text)
    if number is None:
        return text or ""
    if is_date_code(code):
        return to_iso(number, since_1904=since_1904) or general(number)
    return shown(number, code, since_1904=since_1904)


def _label(cell: str | float | None) -> str:
    if cell is None:
        return ""
    return general(cell) if isinstance(cell, float) else cell


def _number(text: str | None) -> float | None:
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
