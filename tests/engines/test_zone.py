"""Machine-readable zones are read by their pitch and their check digits."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from tests.engines.conftest import VERA, set_page, text_of

from octavo.adapters.engines.load import load_recogniser
from octavo.adapters.engines.ppocr.pitch import Scores, place_characters
from octavo.domain.job import Profile
from octavo.pipeline.fields.readers.mrz_likely import ALPHABET
from octavo.ports.engines import PageImage

PASSPORT = ("P<UTOZIDI<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
VISA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")


def zone_page(lines: tuple[str, ...], *, scale: float = 1.0) -> PageImage:
    """A card with a zone at its foot, blurred as much as it is made smaller."""
    picture = Image.new("RGB", (1400, 980), (236, 238, 234))
    draw = ImageDraw.Draw(picture)
    step = 1270 / len(lines[0])
    face, small = ImageFont.truetype(str(VERA), round(step * 1.4)), ImageFont.truetype(str(VERA), 30)
    for row, words in enumerate(("UTOPIA", "Surname", "Given names", "ANNA MARIA")):
        draw.text((450, 60 + row * 64), words, font=small, fill=(15, 15, 15))
    for row, line in enumerate(lines):
        for at, character in enumerate(line):
            draw.text(
                (65 + (at + 0.5) * step, 830 + row * 72), character, font=face, fill=(10, 10, 10), anchor="mm"
            )
    if scale != 1.0:
        picture = picture.resize((round(1400 * scale), round(980 * scale)), Image.Resampling.BOX)
        picture = picture.filter(ImageFilter.GaussianBlur(0.7))
    return PageImage(np.asarray(picture), 200 * scale)


@pytest.mark.parametrize("scale", [1.0, 0.6])
@pytest.mark.parametrize("lines", [PASSPORT, VISA], ids=["passport", "visa"])
def test_a_zone_is_read_to_the_last_filler(lines: tuple[str, ...], scale: float, models_dir: Path) -> None:
    recogniser = load_recogniser("ppocrv6", Profile.STANDARD, (), models_dir)

    found = text_of(recogniser.recognise(zone_page(lines, scale=scale))).split("\n")

    assert [line for line in found if "<" in line] == list(lines)


def test_capitals_that_are_no_zone_stay_as_they_are(models_dir: Path) -> None:
    recogniser = load_recogniser("ppocrv6", Profile.STANDARD, (), models_dir)
    page, _ = set_page(["TERMS AND CONDITIONS OF CARRIAGE", "PAGES 12 < 14 AND 15 < 16 ARE BLANK"])

    assert "TERMS AND CONDITIONS" in text_of(recogniser.recognise(page))


def scores_of(text: str, *, unseen: frozenset[int] = frozenset()) -> Scores:
    """Four time steps a character, seen in the second; of the unseen ones only a trace."""
    scores = np.full((4 * len(text) + 8, len(ALPHABET) + 1), 1e-4)
    scores[:, 0] = 0.99
    for at, character in enumerate(text):
        step, column = 4 + 4 * at + 1, ALPHABET.index(character) + 1
        sure = 0.02 if at in unseen else 0.9
        scores[step, column], scores[step, 0] = sure, 1 - sure
    return scores


@pytest.mark.parametrize("unseen", [{1}, {9}, {1, 9, 30}])
def test_a_filler_that_was_hardly_seen_stands_at_its_place(unseen: set[int]) -> None:
    first, second = PASSPORT

    placed = place_characters([scores_of(first, unseen=frozenset(unseen)), scores_of(second)], 44)

    texts = ["".join(ALPHABET[column] for column in line.chances.argmax(axis=1)) for line in placed]
    assert texts == [first, second]
    assert placed[0].spans[1][0] == 4 + 4 + 1
