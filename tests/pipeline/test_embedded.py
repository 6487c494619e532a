"""Text inside the pictures of a native source."""

import io
from dataclasses import replace

from PIL import Image, ImageDraw, ImageFont
from tests.pipeline.fakes import FakeRecogniser

from octavo.domain.document import Block, BlockType, Line, Origin, Picture, Word
from octavo.domain.geometry import BBox
from octavo.domain.native import native_block
from octavo.pipeline.embedded import with_embedded_text


def picture(mode: str = "RGB", text: str = "written words in a picture") -> Picture:
    image = Image.new(mode, (900, 300), (255, 255, 255, 0) if mode == "RGBA" else "white")
    draw = ImageDraw.Draw(image)
    for row in range(3):
        draw.text((40, 40 + 80 * row), text, fill="black", font=ImageFont.load_default(40))
    file = io.BytesIO()
    image.save(file, "PNG")
    return Picture.of(1, "image/png", file.getvalue(), 900, 300)


def image_block(shown: Picture) -> Block:
    return native_block(BlockType.IMAGE, page=1, index=0, text="", body={"image": shown.to_body()})


def line(text: str, confidence: float, y: float = 0.15) -> Line:
    box = BBox(0.05, y, 0.8, y + 0.12)
    return Line((Word(text, box, confidence, Origin.OCR),), box)


def test_what_is_written_in_a_picture_is_told_from_top_to_bottom() -> None:
    shown = picture()
    recogniser = FakeRecogniser((line("second", 0.9, 0.42), line("first", 0.9, 0.15)))

    (block,) = with_embedded_text((image_block(shown),), [shown], recogniser)

    assert block.body["embedded_text"] == "first\nsecond"
    assert block.text == "", "the picture's words are not the document's"


def test_a_see_through_picture_is_read_on_white() -> None:
    shown = picture("RGBA")
    recogniser = FakeRecogniser((line("first", 0.9),))

    with_embedded_text((image_block(shown),), [shown], recogniser)

    assert recogniser.seen[0].pixels[0, 0].tolist() == [255, 255, 255]


def test_doubtful_words_are_left_out() -> None:
    shown = picture()

    (block,) = with_embedded_text((image_block(shown),), [shown], FakeRecogniser((line("leaf", 0.3),)))

    assert "embedded_text" not in block.body


def test_a_picture_without_writing_is_not_recognised() -> None:
    file = io.BytesIO()
    Image.new("RGB", (600, 600), "navy").save(file, "PNG")
    plain = Picture.of(1, "image/png", file.getvalue(), 600, 600)
    recogniser = FakeRecogniser((line("ghost", 0.9),))

    (block,) = with_embedded_text((image_block(plain),), [plain], recogniser)

    assert recogniser.seen == []
    assert "embedded_text" not in block.body


def test_bytes_that_are_no_picture_are_left_alone() -> None:
    broken = replace(picture(), content=b"no picture")

    blocks = with_embedded_text((image_block(broken),), [broken], FakeRecogniser((line("x", 0.9),)))

    assert "embedded_text" not in blocks[0].body
