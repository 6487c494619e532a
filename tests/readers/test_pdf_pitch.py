"""A font of one pitch is known by its letters, not by its name."""

from types import SimpleNamespace
from typing import cast

from octavo.adapters.readers.pdf.characters import Characters
from octavo.adapters.readers.pdf.pitch import fixed_fonts
from octavo.adapters.readers.pdf.words import PlacedWord
from octavo.domain.document import Origin, Word
from octavo.domain.geometry import BBox

WORDS = ("SELECT", "million", "WHERE", "filed", "ORDER", "by")
NARROW = frozenset("filt")
ANYWHERE = BBox(0.1, 0.1, 0.2, 0.2)


def placed(text: str, width: float) -> PlacedWord:
    return PlacedWord(Word(text, ANYWHERE, None, Origin.TEXT_LAYER), 60, 60 + width, 100, 10.0, 0, False, 0)


def fonts_of(*words: PlacedWord) -> frozenset[tuple[int, float]]:
    return fixed_fonts(words, cast("Characters", SimpleNamespace(runs=SimpleNamespace(fonts=[7]))))


def test_words_of_one_pitch_make_a_fixed_font() -> None:
    assert fonts_of(*(placed(text, 6.0 * len(text)) for text in WORDS)) == {(7, 10.0)}


def test_narrow_letters_make_none() -> None:
    widths = [sum(3.0 if letter in NARROW else 6.0 for letter in text) for text in WORDS]

    assert fonts_of(*(placed(text, width) for text, width in zip(WORDS, widths, strict=True))) == frozenset()


def test_figures_and_a_few_letters_say_nothing() -> None:
    assert (
        fonts_of(*(placed(text, 6.0 * len(text)) for text in ("1998", "1,204", "77", "TOTAL"))) == frozenset()
    )
