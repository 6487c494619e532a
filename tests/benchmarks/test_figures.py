"""The statistics that the benchmarks report."""

import pytest
from benchmarks.figures import median, quantile, ratio, slope, spread
from hypothesis import given
from hypothesis import strategies as st

numbers = st.floats(min_value=-1e6, max_value=1e6)
samples = st.lists(numbers, min_size=1, max_size=50)


def test_the_median_of_an_even_number_of_values_lies_between_the_middle_two() -> None:
    assert median([4.0, 1.0, 3.0, 2.0]) == 2.5


def test_a_quantile_lies_linearly_between_the_nearest_two_values() -> None:
    assert quantile([0.0, 10.0], 0.95) == pytest.approx(9.5)


@given(samples, st.floats(min_value=0, max_value=1), st.floats(min_value=0, max_value=1))
def test_quantiles_rise_with_their_share_and_stay_within_the_values(
    values: list[float], one: float, other: float
) -> None:
    low, high = sorted((one, other))

    found = quantile(values, low), quantile(values, high)

    slack = 1e-6
    assert found[0] <= found[1] + slack
    assert min(values) - slack <= found[0]
    assert found[1] <= max(values) + slack


@given(samples)
def test_a_spread_is_ordered(values: list[float]) -> None:
    found = spread(values)

    assert found.count == len(values)
    slack = 1e-6
    assert found.least <= found.p50 + slack
    assert found.p50 <= found.p95 + slack
    assert found.p95 <= found.p99 + slack


def test_there_is_no_ratio_to_nothing() -> None:
    assert ratio(3.0, 2.0) == 1.5
    assert ratio(3.0, 0.0) is None


@given(
    st.floats(min_value=-100, max_value=100), numbers, st.lists(st.integers(0, 1000), min_size=2, unique=True)
)
def test_the_slope_of_points_on_a_line_is_the_lines(rise: float, start: float, at: list[int]) -> None:
    points = [(float(x), start + rise * x) for x in at]

    assert slope(points) == pytest.approx(rise, abs=1e-3)


@pytest.mark.parametrize("points", [[], [(1.0, 5.0)], [(2.0, 1.0), (2.0, 9.0)]])
def test_without_two_places_there_is_no_slope(points: list[tuple[float, float]]) -> None:
    assert slope(points) == 0.0
