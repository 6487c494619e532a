"""What a text layer is worth, and how much of what was emitted is grounded."""

from dataclasses import replace

import pytest
from tests.pipeline.fakes import FakeReader, FakeRecogniser, blank_image, line_of, paragraph_of

from octavo.adapters.engines.no_ink import NoInk
from octavo.domain.document import Line, Origin, Region
from octavo.domain.geometry import BBox
from octavo.pipeline.read import measure, read_page
from octavo.pipeline.trust import Trust, compare, judge

TEXT = [
    "The council met on Monday and",
    "approved the budget for next year",
    "after a long debate in the hall",
]
SCAN = (Region("image", BBox(0.0, 0.0, 1.0, 1.0)),)


def hidden_page(texts: list[str]) -> FakeReader:
    return FakeReader(lines={1: paragraph_of(texts, 60, 100, leading=3)}, regions=SCAN, hidden_text=True)


def reading(texts: list[str], confidence: float) -> FakeRecogniser:
    """What is read from the sheet of sampled lines, one under the other as they were cut."""
    reader = FakeRecogniser()
    page = hidden_page(TEXT).load(1)
    compare(page, reader)
    height = reader.seen[0].height
    slot = (height - 12) / len(texts)
    lines = []
    for number, text in enumerate(texts):
        top = 12 + number * slot
        box = BBox.clamped(0.05, (top + 2) / height, 0.9, (top + slot - 14) / height)
        line = line_of(text, 10, 10, origin=Origin.OCR, confidence=confidence)
        lines.append(Line(tuple(replace(word, bbox=box) for word in line.words), box))
    return FakeRecogniser(tuple(lines))


def damaged(texts: list[str], letters: str) -> list[str]:
    return [text.translate(str.maketrans(letters, "x" * len(letters))) for text in texts]


def test_a_hidden_layer_that_agrees_with_its_ink_is_kept_and_said_so() -> None:
    verdict = judge(hidden_page(TEXT).load(1), reading(TEXT, 0.99))

    assert verdict.trust is Trust.HIDDEN
    assert verdict.notes == ("text_layer_hidden",)


def test_a_hidden_layer_that_says_something_else_is_replaced() -> None:
    verdict = judge(hidden_page(damaged(TEXT, "aeio")).load(1), reading(TEXT, 0.99))

    assert verdict.trust is Trust.NONE
    assert verdict.notes == ("text_layer_hidden_wrong",)


def test_a_hidden_layer_of_poor_quality_gives_way_to_a_sure_reading() -> None:
    poor = hidden_page(damaged(TEXT, "o")).load(1)

    sure, unsure = judge(poor, reading(TEXT, 0.99)), judge(poor, reading(TEXT, 0.7))

    assert sure.notes == ("text_layer_hidden_poor",)
    assert sure.trust is Trust.NONE
    assert unsure.trust is Trust.HIDDEN


def test_agreement_is_counted_in_letters_not_in_capitals_and_stops() -> None:
    shouted = hidden_page([f"{text.upper()}!" for text in TEXT]).load(1)

    found = compare(shouted, reading(TEXT, 0.9))

    assert (found.agreement, found.confidence) == pytest.approx((1.0, 0.9))


def test_a_page_without_a_line_to_compare_agrees_with_nothing() -> None:
    page = FakeReader(lines={1: [line_of("ab", 60, 100)]}, regions=SCAN, hidden_text=True).load(1)

    assert judge(page, FakeRecogniser()).trust is Trust.NONE


def printed_and_made_up() -> tuple[FakeReader, FakeRecogniser]:
    """Ten letters on ink, and ten that an engine made up over white paper."""
    printed = line_of("printedink", 60, 100, origin=Origin.OCR, confidence=0.9)
    made_up = line_of("inventions", 60, 500, origin=Origin.OCR, confidence=0.9)
    picture = blank_image()
    box = printed.bbox
    rows = slice(int(box.y0 * picture.height), int(box.y1 * picture.height))
    for column in range(int(box.x0 * picture.width), int(box.x1 * picture.width), 6):
        picture.pixels[rows, column : column + 4] = 0
    return FakeReader(picture=picture), FakeRecogniser((printed, made_up))


def test_a_made_up_word_over_white_paper_lowers_faithfulness() -> None:
    reader, engine = printed_and_made_up()

    measured = measure(read_page(reader, 1, recogniser=engine))

    assert (measured.characters, measured.grounded_characters) == (20, 10)


def test_the_word_without_ink_is_sure_to_be_wrong_and_the_other_keeps_its_confidence() -> None:
    reader, engine = printed_and_made_up()

    page = read_page(reader, 1, recogniser=engine)

    assert {word.text: word.confidence for word in page.words} == {"printedink": 0.9, "inventions": 0.0}


def test_text_from_a_layer_is_grounded_without_a_look_at_the_ink() -> None:
    reader = FakeReader(lines={1: paragraph_of(TEXT, 60, 100)})

    page = read_page(reader, 1, recogniser=FakeRecogniser())

    measured = measure(page)
    assert measured.characters == measured.grounded_characters == sum(len(word.text) for word in page.words)
    assert reader.rendered == []


def test_where_no_ink_may_be_read_the_layer_is_taken_and_a_doubtful_one_is_not_called_proven() -> None:
    nobody = NoInk()
    plain = FakeReader(lines={1: paragraph_of(TEXT, 60, 100)}).load(1)

    assert judge(plain, nobody).trust is Trust.FULL
    doubtful = judge(hidden_page(TEXT).load(1), nobody)
    assert (doubtful.trust, doubtful.notes) == (Trust.HIDDEN, ("text_layer_unconfirmed",))
    assert judge(replace(plain, garbled=0.9), nobody).trust is Trust.HIDDEN


def test_who_asks_for_the_ink_alone_gets_no_layer_however_honest_it_is() -> None:
    reader = FakeReader(lines={1: paragraph_of(TEXT, 60, 100)})

    verdict = judge(reader.load(1), FakeRecogniser(), ink_only=True)

    assert (verdict.trust, verdict.notes) == (Trust.NONE, ("text_layer_passed_over",))
    assert reader.rendered == []
