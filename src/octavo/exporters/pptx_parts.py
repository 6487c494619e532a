"""The parts that every presentation has: its master, its only layout, its theme, the list of slides."""

from octavo.exporters.markup import element, empty
from octavo.exporters.office import DECLARED, DRAWING, RELATIONSHIPS

SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
NAMESPACES = {"xmlns:a": DRAWING, "xmlns:r": RELATIONSHIPS, "xmlns:p": SLIDES}
EMPTY_GROUP = (
    element("p:nvGrpSpPr", empty("p:cNvPr", {"id": 1, "name": ""}) + "<p:cNvGrpSpPr/><p:nvPr/>")
    + "<p:grpSpPr/>"
)
"""What the tree of shapes begins with."""
_FIRST_SLIDE, _FIRST_MASTER = 256, 2**31
_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "44546A",
    "lt2": "E7E6E6",
    "accent1": "4472C4",
    "accent2": "ED7D31",
    "accent3": "A5A5A5",
    "accent4": "FFC000",
    "accent5": "5B9BD5",
    "accent6": "70AD47",
    "hlink": "0563C1",
    "folHlink": "954F72",
}


def presentation(slides: int, width: int, height: int) -> bytes:
    """The slides' relationships are `s1`, `s2`, …; the size is in EMU."""
    master = empty("p:sldMasterId", {"id": _FIRST_MASTER, "r:id": "master"})
    listed = "".join(
        empty("p:sldId", {"id": _FIRST_SLIDE + at, "r:id": f"s{at}"}) for at in range(1, slides + 1)
    )
    content = element("p:sldMasterIdLst", master)
    content += element("p:sldIdLst", listed) if slides else ""
    content += empty("p:sldSz", {"cx": width, "cy": height}) + empty(
        "p:notesSz", {"cx": 6858000, "cy": 9144000}
    )
    return (DECLARED + element("p:presentation", content, NAMESPACES)).encode()


def master() -> bytes:
    background = element("p:bgPr", _solid("bg1") + "<a:effectLst/>")
    tree = element("p:cSld", element("p:bg", background) + element("p:spTree", EMPTY_GROUP + _title()))
    names = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
    names |= {name: name for name in _COLOURS if name not in names.values()}
    layouts = element("p:sldLayoutIdLst", empty("p:sldLayoutId", {"id": _FIRST_MASTER + 1, "r:id": "layout"}))
    content = tree + empty("p:clrMap", names) + layouts + element("p:txStyles", _text_styles())
    return (DECLARED + element("p:sldMaster", content, NAMESPACES)).encode()


def layout() -> bytes:
    tree = element("p:cSld", element("p:spTree", EMPTY_GROUP + _title()), {"name": "Page"})
    content = tree + element("p:clrMapOvr", "<a:masterClrMapping/>")
    return (DECLARED + element("p:sldLayout", content, {**NAMESPACES, "type": "titleOnly"})).encode()


def theme() -> bytes:
    colours = "".join(
        element(f"a:{name}", empty("a:srgbClr", {"val": value})) for name, value in _COLOURS.items()
    )
    fonts = empty("a:latin", {"typeface": "Calibri"}) + "".join(
        empty(f"a:{script}", {"typeface": ""}) for script in ("ea", "cs")
    )
    line = element("a:ln", _solid("phClr"), {"w": 9525})
    formats = element("a:fillStyleLst", _solid("phClr") * 3)
    formats += element("a:lnStyleLst", line * 3)
    formats += element("a:effectStyleLst", element("a:effectStyle", "<a:effectLst/>") * 3)
    formats += element("a:bgFillStyleLst", _solid("phClr") * 3)
    named = {"name": "Octavo"}
    content = element("a:clrScheme", colours, named)
    content += element("a:fontScheme", element("a:majorFont", fonts) + element("a:minorFont", fonts), named)
    content += element("a:fmtScheme", formats, named)
    root = {"xmlns:a": DRAWING, **named}
    return (DECLARED + element("a:theme", element("a:themeElements", content), root)).encode()


def _title() -> str:
    """The place of a slide's title, so that programs list slides by it."""
    named = empty("p:cNvPr", {"id": 2, "name": "Title"})
    locked = element("p:cNvSpPr", empty("a:spLocks", {"noGrp": 1}))
    known = element("p:nvSpPr", named + locked + element("p:nvPr", empty("p:ph", {"type": "title"})))
    place = empty("a:off", {"x": 457200, "y": 274638}) + empty("a:ext", {"cx": 8229600, "cy": 1143000})
    shape = element("a:xfrm", place) + element("a:prstGeom", "<a:avLst/>", {"prst": "rect"})
    body = "<a:bodyPr/><a:lstStyle/>" + element("a:p", element("a:r", element("a:t", "Title")))
    return element("p:sp", known + element("p:spPr", shape) + element("p:txBody", body))


def _text_styles() -> str:
    return "".join(element(f"p:{kind}Style", _first_level()) for kind in ("title", "body", "other"))


def _first_level() -> str:
    fonts = "".join(
        empty(f"a:{name}", {"typeface": f"+mn-{short}"})
        for name, short in (("latin", "lt"), ("ea", "ea"), ("cs", "cs"))
    )
    return element("a:lvl1pPr", "<a:buNone/>" + element("a:defRPr", _solid("tx1") + fonts, {"sz": 1800}))


def _solid(colour: str) -> str:
    return element("a:solidFill", empty("a:schemeClr", {"val": colour}))
