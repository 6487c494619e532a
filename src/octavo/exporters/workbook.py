"""The parts of an XLSX file (SpreadsheetML) that the export is made of; cells are text or numbers, never formulas."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from octavo.exporters.cell_values import CODES, Formatted
from octavo.exporters.markup import element, empty, opening, text
from octavo.exporters.numerals import Numeral

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MOST_CHARACTERS = 32_767
"""A cell can hold no more."""
_MOST_DECIMALS = 6
_PLAIN, _HEADER, _LINE, _STRONG, _NUMBERS = 0, 1, 2, 3, 4
"""The first styles: text that wraps, a header, a line of text, a bold one; then numbers."""
_NUMBER_CODES = [
    ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
    for decimals in range(_MOST_DECIMALS + 1)
    for grouped in (False, True)
]
"""With each count of decimals, without and with groups."""
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet would take for the code of a character."""


class Value(NamedTuple):
    row: int
    """From 0."""
    col: int
    content: str | Numeral | Formatted
    is_header: bool = False
    is_strong: bool = False
    wraps: bool = True
    """Text that does not wrap reaches over the empty cells beside it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int]
    """In characters, one for each column."""
    frozen_rows: int = 0
    """They stay in sight."""
    merged: Sequence[tuple[int, int, int, int]] = ()
    """First row, first column, last row, last column."""
    links: Mapping[tuple[int, int], str] | None = None
    """From a cell to the sheet of that name."""


def sheet_parts(sheet: Sheet) -> Iterator[bytes]:
    yield (_DECLARED + opening("worksheet", {"xmlns": MAIN}) + _view(sheet) + _columns(sheet)).encode()
    yield b"<sheetData>"
    for values in sheet.rows:
        yield _row(values).encode()
    yield b"</sheetData>"
    yield (_merged(sheet) + _links(sheet) + "</worksheet>").encode()


def workbook_parts(names: Sequence[str]) -> Iterator[tuple[str, list[bytes]]]:
    """Everything but the sheets, which are `xl/worksheets/sheet1.xml` and so on in the order of their names."""
    numbers = range(1, len(names) + 1)
    yield "xl/styles.xml", [_styles().encode()]
    sheets = "".join(
        empty("sheet", {"name": name, "sheetId": at, "r:id": f"rId{at}"})
        for at, name in zip(numbers, names, strict=True)
    )
    root = {"xmlns": MAIN, "xmlns:r": _OFFICE}
    yield "xl/workbook.xml", [(_DECLARED + element("workbook", element("sheets", sheets), root)).encode()]
    targets = [(f"{_OFFICE}/worksheet", f"worksheets/sheet{at}.xml") for at in numbers]
    yield "xl/_rels/workbook.xml.rels", [_relationships([*targets, (f"{_OFFICE}/styles", "styles.xml")])]
    yield "_rels/.rels", [_relationships([(f"{_OFFICE}/officeDocument", "xl/workbook.xml")])]
    yield "[Content_Types].xml", [_content_types(numbers)]


def _relationships(targets: Sequence[tuple[str, str]]) -> bytes:
    found = "".join(
        empty("Relationship", {"Id": f"rId{at}", "Type": kind, "Target": target})
        for at, (kind, target) in enumerate(targets, 1)
    )
    return (_DECLARED + element("Relationships", found, {"xmlns": f"{_PACKAGE}/relationships"})).encode()


def _content_types(numbers: Iterable[int]) -> bytes:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{at}.xml", "worksheet") for at in numbers]
    listed = empty(
        "Default",
        {"Extension": "rels", "ContentType": "application/vnd.openxmlformats-package.relationships+xml"},
    )
    listed += empty("Default", {"Extension": "xml", "ContentType": "application/xml"})
    listed += "".join(
        empty("Override", {"PartName": part, "ContentType": f"{_TYPE}.{kind}+xml"}) for part, kind in parts
    )
    return (_DECLARED + element("Types", listed, {"xmlns": f"{_PACKAGE}/content-types"})).encode()


def _view(sheet: Sheet) -> str:
    if not sheet.frozen_rows:
        return ""
    pane = {
        "ySplit": sheet.frozen_rows,
        "topLeftCell": reference(sheet.frozen_rows, 0),
        "activePane": "bottomLeft",
        "state": "frozen",
    }
    return element("sheetViews", element("sheetView", empty("pane", pane), {"workbookViewId": 0}))


def _columns(sheet: Sheet) -> str:
    found = "".join(
        empty("col", {"min": at, "max": at, "width": width, "customWidth": 1})
        for at, width in enumerate(sheet.widths, 1)
    )
    return element("cols", found) if found else ""


def _row(values: Sequence[Value]) -> str:
    if not values:
        return ""
    return element("row", "".join(_cell(value) for value in values), {"r": values[0].row + 1})


def _cell(value: Value) -> str:
    place = {"r": reference(value.row, value.col)}
    if isinstance(value.content, Numeral):
        style = _number_style(value.content)
        return element("c", element("v", repr(value.content.value)), {**place, "s": style})
    if isinstance(value.content, Formatted):
        style = _NUMBERS + len(_NUMBER_CODES) + CODES.index(value.content.code)
        return element("c", element("v", repr(value.content.value)), {**place, "s": style})
    style = _text_style(value)
    content = text(_ESCAPED.sub("_x005F_", value.content)[:_MOST_CHARACTERS])
    if not content:
        return empty("c", {**place, "s": style})
    space = None if content == content.strip() else "preserve"
    inline = element("is", element("t", content, {"xml:space": space}))
    return element("c", inline, {**place, "t": "inlineStr", "s": style})


def _text_style(value: Value) -> int:
    if value.is_header:
        return _HEADER
    if value.is_strong:
        return _STRONG
    return _PLAIN if value.wraps else _LINE


def _number_style(number: Numeral) -> int:
    return _NUMBERS + min(number.decimals, _MOST_DECIMALS) * 2 + number.is_grouped


def _merged(sheet: Sheet) -> str:
    found = [
        empty("mergeCell", {"ref": f"{reference(top, left)}:{reference(bottom, right)}"})
        for top, left, bottom, right in sheet.merged
    ]
    return element("mergeCells", "".join(found), {"count": len(found)}) if found else ""


def _links(sheet: Sheet) -> str:
    found = [
        empty("hyperlink", {"ref": reference(*place), "location": f"{quoted(name)}!A1", "display": name})
        for place, name in (sheet.links or {}).items()
    ]
    return element("hyperlinks", "".join(found)) if found else ""


def quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def reference(row: int, col: int) -> str:
    """`A1` for 0, 0."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _styles() -> str:
    codes = [*_NUMBER_CODES, *CODES]
    formats = "".join(
        empty("numFmt", {"numFmtId": 164 + at, "formatCode": code}) for at, code in enumerate(codes)
    )
    font = empty("sz", {"val": 11}) + empty("name", {"val": "Calibri"})
    fonts = element("font", font) + element("font", "<b/>" + font)
    solid = empty("fgColor", {"rgb": "FFE7E6E6"}) + empty("bgColor", {"indexed": 64})
    fills = "".join(
        element("fill", element("patternFill", inner, {"patternType": kind}))
        for kind, inner in (("none", ""), ("gray125", ""), ("solid", solid))
    )
    wrap = empty("alignment", {"vertical": "top", "wrapText": 1})
    base = {"numFmtId": 0, "fontId": 0, "fillId": 0, "borderId": 0, "xfId": 0, "applyAlignment": 1}
    cells = element("xf", wrap, base)
    cells += element("xf", wrap, {**base, "fontId": 1, "fillId": 2, "applyFont": 1, "applyFill": 1})
    cells += element("xf", "", {**base, "applyAlignment": None})
    cells += element("xf", "", {**base, "applyAlignment": None, "fontId": 1, "applyFont": 1})
    cells += "".join(
        empty("xf", {**base, "numFmtId": 164 + at, "applyAlignment": None, "applyNumberFormat": 1})
        for at in range(len(codes))
    )
    sides = "".join(empty(side) for side in ("left", "right", "top", "bottom", "diagonal"))
    normal = {"numFmtId": 0, "fontId": 0, "fillId": 0, "borderId": 0}
    named = empty("cellStyle", {"name": "Normal", "xfId": 0, "builtinId": 0})
    content = (
        element("numFmts", formats, {"count": len(codes)})
        + element("fonts", fonts, {"count": 2})
        + element("fills", fills, {"count": 3})
        + element("borders", element("border", sides), {"count": 1})
        + element("cellStyleXfs", empty("xf", normal), {"count": 1})
        + element("cellXfs", cells, {"count": _NUMBERS + len(codes)})
        + element("cellStyles", named, {"count": 1})
    )
    return _DECLARED + element("styleSheet", content, {"xmlns": MAIN})
