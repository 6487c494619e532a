"""Tables: merged cells, rows that begin late or end early, header rows."""

from dataclasses import dataclass, field

from octavo.adapters.readers.docx.story import Flat, Story, cells_of, rows_of
from octavo.adapters.readers.docx.styles import is_on, switched, value_of, whole
from octavo.adapters.readers.drafts import Draft
from octavo.adapters.readers.grids import GridCell, table_body, table_text
from octavo.adapters.readers.office.xml import Element, tag
from octavo.domain.document import BlockType

_MOST_COLUMNS = 1024
_FIRST_ROW = 0x0020
"""The bit of `w:tblLook` that says the first row is formatted as one."""

_LEAST_NAMES = 3
"""Two columns may as well be labels and what belongs to them."""
_LONGEST_NAME = 60


@dataclass(slots=True)
class _Place:
    row: int
    col: int
    width: int
    flat: Flat
    shaded: bool
    height: int = 1


@dataclass(slots=True)
class Table:
    draft: Draft
    flats: list[Flat] = field(default_factory=list)
    """Of its cells, in order: pictures, notes and page breaks in them."""


def to_table(element: Element, story: Story) -> Table | None:
    """None where it has no cells."""
    places: list[_Place] = []
    open_cells: dict[int, _Place] = {}
    headers: list[bool] = []
    for at, row in enumerate(rows_of(element)):
        headers.append(switched(row.find(tag("w:trPr")), "w:tblHeader"))
        open_cells = _read_row(row, at, open_cells, places, story)
    if not places:
        return None
    cells = [GridCell(one.row, one.col, one.height, one.width, one.flat.text) for one in places]
    header_rows = next((at for at, header in enumerate(headers) if not header), len(headers))
    if not header_rows and len(headers) > 1 and _first_row_differs(element, places, story):
        header_rows = max(one.height for one in places if one.row == 0)
    body = table_body(cells, header_rows)
    return Table(Draft(BlockType.TABLE, table_text(body), body=body), [one.flat for one in places])


def _read_row(
    row: Element, at: int, open_cells: dict[int, _Place], places: list[_Place], story: Story
) -> dict[int, _Place]:
    """The cells that the next row may go on with, by their column."""
    properties = row.find(tag("w:trPr"))
    before = None if properties is None else whole(value_of(properties.find(tag("w:gridBefore"))))
    col = min(max(before or 0, 0), _MOST_COLUMNS)
    going_on: dict[int, _Place] = {}
    for cell in cells_of(row):
        told = cell.find(tag("w:tcPr"))
        width = _width(told)
        if col + width > _MOST_COLUMNS:
            break
        merge = None if told is None else told.find(tag("w:vMerge"))
        sideways = None if told is None else told.find(tag("w:hMerge"))
        above = open_cells.get(col)
        if merge is not None and value_of(merge) != "restart" and above is not None:
            above.height += 1
            going_on[col] = above
        elif sideways is not None and value_of(sideways) != "restart" and places and places[-1].row == at:
            places[-1].width += width
        else:
            place = _Place(at, col, width, story.flatten(cell, counting=True), _is_shaded(told))
            places.append(place)
            if merge is not None:
                going_on[col] = place
        col += width
    return going_on


def _width(properties: Element | None) -> int:
    span = None if properties is None else whole(value_of(properties.find(tag("w:gridSpan"))))
    return max(1, span or 1)


def _is_shaded(properties: Element | None) -> bool:
    shade = None if properties is None else properties.find(tag("w:shd"))
    return shade is not None and shade.get(tag("w:fill"), "auto").lower() not in {"auto", "ffffff"}


def _first_row_differs(element: Element, places: list[_Place], story: Story) -> bool:
    """By the style of the table, by its own words, or because it alone is bold or shaded."""
    properties = element.find(tag("w:tblPr"))
    look = None if properties is None else properties.find(tag("w:tblLook"))
    style = None if properties is None else value_of(properties.find(tag("w:tblStyle")))
    says_so = look is not None and _says_first_row(look)
    if says_so and (story.word.styles.formats_first_row(style) or _names_columns(places)):
        return True
    first = [one for one in places if one.row == 0 and one.flat.text]
    others = [one for one in places if one.row > 0 and one.flat.text]
    if not first or not others or len(first) < 2:
        return False
    bold = all(one.flat.bold for one in first) and not all(one.flat.bold for one in others)
    shaded = all(one.shaded for one in first) and not any(one.shaded for one in others)
    return bold or shaded


def _names_columns(places: list[_Place]) -> bool:
    """Whether the first row reads as names of three columns or more: Word says of most tables that it is special."""
    texts = [one.flat.text for one in places if one.row == 0]
    return (
        len(texts) >= _LEAST_NAMES
        and all(texts)
        and len(set(texts)) == len(texts)
        and all(len(text) <= _LONGEST_NAME and not any(char.isdigit() for char in text) for text in texts)
        and all(one.height == 1 for one in places if one.row == 0)
    )


def _says_first_row(look: Element) -> bool:
    said = look.get(tag("w:firstRow"))
    if said is not None:
        return is_on(said)
    try:
        return bool(int(look.get(tag("w:val"), "0"), 16) & _FIRST_ROW)
    except ValueError:
        return False
