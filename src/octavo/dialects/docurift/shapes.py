"""Our fields in the vendor's shapes: camelCase, its names for documented values, ours for what is more.

What the document does not say is null, lists are empty. Where two pages of the vendor name a value
differently, both names are there. A party's `address` is its street where the vendor has the city
beside it, else the whole address; `fullAddress` is always the whole. Types whose fields the vendor does
not list have our names in camelCase.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

Values = Mapping[str, Any]
Shape = dict[str, Any]

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
_SIDES = re.compile(
    r"({0})\s*{1}\s*({0})\s*{1}\s*({0})\s*(cms?|in(?:ch(?:es)?|s)?\b|\")?".format(
        r"\d+(?:[.,]\d+)?", "[x\u00d7*]"
    ),
    re.IGNORECASE,
)

_TOTALS: dict[str, tuple[str, ...]] = {"tax_total": ("tax", "taxAmount"), "total": ("total", "totalAmount")}
RENAMED: dict[str, dict[str, tuple[str, ...]]] = {
    "invoice": {"seller": ("vendor",), "buyer": ("customer",), **_TOTALS},
    "receipt": {**_TOTALS},
    "freight_invoice": {"invoice_date": ("date", "invoiceDate"), **_TOTALS},
    "bill_of_lading": {"goods_description": ("cargoDescription",)},
    "sea_waybill": {"goods_description": ("cargoDescription",)},
    "air_waybill": {"gross_weight": ("weight",), "currency": ("declaredValueCurrency",)},
}
"""By document type: our names that are called something else; all others become camelCase."""

PARTIES = frozenset(
    {"seller", "buyer", "ship_to", "merchant", "shipper", "consignee", "carrier", "importer", "exporter"}
    | {"notify_party", "bill_to"}
)
_NAME_AND_ADDRESS = frozenset({"freight_invoice", "air_waybill", "customs_declaration"})
"""Types whose parties the vendor gives one address and no city."""


def extracted_fields(fields: Values | None) -> Shape:
    """What `result` holds of a processed document, from the JSON of its fields; empty where none were looked for."""
    if fields is None:
        return {}
    kind, values = str(fields["document_type"]), fields["values"]
    shape: Shape = {}
    for name, value in values.items():
        for told in RENAMED.get(kind, {}).get(name, (to_camel(name),)):
            shape[told] = _value(kind, name, value)
    return shape | COMPOSED.get(kind, _nothing)(values)


def job_fields(fields: Values | None) -> Shape:
    """The variant inside a job's `result.extractedFields`: an invoice's vendor by name, its amount and date.

    The vendor with its address is `vendorDetails` there.
    """
    shape = extracted_fields(fields)
    if fields is None or fields["document_type"] != "invoice":
        return shape
    vendor = shape.get("vendor")
    return shape | {
        "amount": shape.get("total"),
        "vendor": vendor.get("name") if isinstance(vendor, dict) else None,
        "vendorDetails": vendor,
        "date": shape.get("invoiceDate"),
    }


def to_camel(name: str) -> str:
    """Names of our schemas; what a template's owner called otherwise stays."""
    if not _NAME.fullmatch(name):
        return name
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


def _value(kind: str, name: str, value: Any) -> Any:
    if name in PARTIES and isinstance(value, Mapping):
        return _party(kind, value)
    if name == "line_items" and isinstance(value, list):
        return [_line_item(entry) for entry in value]
    return _camel(value)


def _camel(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {to_camel(name): _camel(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_camel(entry) for entry in value]
    return value


def _party(kind: str, party: Values) -> Shape:
    whole = party.get("address")
    apart = None if kind in _NAME_AND_ADDRESS else party.get("street")
    rest = {name: value for name, value in party.items() if name not in {"name", "address", "street"}}
    return {
        "name": party.get("name"),
        "address": apart or whole,
        **_camel(rest),
        "contact": None,
        "fullAddress": whole,
    }


def _line_item(entry: Values) -> Shape:
    shape: Shape = _camel(entry)
    shape["total"] = shape.pop("amount", None)
    return shape


def _nothing(_: Values) -> Shape:
    return {}


def _weight(values: Values) -> Shape:
    return {
        "gross": values.get("gross_weight"),
        "net": values.get("net_weight"),
        "unit": values.get("weight_unit"),
    }


def _with_weight(values: Values) -> Shape:
    return {"weight": _weight(values)}


def _packing_list(values: Values) -> Shape:
    volume = {"value": values.get("volume"), "unit": values.get("volume_unit")}
    return {"totalWeight": _weight(values), "totalVolume": volume}


def _air_waybill(values: Values) -> Shape:
    parties = {
        name: _party("air_waybill", values.get(name) or {})
        | {"accountNumber": values.get(f"{name}_account_number")}
        for name in ("shipper", "consignee")
    }
    return {**parties, "dimensions": dimensions(values.get("dimensions"))}


COMPOSED: dict[str, Callable[[Values], Shape]] = {
    "bill_of_lading": _with_weight,
    "sea_waybill": _with_weight,
    "delivery_order": _with_weight,
    "packing_list": _packing_list,
    "air_waybill": _air_waybill,
}
"""By document type: objects that the vendor makes of several of our values."""


def dimensions(printed: Any) -> Shape:
    """`120 x 80 x 100 cm` as numbers; all of them null where it is not three sides."""
    found = _SIDES.search(printed) if isinstance(printed, str) else None
    if found is None:
        return {"length": None, "width": None, "height": None, "unit": None}
    length, width, height = (float(side.replace(",", ".")) for side in found.groups()[:3])
    unit = (found[4] or "").lower()
    told = None if not unit else "CM" if unit.startswith("c") else "IN"
    return {"length": length, "width": width, "height": height, "unit": told}
