"""What a vision-language model may and may not change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.domain.document import Line, Origin, Word
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.firewall import (
    INVENTION_CUT,
    LOOP_CUT,
    NOTHING_FITS,
    admit,
    plain,
    without_loops,
)


def line(text: str, row: int = 0, confidence: float = 0.9) -> Line:
    top = 0.05 + 0.04 * row
    words = tuple(
        Word(word, BBox.clamped(0.05 + 0.07 * at, top, 0.1 + 0.07 * at, top + 0.02), confidence, Origin.OCR)
        for at, word in enumerate(text.split())
    )
    return Line(words, enclosing([word.bbox for word in words]))


LINES = (
    line("Le chateau de la reine etait ferme", 0),
    line("Total a payer 1234,50 EUR avant le 3 mai", 1),
    line("Fait a Gand", 2),
)
TRUE = "Le château de la reine était fermé\nTotal à payer 1234,50 EUR avant le 3 mai\nFait à Gand"


def test_the_models_spelling_is_taken_where_both_nearly_agree() -> None:
    admitted = admit(TRUE, LINES)

    assert [found.text for found in admitted.lines] == TRUE.split("\n")
    assert admitted.notes == ()
    assert admitted.claimed_share == 1.0


def test_boxes_stay_and_words_both_wrote_are_surer() -> None:
    admitted = admit(TRUE, LINES)

    for before, after in zip(LINES, admitted.lines, strict=True):
        assert [word.bbox for word in after.words] == [word.bbox for word in before.words]
    reine, etait = admitted.lines[0].words[4:6]
    assert (reine.text, reine.confidence) == ("reine", 0.99)
    assert etait.text == "était"
    assert etait.confidence is not None
    assert etait.confidence < 0.9, "a changed spelling is less sure than one that both wrote"


def test_a_figure_is_never_taken_from_the_model() -> None:
    admitted = admit(TRUE.replace("1234,50", "1284,50").replace("3 mai", "8 mai"), LINES)

    assert "1234,50" in admitted.lines[1].text
    assert "le 3 mai" in admitted.lines[1].text


def test_an_invented_sentence_is_cut_and_said() -> None:
    invented = TRUE + "\nThe signature belongs to the late Duke of Burgundy and his heirs."

    admitted = admit(invented, LINES)

    assert admitted.notes == (INVENTION_CUT,)
    assert not any("Burgundy" in found.text for found in admitted.lines)


def test_a_loop_is_cut_and_said() -> None:
    admitted = admit(TRUE + " and so on and so on" * 200, LINES)

    assert LOOP_CUT in admitted.notes
    assert [found.text for found in admitted.lines] == TRUE.split("\n")


def test_an_answer_about_another_page_changes_nothing() -> None:
    admitted = admit("I am sorry, but I cannot read this document for you today, try again.", LINES)

    assert admitted.lines == LINES
    assert admitted.notes == (NOTHING_FITS,)


def test_an_empty_answer_changes_nothing() -> None:
    assert admit("", LINES).lines == LINES


def test_one_place_in_the_answer_serves_one_line_only() -> None:
    twice = (line("the very same words here", 0), line("the very same words here", 1))

    admitted = admit("the very same words here", twice)

    sure = [found.words[0].confidence == 0.99 for found in admitted.lines]
    assert sorted(sure) == [False, True]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("# Title\n\n- one\n- **two**", "Title one two"),
        ("| a | b |\n| --- | --- |\n| 1 | 2 |", "a b 1 2"),
        ("<table><tr><td>x</td></tr></table>", "x"),
        ("```text\nkept\n```", "kept"),
        ("2 - 1 < 3", "2 - 1 < 3"),
    ],
)
def test_markup_is_no_text(answer: str, words: str) -> None:
    assert " ".join(plain(answer).split()) == words


def test_a_few_repeats_are_no_loop() -> None:
    words = ["0", "0", "0", "yes", "yes", "no"]

    assert without_loops(words) == (words, False)


@given(st.lists(st.sampled_from(["a", "b", "c", "1"]), max_size=60))
def test_cutting_loops_only_removes_words(words: list[str]) -> None:
    kept, is_cut = without_loops(words)

    assert is_cut == (len(kept) < len(words))
    assert set(kept) == set(words)


@given(st.text(max_size=300))
def test_whatever_the_model_says_boxes_and_counts_stay(answer: str) -> None:
    admitted = admit(answer, LINES)

    assert [len(found.words) for found in admitted.lines] == [len(before.words) for before in LINES]
    digits = ["".join(filter(str.isdigit, found.text)) for found in admitted.lines]
    assert digits == ["".join(filter(str.isdigit, before.text)) for before in LINES]
