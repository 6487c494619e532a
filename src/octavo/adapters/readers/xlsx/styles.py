"""How cells look, as far as it says what they are: number format, bold, fill, heading styles."""

import re
from dataclasses import dataclass

from octavo.adapters.readers.office.geometry import whole
from octavo.adapters.readers.office.number_codes import BUILTIN, GENERAL, is_date_code
from octavo.adapters.readers.office.xml import NAMESPACES, Element

_OFF = {"0", "false"}
_HEADING = re.compile(r"Heading ([1-6])$")


@dataclass(frozen=True, slots=True)
class CellStyle:
    code: str = GENERAL
    is_date: bool = False
    bold: bool = False
    filled: bool = False
    heading: int | None = None
    """By the cell style of that name: `Title` is 1, `Heading 1` is 2 below it."""


_PLAIN = CellStyle()


class Styles:
    def __init__(self, root: Element | None) -> None:
        self._styles: list[CellStyle] = []
        if root is None:
            return
        codes = {
            whole(one, "numFmtId"): one.get("formatCode", "")
            for one in root.iterfind("s:numFmts/s:numFmt", NAMESPACES)
        }
        bold = [_is_bold(font) for font in root.iterfind("s:fonts/s:font", NAMESPACES)]
        filled = [_is_filled(fill) for fill in root.iterfind("s:fills/s:fill", NAMESPACES)]
        names = {
            whole(one, "xfId"): one.get("name", "")
            for one in root.iterfind("s:cellStyles/s:cellStyle", NAMESPACES)
        }
        for xf in root.iterfind("s:cellXfs/s:xf", NAMESPACES):
            number = whole(xf, "numFmtId")
            code = codes.get(number) or BUILTIN.get(number, GENERAL)
            self._styles.append(
                CellStyle(
                    code=code,
                    is_date=is_date_code(code),
                    bold=_at(bold, whole(xf, "fontId")),
                    filled=_at(filled, whole(xf, "fillId")),
                    heading=_heading(names.get(whole(xf, "xfId"), "")),
                )
            )

    def __getitem__(self, index: int) -> CellStyle:
        return self._styles[index] if 0 <= index < len(self._styles) else _PLAIN


def _at(flags: list[bool], index: int) -> bool:
    return flags[index] if 0 <= index < len(flags) else False


def _is_bold(font: Element) -> bool:
    mark = font.find("s:b", NAMESPACES)
    return mark is not None and mark.get("val", "1") not in _OFF


def _is_filled(fill: Element) -> bool:
    """White is no fill."""
    pattern = fill.find("s:patternFill", NAMESPACES)
    if pattern is None:
        return fill.find("s:gradientFill", NAMESPACES) is not None
    if pattern.get("patternType", "none") in {"none", ""}:
        return False
    colour = pattern.find("s:fgColor", NAMESPACES)
    white = colour is not None and (colour.get("rgb", "")[-6:].upper() == "FFFFFF" or _is_background(colour))
    return not white


def _is_background(colour: Element) -> bool:
    """The theme's first colour without a tint: the paper."""
    return colour.get("theme") == "0" and not colour.get("tint", "").strip("-0.")


def _heading(name: str) -> int | None:
    if name == "Title":
        return 1
    match = _HEADING.match(name)
    return min(6, int(match[1]) + 1) if match else None
