"""Glyphs in doubt are settled by their ink."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from tests.pipeline.fakes import PAPER, FakeReader, blank_image, line_of

from octavo.domain.document import EngineIdentity, Line, Origin, TextSource, Word
from octavo.domain.geometry import BBox
from octavo.pipeline.proof.comparing import shapes, spelling
from octavo.pipeline.proof.glyphs import CORRECTED, settle_doubts
from octavo.pipeline.read import read_page
from octavo.pipeline.trust import Trust, judge
from octavo.ports.engines import PageImage
from octavo.ports.readers import Doubt, LoadedPage, Tally

SENTENCES = [
    "he page says what its fonts say",
    "he ink says what a person sees",
    "Nobody else is asked about it",
    "he end of the page is here",
]
LYING = ["he"]


@dataclass
class InkReader:
    """Reads each part of a sheet as `says` has it for the word that stands there, by its shade of grey."""

    says: Sequence[str]
    confidence: float = 0.97
    seen: list[PageImage] = field(default_factory=list)
    identity: EngineIdentity = PAPER

    def recognise(self, image: PageImage) -> tuple[Line, ...]:
        self.seen.append(image)
        shade = image.pixels[:, image.width // 2, 0]
        lines = []
        for grey, text in enumerate(self.says):
            rows = np.flatnonzero(shade == grey + 1)
            for part in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(rows) else []:
                box = BBox.clamped(0.1, part[0] / image.height, 0.9, (part[-1] + 1) / image.height)
                words = tuple(Word(word, box, self.confidence, Origin.OCR) for word in text.split())
                lines.append(Line(words, box))
        return tuple(lines)


def page_with(doubted: Sequence[str], truth: dict[str, str]) -> tuple[LoadedPage, InkReader]:
    """A page of `SENTENCES` whose ink says `truth` where that differs, and `doubted` words in doubt."""
    lines = [line_of(text, 60, 60 + 30 * number) for number, text in enumerate(SENTENCES)]
    words = [word for line in lines for word in line.words]
    picture = blank_image(dpi=200)
    says = []
    for number, word in enumerate(words):
        says.append(truth.get(word.text, word.text))
        box = word.bbox
        rows = slice(int(box.y0 * picture.height) - 8, int(box.y1 * picture.height) + 8)
        columns = slice(int(box.x0 * picture.width) - 8, int(box.x1 * picture.width) + 8)
        picture.pixels[rows, columns] = number + 1
    page = FakeReader(lines={1: lines}, picture=picture).load(1)
    boxes = tuple(word.bbox for word in words if word.text in doubted)
    return replace(page, doubts=(Doubt("Garamond h 1.065", boxes),)), InkReader(says)


def test_a_page_without_doubts_costs_nothing() -> None:
    page, reader = page_with((), {})
    page = replace(page, doubts=())

    settled = settle_doubts(page, reader)

    assert settled.lines is page.lines
    assert reader.seen == []


def test_words_whose_ink_says_otherwise_are_read_from_it_and_said_so() -> None:
    page, reader = page_with(LYING, {"he": "The"})

    settled = settle_doubts(page, reader)

    assert [line.text for line in settled.lines] == [
        text.replace("he ", "The ", 1) for text in SENTENCES[:2]
    ] + [
        SENTENCES[2],
        "The end of the page is here",
    ]
    assert settled.notes == (CORRECTED,)
    origins = {word.text: word.origin for line in settled.lines for word in line.words}
    assert origins["The"] is Origin.OCR
    assert origins["page"] is Origin.TEXT_LAYER


def test_only_the_words_in_doubt_are_read() -> None:
    page, reader = page_with(LYING, {"he": "The"})

    settle_doubts(page, reader)

    assert len(reader.seen) == 2
    parts = sum(int((image.pixels[:, image.width // 2, 0] != 255).any()) for image in reader.seen)
    assert parts == 2


def test_an_honest_glyph_is_cleared_and_asked_about_no_more() -> None:
    page, reader = page_with(["says", "page", "fonts", "sees", "here"], {})

    first, second = settle_doubts(page, reader), settle_doubts(page, reader)

    assert first.notes == second.notes == ()
    assert page.tallies["Garamond h 1.065"].agreed >= 4
    assert len(reader.seen) == 1


def test_what_was_found_on_one_page_holds_on_the_next() -> None:
    page, reader = page_with(LYING, {"he": "The"})
    page.tallies["Garamond h 1.065"] = Tally(differed=5)

    settled = settle_doubts(page, reader)

    assert len(reader.seen) == 1
    assert settled.notes == (CORRECTED,)


def test_a_reading_that_is_not_sure_speaks_against_nobody() -> None:
    page, reader = page_with(LYING, {"he": "fhe"})
    reader.confidence = 0.6

    settled = settle_doubts(page, reader)

    assert settled.notes == ()
    assert page.tallies["Garamond h 1.065"] == Tally(0, 0)


def test_letters_that_look_alike_are_no_lie() -> None:
    page, reader = page_with(["is"], {"is": "ls"})

    settled = settle_doubts(page, reader)

    assert settled.notes == ()


def test_a_layer_that_lies_throughout_is_not_believed_at_all() -> None:
    everything = sorted({word for text in SENTENCES for word in text.split()})
    page, reader = page_with(everything, {word: word[::-1] + "x" for word in everything})

    verdict = judge(page, reader)

    assert verdict.trust is Trust.NONE
    assert verdict.notes == ("text_layer_garbled",)


def test_a_word_whose_ink_says_nothing_keeps_its_text_and_loses_its_proof() -> None:
    page, reader = page_with(LYING, {"he": ""})
    page.tallies["Garamond h 1.065"] = Tally(differed=5)

    settled = settle_doubts(page, reader)

    first = settled.lines[0].words[0]
    assert (first.text, first.origin, first.confidence) == ("he", Origin.OCR, None)


def test_a_block_with_a_corrected_word_is_inferred_and_the_others_stay_verified() -> None:
    page, reader = page_with(LYING, {"he": "The"})

    class OnePage(FakeReader):
        def load(self, number: int) -> LoadedPage:
            assert number == page.number
            return page

    finished = read_page(OnePage(), 1, recogniser=reader)

    assert CORRECTED in finished.notes
    assert finished.engine == PAPER.name
    assert finished.text.startswith("The page")
    sources = {block.text_source for block in finished.blocks if "The" in block.text}
    assert sources == {TextSource.INFERRED}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("Ill", "lll", True), ("O0", "oo", True), ("The", "he", False), ("differ", "difer", False)],
)
def test_shapes_are_compared_as_far_as_they_tell_letters_apart(one: str, other: str, *, alike: bool) -> None:
    assert (shapes(one) == shapes(other)) is alike


def test_spelling_has_one_form_for_quotes_dashes_and_ligatures() -> None:
    assert spelling("\u201cof\ufb01ce\u201d \u2013 it\u2019s") == spelling('"office" - it\'s')
    assert spelling("Office") != spelling("office")
