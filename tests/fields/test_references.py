"""Values held against what the owner of a template knows."""

from datetime import UTC, datetime
from typing import Any

import pytest

from octavo.domain.errors import InvalidRequest
from octavo.domain.field import Field, FieldSource
from octavo.domain.field_specs import parse_specs
from octavo.domain.template import FieldSpec, Reference
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.references.excerpts import MOST_LETTERS, excerpts_for
from octavo.pipeline.fields.references.look_up import refer
from octavo.pipeline.fields.references.tables import tables_of
from octavo.pipeline.fields.view import View

NOW = datetime(2026, 11, 22, tzinfo=UTC)
VENDORS = """[
  {"name": "Acme Corporation", "id": "V-7", "iban": "DE89370400440532013000", "account": 4400},
  {"name": "Böhm & Söhne GmbH", "id": "V-8"},
  {"name": "Northern Paper Mill", "id": "V-9", "also": ["NPM", "North Paper"]}
]"""
PRODUCTS = '{"products": [{"code": "WDG", "name": "Widget, blue"}, {"code": "SPR", "name": "Sprocket"}]}'
DEPARTMENTS = '{"departments": {"MKT": "Marketing", "FIN": "Finance"}}'


def reference(name: str, text: str) -> Reference:
    return Reference("a" * 24, name, len(text), 0, NOW, text=text)


def specs(**fields: Any) -> tuple[FieldSpec, ...]:
    return parse_specs(
        [
            {"name": name, **(kind if isinstance(kind, dict) else {"type": kind})}
            for name, kind in fields.items()
        ]
    )


def looked_up(
    schema: tuple[FieldSpec, ...], values: dict[str, Any], *files: tuple[str, str]
) -> dict[str, Field]:
    found = [
        Field(path, value, FieldSource.OCR, str(value), confidence=0.8) for path, value in values.items()
    ]
    told = refer(Findings(found), schema, [reference(*file) for file in files])
    return {field.path: field for field in told.fields}


VENDOR = specs(vendor="string", vendor_id="string", iban="iban", account="integer", total="money")


@pytest.mark.parametrize(
    "printed",
    [
        "Acme Corporation",
        "ACME CORPORATION",
        "Acme Corporati0n"[:-2] + "on",
        "Acme Corporatlon",
        "Acme Corporation, Ltd",
        "V-7",
    ],
)
def test_a_vendor_is_named_as_the_list_names_it(printed: str) -> None:
    found = looked_up(VENDOR, {"vendor": printed}, ("vendors.json", VENDORS))

    assert found["vendor"].value == "Acme Corporation"
    assert found["vendor"].raw_text == printed
    assert found["vendor"].checks == ("reference",)
    assert found["vendor"].confidence == 0.9
    assert [other.value for other in found["vendor"].alternatives] == (
        [] if printed == "Acme Corporation" else [printed]
    )


def test_what_the_row_knows_besides_is_added() -> None:
    found = looked_up(VENDOR, {"vendor": "acme corporation", "total": 12.5}, ("vendors.json", VENDORS))

    assert {path: field.value for path, field in found.items()} == {
        "vendor": "Acme Corporation",
        "total": 12.5,
        "vendor_id": "V-7",
        "iban": "DE89370400440532013000",
        "account": 4400,
    }
    assert (found["vendor_id"].source, found["vendor_id"].raw_text) == (FieldSource.COMPUTED, None)
    assert found["vendor_id"].confidence == 0.72


def test_what_the_document_says_is_not_replaced_by_the_row() -> None:
    found = looked_up(VENDOR, {"vendor": "NPM", "vendor_id": "V-99"}, ("vendors.json", VENDORS))

    assert (found["vendor"].value, found["vendor_id"].value) == ("Northern Paper Mill", "V-99")


@pytest.mark.parametrize("printed", ["Zenith Ltd", "V", "Corporation Services", "Acme Corporation 2"])
def test_what_no_row_means_stays_as_it_is(printed: str) -> None:
    found = looked_up(VENDOR, {"vendor": printed}, ("vendors.json", VENDORS))

    assert (found["vendor"].value, found["vendor"].checks) == (printed, ())
    assert set(found) == {"vendor"}


def test_two_rows_that_are_alike_decide_nothing() -> None:
    rows = '[{"name": "Miller Foods East"}, {"name": "Miller Foods West"}]'

    assert (
        looked_up(VENDOR, {"vendor": "Miller Foods"}, ("vendors.json", rows))["vendor"].value
        == "Miller Foods"
    )


def test_what_a_person_said_is_never_changed() -> None:
    said = Field("vendor", "V-7", FieldSource.PERSON)

    assert refer(Findings([said]), VENDOR, [reference("vendors.json", VENDORS)]).fields == [said]


def test_products_are_resolved_entry_by_entry() -> None:
    schema = specs(
        items={"type": "array", "fields": {"product": "string", "product_code": "string", "amount": "money"}}
    )
    values = {
        "items.0.product": "WDG",
        "items.0.amount": 1.0,
        "items.1.product": "Sprocket",
        "items.2.product": "Other",
    }

    found = looked_up(schema, values, ("catalogue.json", PRODUCTS))

    assert found["items.0.product"].value == "Widget, blue"
    assert found["items.0.product_code"].value == "WDG"
    assert found["items.1.product_code"].value == "SPR"
    assert found["items.2.product"].value == "Other"
    assert "items.2.product_code" not in found


def test_a_member_of_an_object_is_looked_up_by_what_it_stands_in() -> None:
    schema = specs(seller={"type": "object", "fields": {"name": "string", "iban": "iban"}})

    found = looked_up(schema, {"seller.name": "ACME CORPORATION"}, ("suppliers.json", VENDORS))

    assert found["seller.name"].value == "Acme Corporation"
    assert found["seller.iban"].value == "DE89370400440532013000"


def test_a_code_stands_for_what_the_owner_says_it_means() -> None:
    schema = specs(department={"type": "enum", "values": ["Marketing", "Finance"]}, number="identifier")

    found = looked_up(schema, {"department": "mkt", "number": "FIN"}, ("codes.json", DEPARTMENTS))

    assert (found["department"].value, found["number"].value) == ("Marketing", "FIN")


@pytest.mark.parametrize(
    ("name", "text", "rows"),
    [
        ("a.csv", "code,name\nX,Ex\nY,Why\n", [{"code": "X", "name": "Ex"}, {"code": "Y", "name": "Why"}]),
        ("a.txt", "code;name\nX;Ex, or so\n", [{"code": "X", "name": "Ex, or so"}]),
        (
            "a.txt",
            "MKT = Marketing\n# note\nFIN -> Finance\n",
            [{"key": "MKT", "value": "Marketing"}, {"key": "FIN", "value": "Finance"}],
        ),
        ("a.txt", "Acme\nBolt\n", [{"a": "Acme"}, {"a": "Bolt"}]),
        ("a.txt", "This is a rule.\nAnd so is this one.\n", []),
        (
            "a.md",
            "# Codes\n\n| code | name |\n|---|:-:|\n| X | **Ex** |\n\nText.",
            [{"code": "X", "name": "Ex"}],
        ),
        (
            "a.md",
            "# Glossary\n\n- **AWB**: air waybill\n- POD \u2013 proof of delivery\n",
            [{"key": "AWB", "value": "air waybill"}, {"key": "POD", "value": "proof of delivery"}],
        ),
        ("a.json", '["x", "y"]', [{"a": "x"}, {"a": "y"}]),
        (
            "a.json",
            '{"V1": {"name": "Acme"}, "V2": {"name": "Bolt"}}',
            [{"key": "V1", "name": "Acme"}, {"key": "V2", "name": "Bolt"}],
        ),
        ("a.json", '[{"n": {"m": 1}, "l": ["p", "q"]}]', [{"n.m": 1, "l.0": "p", "l.1": "q"}]),
        ("a.json", "3", []),
    ],
)
def test_files_are_read_as_tables_where_they_are_some(
    name: str, text: str, rows: list[dict[str, Any]]
) -> None:
    assert [row for table in tables_of(name, text) for row in table.rows] == rows


@pytest.mark.parametrize("text", ["{", "[1,", "\ufeff", "[" * 100_000])
def test_json_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest, match="JSON"):
        tables_of("a.json", text)


def test_a_model_is_shown_what_has_to_do_with_the_document() -> None:
    lines = "\n".join(f'{{"code": "P{number}", "name": "part {number}"}}' for number in range(2000))
    rules = reference("rules.md", "Departments that begin with MKT are Marketing.")

    assert excerpts_for(View(()), [rules]) == "[rules.md] Departments that begin with MKT are Marketing."
    shown = excerpts_for(View(()), [rules, reference("parts.json", lines)])
    assert len(shown) <= MOST_LETTERS
    assert shown == "", "a document without words has to do with none of it"
