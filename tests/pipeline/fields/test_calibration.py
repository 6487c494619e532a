from hypothesis import given
from hypothesis import strategies as st

from octavo.domain.field import Field, FieldSource
from octavo.pipeline.fields.calibration import at_curve, calibrated, curve_key, fit_curve
from octavo.pipeline.fields.calibration_curves import CURVES

shares = st.floats(0, 1, allow_nan=False)
pairs = st.lists(st.tuples(shares, st.booleans()), min_size=1, max_size=200)


@given(pairs=pairs, one=shares, other=shares)
def test_a_higher_score_is_never_less_sure(pairs: list[tuple[float, bool]], one: float, other: float) -> None:
    curve = fit_curve(pairs)
    low, high = sorted((one, other))

    assert 0.0 <= at_curve(curve, low) <= at_curve(curve, high) <= 1.0


def test_scores_that_are_always_right_become_sure_and_those_never_right_do_not() -> None:
    curve = fit_curve([(0.9, True)] * 50 + [(0.1, False)] * 50, points=2)

    assert at_curve(curve, 0.9) > 0.95
    assert at_curve(curve, 0.1) < 0.05


def test_the_curve_of_proven_values_goes_before_that_of_the_field() -> None:
    field = Field("line_items.3.amount", 5.0, FieldSource.OCR, verified=True)

    assert curve_key("receipt", field) == ("receipt.line_items.amount.verified", "receipt.line_items.amount")


def test_what_is_embedded_or_corrected_is_left_alone() -> None:
    fields = [
        Field("total", 5.0, source, confidence=1.0) for source in (FieldSource.EMBEDDED, FieldSource.PERSON)
    ]

    assert [field.confidence for field in calibrated("invoice", fields)] == [1.0, 1.0]


def test_every_shipped_curve_rises() -> None:
    for name, curve in CURVES.items():
        assert list(curve) == sorted(curve), name
        assert [share for _, share in curve] == sorted(share for _, share in curve), name
