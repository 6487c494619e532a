"""Any place, any layout that the generator knows: the fields come back, and the sums are proven."""

from pathlib import Path

import pytest
from benchmarks.accuracy.fields.generated.invoice_layouts import LAYOUTS
from benchmarks.accuracy.fields.generated.invoices import INVOICE_PLACES, make_invoice
from tests.pipeline.fields.made_pages import flat, missed, pages_of

from octavo.domain.field import Fields
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.extract import find_fields

NAMES = sorted(LAYOUTS)
CASES = [(NAMES[number % len(NAMES)], place.tag, 700 + number) for number, place in enumerate(INVOICE_PLACES)]


def found_in(pdf: bytes, folder: Path) -> Fields:
    return find_fields(pages_of(pdf, folder), FieldOrder(document_type="invoice"))


def with_texts_begun(truth: dict[str, object], fields: Fields) -> dict[str, object]:
    """A line's truth is its name; what is found may go on with its second line."""
    values = {field.path: str(field.value) for field in fields.found}
    return {
        path: values[path]
        if path.endswith("description") and values.get(path, "").startswith(str(value))
        else value
        for path, value in flat(truth).items()
    }


@pytest.mark.parametrize(("layout", "tag", "seed"), CASES)
def test_the_fields_of_an_invoice_come_back(layout: str, tag: str, seed: int, tmp_path: Path) -> None:
    made = make_invoice(seed, tag=tag, layout=layout)

    fields = found_in(made.pdf, tmp_path)

    assert missed(with_texts_begun(made.fields, fields), list(fields.found)) == {}


@pytest.mark.parametrize("layout", NAMES)
def test_what_adds_up_is_verified(layout: str, tmp_path: Path) -> None:
    made = make_invoice(31, tag="de-DE", layout=layout)

    fields = found_in(made.pdf, tmp_path)

    assert [check for check in fields.checks if not check.passed] == []
    total = fields.field("total")
    assert total is not None
    assert total.verified
    assert "total" in total.checks
    assert all(field.verified for field in fields.found if field.path.endswith(".quantity"))
