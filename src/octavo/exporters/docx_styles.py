"""How the Word export looks: its styles, and how its lists count."""

from collections.abc import Iterable
from typing import NamedTuple

from octavo.exporters.markup import element, empty
from octavo.exporters.office import DECLARED

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LEVELS = 6
_HEADING_HALF_POINTS = (32, 28, 26, 24, 22, 22)
_KINDS = {
    None: "bullet",
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_INDENT = 360
"""In twentieths of a point, for each level."""
BULLETS = 1
"""The number of the list that all bullets belong to."""


class Count(NamedTuple):
    """One list that counts: how, at which level, from where."""

    style: str | None
    level: int
    start: int
    shape: str = ""
    """The mark, `#` where the number is: `(#)`. Empty for the usual: a dot behind it, or a bullet."""


def styles(language: str | None) -> bytes:
    fonts = empty("w:rFonts", {f"w:{kind}": "Calibri" for kind in ("ascii", "hAnsi", "eastAsia", "cs")})
    run = fonts + _value("sz", 22) + _value("szCs", 22) + _value("lang", language or "en-US")
    spacing = empty("w:spacing", {"w:after": 120, "w:line": 264, "w:lineRule": "auto"})
    defaults = element("w:rPrDefault", element("w:rPr", run)) + element(
        "w:pPrDefault", element("w:pPr", spacing)
    )
    found = [
        element("w:docDefaults", defaults),
        _style("Normal", "Normal", default=True),
        _style("Title", "Title", "<w:keepNext/>" + _spacing(240, 160), "<w:b/>" + _value("sz", 44)),
        *(_heading(level) for level in range(1, LEVELS + 1)),
        _style(
            "Caption", "caption", _spacing(0, 200), "<w:i/>" + _value("color", "44546A") + _value("sz", 18)
        ),
        _style("ListParagraph", "List Paragraph", "<w:contextualSpacing/>"),
        _style("Quote", "Quote", empty("w:ind", {"w:left": 720, "w:right": 720}), "<w:i/>"),
        _style("Callout", "Callout", _border() + empty("w:ind", {"w:left": 240})),
        _style("Code", "Code", _shade() + _spacing(0, 120), _monospace() + _value("sz", 18)),
        _style("Formula", "Formula", _value("jc", "center"), _monospace()),
        _style("FootnoteText", "footnote text", _spacing(0, 60), _value("sz", 18)),
        _letters("FootnoteReference", "footnote reference", _value("vertAlign", "superscript")),
        _style("Header", "header"),
        _style("Footer", "footer"),
        _table_style(),
    ]
    return (DECLARED + element("w:styles", "".join(found), {"xmlns:w": WORD})).encode()


def numbering(counts: Iterable[Count]) -> bytes:
    """The list `BULLETS`, then one for each count."""
    counts = list(counts)
    shapes = [(style, "") for style in _KINDS]
    shapes = list(dict.fromkeys([*shapes, *((count.style, count.shape) for count in counts)]))
    abstract = "".join(_abstract(at, style, shape) for at, (style, shape) in enumerate(shapes))
    lists = element("w:num", _value("abstractNumId", 0), {"w:numId": BULLETS})
    lists += "".join(
        element(
            "w:num",
            _value("abstractNumId", shapes.index((count.style, count.shape)))
            + element("w:lvlOverride", _value("startOverride", count.start), {"w:ilvl": count.level}),
            {"w:numId": BULLETS + at},
        )
        for at, count in enumerate(counts, 1)
    )
    return (DECLARED + element("w:numbering", abstract + lists, {"xmlns:w": WORD})).encode()


def _abstract(number: int, style: str | None, shape: str) -> str:
    shape = shape or ("\u2022" if style is None else "#.")
    levels = "".join(
        element(
            "w:lvl",
            _value("start", 1)
            + _value("numFmt", _KINDS[style])
            + _value("lvlText", shape.replace("#", f"%{level + 1}"))
            + _value("lvlJc", "left")
            + element("w:pPr", empty("w:ind", {"w:left": _INDENT * (level + 2), "w:hanging": _INDENT})),
            {"w:ilvl": level},
        )
        for level in range(9)
    )
    kind = _value("multiLevelType", "hybridMultilevel")
    return element("w:abstractNum", kind + levels, {"w:abstractNumId": number})


def _heading(level: int) -> str:
    paragraph = "<w:keepNext/>" + _spacing(240, 80) + _value("outlineLvl", level - 1)
    return _style(
        f"Heading{level}",
        f"heading {level}",
        paragraph,
        "<w:b/>" + _value("sz", _HEADING_HALF_POINTS[level - 1]),
    )


def _style(id_: str, name: str, paragraph: str = "", run: str = "", *, default: bool = False) -> str:
    content = _value("name", name) + ("" if default else _value("basedOn", "Normal")) + "<w:qFormat/>"
    if paragraph:
        content += element("w:pPr", paragraph)
    if run:
        content += element("w:rPr", run)
    return element(
        "w:style", content, {"w:type": "paragraph", "w:default": 1 if default else None, "w:styleId": id_}
    )


def _letters(id_: str, name: str, run: str) -> str:
    """A style of letters within a paragraph."""
    content = _value("name", name) + "<w:qFormat/>" + element("w:rPr", run)
    return element("w:style", content, {"w:type": "character", "w:styleId": id_})


def _table_style() -> str:
    line = {"w:val": "single", "w:sz": 4, "w:space": 0, "w:color": "auto"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = element("w:tblBorders", "".join(empty(f"w:{side}", line) for side in sides))
    margins = "".join(empty(f"w:{side}", {"w:w": 108, "w:type": "dxa"}) for side in ("left", "right"))
    content = _value("name", "Table Grid") + element("w:pPr", _spacing(0, 0))
    content += element("w:tblPr", borders + element("w:tblCellMar", margins))
    return element("w:style", content, {"w:type": "table", "w:styleId": "TableGrid"})


def _value(name: str, value: object) -> str:
    return empty(f"w:{name}", {"w:val": value})


def _spacing(before: int, after: int) -> str:
    return empty("w:spacing", {"w:before": before, "w:after": after})


def _border() -> str:
    line = {"w:val": "single", "w:sz": 24, "w:space": 8, "w:color": "5B9BD5"}
    return element("w:pBdr", empty("w:left", line))


def _shade() -> str:
    return empty("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "F2F2F2"})


def _monospace() -> str:
    return empty("w:rFonts", {"w:ascii": "Consolas", "w:hAnsi": "Consolas", "w:cs": "Consolas"})
