"""What people call the fields of our types in schemas of their own: `vendor` is who sells, `total_amount` the total.

Names as a schema writes them, small letters and `_`; of a member of an object with what it stands in,
`seller.name` as `seller_name`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from octavo.domain.field import Field
from octavo.domain.template import FieldSpec, FieldType

_PARTIES = {
    ("seller", "merchant"): (
        *("seller", "vendor", "supplier", "merchant", "store", "shop", "issuer", "company", "payee"),
        *("provider", "biller"),
    ),
    ("buyer",): ("buyer", "customer", "client", "bill_to", "billed_to", "billing", "recipient", "payer"),
    ("ship_to",): ("ship_to", "shipped_to", "shipping", "delivery", "consignee"),
}
_MEMBERS = {
    "name": ("name", "company", "company_name"),
    "address": ("address", "full_address"),
    "tax_id": ("tax_id", "tax_number", "vat_id", "vat_number", "vat", "tin", "tax_identification_number"),
    "email": ("email", "email_address"),
    "phone": ("phone", "phone_number", "telephone", "tel"),
    "website": ("website", "url", "web"),
    "iban": ("iban", "bank_account"),
    "bic": ("bic", "swift"),
}
_SINGLE = {
    "invoice_number": "invoice_no invoice_id invoice_num invoice_nr document_number",
    "invoice_date": "date issue_date date_of_issue issued_on document_date",
    "date": "purchase_date transaction_date receipt_date issue_date date_of_issue date_of_purchase invoice_date",
    "time": "purchase_time transaction_time",
    "due_date": "payment_due_date payment_due pay_by due payment_date",
    "receipt_number": "receipt_no receipt_id transaction_number transaction_id ticket_number",
    "total": "total_amount amount_total grand_total invoice_total total_price total_sum sum amount gross_total "
    "gross_amount total_gross total_with_tax total_incl_tax total_paid",
    "subtotal": "sub_total net_amount net_total total_net subtotal_amount amount_net net total_without_tax "
    "total_excl_tax total_before_tax",
    "tax_total": "tax tax_amount total_tax vat vat_amount total_vat gst sales_tax amount_tax",
    "amount_due": "balance_due due_amount outstanding outstanding_amount amount_payable total_due",
    "purchase_order": "po_number po_no po purchase_order_number order_number",
    "currency": "currency_code",
    "payment_terms": "terms terms_of_payment",
    "payment_reference": "reference reference_number remittance_reference",
    "discount_total": "discount total_discount discount_amount",
    "shipping": "shipping_cost shipping_amount freight delivery_cost delivery_fee",
    "payment_method": "paid_by payment_type method_of_payment",
    "card_last_digits": "card_last4 last_four last4 card_last_four last_four_digits card_number",
    "bank_name": "bank",
    "account_holder": "account_name account_holder_name holder account_owner",
    "account_number": "account_no account",
    "opening_balance": "beginning_balance starting_balance start_balance balance_forward",
    "closing_balance": "ending_balance end_balance final_balance",
    "period_start": "statement_start_date start_date from_date statement_from statement_period_start",
    "period_end": "statement_end_date end_date to_date statement_to statement_period_end statement_date",
    "total_credits": "total_deposits deposits_total credits",
    "total_debits": "total_withdrawals withdrawals_total debits",
    "document_number": "passport_number id_number card_number document_no identity_number",
    "surname": "last_name family_name",
    "given_names": "first_name given_name first_names",
    "date_of_birth": "birth_date dob birthday birthdate",
    "date_of_expiry": "expiry_date expiration_date valid_until expires_on expiry",
    "sex": "gender",
}
ARRAYS = {
    "line_items": (
        "items",
        "lines",
        "products",
        "invoice_lines",
        "articles",
        "positions",
        "entries",
        "goods",
    ),
    "transactions": ("entries", "movements", "operations", "bookings", "statement_lines"),
}
COLUMNS = {
    "description": (
        "name",
        "item",
        "product",
        "item_name",
        "product_name",
        "title",
        "text",
        "details",
        "narrative",
    ),
    "quantity": ("qty", "count", "number", "units"),
    "unit_price": ("price", "rate", "price_per_unit", "cost", "unit_cost", "each"),
    "amount": ("total", "total_price", "line_total", "total_amount", "sum", "net_amount", "price", "value"),
    "sku": ("code", "item_code", "article_number", "product_code", "item_number", "part_number"),
    "tax_rate": ("vat_rate", "vat", "tax"),
    "date": ("transaction_date", "posting_date", "booking_date"),
    "debit": ("withdrawal", "paid_out", "money_out", "withdrawals"),
    "credit": ("deposit", "paid_in", "money_in", "deposits"),
    "balance": ("running_balance",),
}


def _said() -> Iterator[tuple[str, str]]:
    """Each other name, and the path it may stand for; the likelier path first."""
    for path, names in _SINGLE.items():
        for name in names.split():
            yield name, path
    for parties, words in _PARTIES.items():
        for party in parties:
            for word in words:
                yield word, f"{party}.name"
                for member, others in _MEMBERS.items():
                    for other in others:
                        yield f"{word}_{other}", f"{party}.{member}"


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, tuple[str, ...]] = {}
    for name, path in pairs:
        grouped[name] = (*grouped.get(name, ()), path)
    return grouped


PATHS = _grouped(_said())
_ARRAYS = _grouped((other, name) for name, others in ARRAYS.items() for other in others)
_COLUMNS = _grouped((other, name) for name, others in COLUMNS.items() for other in others)


def renamed(
    typed: Iterable[Field], leaves: Iterable[tuple[str, FieldSpec]], specs: Iterable[FieldSpec]
) -> dict[str, Field]:
    """What a type's finder has under its own names, by the paths of a schema that has other names for it.

    Args:
        typed: What the finder of the document's type has found.
        leaves: The schema's single fields by their paths, without those that were found already.
        specs: The schema, for its arrays.
    """
    by_path = {field.path: field for field in typed}
    found: dict[str, Field] = {}
    for path, spec in leaves:
        for target in PATHS.get(path.replace(".", "_"), ()):
            if target in by_path and _is_of(by_path[target], spec):
                found[path] = replace(by_path[target], path=path)
                break
    for spec in specs:
        if spec.type is FieldType.ARRAY and spec.fields:
            found |= _entries(by_path, spec)
    return found


def _entries(by_path: Mapping[str, Field], spec: FieldSpec) -> dict[str, Field]:
    """Members of entries under their other names; where the array has another one, all of them."""
    for source in (spec.name, *_ARRAYS.get(spec.name, ())):
        cells = [path.split(".") for path in by_path if path.startswith(f"{source}.")]
        columns = {cell[2] for cell in cells if len(cell) == 3}
        if columns:
            break
    else:
        return {}
    own = {member.name for member in spec.fields}
    found: dict[str, Field] = {}
    for member in spec.fields:
        column = _column(member.name, columns, own)
        for cell in cells:
            if len(cell) == 3 and cell[2] == column and _is_of(by_path[".".join(cell)], member):
                path = f"{spec.name}.{cell[1]}.{member.name}"
                found[path] = replace(by_path[".".join(cell)], path=path)
    return found


def _column(name: str, columns: set[str], own: set[str]) -> str | None:
    """What the type calls it; nothing that the schema itself has a member for."""
    if name in columns:
        return name
    return next((one for one in _COLUMNS.get(name, ()) if one in columns and one not in own), None)


def _is_of(field: Field, spec: FieldSpec) -> bool:
    is_number = isinstance(field.value, int | float) and not isinstance(field.value, bool)
    if spec.type in _NUMBERS:
        return is_number
    return isinstance(field.value, bool) if spec.type is FieldType.BOOLEAN else isinstance(field.value, str)


_NUMBERS = frozenset({FieldType.NUMBER, FieldType.INTEGER, FieldType.MONEY, FieldType.PERCENTAGE})
