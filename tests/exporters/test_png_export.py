"""The result as one picture."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from tests.exporters.samples import document_of, page_of

from octavo.domain.document import Document, Page
from octavo.domain.errors import InvalidRequest, NotFound
from octavo.domain.geometry import BBox
from octavo.exporters.png_export import MAX_PAGES
from octavo.exporters.rendering import Cutting, Rendering, SourceAccess
from octavo.exporters.table import EXPORTERS

PNG = EXPORTERS["png"]
BLUE = (9, 105, 218)


def paper(page: Page, dpi: float, box: BBox | None) -> Cutting:
    """White, as large as the page, with a black line below its number of inches."""
    del box
    image = Image.new("RGB", (round(page.width_pt * dpi / 72), round(page.height_pt * dpi / 72)), "white")
    image.paste((0, 0, 0), (0, 100 * page.number, image.width, 100 * page.number + 4))
    target = BytesIO()
    image.save(target, "PNG")
    return Cutting(target.getvalue(), "image/png", image.width, image.height)


def no_look(page: Page, dpi: float, box: BBox | None) -> Cutting:
    raise NotFound("No look.")


def drawn(document: Document, look: object = paper, **options: str) -> Image.Image:
    source = SourceAccess(None, "application/pdf", None, lambda *_: None, look)  # type: ignore[arg-type]
    rendering = Rendering(options=PNG.chosen(options), source=source)
    return Image.open(BytesIO(b"".join(PNG.render(document, rendering))))


def with_a_total(*pages: Page) -> Document:
    place = {"page": pages[-1].number, "bbox": [0.5, 0.5, 0.7, 0.52]}
    return replace(document_of(*pages), fields={"evidence": {"total": {"places": [place]}}})


def test_pages_stand_one_below_the_other_as_they_were_read() -> None:
    picture = drawn(document_of(page_of(1), replace(page_of(2), width_pt=300.0)), dpi="72")

    assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (595, 842 + 12 + 842))
    assert picture.getpixel((300, 102)) == (0, 0, 0)
    assert picture.getpixel((300, 842 + 12 + 202)) == (0, 0, 0)
    assert picture.getpixel((300, 842 + 12 + 102)) == (255, 255, 255)
    assert picture.getpixel((5, 842 + 12 + 202)) not in {(0, 0, 0), (255, 255, 255)}, "beside a narrow page"


def test_each_value_has_a_frame_with_its_name() -> None:
    picture = drawn(with_a_total(page_of(1), page_of(2)))
    bare = drawn(with_a_total(page_of(1), page_of(2)), frames="no")

    page_height = round(842 * 100 / 72)
    middle = page_height + 12 + round(0.51 * page_height)
    left = round(0.5 * picture.width) - 2
    assert BLUE in {picture.getpixel((x, middle)) for x in range(left - 2, left + 3)}
    assert BLUE not in {bare.getpixel((x, middle)) for x in range(left - 2, left + 3)}
    assert picture.getpixel((left + 60, middle)) == (255, 255, 255), "what is in the frame is seen"
    assert (
        picture.crop((0, 0, picture.width, page_height)).tobytes()
        == bare.crop((0, 0, bare.width, page_height)).tobytes()
    )


def test_what_has_no_look_cannot_be_drawn() -> None:
    with pytest.raises(InvalidRequest, match="no pages to look at"):
        drawn(document_of(page_of(1)), no_look)


@pytest.mark.parametrize("count", [0, MAX_PAGES + 1])
def test_a_picture_holds_only_so_many_pages(count: int) -> None:
    with pytest.raises(InvalidRequest, match="1 to 100 pages"):
        drawn(document_of(*(page_of(number) for number in range(1, count + 1))))
