"""How sure words are against how right they are, and what may come of a broken file."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from benchmarks.accuracy.layout_score import LayoutBlock, LayoutPage, score_layout
from benchmarks.accuracy.normalise import Rules
from benchmarks.accuracy.structure.calibration import calibrate, judge_words
from benchmarks.accuracy.structure.found import Found, FoundBlock
from benchmarks.accuracy.structure.layout_task import layout_task, pages_of, shares
from benchmarks.accuracy.structure.malformed import ALLOWED, Outcome, Row, is_right, report_of
from benchmarks.accuracy.structure.reliability import draw


def test_words_that_are_as_right_as_they_are_sure_have_no_error() -> None:
    judged = [(0.75, at < 3) for at in range(4)]

    found = calibrate(judged)

    assert found.error == pytest.approx(0.0)
    assert [(one.low, one.count, one.right) for one in found.bins] == [(0.7, 4, 0.75)]


def test_the_error_is_weighed_by_words() -> None:
    found = calibrate([(0.95, False)] + 3 * [(0.45, True)])

    assert found.error == pytest.approx((0.95 + 3 * 0.55) / 4)
    assert calibrate([(1.0, True)]).error == 0.0
    assert calibrate([]).error == 0.0


def test_a_word_is_right_as_often_as_its_page_has_it() -> None:
    read = [("the", 0.9), ("cat", 0.8), ("dog", 0.7), ("the", 0.5), ("silent", None)]

    assert sorted(judge_words(read, "the cat", Rules())) == [
        (0.5, False),
        (0.7, False),
        (0.8, True),
        (0.9, True),
    ]
    assert judge_words([("cat", 0.6), ("the", 0.9)], "the cat", Rules()).count((0.6, True)) == 1, (
        "in any order"
    )


def test_words_are_judged_by_the_rules_of_their_set() -> None:
    assert judge_words([("Total", 0.9)], "TOTAL", Rules(upper=True)) == [(0.9, True)]
    parted = [("exam-", 0.9), ("ple", 0.9), ("end", 0.8)]
    assert judge_words(parted, "example end", Rules(joined=True)) == [(0.9, True), (0.9, True), (0.8, True)]


def test_words_that_are_parted_otherwise_are_right_where_they_stand() -> None:
    read = [("NO.2,", 0.9), ("JALAN", 0.8), ("Rvbens", 0.7), ("(", 0.6)]

    assert judge_words(read, "No.2,Jalan Rubens", Rules()) == [
        (0.9, True),
        (0.8, True),
        (0.7, False),
        (0.6, False),
    ]


def test_the_picture_has_a_bar_for_each_bin() -> None:
    picture = ET.fromstring(draw(calibrate([(0.95, True), (0.15, False)]), "ours"))  # noqa: S314 - our own text

    bars = picture.findall(".//{*}rect/{*}title")
    assert [bar.text for bar in bars] == ["1", "1"]
    assert "2 words" in "".join(picture.itertext())


@pytest.mark.parametrize(
    ("expected", "outcome", "right"),
    [
        ("ok", Outcome.READ, True),
        ("ok", Outcome.REFUSED, False),
        ("error", Outcome.READ, False),
        ("error", Outcome.REFUSED, True),
        ("password_required", Outcome.REFUSED, False),
        ("password_required", Outcome.LOCKED, True),
        ("resource_limit", Outcome.STOPPED, True),
        ("hostile", Outcome.STOPPED, False),
    ],
)
def test_an_outcome_is_judged_by_what_was_expected(expected: str, outcome: Outcome, right: bool) -> None:
    assert is_right(expected, outcome, 1.0) is right
    assert not is_right(expected, outcome, 10_000.0), "too late is never right"


def test_a_fault_of_ours_is_never_right() -> None:
    assert not any(Outcome.FAULT in allowed for allowed in ALLOWED.values())


def test_the_report_names_every_file_that_was_not_as_expected() -> None:
    rows = [
        Row("a.pdf", "ok", Outcome.READ, None, 0.1, right=True),
        Row("b.pdf", "ok", Outcome.FAULT, "KeyError", 0.2, right=False),
    ]

    report = report_of(rows)

    assert report.tables[0].rows == (("ok", 2, 1, "1 read, 1 fault", 0.2),)
    assert [row[0] for row in report.tables[1].rows] == ["b.pdf"]
    assert "1 of 2" in report.notes[0]


def test_layout_is_judged_by_boxes_on_pages() -> None:
    truth = [
        LayoutPage(1, 1, 1, [LayoutBlock("heading", (0, 0, 1, 0.1)), LayoutBlock("table", (0, 0.2, 1, 1))])
    ]
    blocks = (
        FoundBlock("title", "x", 1, bbox=(0, 0, 1, 0.1)),
        FoundBlock("image", "", 1, bbox=(0, 0.2, 1, 1)),
        FoundBlock("paragraph", "no box", 1),
    )

    tally = shares(score_layout(truth, pages_of(Found(blocks))), unseen=True)

    assert (tally.ratio("box F1"), tally.ratio("class F1"), tally.ratio("labels")) == (1.0, 0.5, 0.5)
    assert (tally.ratio("tables found"), tally.ratio("headings found")) == (0.0, 1.0)


def test_layout_is_left_out_without_a_folder(tmp_path: Path) -> None:
    assert list(layout_task(None).cases(tmp_path, tmp_path)) == []


def test_the_answers_of_a_run_can_be_kept_as_json() -> None:
    row = Row("a.pdf", "ok", Outcome.READ, None, 0.1, right=True)

    assert json.loads(json.dumps(report_of([row]).details))["rows"][0]["outcome"] == "read"
