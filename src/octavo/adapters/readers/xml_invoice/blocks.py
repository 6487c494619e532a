"""An e-invoice's data as a document to read: headings, parties, a table of lines, taxes and sums."""

from collections.abc import Iterator, Mapping, Sequence

from octavo.adapters.readers.drafts import Draft
from octavo.adapters.readers.grids import GridCell, table_body, table_text
from octavo.domain.document import BlockType
from octavo.domain.field import Scalar
from octavo.pipeline.fields.embedded.units import sign

Values = Mapping[str, Scalar]
LINES_A_PAGE = 1_000

_TITLES = {"380": "Invoice", "381": "Credit note", "384": "Corrected invoice", "386": "Prepayment invoice",
           "389": "Self-billed invoice"}  # fmt: skip
_HEAD = {
    "invoice_number": "Invoice number", "invoice_date": "Invoice date", "due_date": "Due date", "delivery_date": "Delivery date",
    "purchase_order": "Purchase order", "customer_number": "Customer number", "currency": "Currency",
}  # fmt: skip
_PARTIES = {"seller": "Seller", "buyer": "Buyer", "ship_to": "Ship to"}
_ABOUT = {
    "country": "Country", "tax_id": "VAT ID", "registration_number": "Registration number", "email": "E-mail", "phone": "Phone",
    "website": "Website", "iban": "IBAN",
}  # fmt: skip
_COLUMNS = {
    "position": "Position", "sku": "Item number", "description": "Description", "quantity": "Quantity", "unit": "Unit",
    "unit_price": "Unit price", "price_unit": "Price per", "tax_rate": "VAT %", "discount": "Discount", "amount": "Amount",
}  # fmt: skip
_TAXES = {"rate": "VAT %", "base": "Taxable amount", "amount": "VAT amount"}
_SUMS = {
    "line_total": "Sum of lines", "discount_total": "Discounts", "charge_total": "Charges", "shipping": "Shipping", "subtotal": "Net total",
    "tax_total": "VAT total", "rounding": "Rounding", "total": "Gross total", "amount_paid": "Paid", "amount_due": "Amount due",
}  # fmt: skip
_PAYMENT = {
    "iban": "IBAN",
    "bic": "BIC",
    "payment_reference": "Payment reference",
    "payment_terms": "Payment terms",
}
_MONEY = frozenset({*_SUMS, "base", "amount", "discount", "unit_price"})


def entries_of(values: Values, array: str) -> list[dict[str, Scalar]]:
    """In their order, each by the names in it."""
    entries: dict[str, dict[str, Scalar]] = {}
    for path, value in values.items():
        head, _, rest = path.partition(".")
        position, _, name = rest.partition(".")
        if head == array and name:
            entries.setdefault(position, {})[name] = value
    return list(entries.values())


def drafts_of(
    values: Values, lines: Sequence[Mapping[str, Scalar]], *, first: bool, last: bool
) -> Iterator[Draft]:
    """One page: who and when on the first, sums and payment on the last."""
    if first:
        yield from _head(values)
    if lines:
        yield Draft(BlockType.HEADING, "Lines", level=2)
        yield _table(lines, _COLUMNS)
    if last:
        yield from _foot(values)


def _head(values: Values) -> Iterator[Draft]:
    title = _TITLES.get(str(values.get("type_code")), "Invoice")
    number = values.get("invoice_number")
    yield Draft(BlockType.HEADING, f"{title} {number}" if number else title, level=1)
    yield from _labelled(values, _HEAD)
    for role, name in _PARTIES.items():
        party = {
            path.partition(".")[2]: value for path, value in values.items() if path.startswith(f"{role}.")
        }
        if party:
            yield Draft(BlockType.HEADING, name, level=2)
            yield from _party(party)
    if "notes" in values:
        yield Draft(BlockType.HEADING, "Notes", level=2)
        for note in str(values["notes"]).splitlines():
            yield Draft(BlockType.PARAGRAPH, note)


def _party(party: Values) -> Iterator[Draft]:
    place = " ".join(str(party[name]) for name in ("postal_code", "city") if name in party)
    for line in (party.get("name"), party.get("street"), place, party.get("state")):
        if line:
            yield Draft(BlockType.PARAGRAPH, str(line))
    yield from _labelled(party, _ABOUT)


def _foot(values: Values) -> Iterator[Draft]:
    taxes = entries_of(values, "taxes")
    if taxes:
        yield Draft(BlockType.HEADING, "VAT", level=2)
        yield _table(taxes, _TAXES)
    sums = [(label, _written(name, values[name])) for name, label in _SUMS.items() if name in values]
    if sums:
        yield Draft(BlockType.HEADING, "Totals", level=2)
        cells = [
            GridCell(row, col, 1, 1, text) for row, pair in enumerate(sums) for col, text in enumerate(pair)
        ]
        body = table_body(cells, 0)
        yield Draft(BlockType.TABLE, table_text(body), body=body)
    if not _PAYMENT.keys().isdisjoint(values):
        yield Draft(BlockType.HEADING, "Payment", level=2)
        yield from _labelled(values, _PAYMENT)


def _labelled(values: Values, labels: Mapping[str, str]) -> Iterator[Draft]:
    for name, label in labels.items():
        if name in values:
            yield Draft(BlockType.PARAGRAPH, f"{label}: {_written(name, values[name])}")


def _table(entries: Sequence[Mapping[str, Scalar]], labels: Mapping[str, str]) -> Draft:
    """Only columns that any entry has."""
    names = [name for name in labels if any(name in entry for entry in entries)]
    rows = [[labels[name] for name in names]]
    rows += [[_written(name, entry[name]) if name in entry else "" for name in names] for entry in entries]
    cells = [
        GridCell(at, col, 1, 1, text, header=at == 0)
        for at, row in enumerate(rows)
        for col, text in enumerate(row)
    ]
    body = table_body(cells, 1)
    return Draft(BlockType.TABLE, table_text(body), body=body)


def _written(name: str, value: Scalar) -> str:
    if name == "unit":
        return sign(str(value))
    if isinstance(value, str):
        return value
    exact = f"{value:.6f}".rstrip("0").rstrip(".")
    whole, _, digits = exact.partition(".")
    return f"{whole}.{digits.ljust(2, '0')}" if name in _MONEY else exact
