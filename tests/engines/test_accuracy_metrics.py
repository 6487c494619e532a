"""The measures of the accuracy benchmark."""

from itertools import permutations

import numpy as np
import pytest
from benchmarks.accuracy.metrics import assign, order_free_cer, pairing_cost, word_f1
from benchmarks.accuracy.normalise import Rules, words
from hypothesis import given, settings
from hypothesis import strategies as st

WORDS = st.lists(st.text("abc", min_size=1, max_size=5), max_size=6)


def test_f1_counts_a_word_as_often_as_it_occurs() -> None:
    assert word_f1(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx(2 / 3)
    assert word_f1([], []) == 1.0
    assert word_f1(["a"], []) == 0.0


def test_character_errors_do_not_depend_on_order() -> None:
    assert order_free_cer(["one", "two"], ["two", "one"]) == 0.0
    assert order_free_cer(["house", "mouse"], ["mouse", "hous"]) == pytest.approx(1 / 10)
    assert order_free_cer(["abc"], []) == 1.0


@given(WORDS, WORDS)
def test_shuffling_a_reading_changes_nothing(truth: list[str], read: list[str]) -> None:
    assert order_free_cer(truth, read) == order_free_cer(truth[::-1], sorted(read))


@given(WORDS, WORDS)
def test_pairing_never_costs_more_than_leaving_every_word_alone(a: list[str], b: list[str]) -> None:
    assert pairing_cost(a, b) <= len("".join(a + b))
    assert pairing_cost(a, a) == 0


@settings(max_examples=60)
@given(st.integers(1, 4), st.integers(0, 2), st.integers(0, 2**31))
def test_the_assignment_is_the_best_there_is(rows: int, spare: int, seed: int) -> None:
    columns = rows + spare
    costs = np.random.default_rng(seed).integers(-9, 10, size=(rows, columns))

    chosen = assign(costs)

    assert len(set(chosen.tolist())) == rows
    best = min(sum(costs[i, c] for i, c in enumerate(p)) for p in permutations(range(columns), rows))
    assert costs[np.arange(rows), chosen].sum() == best


def test_what_does_not_count_is_folded() -> None:
    assert words("\u2018Tis “so” \u2013 \ufb01ne", Rules()) == ["'Tis", '"so"', "-", "fine"]
    assert words("Total", Rules(upper=True)) == ["TOTAL"]
    assert words("hyphen-\n  ated", Rules(joined=True)) == ["hyphenated"]
    assert words("~~~ _word x^e", Rules(marked=True)) == ["word", "xe"]
