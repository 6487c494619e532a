"""Any place, any layout that the generator knows: every booking comes back, proven by the balances."""

from itertools import cycle
from pathlib import Path

import pytest
from benchmarks.accuracy.fields.generated.locales import PLACES, WITHOUT_CENTS
from benchmarks.accuracy.fields.generated.statements import LAYOUTS, make_statement
from tests.pipeline.fields.made_pages import flat, missed, pages_of

from octavo.domain.document_types.bank_statement import CATEGORIES
from octavo.domain.field import Fields, FieldSource
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.extract import find_fields

TAGS = [place.tag for place in (*WITHOUT_CENTS, *PLACES)]
CASES = [
    (layout, tag, seed) for seed, (layout, tag) in enumerate(zip(LAYOUTS, cycle(TAGS), strict=False), 500)
]
NAMES_OF_PEOPLE = {"account_type", "bank_name", "account_holder"}


def found_in(pdf: bytes, folder: Path) -> Fields:
    return find_fields(pages_of(pdf, folder), FieldOrder(document_type="bank_statement"))


def only_bookings(truth: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in truth.items() if name not in NAMES_OF_PEOPLE}


@pytest.mark.parametrize(("layout", "tag", "seed"), CASES)
def test_every_booking_of_a_statement_comes_back(layout: str, tag: str, seed: int, tmp_path: Path) -> None:
    made = make_statement(seed, tag=tag, layout=layout, count=12)

    fields = found_in(made.pdf, tmp_path)

    assert missed(only_bookings(made.fields), list(fields.found)) == {}
    assert all(field.verified for field in fields.found if field.path.endswith(".amount"))
    assert all(check.passed for check in fields.checks)


def test_bookings_go_on_over_many_pages(tmp_path: Path) -> None:
    made = make_statement(77, tag="de-DE", layout="two_amounts_balance", count=150)

    fields = found_in(made.pdf, tmp_path)

    assert missed({"transactions": made.fields["transactions"]}, list(fields.found)) == {}
    assert max(place.page for field in fields.found for place in field.places) > 2


def test_every_printed_value_says_where_it_stands(tmp_path: Path) -> None:
    made = make_statement(12, tag="fr-FR", layout="two_dates_signed_balance", count=6)

    fields = found_in(made.pdf, tmp_path)

    bookings = [
        field
        for field in fields.found
        if field.path.startswith("transactions.") and not field.path.endswith(".category")
    ]
    assert bookings
    assert all(field.places and field.raw_text for field in bookings)
    assert all(place.bbox is not None for field in bookings for place in field.places)


def test_a_booking_tells_what_it_is_for_where_its_words_do(tmp_path: Path) -> None:
    made = make_statement(12, tag="en-GB", layout="two_amounts_balance", count=30)

    fields = found_in(made.pdf, tmp_path)

    named = [field for field in fields.found if field.path.endswith(".category")]
    assert named
    assert {field.value for field in named} <= set(CATEGORIES)
    assert all(field.source is FieldSource.COMPUTED and field.raw_text is None for field in named)


def test_nothing_is_made_up_where_there_is_no_statement() -> None:
    assert find_fields([], FieldOrder(document_type="bank_statement")).found == ()


def test_the_truth_names_each_booking_once() -> None:
    made = make_statement(5, count=6)

    assert sum(path.endswith(".amount") for path in flat(made.fields)) == 6
