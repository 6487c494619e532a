"""Which words a page is made of: its text layer's, the ink's, or both."""

from dataclasses import replace

import pytest
from tests.pipeline.fakes import HEIGHT, WIDTH, FakeOrienter, FakeReader, FakeRecogniser, blank_image, line_of
from tests.pipeline.pictures import TEXT, letter_page, photograph

from octavo.domain.document import BlockType, Line, Origin, Page, PageQuality, Region, TextSource
from octavo.domain.errors import PageUnreadable
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.read import measure, read_page
from octavo.ports.engines import PageImage

WHOLE = Region("image", BBox(0.0, 0.0, 1.0, 1.0))


def layer(*texts: str) -> list[Line]:
    return [line_of(text, 60, 60 + 19 * number, size=12) for number, text in enumerate(texts)]


def recognised(*texts: str) -> list[Line]:
    """As an engine reads `letter_page`: where the ink is."""
    lines = []
    for number, text in enumerate(texts):
        line = line_of(text, 58, 59 + number * 18.7, size=13, letter=0.44, origin=Origin.OCR, confidence=0.9)
        lines.append(replace(line, bold=None, monospace=None))
    return lines


def texts_of(page: Page) -> str:
    return " ".join(block.text for block in page.blocks)


def test_a_trusted_text_layer_is_verified_and_no_engine_is_asked() -> None:
    recogniser = FakeRecogniser(recognised("something else"))

    page = read_page(FakeReader({1: layer(*TEXT)}), 1, recogniser=recogniser)

    assert recogniser.seen == []
    assert page.engine is None
    assert {block.text_source for block in page.blocks} == {TextSource.VERIFIED}
    assert measure(page).confidence == 1.0


def test_a_scan_is_recognised_and_inferred() -> None:
    reader = FakeReader(picture=letter_page(), regions=[WHOLE], native_dpi=200)
    recogniser = FakeRecogniser(recognised(*TEXT))

    page = read_page(reader, 1, recogniser=recogniser, orienter=FakeOrienter(), language="en")

    assert texts_of(page) == " ".join(TEXT)
    assert (page.engine, page.language, page.quality) == ("paper", "en", PageQuality.READ)
    assert {block.text_source for block in page.blocks} == {TextSource.INFERRED}
    assert not any(block.verified for block in page.blocks)
    assert measure(page).confidence == pytest.approx(0.9)


@pytest.mark.parametrize(("native", "asked"), [(None, 200), (72, 150), (240, 240), (600, 300)])
def test_a_scan_is_rendered_at_its_own_resolution_within_what_engines_read(
    native: float | None, asked: float
) -> None:
    reader = FakeReader(picture=letter_page(), native_dpi=native)

    read_page(reader, 1, recogniser=FakeRecogniser())

    assert reader.rendered == [asked]


def test_a_blank_page_is_blank_and_not_recognised() -> None:
    recogniser = FakeRecogniser(recognised("ghost"))

    page = read_page(FakeReader(picture=blank_image()), 1, recogniser=recogniser)

    assert (page.quality, page.blocks) == (PageQuality.BLANK, ())
    assert recogniser.seen == []


def test_a_page_that_is_only_a_photograph_is_one_picture() -> None:
    page = read_page(FakeReader(picture=photograph(), regions=[WHOLE]), 1, recogniser=FakeRecogniser())

    assert [block.type for block in page.blocks] == [BlockType.IMAGE]
    assert page.quality is PageQuality.READ


def test_a_garbled_layer_is_not_believed() -> None:
    reader = FakeReader({1: layer("\ufffd\ufffd 7+%- !!")}, picture=letter_page(), garbled=0.6)

    page = read_page(reader, 1, recogniser=FakeRecogniser(recognised(*TEXT)))

    assert texts_of(page) == " ".join(TEXT)
    assert "text_layer_garbled" in page.notes


def test_a_garbled_layer_is_kept_unverified_where_nothing_else_can_be_read() -> None:
    reader = FakeReader({1: layer("7+%- 8822")}, picture=letter_page(), garbled=0.6)

    page = read_page(reader, 1, recogniser=FakeRecogniser())

    assert texts_of(page) == "7+%- 8822"
    assert page.blocks[0].text_source is TextSource.INFERRED
    assert "text_layer_unconfirmed" in page.notes


def test_a_hidden_layer_that_agrees_with_the_ink_is_kept_but_not_verified() -> None:
    reader = FakeReader({1: layer(*TEXT)}, picture=letter_page(3), regions=[WHOLE], hidden_text=True)
    recogniser = EchoRecogniser(TEXT)

    page = read_page(reader, 1, recogniser=recogniser)

    assert recogniser.reads == 1, "only the sample is recognised"
    assert texts_of(page) == " ".join(TEXT)
    assert page.blocks[0].text_source is TextSource.INFERRED
    assert "text_layer_hidden" in page.notes


def test_a_hidden_layer_that_is_wrong_is_read_again() -> None:
    wrong = layer("Wholly other words stand in this layer than", "on the page, because somebody merged files")
    reader = FakeReader({1: wrong}, picture=letter_page(3), regions=[WHOLE], hidden_text=True)

    page = read_page(reader, 1, recogniser=EchoRecogniser(TEXT))

    assert texts_of(page) == " ".join(TEXT)
    assert "text_layer_hidden_wrong" in page.notes


def test_a_stamp_over_a_scan_does_not_hide_the_scan() -> None:
    stamp = line_of("BATES 000123", 400, 800)
    reader = FakeReader({1: [stamp]}, picture=letter_page(3), regions=[WHOLE], native_dpi=200)

    page = read_page(reader, 1, recogniser=FakeRecogniser(recognised(*TEXT)))

    assert set(TEXT[0].split()) <= {word.text for word in page.words}
    assert "BATES" in texts_of(page)
    sources = {word.text: word.origin for word in page.words}
    assert (sources["BATES"], sources["truth"]) == (Origin.TEXT_LAYER, Origin.OCR)


def test_a_picture_beside_digital_text_is_read_into_its_place() -> None:
    picture = Region("image", BBox(0.1, 0.5, 0.9, 0.9))
    digital = layer(*(TEXT * 2))
    found = line_of("written in the picture", 0, 0, origin=Origin.OCR, confidence=0.8)
    reader = FakeReader({1: digital}, picture=letter_page(40), regions=[picture])

    page = read_page(reader, 1, recogniser=FakeRecogniser([found]))

    words = [word for word in page.words if word.origin is Origin.OCR]
    assert [word.text for word in words] == ["written", "in", "the", "picture"]
    box = enclosing([word.bbox for word in words])
    assert (box.x0, box.y0) == (0.1, 0.5), "fractions of the picture became fractions of the page"
    assert [(block.type.value, block.verified) for block in page.blocks] == [
        ("paragraph", True),
        ("image", False),
    ]
    assert page.blocks[1].body["embedded_text"] == "written in the picture"


def test_small_pictures_and_photographs_beside_text_are_not_read() -> None:
    regions = [Region("image", BBox(0.1, 0.1, 0.15, 0.15)), Region("image", BBox(0.2, 0.3, 0.9, 0.8))]
    smooth = PageImage(blank_image().pixels // 2, 100)
    recogniser = FakeRecogniser()

    read_page(FakeReader({1: layer(*TEXT)}, picture=smooth, regions=regions), 1, recogniser=recogniser)

    assert recogniser.seen == []


def test_words_read_where_no_ink_is_are_not_grounded() -> None:
    ghost = line_of("ghost", 60, 700, origin=Origin.OCR, confidence=0.99)
    reader = FakeReader(picture=letter_page(3), native_dpi=200)

    page = read_page(reader, 1, recogniser=FakeRecogniser([*recognised(*TEXT), ghost]))

    result = measure(page)
    assert result.characters - result.grounded_characters == len("ghost")
    assert {word.text: word.confidence for word in page.words}["ghost"] == 0.0


def test_a_digital_page_whose_text_runs_up_the_page_is_turned() -> None:
    level = [line_of(text, 60, 100 + 14 * number) for number, text in enumerate(TEXT)]
    sideways = [_standing(line) for line in level]

    page = read_page(FakeReader({1: sideways}), 1, recogniser=FakeRecogniser())

    assert texts_of(page) == " ".join(TEXT)
    assert (page.width_pt, page.height_pt) == (HEIGHT, WIDTH)
    assert page.transform.rotation == 90
    assert "rotated" in page.notes
    first = page.words[0]
    assert page.transform.bbox_to_source(first.bbox).to_list() == pytest.approx(
        sideways[0].words[0].bbox.to_list(), abs=2e-5
    )


def test_characters_that_no_document_means_are_dropped() -> None:
    line = line_of("Cafe\u0301 ok \x00 end", 60, 100)

    page = read_page(FakeReader({1: [line]}), 1, recogniser=FakeRecogniser())

    assert texts_of(page) == "Café ok end"


def test_a_page_the_reader_cannot_read_is_its_own_error() -> None:
    with pytest.raises(PageUnreadable):
        read_page(FakeReader(), 2, recogniser=FakeRecogniser())


class EchoRecogniser(FakeRecogniser):
    """Reads a sheet of samples as these rows, each where a row of ink is."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        super().__init__()
        self.texts = texts
        self.reads = 0

    def recognise(self, image: PageImage) -> tuple[Line, ...]:
        self.reads += 1
        if image.height > image.width:
            return tuple(recognised(*self.texts))
        rows = [(number + 0.5) / len(self.texts) for number in range(len(self.texts))]
        return tuple(
            Line(found.words, BBox.clamped(0.1, y - 0.02, 0.9, y + 0.02))
            for found, y in zip(recognised(*self.texts), rows, strict=True)
        )


def _standing(line: Line) -> Line:
    """The line as it stands after the page was turned 90 degrees counter-clockwise."""
    words = tuple(replace(word, bbox=_turned(word.bbox)) for word in line.words)
    return replace(line, words=words, bbox=_turned(line.bbox))


def _turned(box: BBox) -> BBox:
    return BBox.clamped(box.y0, 1 - box.x1, box.y1, 1 - box.x0)
