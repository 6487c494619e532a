"""Bank statements in the vendor's keys: `account_info`, `summary` and `transactions`, and its older flat texts."""

from typing import Any

from octavo.dialects._members import member
from octavo.pipeline.fields.kinds.statement.categories import category_of

_MORE = {
    "account_holder": "account_holder",
    "iban": "iban",
    "bic": "bic",
    "currency": "currency",
    "branch_code": "sort_code",
}


def shape_statement(values: dict[str, Any]) -> dict[str, Any]:
    """Null where the document does not say; `_MORE` is absent then."""
    start, end = member(values, "period_start"), member(values, "period_end")
    number = member(values, "account_number") or member(values, "iban")
    info = {
        "bank_name": member(values, "bank_name"),
        "account_number": number,
        "account_type": member(values, "account_type"),
        "statement_period": {"start_date": start, "end_date": end},
    }
    info |= {name: found for name, path in _MORE.items() if (found := member(values, path)) is not None}
    opening, closing = member(values, "opening_balance"), member(values, "closing_balance")
    credits_, debits = member(values, "total_credits"), member(values, "total_debits")
    indian = member(values, "currency") == "INR"
    return {
        "account_info": info,
        "summary": {
            "opening_balance": opening,
            "closing_balance": closing,
            "total_deposits": credits_,
            "total_withdrawals": debits,
        },
        "account_no": number,
        "opening_balance": grouped(opening, indian=indian),
        "closing_balance": grouped(closing, indian=indian),
        "total_credit": grouped(credits_, indian=indian),
        "total_debit": grouped(debits, indian=indian),
        "statement_period": f"{start} TO {end}" if start and end else None,
        "transactions": [_transaction(entry) for entry in member(values, "transactions", [])],
    }


def _transaction(entry: dict[str, Any]) -> dict[str, Any]:
    """`amount` is positive; `type` says which way it went."""
    signed = _signed(entry)
    told = {
        "date": member(entry, "date"),
        "description": member(entry, "description"),
        "amount": None if signed is None else abs(signed),
        "type": way_of(entry),
        "balance": member(entry, "balance"),
    }
    more = {name: member(entry, name) for name in ("value_date", "reference")}
    return told | {name: found for name, found in more.items() if found is not None}


def with_categories(shaped: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """Every booking with its `category`, null where nothing tells; also where a schema does not ask for it."""
    entries = member(values, "transactions", [])
    told = shaped.get("transactions")
    if not isinstance(told, list) or len(told) != len(entries):
        return shaped
    named = [
        {**one, "category": one.get("category") or _category(entry)}
        for one, entry in zip(told, entries, strict=True)
    ]
    return shaped | {"transactions": named}


def _category(entry: dict[str, Any]) -> str | None:
    known = member(entry, "category")
    if known is not None:
        return str(known)
    return category_of(str(member(entry, "description") or ""), is_credit=way_of(entry) == "credit")


def way_of(entry: dict[str, Any]) -> str | None:
    """`credit` or `debit`; None where the booking has no amount."""
    signed = _signed(entry)
    return None if signed is None else "credit" if signed >= 0 else "debit"


def _signed(entry: dict[str, Any]) -> Any:
    signed, credit, debit = (member(entry, name) for name in ("amount", "credit", "debit"))
    if signed is not None or debit is None:
        return credit if signed is None else signed
    return credit if credit is not None else -debit


def grouped(amount: float | None, *, indian: bool) -> str | None:
    """`1,700.31`; of rupees `1,23,456.00`."""
    if amount is None:
        return None
    text = f"{abs(amount):,.2f}"
    if indian:
        whole, _, cents = f"{abs(amount):.2f}".partition(".")
        head, tail = whole[:-3], whole[-3:]
        pairs = [head[max(0, at - 2) : at] for at in range(len(head), 0, -2)]
        text = ",".join([*reversed(pairs), tail]) + "." + cents
    return f"-{text}" if amount < 0 else text
