"""How the default engine copes with pages of every shape and language."""

from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytest
from benchmarks.accuracy.metrics import word_f1
from benchmarks.accuracy.normalise import Rules, words
from benchmarks.accuracy.sets import SETS
from tests.engines.conftest import VERA, open_page, set_page, text_of

from octavo.adapters.engines.load import load_orienter, load_recogniser
from octavo.domain.job import Profile
from octavo.ports.engines import PageImage

WIDE_FONTS = [Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")]
TURNS = {
    0: None,
    90: cv2.ROTATE_90_CLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_COUNTERCLOCKWISE,
}
CHINESE = (
    "城东图书馆开放时间通知 自2024年3月18日起 周一至周五830开馆 2000闭馆 读者可凭借书证一次借阅图书12册 期限30天 "
    "逾期未还者每册每天收取020元 遗失照价赔偿 电子阅览室位于三楼 共设座位86个 联系人 陈慧敏 电话 051266801247"
)
"""The letters and figures in `chinese.png`, set in Noto Serif CJK."""
SENTENCES = ["When the ink has dried", "the page is turned over", "and read once again"]


@pytest.mark.parametrize(
    ("name", "pages", "least"), [("ocr_pages", 2, 0.95), ("sroie", 3, 0.80), ("oldbooks", 1, 0.90)]
)
def test_real_pages_are_read_well(
    name: str, pages: int, least: float, models_dir: Path, real_pages: Path
) -> None:
    recogniser = load_recogniser("ppocrv6", Profile.STANDARD, (), models_dir)
    chosen = SETS[name]

    scores = []
    for _, page in zip(range(pages), chosen.pages(real_pages), strict=False):
        text = text_of(recogniser.recognise(PageImage(page.pixels, page.dpi)))
        scores.append(word_f1(words(page.text, chosen.rules), words(text, chosen.rules)))

    assert sum(scores) / len(scores) >= least, scores


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("da", ["og når jeg ikke er hjemme", "blev der fundet bær på øen", "hvor være ørkenen så tør"]),
        ("ro", ["și această țară este între munți", "pentru că oamenii știu să învețe", "după ce au fost"]),
        ("cs", ["které byly podle něj příliš žluté", "jsou to koně nebo můry v dýmu", "že bylo nutné, aby"]),
    ],
)
def test_languages_the_tiny_model_gets_wrong_are_read_by_the_small_one(
    profile: Profile, language: str, lines: list[str], models_dir: Path
) -> None:
    font = next((path for path in WIDE_FONTS if path.is_file()), VERA if language == "da" else None)
    if font is None:
        pytest.skip("no font with Romanian and Czech letters is installed")
    page, _ = set_page(lines, font=font)
    truth = words("\n".join(lines), Rules())

    for languages in [(language,), ()]:
        recogniser = load_recogniser("ppocrv6", profile, languages, models_dir)
        read = words(text_of(recogniser.recognise(page)), Rules())
        assert word_f1(truth, read) >= 0.9, (languages, read)


@pytest.mark.parametrize("turn", [cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE])
def test_a_line_set_sideways_is_read(turn: int, models_dir: Path) -> None:
    sideways, _ = set_page(["arXiv preprint of today"], size=(700, 200))
    upright, _ = set_page(SENTENCES)
    picture = upright.pixels.copy()
    turned = cv2.rotate(sideways.pixels, turn)
    picture[:700, -200:] = turned

    lines = load_recogniser("ppocrv6", Profile.STANDARD, ("en",), models_dir).recognise(
        PageImage(picture, 200)
    )

    found = [line for line in lines if line.text == "arXiv preprint of today"]
    assert len(found) == 1, [line.text for line in lines]
    assert found[0].bbox.height > 3 * found[0].bbox.width
    assert all(word.bbox.height > word.bbox.width for word in found[0].words)


def test_a_receipt_eight_times_as_tall_as_wide_loses_no_line(models_dir: Path) -> None:
    numbers = [f"Article {i:03d} costs {i}.50" for i in range(1, 101)]
    page, _ = set_page(numbers, points=11, size=(900, 7200), dpi=160)

    lines = load_recogniser("ppocrv6", Profile.FAST, ("en",), models_dir).recognise(page)

    found = {line.text for line in lines}
    assert len(found & set(numbers)) >= 97, sorted(set(numbers) - found)


def test_small_type_on_a_large_sheet_is_found(models_dir: Path) -> None:
    page, _ = set_page(SENTENCES * 4, points=8, size=(5000, 3500), dpi=150)

    lines = load_recogniser("ppocrv6", Profile.FAST, ("en",), models_dir).recognise(page)

    assert len(lines) == 12
    assert word_f1(words("\n".join(SENTENCES * 4), Rules()), words(text_of(lines), Rules())) >= 0.9


def test_a_coarse_scan_is_still_read(models_dir: Path) -> None:
    page, _ = set_page(SENTENCES, points=11, dpi=80, size=(420, 300))

    lines = load_recogniser("ppocrv6", Profile.STANDARD, ("en",), models_dir).recognise(page)

    assert [line.text for line in lines] == SENTENCES


def test_a_skewed_line_keeps_its_words_in_place(models_dir: Path) -> None:
    page, _ = set_page(SENTENCES)
    turn = cv2.getRotationMatrix2D((page.width / 2, page.height / 2), 3, 1)
    skewed = cv2.warpAffine(page.pixels, turn, (page.width, page.height), borderValue=(255, 255, 255))

    lines = load_recogniser("ppocrv6", Profile.STANDARD, ("en",), models_dir).recognise(
        PageImage(skewed.astype(np.uint8), 200)
    )

    assert [line.text for line in lines] == SENTENCES
    for line in lines:
        rise = line.words[0].bbox.center[1] - line.words[-1].bbox.center[1]
        assert rise > 0, "the words climb as the line does"


def test_white_letters_on_black_are_boxed_like_black_on_white(models_dir: Path) -> None:
    page, boxes = set_page(SENTENCES)
    recogniser = load_recogniser("ppocrv6", Profile.STANDARD, ("en",), models_dir)

    lines = recogniser.recognise(PageImage(255 - page.pixels, 200))

    assert [line.text for line in lines] == SENTENCES
    first = lines[0].words[0]
    assert abs(first.bbox.x0 * page.width - boxes["When"][0]) <= 4


def test_every_turn_of_a_page_is_told(models_dir: Path, real_pages: Path) -> None:
    orienter = load_orienter(models_dir)
    pages = [*sorted((real_pages / "sroie").glob("*.jpg"))[:2], real_pages / "oldbooks" / "oldbook_b013.png"]

    for path in pages:
        upright = open_page(path)
        for turned_clockwise, code in TURNS.items():
            pixels = upright.pixels if code is None else cv2.rotate(upright.pixels, code).astype(np.uint8)
            rotation, confidence = orienter.orientation(PageImage(pixels, upright.dpi))
            assert (rotation + turned_clockwise) % 360 == 0, (path.name, turned_clockwise)
            assert 0.5 < confidence <= 1.0


@pytest.mark.parametrize("profile", list(Profile))
def test_a_chinese_page_is_read_when_nobody_said_its_language(profile: Profile, models_dir: Path) -> None:
    page = open_page(Path(__file__).with_name("chinese.png"))

    text = text_of(load_recogniser("ppocrv6", profile, (), models_dir).recognise(page))

    read, true = (Counter(letter for letter in whole if letter.isalnum()) for whole in (text, CHINESE))
    assert (read & true).total() >= 0.97 * max(read.total(), true.total()), text


def test_dashes_and_spaced_letters_are_not_taken_for_chinese(models_dir: Path) -> None:
    dash = "\N{EN DASH}"
    lines = ["R E C E I P T", " ".join(dash * 8), " ".join(dash * 3), f"Total {dash} 12.00", "= = = = = ="]
    page, _ = set_page(lines)

    text = text_of(load_recogniser("ppocrv6", Profile.STANDARD, (), models_dir).recognise(page))

    assert not any("\u3040" <= letter <= "\u9fff" for letter in text), text
