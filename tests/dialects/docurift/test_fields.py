"""Fields by document type, under the names of the vendor's pages: each name is held against its page."""

from typing import Any

import pytest

from octavo.dialects.docurift.shapes import dimensions, extracted_fields, job_fields
from octavo.domain.document_types.schema import specs_of
from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.field import Field, Fields, FieldSource
from octavo.exporters.fields_json import fields_to_json

PARTY = {"name", "address"}
PLACED = PARTY | {"city", "state", "postalCode", "country"}
DOCUMENTED = {
    "invoice": {
        *("invoiceNumber", "invoiceDate", "dueDate", "vendor", "customer", "lineItems", "subtotal", "tax"),
        *("total", "currency", "taxAmount", "totalAmount"),
    },
    "bill_of_lading": {
        *("bolNumber", "shipper", "consignee", "vessel", "portOfLoading", "portOfDischarge", "containers"),
        *("cargoDescription", "weight"),
    },
    "freight_invoice": {
        *("invoiceNumber", "date", "carrier", "shipper", "consignee", "charges", "freightCharges"),
        *("fuelSurcharge", "accessorials", "total"),
    },
    "air_waybill": {
        *("awbNumber", "date", "shipper", "consignee", "origin", "destination", "flightNumber", "pieces"),
        *("weight", "weightUnit", "dimensions", "declaredValue", "declaredValueCurrency"),
    },
    "packing_list": {
        *("packingListNumber", "date", "shipper", "consignee", "packages", "totalWeight", "totalVolume"),
        *("orderReference", "invoiceReference"),
    },
    "customs_declaration": {
        *("declarationNumber", "declarationType", "importer", "exporter", "hsCode", "goodsDescription"),
        *("value", "currency", "countryOfOrigin", "dutyAmount"),
    },
}
PARTIES = {
    ("invoice", "vendor"): PLACED | {"taxId", "email", "phone"},
    ("invoice", "customer"): PLACED | {"taxId", "email", "phone"},
    ("bill_of_lading", "shipper"): PLACED | {"contact"},
    ("freight_invoice", "carrier"): PARTY | {"scac"},
    ("freight_invoice", "consignee"): PARTY,
    ("air_waybill", "shipper"): PARTY | {"accountNumber"},
    ("air_waybill", "consignee"): PARTY | {"accountNumber"},
    ("packing_list", "consignee"): PLACED | {"contact", "phone", "email"},
    ("customs_declaration", "importer"): PARTY | {"taxId"},
}


def fields_json(kind: str, **values: Any) -> dict[str, Any]:
    found = tuple(
        Field(path.replace("__", "."), value, FieldSource.OCR, confidence=0.9)
        for path, value in values.items()
    )
    return fields_to_json(Fields(kind, None, found), specs_of(kind, None))


@pytest.mark.parametrize("kind", DOCUMENTED)
def test_every_documented_field_is_there_though_the_document_says_nothing(kind: str) -> None:
    shape = extracted_fields(fields_json(kind))

    assert set(shape) >= DOCUMENTED[kind]
    lists = {name for name, value in shape.items() if isinstance(value, list)}
    assert all(shape[name] == [] for name in lists)


@pytest.mark.parametrize(("kind", "party"), PARTIES)
def test_a_party_has_its_documented_members(kind: str, party: str) -> None:
    shape = extracted_fields(fields_json(kind))

    assert set(shape[party]) >= PARTIES[kind, party]
    assert set(shape[party].values()) == {None}


@pytest.mark.parametrize("kind", DOCUMENT_TYPES)
def test_no_name_has_an_underscore_in_any_type(kind: str) -> None:
    def names(node: Any) -> list[str]:
        if isinstance(node, dict):
            return [*node, *(name for child in node.values() for name in names(child))]
        return [name for child in node for name in names(child)] if isinstance(node, list) else []

    filled = fields_json(kind, **_one_entry_each(kind))

    assert [name for name in names(extracted_fields(filled)) if "_" in name] == []
    assert [name for name in names(job_fields(filled)) if "_" in name] == []


def _one_entry_each(kind: str) -> dict[str, Any]:
    """A value in the first entry of every list."""
    return {
        f"{spec.name}__0__{spec.fields[0].name}": "x"
        for spec in specs_of(kind, None)
        if spec.fields and spec.type.value == "array"
    }


def test_money_is_a_number_under_both_of_its_names() -> None:
    shape = extracted_fields(fields_json("invoice", total=12.5, tax_total=2.5))

    assert (shape["total"], shape["totalAmount"], shape["tax"], shape["taxAmount"]) == (12.5, 12.5, 2.5, 2.5)


def test_an_items_amount_is_its_total() -> None:
    shape = extracted_fields(
        fields_json("invoice", line_items__0__description="Nails", line_items__0__amount=3.0)
    )

    (item,) = shape["lineItems"]
    assert (item["description"], item["total"], item["quantity"]) == ("Nails", 3.0, None)
    assert "amount" not in item


def test_the_address_is_the_street_only_where_the_city_stands_beside_it() -> None:
    said = {"address": "1 High St, Leeds", "street": "1 High St", "city": "Leeds"}
    of_invoice = fields_json("invoice", **{f"seller__{name}": value for name, value in said.items()})
    of_carrier = fields_json("freight_invoice", **{f"carrier__{name}": value for name, value in said.items()})

    vendor = extracted_fields(of_invoice)["vendor"]
    carrier = extracted_fields(of_carrier)["carrier"]

    assert (vendor["address"], vendor["city"], vendor["fullAddress"]) == (
        "1 High St",
        "Leeds",
        "1 High St, Leeds",
    )
    assert carrier["address"] == "1 High St, Leeds"


def test_weights_and_volumes_are_objects() -> None:
    said = {"gross_weight": 20.5, "net_weight": 19.0, "weight_unit": "kg"}

    lading = extracted_fields(fields_json("bill_of_lading", **said))
    packing = extracted_fields(fields_json("packing_list", **said, volume=3.2, volume_unit="m3"))

    assert lading["weight"] == {"gross": 20.5, "net": 19.0, "unit": "kg"}
    assert packing["totalWeight"] == lading["weight"]
    assert packing["totalVolume"] == {"value": 3.2, "unit": "m3"}


def test_an_air_waybill_names_accounts_weight_and_sides() -> None:
    shape = extracted_fields(
        fields_json(
            "air_waybill",
            shipper__name="Acme",
            shipper_account_number="A-1",
            gross_weight=41.0,
            weight_unit="K",
            currency="USD",
            dimensions="1 / 120 x 80 x 100 cm",
        )
    )

    assert (shape["shipper"]["name"], shape["shipper"]["accountNumber"]) == ("Acme", "A-1")
    assert (shape["weight"], shape["weightUnit"], shape["declaredValueCurrency"]) == (41.0, "K", "USD")
    assert shape["dimensions"] == {"length": 120.0, "width": 80.0, "height": 100.0, "unit": "CM"}


@pytest.mark.parametrize(
    ("printed", "unit"),
    [("48x40x36 in", "IN"), ('48*40*36"', "IN"), ("48,5 \u00d7 40 \u00d7 36 CMS", "CM"), ("48x40x36", None)],
)
def test_sides_are_read_in_every_usual_form(printed: str, unit: str | None) -> None:
    found = dimensions(printed)

    assert (found["width"], found["height"], found["unit"]) == (40.0, 36.0, unit)
    assert dimensions("two boxes")["length"] is None


def test_a_jobs_invoice_names_its_vendor_in_a_word() -> None:
    said = fields_json("invoice", seller__name="Acme", total=9.0, invoice_date="2026-11-02")

    fields = job_fields(said)

    assert (fields["vendor"], fields["amount"], fields["date"]) == ("Acme", 9.0, "2026-11-02")
    assert fields["vendorDetails"]["name"] == "Acme"


def test_without_fields_nothing_is_told() -> None:
    assert extracted_fields(None) == job_fields(None) == {}
