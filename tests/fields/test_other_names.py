"""Schemas that call the fields of a type by other names get them all the same."""

from tests.fields.test_templated import page_from, template_of

from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.field import Field, FieldSource, Scalar
from octavo.domain.field_specs import parse_specs
from octavo.domain.template import FieldOrder
from octavo.exporters.fields_json import values_tree
from octavo.pipeline.fields.extract import extract_fields
from octavo.pipeline.fields.other_names import ARRAYS, COLUMNS, PATHS, renamed
from octavo.pipeline.fields.templated import leaves_of
from octavo.pipeline.fields.values import spec_at

RECEIPT = """
0.30 CORNER BAKERY
0.30 12 Mill Lane, Oxford
0.10 Receipt no. | 0.40 004817
0.10 Date | 0.40 07/11/2025
0.10 Sourdough loaf | 0.60 7.80
0.10 Rye rolls | 0.60 3.20
0.10 Subtotal | 0.60 11.00
0.10 TOTAL | 0.60 11.00
0.10 CASH | 0.60 20.00
0.10 CHANGE | 0.60 9.00
"""


def typed(**values: Scalar) -> list[Field]:
    return [Field(path.replace("__", "."), value, FieldSource.OCR) for path, value in values.items()]


def test_every_name_stands_for_a_field_of_a_type() -> None:
    types = DOCUMENT_TYPES.values()

    for path in {path for paths in PATHS.values() for path in paths}:
        assert any(spec_at(one.fields, path) for one in types), path
    for array in ARRAYS:
        assert any(spec_at(one.fields, array) for one in types), array
    for column in COLUMNS:
        assert any(spec_at(one.fields, f"{array}.0.{column}") for one in types for array in ARRAYS), column


def test_a_receipt_is_found_under_the_names_of_a_schema() -> None:
    template = template_of(
        {
            "vendor": "string",
            "total_amount": "number",
            "purchase_date": "date",
            "items": {"type": "array", "fields": {"product": "string", "price": "number"}},
        },
        document_type="receipt",
    )

    fields = extract_fields([page_from(RECEIPT)], FieldOrder(template=template))

    assert values_tree(fields.found, template.fields) == {
        "vendor": "CORNER BAKERY",
        "total_amount": 11.0,
        "purchase_date": "2025-11-07",
        "items": [
            {"product": "Sourdough loaf", "price": 7.8},
            {"product": "Rye rolls", "price": 3.2},
        ],
    }


def test_a_name_takes_only_a_value_of_its_kind() -> None:
    specs = parse_specs({"total_amount": "string", "vendor": "number", "grand_total": "money"})
    found = renamed(typed(total=5.0, seller__name="Mill"), leaves_of(specs), specs)

    assert {path: field.value for path, field in found.items()} == {"grand_total": 5.0}


def test_a_column_is_not_taken_where_the_schema_has_its_own() -> None:
    specs = parse_specs({"items": {"type": "array", "fields": {"price": "number", "amount": "number"}}})
    whole = typed(line_items__0__unit_price=2.0, line_items__0__amount=4.0)

    both = renamed(whole, (), specs)
    alone = renamed(whole[1:], (), specs)

    assert {path: field.value for path, field in both.items()} == {
        "items.0.price": 2.0,
        "items.0.amount": 4.0,
    }
    assert {path: field.value for path, field in alone.items()} == {"items.0.amount": 4.0}
