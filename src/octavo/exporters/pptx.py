"""The document as a presentation: a slide for each page, every block a shape at its place.

One page is in memory at a time. Slides are as large as the first page; pages of another size are
fitted in.
"""

from collections.abc import Iterable, Iterator

from octavo.domain.document import Document, Page
from octavo.exporters import office, pptx_parts
from octavo.exporters.placement import require_places
from octavo.exporters.pptx_slide import Slide, slide_xml
from octavo.exporters.rendering import Rendering
from octavo.exporters.zipping import zipped

OPTIONS = {"images": ("inline", "none")}
_TYPE = "application/vnd.openxmlformats-officedocument.presentationml"
_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_WIDE = (960.0, 540.0)
_LEAST_PT, _MOST_PT = 72.0, 4032.0
"""Slides can have no other size."""
Entry = tuple[str, Iterable[bytes]]


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """Raises `InvalidRequest` for a source without layout."""
    yield from zipped(_entries(document, rendering))


def _entries(document: Document, rendering: Rendering) -> Iterator[Entry]:
    with_pictures = rendering.option("images", "inline") == "inline"
    size: tuple[int, int] | None = None
    count = 0
    for page in document.pages:
        require_places(page)
        size = size or _size(page)
        count += 1
        yield from _slide(Slide(page, *size, with_pictures), count)
    yield from _presentation(count, size or _emu(*_WIDE))


def _slide(slide: Slide, number: int) -> Iterator[Entry]:
    yield f"ppt/slides/slide{number}.xml", [slide_xml(slide)]
    targets = {"layout": ("slideLayout", "../slideLayouts/slideLayout1.xml")}
    for picture in slide.page.pictures:
        name = slide.pictures.pop(picture.name, None)
        if name:
            targets[f"p{picture.name}"] = ("image", f"../media/{number}-{name}")
            yield f"ppt/media/{number}-{name}", [picture.content]
    yield f"ppt/slides/_rels/slide{number}.xml.rels", office.relationships(targets)


def _presentation(count: int, size: tuple[int, int]) -> Iterator[Entry]:
    numbers = range(1, count + 1)
    yield "ppt/presentation.xml", [pptx_parts.presentation(count, *size)]
    yield "ppt/slideMasters/slideMaster1.xml", [pptx_parts.master()]
    yield "ppt/slideLayouts/slideLayout1.xml", [pptx_parts.layout()]
    yield "ppt/theme/theme1.xml", [pptx_parts.theme()]
    above = {
        "layout": ("slideLayout", "../slideLayouts/slideLayout1.xml"),
        "theme": ("theme", "../theme/theme1.xml"),
    }
    yield "ppt/slideMasters/_rels/slideMaster1.xml.rels", office.relationships(above)
    below = {"master": ("slideMaster", "../slideMasters/slideMaster1.xml")}
    yield "ppt/slideLayouts/_rels/slideLayout1.xml.rels", office.relationships(below)
    targets = {
        "master": ("slideMaster", "slideMasters/slideMaster1.xml"),
        "theme": ("theme", "theme/theme1.xml"),
        **{f"s{at}": ("slide", f"slides/slide{at}.xml") for at in numbers},
    }
    yield "ppt/_rels/presentation.xml.rels", office.relationships(targets)
    yield "_rels/.rels", office.relationships({"document": ("officeDocument", "ppt/presentation.xml")})
    parts = [
        ("/ppt/presentation.xml", f"{_TYPE}.presentation.main+xml"),
        ("/ppt/slideMasters/slideMaster1.xml", f"{_TYPE}.slideMaster+xml"),
        ("/ppt/slideLayouts/slideLayout1.xml", f"{_TYPE}.slideLayout+xml"),
        ("/ppt/theme/theme1.xml", _THEME),
        *((f"/ppt/slides/slide{at}.xml", f"{_TYPE}.slide+xml") for at in numbers),
    ]
    yield "[Content_Types].xml", office.content_types(parts)


def _size(page: Page) -> tuple[int, int]:
    """Of the page, made smaller or larger in the same shape until slides can have it."""
    longer, shorter = max(page.width_pt, page.height_pt), min(page.width_pt, page.height_pt)
    scale = min(_MOST_PT / longer, max(1.0, _LEAST_PT / shorter))
    sides = (min(_MOST_PT, max(_LEAST_PT, side * scale)) for side in (page.width_pt, page.height_pt))
    return _emu(*sides)


def _emu(width_pt: float, height_pt: float) -> tuple[int, int]:
    return round(width_pt * office.EMU_PER_POINT), round(height_pt * office.EMU_PER_POINT)
