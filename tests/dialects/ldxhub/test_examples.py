"""Examples become schemas, and values come back in the examples' shape."""

from typing import Any

import pytest

from octavo.dialects.ldxhub.examples import output_of, specs_from
from octavo.dialects.ldxhub.records import MAX_RECORDS, Record, records_in, text_of
from octavo.domain.errors import InvalidRequest
from octavo.domain.template import FieldType

INVOICE: dict[str, Any] = {
    "invoiceNo": "INV-1",
    "Issue Date": "2025-01-15",
    "total": 11000,
    "rate": 1234.56,
    "paid": True,
    "note": None,
    "発行者": {"名前": "株式会社サンプル", "phone": ""},
    "line_items": [{"description": "a", "amount": 1}, {"description": "b", "tax-rate": 10}],
    "tags": ["x", "y"],
    "empty": [],
}


def test_example_values_say_the_types() -> None:
    kinds = {spec.synonyms[0] if spec.synonyms else spec.name: spec.type for spec in specs_from(INVOICE)}

    assert kinds == {
        "invoiceNo": FieldType.STRING,
        "Issue Date": FieldType.DATE,
        "total": FieldType.INTEGER,
        "rate": FieldType.NUMBER,
        "paid": FieldType.BOOLEAN,
        "note": FieldType.STRING,
        "発行者": FieldType.OBJECT,
        "line_items": FieldType.ARRAY,
        "tags": FieldType.ARRAY,
        "empty": FieldType.ARRAY,
    }


def test_keys_come_back_as_they_were_sent_and_in_their_order() -> None:
    specs = specs_from(INVOICE)
    values = {
        "invoice_no": "A-7",
        "issue_date": "2026-06-30",
        "total": 42210,
        "field_7": {"field_1": "株式会社グリーン"},
        "line_items": [{"description": "tea", "amount": 6000, "tax_rate": None}],
        "tags": ["z", None],
    }

    told = output_of(specs, values)

    assert list(told) == list(INVOICE)
    assert told == {
        "invoiceNo": "A-7",
        "Issue Date": "2026-06-30",
        "total": 42210,
        "rate": None,
        "paid": None,
        "note": "",
        "発行者": {"名前": "株式会社グリーン", "phone": ""},
        "line_items": [{"description": "tea", "amount": 6000, "tax-rate": None}],
        "tags": ["z"],
        "empty": [],
    }


def test_keys_that_would_be_called_the_same_are_kept_apart() -> None:
    specs = specs_from({"Total": 1, "total": 2, "TOTAL!": 3, "1st": "x"})

    assert [spec.name for spec in specs] == ["total", "total_2", "total_3", "n_1st"]
    assert output_of(specs, {"total": 5, "total_3": 7}) == {"Total": 5, "total": None, "TOTAL!": 7, "1st": ""}


@pytest.mark.parametrize(
    ("example", "said"),
    [
        ({}, "no members"),
        ({"a": [[1]]}, "example_output.a: lists of lists"),
        ({"a": [{"b": 1}, 2]}, "entries are all objects"),
        ({"a": {"b": {"c": {"d": {"e": 1}}}}}, "example_output.a.b.c.d: objects are nested"),
        ({f"k{number}": 1 for number in range(301)}, "at most 300 fields"),
        ({" a": 1}, "begins or ends with a blank"),
        ({"k" * 3000: 1}, "synonyms"),
    ],
)
def test_an_example_that_is_no_schema_is_refused_by_its_place(example: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidRequest, match=said) as raised:
        specs_from(example)

    assert raised.value.details["option"] == "example_output"


def test_records_are_lines_with_an_id_and_data() -> None:
    content = b'\xef\xbb\xbf{"id":"a","data":"One"}\n\n{"data":{"note":"Two","n":[1,"x"]}}\r\n{"id":3,"text":"Three"}'

    assert records_in(content) == [
        Record("a", "One"),
        Record("1", "note: Two\nn.1: 1\nn.2: x"),
        Record(3, "text: Three"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no records"),
        (b'{"id":"a","data":"x"}\n{"id":', "Line 2 of the file is not JSON"),
        (b"[1]", "Line 1 of the file is no JSON object"),
        (b'{"id":{},"data":"x"}', "Line 1: the id is a text"),
        (b'{"data":"x"}\n' * (MAX_RECORDS + 1), "at most"),
    ],
)
def test_a_file_that_has_no_records_is_refused_by_its_line(content: bytes, said: str) -> None:
    with pytest.raises(InvalidRequest, match=said):
        records_in(content)


def test_a_text_stays_as_it_is() -> None:
    assert text_of("A line\nand another\0") == "A line\nand another"
    assert text_of(None) == ""
    assert text_of(7.5) == "7.5"
