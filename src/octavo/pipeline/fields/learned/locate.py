"""Where the values of a corrected example stand: a person says what is right, seldom where."""

import re
from collections.abc import Iterator, Sequence

from octavo.domain.field import Field, Scalar
from octavo.domain.template import FieldSpec, FieldType
from octavo.pipeline.fields.labels import readings_of
from octavo.pipeline.fields.learned.sheet import Box, Sheet, around
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Token
from octavo.pipeline.fields.wording import folded

Places = dict[int, dict[str, list[Box]]]
"""By page number and path, a box a line."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"\d{2}:\d{2}(?::\d{2})?")
_LOCALES = (
    Locale(),
    Locale(decimal=",", thousands="."),
    Locale(decimal=",", thousands=" "),
    Locale(thousands="'"),
    Locale(date_order="mdy"),
)
_SAME = 1e-9
_MOST_LINES = 12
"""Of one text."""

Spot = tuple[int, tuple[tuple[Token, Box], ...]]
"""A page and words on it that say a value."""


def located(sheets: Sequence[Sheet], fields: Sequence[Field]) -> Places:
    """Each value where its places say it, else where it is found; those that are rare are found first."""
    places: Places = {sheet.page.number: {} for sheet in sheets}
    taken: set[int] = set()
    waiting: list[tuple[Field, list[Spot]]] = []
    for field in fields:
        spot = _told(sheets, field)
        if spot is not None and says([token for token, _ in spot[1]], field.value):
            _keep(places, field, spot, taken)
        else:
            waiting.append((field, [*_spots(sheets, field.value)] or ([spot] if spot else [])))
    for field, spots in sorted(waiting, key=lambda one: len(one[1])):
        free = [spot for spot in spots if not any(id(token) in taken for token, _ in spot[1])]
        if free:
            _keep(places, field, min(free, key=lambda spot: _strangeness(spot, field, places)), taken)
    return places


def says(tokens: Sequence[Token], value: Scalar) -> bool:
    """Whether these words are the value: in letters, or as a number, date or time in some notation."""
    if isinstance(value, str) and "".join(folded(token.text) for token in tokens) == folded(value):
        return True
    return any(len(words) == len(tokens) for words in _read(tokens, value))


def _told(sheets: Sequence[Sheet], field: Field) -> Spot | None:
    for sheet in sheets:
        boxes = [
            sheet.box(place.bbox)
            for place in field.places
            if place.page == sheet.page.number and place.bbox is not None
        ]
        words = tuple(
            (token, box)
            for token, box in sheet.words
            if any(
                other.x0 <= box.center <= other.x1 and other.y0 <= box.middle <= other.y1 for other in boxes
            )
        )
        if words:
            return sheet.page.number, words
    return None


def _spots(sheets: Sequence[Sheet], value: Scalar) -> Iterator[Spot]:
    for sheet in sheets:
        boxes = {id(token): box for token, box in sheet.words}
        for words in _sayings(sheet, value):
            yield sheet.page.number, tuple((token, boxes[id(token)]) for token in words)


def _sayings(sheet: Sheet, value: Scalar) -> Iterator[tuple[Token, ...]]:
    segments = [segment for row in sheet.page.rows for segment in row.segments]
    for number, segment in enumerate(segments):
        found = False
        for words in _read(segment.tokens, value):
            found = True
            yield words
        if isinstance(value, str) and not found:
            spelt = _spelt(segment.tokens, value) or _stacked(
                [one.tokens for one in segments[number:]], value
            )
            if spelt:
                yield spelt


def _read(tokens: Sequence[Token], value: Scalar) -> Iterator[tuple[Token, ...]]:
    """Words that a reader takes for this very value."""
    seen: set[tuple[int, ...]] = set()
    for kind in _kinds(value):
        for locale in _LOCALES:
            for reading, words in readings_of(tokens, FieldSpec("value", kind), locale):
                key = tuple(id(word) for word in words)
                if key not in seen and _is_same(reading.value, value):
                    seen.add(key)
                    yield words


def _kinds(value: Scalar) -> tuple[FieldType, ...]:
    if isinstance(value, bool):
        return (FieldType.BOOLEAN,)
    if isinstance(value, int | float):
        return (FieldType.MONEY, FieldType.NUMBER, FieldType.PERCENTAGE)
    if _DAY.fullmatch(value):
        return (FieldType.DATE,)
    if _CLOCK.fullmatch(value):
        return (FieldType.TIME,)
    return (FieldType.CURRENCY,) if re.fullmatch(r"[A-Z]{3}", value) else ()


def _is_same(read: Scalar, value: Scalar) -> bool:
    if isinstance(read, bool) or isinstance(value, bool) or isinstance(read, str) or isinstance(value, str):
        return read == value
    return abs(read - value) <= _SAME * max(1.0, abs(value))


def _spelt(tokens: Sequence[Token], value: str) -> tuple[Token, ...]:
    """Words one after the other that spell it."""
    wanted = folded(value)
    for first in range(len(tokens)):
        joined = ""
        for last in range(first, len(tokens)):
            joined += folded(tokens[last].text)
            if joined == wanted and wanted:
                return tuple(tokens[first : last + 1])
            if not wanted.startswith(joined):
                break
    return ()


def _stacked(segments: Sequence[Sequence[Token]], value: str) -> tuple[Token, ...]:
    """Lines one below the other that spell it together, from the first of them on."""
    wanted = folded(value)
    joined = "".join(folded(token.text) for token in segments[0])
    if not joined or not wanted.startswith(joined) or joined == wanted:
        return ()
    words, left = list(segments[0]), segments[0][0].bbox
    for tokens in segments[1 : 1 + _MOST_LINES * 3]:
        box = tokens[0].bbox
        is_below = tokens[0].page == segments[0][0].page and box.y0 >= words[-1].bbox.y1 - box.height
        if not is_below or abs(box.x0 - left.x0) > left.width:
            continue
        following = joined + "".join(folded(token.text) for token in tokens)
        if not wanted.startswith(following):
            return ()
        joined, words = following, [*words, *tokens]
        if joined == wanted:
            return tuple(words)
    return ()


def _keep(places: Places, field: Field, spot: Spot, taken: set[int]) -> None:
    number, words = spot
    lines: list[list[Box]] = []
    for _, box in words:
        if lines and abs(lines[-1][-1].middle - box.middle) < box.height * 0.6:
            lines[-1].append(box)
        else:
            lines.append([box])
    places[number][field.path] = [around(line) for line in lines]
    taken.update(id(token) for token, _ in words)


def _strangeness(spot: Spot, field: Field, places: Places) -> tuple[float, float, float]:
    """Of several spots the one in line with the same entry, below the entries before, else the first."""
    number, words = spot
    row = words[0][1]
    head, _, _ = field.path.rpartition(".")
    entry = [
        box.middle
        for path, lines in places[number].items()
        if head and path.rpartition(".")[0] == head
        for box in lines
    ]
    off = min((abs(row.middle - middle) for middle in entry), default=0.0)
    return (off, number, row.y0)
