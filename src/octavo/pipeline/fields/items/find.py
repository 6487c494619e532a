"""Line items of a document: from the table with a known header, else from rows whose numbers multiply."""

import re
from collections.abc import Sequence
from decimal import Decimal

from octavo.pipeline.fields.items.aligned import find_aligned
from octavo.pipeline.fields.items.columns import Columns, columns_of
from octavo.pipeline.fields.items.ends import ends_table
from octavo.pipeline.fields.items.entries import (
    _APART,
    Draft,
    Gathering,
    ItemCell,
    ItemRow,
    settle_leading,
)
from octavo.pipeline.fields.items.glued import part_glued
from octavo.pipeline.fields.items.header import Header, find_headers
from octavo.pipeline.fields.items.repeated import is_furniture
from octavo.pipeline.fields.items.unnamed import name_by_product
from octavo.pipeline.fields.items.vocabulary import ColumnVocabulary
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Row, Token
from octavo.pipeline.fields.view import PageView, View

_NEARLY_AS_GOOD = 0.7
_SAME = 0.6
_MOST_KINDS = 6
_POSITION = re.compile(r"^\d{1,3}[.)]?$")
_MOST_WORDS = 240
"""Of one description."""


def find_items(view: View, vocabulary: ColumnVocabulary, locale: Locale) -> list[ItemRow]:
    """In the order of the document; none where there is no table of entries."""
    rows = _accepted(read_table(view, vocabulary, locale)) or find_aligned(view, locale)
    return [part_glued(row, number) for number, row in enumerate(rows, start=1)]


def read_table(view: View, vocabulary: ColumnVocabulary, locale: Locale) -> list[ItemRow]:
    """Everything below the header that has the most of the vocabulary's columns, entries or not."""
    headers = _headers(view, vocabulary)
    main = _main_header([header for found in headers.values() for header in found])
    return _read_below(view, headers, main, (vocabulary, locale)) if main is not None else []


def read_tables(view: View, vocabulary: ColumnVocabulary, locale: Locale) -> list[list[ItemRow]]:
    """The same for every kind of header there is, in the order of the document."""
    headers = _headers(view, vocabulary)
    kinds: list[Header] = []
    for header in (header for found in headers.values() for header in found):
        if not any(_alike(header, known) for known in kinds):
            kinds.append(header)
    return [_read_below(view, headers, main, (vocabulary, locale)) for main in kinds[:_MOST_KINDS]]


def _headers(view: View, vocabulary: ColumnVocabulary) -> dict[int, list[Header]]:
    """By number of the page."""
    return {page.number: list(find_headers(page.rows, vocabulary)) for page in view.pages}


def _read_below(
    view: View, headers: dict[int, list[Header]], main: Header, how: tuple[ColumnVocabulary, Locale]
) -> list[ItemRow]:
    vocabulary, locale = how
    gathering = Gathering(vocabulary, locale)
    columns: Columns | None = None
    for page in view.pages:
        alike = [header for header in headers[page.number] if _alike(header, main)]
        columns = _walk(page, alike, columns, gathering, view)
    settle_leading(gathering.drafts)
    name_by_product(gathering.drafts, locale)
    return [_entry(draft, vocabulary) for draft in gathering.drafts]


def _main_header(headers: Sequence[Header]) -> Header | None:
    """The first that names nearly as many columns as any."""
    most = max((len(header.columns) for header in headers), default=0)
    return next((header for header in headers if len(header.columns) >= _NEARLY_AS_GOOD * most), None)


def _alike(header: Header, main: Header) -> bool:
    shared = len(header.columns & main.columns)
    return shared >= _SAME * max(len(header.columns), len(main.columns))


def _walk(
    page: PageView, headers: Sequence[Header], columns: Columns | None, gathering: Gathering, view: View
) -> Columns | None:
    """Take the page's entries; returns the columns the next page goes on with."""
    if not headers:
        if columns is not None and not gathering.ended:
            gathering.take([row for row in page.rows if not is_furniture(row, page, view)], columns)
        return columns
    for number, header in enumerate(headers):
        last = headers[number + 1].first if number + 1 < len(headers) else len(page.rows)
        body = [row for row in page.rows[header.last + 1 : last] if not is_furniture(row, page, view)]
        shown = _until_end(body, gathering.vocabulary)
        if len(shown) == len(body) and last == len(page.rows):
            shown = [*body, *_until_end(_rows_after(page, view), gathering.vocabulary)]
        columns = columns_of(header, shown, gathering.vocabulary)
        gathering.ended = False
        gathering.take(body, columns)
    return columns


def _rows_after(page: PageView, view: View) -> Sequence[Row]:
    """Of the next page, where the entries go on."""
    following = next((other for other in view.pages if other.number == page.number + 1), None)
    if following is None:
        return []
    return [row for row in following.rows if not is_furniture(row, following, view)]


def _until_end(body: Sequence[Row], vocabulary: ColumnVocabulary) -> Sequence[Row]:
    for index, row in enumerate(body):
        if index and ends_table(row, vocabulary):
            return body[:index]
    return body


def _entry(draft: Draft, vocabulary: ColumnVocabulary) -> ItemRow:
    cells = {name: cell for name, cell in draft.numbers.items() if " " not in name}
    for number, line in enumerate(draft.lines):
        for index, tokens in line.texts.items():
            name = _name_of(line.names[index], number - draft.leading)
            if name is not None and name not in vocabulary.texts:
                cells.setdefault(name, _text_cell(tokens))
    described = _described(draft, vocabulary)
    if described:
        cells["description"] = _text_cell(described)
    unit = draft.numbers.get("quantity rest")
    if unit is not None and "unit" not in cells:
        cells["unit"] = _unit_cell(unit)
    if any("position" in names for names in draft.lines[draft.leading].names):
        _part_position(cells)
    return ItemRow(cells, draft.lines[draft.leading].row.page)


def _described(draft: Draft, vocabulary: ColumnVocabulary) -> list[Token]:
    """The words of the description: lines below each other, up to a gap or to `GTIN: …`."""
    described: list[Token] = []
    last: Row | None = None
    detailed = draft.lines[draft.leading].is_detail
    for number, line in enumerate(draft.lines):
        below = number > draft.leading
        if below and last is not None and _far(last, line.row):
            break
        if below and line.is_detail and not detailed:
            if described:
                break
            continue
        for index, tokens in line.texts.items():
            if _name_of(line.names[index], number - draft.leading) in vocabulary.texts:
                described += tokens
                last = line.row
        if len(described) > _MOST_WORDS:
            break
    return described


def _part_position(cells: dict[str, ItemCell]) -> None:
    """`1 KR3M` where both labels stand so close that no cut is between them."""
    for name in ("sku", "description"):
        cell = cells.get(name)
        if "position" in cells or cell is None or len(cell.tokens) < 2:
            continue
        first, *rest = cell.tokens
        if _POSITION.match(first.text):
            cells["position"] = _text_cell([first])
            cells[name] = _text_cell(rest)
            return


def _name_of(names: tuple[str, ...], line: int) -> str | None:
    return names[max(0, min(line, len(names) - 1))] if names else None


def _far(upper: Row, lower: Row) -> bool:
    height = max(min(upper.bbox.height, lower.bbox.height), 1e-6)
    return upper.page != lower.page or lower.bbox.y0 - upper.bbox.y1 > _APART * height


def _text_cell(tokens: Sequence[Token]) -> ItemCell:
    text = " ".join(token.text for token in tokens)
    return ItemCell(text, text, tuple(tokens))


def _unit_cell(cell: ItemCell) -> ItemCell:
    tokens = tuple(token for token in cell.tokens if not token.text[:1].isdigit())
    return ItemCell(str(cell.value), str(cell.value), tokens or cell.tokens)


def _accepted(rows: Sequence[ItemRow]) -> list[ItemRow]:
    """Entries that have a sum, where most have one, and words that say what they are."""
    kept = [row for row in rows if row.text("description") or row.text("sku")]
    with_sum = [row for row in kept if row.number("amount") is not None]
    if 2 * len(with_sum) >= len(kept):
        return with_sum
    return [row for row in kept if sum(isinstance(cell.value, Decimal) for cell in row.cells.values()) >= 2]
