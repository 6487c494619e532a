"""The measures of conversions, on words few enough to count by hand."""

import pytest
from benchmarks.accuracy.conversions.score import likeness
from benchmarks.accuracy.conversions.shown import Seen


def word(text: str, x: float, y: float, *, page: int = 1, size: float = 10.0, bold: bool = False) -> Seen:
    return Seen(text, page, (x, y, x + 20, y + 10), size, bold, None)


SOURCE = [word("one", 0, 0), word("two", 30, 0), word("three", 60, 0), word("four", 90, 0)]


def test_a_page_is_just_like_itself() -> None:
    found = likeness(SOURCE, SOURCE, 1, 1)

    assert (found.recall, found.order, found.iou, found.moved_pt, found.size, found.sized, found.bold) == (
        1.0,
        1.0,
        1.0,
        0.0,
        1.0,
        1.0,
        1.0,
    )


def test_a_word_that_is_missing_counts_everywhere() -> None:
    found = likeness(SOURCE, SOURCE[:3], 1, 1)

    assert found.recall == pytest.approx(11 / 15)
    assert found.order == pytest.approx(6 / 7)
    assert found.iou == pytest.approx(0.75)


def test_words_that_moved_overlap_less_and_say_how_far() -> None:
    moved = [word(one.text, one.box[0] + 10, 0) for one in SOURCE]

    found = likeness(SOURCE, moved, 1, 1)

    assert found.iou == pytest.approx(1 / 3)
    assert found.moved_pt == pytest.approx(10)


def test_another_order_is_no_loss_of_words() -> None:
    found = likeness(SOURCE, SOURCE[::-1], 1, 1)

    assert found.recall == 1.0
    assert found.order == pytest.approx(0.25)


def test_letters_that_are_larger_or_bold_are_told() -> None:
    other = [word(one.text, one.box[0], 0, size=12.0, bold=True) for one in SOURCE]

    found = likeness(SOURCE, other, 1, 2)

    assert (found.size, found.sized, found.bold, found.pages) == (1.2, 0.0, 0.0, 2.0)


def test_a_word_on_another_page_has_no_place_in_common() -> None:
    found = likeness(SOURCE[:1], [word("one", 0, 0, page=2)], 1, 2)

    assert (found.recall, found.iou) == (1.0, 0.0)
