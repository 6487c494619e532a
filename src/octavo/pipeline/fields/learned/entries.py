"""The rows of a table by the columns that an example's rows have."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from octavo.domain.template import FieldSpec, FieldType
from octavo.pipeline.fields.candidates import Candidate, How
from octavo.pipeline.fields.labels import readings_of
from octavo.pipeline.fields.learned.layout import Fit
from octavo.pipeline.fields.learned.sheet import Box, Sheet, around
from octavo.pipeline.fields.learned.single import SURE, Words
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Token
from octavo.pipeline.fields.values import entry_of

_ABOVE = 0.7
"""Heights of a row that the first may stand higher than in the example."""
_FAR = 3.2
"""Pitches of the example's rows from one to the next, at most."""
_LEAST_PITCH = 0.012
_SAME_LINE = 0.4
"""Heights between the middles of words on one line."""
_MARGIN = 0.05
"""How far the words of an outer column may reach beyond the example's."""
_WORD_GAP = 0.5
"""Heights of the page's width between two words of one text; a page is about as much higher than wide."""
_MANY_LINES = frozenset({FieldType.TEXT, FieldType.ADDRESS})
_MOST_ENTRIES = 500
_TEXTS = frozenset({FieldType.STRING, FieldType.TEXT, FieldType.ADDRESS})
_KEY_SHARE = 0.99
"""Of the example's rows that have a value in a column that each row must have."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    """Empty where entries are plain values."""
    spec: FieldSpec
    left: float
    right: float
    """As far as words of it may reach, on the page."""
    is_key: bool
    goes_on: bool
    """Lines below its first belong to it: the example has such, or it is a text."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one array in an example."""

    spec: FieldSpec
    entries: tuple[Mapping[str, list[Box]], ...]
    """By member, the boxes of its lines."""
    strangers: tuple[Box, ...] = ()
    """Words among the rows that are no values: of columns nobody asked for, of lines that do not count."""

    @property
    def band(self) -> Box:
        return around([box for entry in self.entries for lines in entry.values() for box in lines])

    @property
    def pitch(self) -> float:
        """From one row to the next."""
        tops = sorted(min(lines[0].middle for lines in entry.values()) for entry in self.entries)
        steps = sorted(b - a for a, b in pairwise(tops) if b > a)
        return max(
            _LEAST_PITCH, steps[len(steps) // 2] if steps else 2 * self.band.height / len(self.entries)
        )


@dataclass(slots=True)
class _Entry:
    cells: dict[str, list[Token]] = field(default_factory=lambda: defaultdict(list))
    found: dict[str, Candidate] = field(default_factory=dict)


def tables_of(
    values: Mapping[str, list[Box]], specs: Sequence[FieldSpec], words: Sequence[Box]
) -> list[Table]:
    """The arrays that an example has rows of; `words` are those of the example that are no values."""
    found = []
    for spec in specs:
        entries: dict[int, dict[str, list[Box]]] = defaultdict(dict)
        for path, lines in values.items():
            name, _, rest = path.partition(".")
            number, _, member = rest.partition(".")
            if name == spec.name and spec.type is FieldType.ARRAY and number.isdigit():
                entries[int(number)][member] = lines
        if entries:
            table = Table(spec, tuple(entries[number] for number in sorted(entries)))
            reach = table.band.y1 + table.pitch / 2
            among = tuple(box for box in words if table.band.y0 <= box.middle <= reach)
            found.append(replace(table, strangers=among))
    return found


def entries_at(sheet: Sheet, fit: Fit, locale: Locale, table: Table) -> list[dict[str, Candidate]]:
    """The rows below where the example's first stands, to the first word of the form below its last."""
    first = around([box for lines in table.entries[0].values() for box in lines])
    start, agreement = fit.place(first, table.band)
    columns = _columns(fit, table)
    stop = _end(fit, table, start)
    score = round(SURE * (0.5 + 0.5 * agreement), 4)
    entries: list[_Entry] = []
    last = top = fit.level(start.x0, start.middle)
    for words, middle in _rows(sheet, fit):
        if middle < top - _ABOVE * max(start.height, _LEAST_PITCH) or middle >= stop:
            continue
        if middle - last > _FAR * table.pitch or len(entries) >= _MOST_ENTRIES:
            break
        if _take(words, columns, entries, locale, score):
            last = middle
    return [{**entry.found, **_texts(entry, columns, locale, score)} for entry in entries]


def _rows(sheet: Sheet, fit: Fit) -> Iterator[tuple[Words, float]]:
    """Words on one line of a leaning page, left to right, with how high it is."""
    levelled = sorted(
        ((fit.level(box.x0, box.middle), token, box) for token, box in sheet.words), key=lambda one: one[0]
    )
    row: list[tuple[float, Token, Box]] = []
    for one in [*levelled, None]:
        if row and (one is None or one[0] - row[-1][0] > _SAME_LINE * one[2].height):
            words = sorted(((token, box) for _, token, box in row), key=lambda word: word[1].x0)
            yield words, sum(middle for middle, _, _ in row) / len(row)
            row = []
        if one is not None:
            row.append(one)


def _take(words: Words, columns: list[Column], entries: list[_Entry], locale: Locale, score: float) -> bool:
    """A row that has all that each has begins an entry; one with texts alone goes on with the last."""
    cells: dict[str, list[Token]] = defaultdict(list)
    for column, token in _in_columns(words, columns):
        cells[column.name].append(token)
    found = _typed(cells, columns, locale, score)
    texts = {column.name for column in columns if column.spec.type in _TEXTS and column.name in cells}
    if all(column.name in found or column.name in texts for column in columns if column.is_key):
        entry = _Entry(found=found)
        entries.append(entry)
    elif entries and texts and not found and set(cells) == texts:
        entry = entries[-1]
    else:
        return False
    for column in columns:
        if column.name in texts and (column.goes_on or not entry.cells[column.name]):
            entry.cells[column.name] += cells[column.name]
    return True


def _in_columns(words: Words, columns: list[Column]) -> Iterator[tuple[Column, Token]]:
    """Each word with its column; what goes on without a gap from a text is still the text."""
    last: tuple[Column | None, Box] | None = None
    for token, box in words:
        column = _column_of(box, columns)
        if last is not None and last[0] is not None and last[0].spec.type in _TEXTS:
            column = last[0] if box.x0 - last[1].x1 < _WORD_GAP * box.height else column
        last = (column, box)
        if column is not None:
            yield column, token


def _typed(
    cells: Mapping[str, Sequence[Token]], columns: list[Column], locale: Locale, score: float
) -> dict[str, Candidate]:
    """What stands in the columns that are no texts."""
    read = {
        column.name: _read(cells[column.name], column.spec, locale, score)
        for column in columns
        if column.spec.type not in _TEXTS and column.name in cells
    }
    return {name: candidate for name, candidate in read.items() if candidate is not None}


def _texts(entry: _Entry, columns: list[Column], locale: Locale, score: float) -> dict[str, Candidate]:
    read = {
        column.name: _read(entry.cells[column.name], column.spec, locale, score)
        for column in columns
        if column.name in entry.cells
    }
    return {name: candidate for name, candidate in read.items() if candidate is not None}


def _read(tokens: Sequence[Token], spec: FieldSpec, locale: Locale, score: float) -> Candidate | None:
    readings = readings_of(tokens, spec, locale)
    if not readings:
        return None
    reading, words = readings[0]
    return Candidate(reading.value, reading.raw_text, words, round(score * reading.sure, 4), None, How.CELL)


def _columns(fit: Fit, table: Table) -> list[Column]:
    """Each reaches to the middle of the gap to its neighbours."""
    boxes: dict[str, list[Box]] = defaultdict(list)
    for entry in table.entries:
        for name, lines in entry.items():
            boxes[name] += [fit.place(line, table.band)[0] for line in lines]
    own = {name: around(found) for name, found in boxes.items()}
    spans = [*own.values(), *_foreign(fit, table, list(own.values()))]
    inner = {spec.name: spec for spec in entry_of(table.spec).fields}
    columns = []
    for name, span in own.items():
        left = max((other.x1 for other in spans if other.center < span.center), default=None)
        right = min((other.x0 for other in spans if other.center > span.center), default=None)
        count = sum(name in entry for entry in table.entries)
        columns.append(
            Column(
                name,
                inner.get(name) or replace(entry_of(table.spec), name=name),
                span.x0 - _MARGIN if left is None else (left + span.x0) / 2,
                span.x1 + _MARGIN if right is None else (span.x1 + right) / 2,
                is_key=count >= _KEY_SHARE * len(table.entries),
                goes_on=_goes_on(name, table, inner.get(name) or entry_of(table.spec)),
            )
        )
    return columns


def _laid(fit: Fit, table: Table) -> list[Box]:
    return [fit.place(box, table.band)[0] for box in table.strangers]


def _foreign(fit: Fit, table: Table, own: Sequence[Box]) -> list[Box]:
    """Columns that nobody asked for."""
    return [
        box for box in _laid(fit, table) if not any(span.x0 < box.x1 and box.x0 < span.x1 for span in own)
    ]


def _goes_on(name: str, table: Table, spec: FieldSpec) -> bool:
    return spec.type in _MANY_LINES or any(len(entry.get(name, ())) > 1 for entry in table.entries)


def _column_of(box: Box, columns: list[Column]) -> Column | None:
    """By its middle; a word of a long text may reach into the next."""
    return next((column for column in columns if column.left <= box.center < column.right), None)


def _end(fit: Fit, table: Table, start: Box) -> float:
    """The middle of the first of the form's own words below the table."""
    bottom = max(box.middle for entry in table.entries for lines in entry.values() for box in lines)
    below = [
        where
        for match in fit.matches
        if match.anchor.box.middle > bottom + match.anchor.box.height * 0.6
        and (where := fit.level(match.box.x0, match.box.middle)) > fit.level(start.x0, start.middle)
    ]
    return min(below, default=2.0) - 0.002


def paths_of(table: Table, rows: Sequence[Mapping[str, Candidate]]) -> Iterator[tuple[str, Candidate]]:
    for number, row in enumerate(rows):
        for member, candidate in row.items():
            yield f"{table.spec.name}.{number}" + (f".{member}" if member else ""), candidate
