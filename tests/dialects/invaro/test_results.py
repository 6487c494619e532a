"""Fields in the vendor's keys, and schemas as fields: pure functions."""

from typing import Any

import pytest

from octavo.dialects.invaro.custom import shape_by_schema
from octavo.dialects.invaro.invoices import shape_invoice
from octavo.dialects.invaro.schema_fields import parse_schema, specs_of_schema, to_word
from octavo.dialects.invaro.statements import grouped, shape_statement
from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.errors import InvalidRequest
from octavo.domain.template import FieldSpec, FieldType
from octavo.exporters.fields_json import values_tree
from tests.dialects.invaro.conftest import fields_of


def values(document_type: str, **found: str | float) -> dict[str, Any]:
    return values_tree(fields_of(document_type, **found).found, DOCUMENT_TYPES[document_type].fields)


def test_a_statement_has_the_newer_groups_and_the_older_flat_texts() -> None:
    told = shape_statement(
        values(
            "bank_statement",
            bank_name="Bank of Trust",
            account_number="XXXX1234",
            currency="INR",
            period_start="2026-10-01",
            period_end="2026-10-31",
            opening_balance=1700.31,
            closing_balance=-123456.5,
            total_credits=10000000,
            transactions__0__date="2026-10-02",
            transactions__0__description="Rent",
            transactions__0__amount=-700.5,
            transactions__0__balance=999.81,
            transactions__1__credit=5,
        )
    )

    assert told["account_info"] == {
        "bank_name": "Bank of Trust",
        "account_number": "XXXX1234",
        "account_type": None,
        "statement_period": {"start_date": "2026-10-01", "end_date": "2026-10-31"},
        "currency": "INR",
    }
    assert told["summary"] == {
        "opening_balance": 1700.31,
        "closing_balance": -123456.5,
        "total_deposits": 10000000,
        "total_withdrawals": None,
    }
    assert told["transactions"] == [
        {"date": "2026-10-02", "description": "Rent", "amount": 700.5, "type": "debit", "balance": 999.81},
        {"date": None, "description": None, "amount": 5, "type": "credit", "balance": None},
    ]
    assert told["account_no"] == "XXXX1234"
    assert told["opening_balance"] == "1,700.31"
    assert told["closing_balance"] == "-1,23,456.50"
    assert told["total_credit"] == "1,00,00,000.00"
    assert told["total_debit"] is None
    assert told["statement_period"] == "2026-10-01 TO 2026-10-31"


@pytest.mark.parametrize(
    ("amount", "indian", "text"),
    [
        (0, True, "0.00"),
        (999, True, "999.00"),
        (1000, True, "1,000.00"),
        (1234567.891, False, "1,234,567.89"),
    ],
)
def test_amounts_are_grouped(amount: float, indian: bool, text: str) -> None:
    assert grouped(amount, indian=indian) == text


def test_an_empty_statement_has_all_of_its_keys() -> None:
    told = shape_statement(values("bank_statement"))

    assert told["transactions"] == []
    assert told["statement_period"] is None
    assert set(told["summary"].values()) == {None}


def test_an_invoice_has_its_groups() -> None:
    told = shape_invoice(
        values(
            "invoice",
            invoice_number="R-1",
            invoice_date="2026-11-01",
            seller__name="Ada",
            seller__tax_id="DE123456789",
            buyer__name="Bob",
            customer_number="K7",
            subtotal=100,
            tax_total=19,
            total=119,
            line_items__0__description="Rent",
            line_items__0__quantity=1,
            line_items__0__amount=100,
            payment_terms="30 days",
        )
    )

    assert list(told) == ["invoice_info", "vendor", "customer", "amounts", "line_items", "payment_info"]
    assert told["invoice_info"] == {
        "invoice_number": "R-1",
        "date": "2026-11-01",
        "due_date": None,
        "currency": None,
    }
    assert told["vendor"] == {"name": "Ada", "address": None, "tax_id": "DE123456789"}
    assert told["customer"] == {"name": "Bob", "address": None, "customer_id": "K7"}
    assert told["amounts"] == {"subtotal": 100, "tax": 19, "total": 119}
    assert told["line_items"] == [{"description": "Rent", "quantity": 1, "unit_price": None, "amount": 100}]
    assert told["payment_info"] == {"terms": "30 days", "method": None}


def test_a_receipt_is_told_in_the_words_of_an_invoice() -> None:
    told = shape_invoice(
        values("receipt", merchant__name="Bakery", date="2026-03-01", total=5, payment_method="cash")
    )

    assert told["vendor"]["name"] == "Bakery"
    assert told["invoice_info"]["date"] == "2026-03-01"
    assert (told["amounts"]["total"], told["payment_info"]["method"]) == (5, "cash")


def test_an_indian_invoice_has_the_groups_of_its_tax_all_texts() -> None:
    told = shape_invoice(
        values(
            "invoice",
            seller__tax_id="27AAPFU0939F1ZV",
            buyer__tax_id="29GGGGG1314R9Z6",
            buyer__name="Bob",
            tax_total=1800,
            taxes__0__rate=18.0,
            taxes__0__amount=1800,
            line_items__0__sku="998314",
            total=11800,
        )
    )

    assert told["buyer_details"] == {
        "GSTIN": "29GGGGG1314R9Z6",
        "name": "Bob",
        "address": "",
        "phone": "",
        "state_code": "29",
    }
    assert told["tax_calculation"] == {
        "HSN": "998314",
        "IGST_amount": "1800",
        "IGST_percentage": "18%",
        "reverse_charge_applicable": "",
    }
    assert told["total_calculation"] == {"IGST_at_18_percentage": "1800"}
    assert set(told["bank_details"]) == {"IFSC", "SWIFT_CODE", "account_number", "bank_name"}


def test_within_one_state_no_integrated_tax_is_told() -> None:
    told = shape_invoice(
        values("invoice", seller__tax_id="27AAPFU0939F1ZV", buyer__tax_id="27GGGGG1314R9Z6", tax_total=1800)
    )

    assert told["tax_calculation"]["IGST_amount"] == ""
    assert told["total_calculation"] == {}


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("GR_date", "gr_date"),
        ("taxAmount", "tax_amount"),
        ("IFSC", "ifsc"),
        ("1st line", "n_1st_line"),
        ("…", ""),
    ],
)
def test_names_become_words(name: str, word: str) -> None:
    assert to_word(name) == word


def test_known_words_are_read_where_the_documents_type_has_them() -> None:
    schema = {
        "fields": [
            "vendor_name",
            "customer_gstin",
            "total_amount",
            "line_items",
            "cess",
            "delivered_date",
            "fee",
        ]
    }
    fields = parse_schema(schema, "invoice")
    specs = {spec.name: spec for spec in specs_of_schema(fields)}

    assert [field.path for field in fields] == [
        "seller.name",
        "buyer.tax_id",
        "total",
        "line_items",
        "cess",
        "delivered_date",
        "fee",
    ]
    assert [spec.name for spec in specs["seller"].fields] == ["name"]
    assert "quantity" in [spec.name for spec in specs["line_items"].fields]
    assert [specs[name].type for name in ("cess", "delivered_date", "fee")] == [
        FieldType.STRING,
        FieldType.DATE,
        FieldType.MONEY,
    ]


def test_groups_that_we_do_not_have_stand_on_top() -> None:
    schema = {
        "account_info": {"bank_name": "string", "statement_period": {"start_date": "", "end_date": ""}},
        "summary": {"closing_balance": 0, "fees_paid": 0},
        "transactions": [{"narration": "", "amount": 0, "type": "", "category": ""}],
    }
    fields = parse_schema(schema, "bank_statement")
    found = values(
        "bank_statement",
        bank_name="Trust",
        period_start="2026-10-01",
        closing_balance=5,
        transactions__0__description="Rent",
        transactions__0__amount=-2,
    )

    found["transactions"][0]["type"] = None  # as the template's own tree has it
    assert shape_by_schema(fields, found) == {
        "account_info": {
            "bank_name": "Trust",
            "statement_period": {"start_date": "2026-10-01", "end_date": ""},
        },
        "summary": {"closing_balance": 5, "fees_paid": 0},
        "transactions": [{"narration": "Rent", "amount": -2, "type": "debit", "category": ""}],
    }
    names = {spec.name: spec for spec in specs_of_schema(fields)}
    assert [inner.name for inner in names["transactions"].fields] == [
        "description",
        "amount",
        "type",
        "category",
    ]
    assert names["summary"].fields[0].name == "fees_paid"


def test_json_schema_is_a_schema_too() -> None:
    schema = {
        "type": "object",
        "properties": {
            "Invoice Number": {"type": "string", "description": "Of the bill"},
            "approved": {"type": "boolean"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "parcels": {
                "type": "array",
                "items": {"type": "object", "properties": {"weight": {"type": "number"}}},
            },
            "seller": {"type": "object"},
        },
    }
    fields = parse_schema(schema, "invoice")

    assert shape_by_schema(fields, {"seller": {"name": None}}) == {
        "Invoice Number": "",
        "approved": False,
        "tags": [],
        "parcels": [],
        "seller": {"name": ""},
    }
    specs = {spec.name: spec for spec in specs_of_schema(fields)}
    assert specs["tags"].entries is FieldType.STRING
    assert specs["parcels"].fields == (FieldSpec("weight", FieldType.NUMBER, synonyms=("weight",)),)
    assert specs["invoice_number"].type is FieldType.IDENTIFIER


@pytest.mark.parametrize(
    "schema",
    [
        {},
        [],
        {"fields": [1]},
        {"…": "string"},
        {"a": {"b": {"c": {"d": {"e": ""}}}}},
        [f"f{n}" for n in range(301)],
    ],
)
def test_what_is_no_schema_is_refused(schema: Any) -> None:
    with pytest.raises(InvalidRequest, match="schema_string"):
        parse_schema(schema, "invoice")
