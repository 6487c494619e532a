"""The measures of headings, order, charts, formulas and Markdown."""

from dataclasses import replace

import pytest
from benchmarks.accuracy.structure.answer import found_from_json
from benchmarks.accuracy.structure.charts import (
    EXACT,
    READ_OFF,
    chart_from_truth,
    score_charts,
)
from benchmarks.accuracy.structure.formulas import normalised, score_formulas
from benchmarks.accuracy.structure.found import Found, FoundBlock, FoundChart, Series
from benchmarks.accuracy.structure.headings import (
    Heading,
    OrderCheck,
    phrases_in_place,
    score_headings,
    score_order,
)
from benchmarks.accuracy.structure.markdown import from_markdown
from benchmarks.accuracy.structure.tally import Tally, total

OUTLINE = [Heading("1 Introduction", 1, 3), Heading("Imports", 2, 3), Heading("Encodings", 3, 4)]
PRINTED = [
    FoundBlock("heading", "Chapter 1 Introduction", 3, 2),
    FoundBlock("heading", "1.1 Imports", 3, 3),
    FoundBlock("paragraph", "Encodings", 4),
    FoundBlock("heading", "Nonsense", 4, 2),
]
CHART = FoundChart(
    "column",
    "Ducks",
    ("2019", "2020"),
    (Series("Fresh", (120.0, 130.0)), Series("Salt", (80.0, 0.0))),
    page=1,
)


def test_headings_match_with_or_without_their_number_and_levels_as_a_whole() -> None:
    score = score_headings(OUTLINE, PRINTED)

    assert (score.matched, score.true, score.found) == (2, 3, 3)
    assert score.same_level == 2


def test_a_heading_of_another_level_or_page_is_wrong() -> None:
    flat = [replace(block, level=1) for block in PRINTED]
    elsewhere = [replace(block, page=9) for block in PRINTED]

    assert score_headings(OUTLINE, flat).same_level == 1
    assert score_headings(OUTLINE, elsewhere).matched == 0


def test_a_heading_is_matched_once() -> None:
    twice = [Heading("Foo", 1, 1), Heading("Foo", 1, 1)]

    assert score_headings(twice, [FoundBlock("heading", "Foo", 1, 1)]).matched == 1
    assert score_headings(twice, [FoundBlock("heading", "Bar", 1, 1)]).matched == 0


def test_order_is_right_wrong_or_cannot_be_told() -> None:
    found = Found((FoundBlock("paragraph", "One end-\ning. Two", 1), FoundBlock("paragraph", "Three", 1)))
    checks = [
        OrderCheck("One ending", "Two", 1),
        OrderCheck("Three", "One", 1),
        OrderCheck("One", "Four", 1),
        OrderCheck("One", "Two", 2),
    ]

    score = score_order(checks, found)

    assert (score.right, score.wrong, score.missing) == (1, 1, 2)
    assert score_order(checks[:1], Found(page_texts={1: "Two One ending"})).wrong == 1


def test_a_phrase_is_in_place_on_its_page_alone() -> None:
    pages = {1: "the first", 2: "the second", 3: "the third"}

    assert (
        phrases_in_place([(2, "second"), (3, "second"), (2, "the"), (9, "x")], Found(page_texts=pages)) == 1
    )


def test_a_chart_that_is_right_is_exact() -> None:
    score = score_charts([CHART], [replace(CHART, series=CHART.series[::-1])], tolerance=EXACT)

    assert (score.exact, score.types, score.titles, score.names, score.values) == (1, 1, 1, 2, 4)
    assert score.wrong_values == 0


def test_values_may_be_off_by_the_tolerance_and_no_more() -> None:
    measured = replace(CHART, series=(Series("Fresh", (125.0, 150.0)), Series("Salt", (None, 2.0))))

    score = score_charts([CHART], [measured], tolerance=READ_OFF)

    # 125 for 120 and 2 for 0 (of 80) are near enough, 150 for 130 is not, one is not given.
    assert (score.true_values, score.values, score.wrong_values, score.exact) == (4, 2, 1, 0)
    assert score_charts([CHART], [measured], tolerance=EXACT).values == 0


@pytest.mark.parametrize("found", [[], [FoundChart(None, None, (), ())], [replace(CHART, page=2)]])
def test_a_chart_that_was_not_read_scores_nothing(found: list[FoundChart]) -> None:
    score = score_charts([CHART], found, tolerance=READ_OFF)

    assert (score.charts, score.types, score.titles, score.names, score.values) == (1, 0, 0, 0, 0)
    assert (score.categories, score.exact) == (0, 0)


def test_a_series_too_many_is_given_wrong() -> None:
    more = replace(CHART, series=(*CHART.series, Series("Other", (1.0, 2.0))))

    assert score_charts([CHART], [more], tolerance=EXACT).wrong_values == 2


def test_charts_of_the_truth_have_the_types_of_ours() -> None:
    plot = {
        "type": "bar3DChart",
        "bar_dir": "bar",
        "series": [{"name": "a", "categories": ["x", None], "values": [1.0, 2.0]}],
    }
    line = {"type": "lineChart", "series": []}

    chart = chart_from_truth({"title": None, "plots": [plot]}, 3)

    assert (chart.type, chart.categories, chart.series[0].values) == ("bar", ("x", ""), (1.0, 2.0))
    assert chart_from_truth({"title": None, "plots": [plot, line]}, 3).type == "combo"


def test_latex_is_compared_by_its_ink() -> None:
    truth = r"K' = \sqrt{c - 2f}\ , \label{eq:k} % remark"

    assert normalised(truth) == normalised(r"K'=\sqrt { c-2 f }")
    assert normalised(r"\left( \frac{a}{b} \right)") == normalised(r"( \dfrac ab )")
    assert normalised(r"a_{1}") != normalised(r"a^{1}")


def test_a_formula_that_is_not_transcribed_is_not_answered() -> None:
    score = score_formulas([("x^2", None), ("x^2", "x^{2}"), ("x^2", "y_3")])

    assert (score.formulas, score.answered, score.exact) == (3, 2, 1)
    assert 1.0 < score.likeness < 2.0


def test_markdown_gives_blocks_and_tables() -> None:
    text = (
        "# Top\n\nOne *two*\nthree\n\n- a\n  - b\n\n| x | y |\n|---|---|\n| 1 |  |\n\n"
        "<table><tr><td rowspan=2>l</td><td>m</td></tr><tr><td>n</td></tr></table>\n\n```\ncode\n```\n"
    )

    found = from_markdown(text, page=4)

    assert [(block.label, block.text.strip(), block.level) for block in found.blocks] == [
        ("heading", "Top", 1),
        ("paragraph", "One two\nthree", None),
        ("list_item", "a", 0),
        ("list_item", "b", 1),
        ("code", "code", None),
    ]
    cells = [
        [(cell.row, cell.col, cell.text, cell.row_span) for cell in table.cells] for table in found.tables
    ]
    assert sorted(cells) == [
        [(0, 0, "l", 2), (0, 1, "m", 1), (1, 1, "n", 1)],
        [(0, 0, "x", 1), (0, 1, "y", 1), (1, 0, "1", 1), (1, 1, "", 1)],
    ]
    assert {block.page for block in found.blocks} == {4}


def test_a_runner_may_only_use_known_labels() -> None:
    assert found_from_json({"blocks": [{"label": "title", "text": "x"}]}).blocks[0].text == "x"
    with pytest.raises(ValueError, match="odd"):
        found_from_json({"blocks": [{"label": "odd", "text": "x"}]})


def test_shares_are_added_up_before_they_are_divided() -> None:
    one, other = Tally(), Tally()
    one.add("a", 1, 4)
    other.add("a", 3, 4)
    other.add_f1("b", 1, 2, 2)
    other.add("c", 0, 0)

    summed = total([one, other])

    assert (summed.ratio("a"), summed.ratio("b"), summed.ratio("c"), summed.ratio("d")) == (
        0.5,
        0.5,
        None,
        None,
    )
