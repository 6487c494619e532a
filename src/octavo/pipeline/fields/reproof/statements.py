"""Bank statements: the running balances, the closing one, and the sums of what came and went."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from octavo.domain.field import Field, FieldCheck, FieldSource
from octavo.pipeline.fields.balances import Proof, Step, prove
from octavo.pipeline.fields.prove import decimal
from octavo.pipeline.fields.reproof.retried import Retried, entries_of

CODES = frozenset({"balance", "running_balance", "sum"})
_SIDES = {"debit": -1, "credit": 1}


def follow(fields: dict[str, Field], changed: frozenset[str]) -> dict[str, Field]:
    """Debit, credit and signed amount of one transaction say the same: the others follow the one that changed."""
    followed = dict(fields)
    for number, entry in enumerate(entries_of(fields, "transactions")):
        path = f"transactions.{number}"
        amount = _changed_amount(entry, path, changed)
        if amount is None:
            continue
        side, other = ("debit", "credit") if amount < 0 else ("credit", "debit")
        for name, value in ((side, abs(amount)), ("amount", amount)):
            if f"{path}.{name}" not in changed:
                followed[f"{path}.{name}"] = _following(entry, name, f"{path}.{name}", float(value))
        if f"{path}.{other}" not in changed:
            followed.pop(f"{path}.{other}", None)
    return followed


def _changed_amount(entry: Mapping[str, Field], path: str, changed: frozenset[str]) -> Decimal | None:
    """What a person said of this transaction; the signed amount counts first."""
    for name, sign in (("amount", 0), ("debit", -1), ("credit", 1)):
        if name in entry and f"{path}.{name}" in changed:
            value = decimal(entry[name].value)
            return value if value is None or not sign else sign * abs(value)
    return None


def _following(entry: Mapping[str, Field], name: str, path: str, value: float) -> Field:
    before = entry.get(name)
    if before is not None and before.value == value:
        return before
    return Field(path, value, FieldSource.COMPUTED, confidence=1.0)


def retry_statement(fields: Mapping[str, Field]) -> Retried:
    entries = entries_of(fields, "transactions")
    known = [
        (number, amount) for number, entry in enumerate(entries) if (amount := _amount(entry)) is not None
    ]
    steps = [Step(amount, sign_sure=True, balance=_value(entries[at], "balance")) for at, amount in known]
    places = [at for at, _ in known]
    if _is_late_first(entries):
        steps.reverse()
        places.reverse()
    proof = prove(_value(fields, "opening_balance"), _value(fields, "closing_balance"), steps)
    retried = Retried(_checks(proof, places, fields), {})
    for at, verified in zip(places, proof.verified, strict=True):
        for name in ("amount", *_SIDES, "balance"):
            retried.proofs[f"transactions.{at}.{name}", "balance"] = verified
    for place in proof.expected_balances:
        retried.proofs[f"transactions.{places[place]}.balance", "balance"] = False
    for name in ("opening_balance", "closing_balance"):
        retried.proofs[name, "balance"] = bool(proof.total_holds)
    retried.checks += _totals(proof, fields, retried.proofs)
    return retried


def _amount(entry: Mapping[str, Field]) -> Decimal | None:
    amount = _value(entry, "amount")
    if amount is not None:
        return amount
    sides = [(sign, value) for name, sign in _SIDES.items() if (value := _value(entry, name)) is not None]
    return next((sign * abs(value) for sign, value in sides), None)


def _value(fields: Mapping[str, Field], name: str) -> Decimal | None:
    return decimal(fields[name].value) if name in fields else None


def _is_late_first(entries: Sequence[Mapping[str, Field]]) -> bool:
    days = [str(entry["date"].value) for entry in entries if "date" in entry]
    falls, rises = (sum(a > b for a, b in pairwise(days)), sum(a < b for a, b in pairwise(days)))
    return falls > 2 * rises


def _checks(proof: Proof, places: Sequence[int], fields: Mapping[str, Field]) -> list[FieldCheck]:
    checks = []
    if proof.total_holds is not None and {"opening_balance", "closing_balance"} <= fields.keys():
        total = sum(proof.amounts, Decimal(0))
        said = f"{proof.opening} + {total} over {len(places)} transactions; closing balance {proof.closing}"
        paths = ("opening_balance", "transactions", "closing_balance")
        checks.append(FieldCheck("balance", proof.total_holds, said, paths))
    if proof.chain_links or proof.chain_breaks:
        said = f"{proof.chain_links} running balances follow from the one before, {proof.chain_breaks} do not"
        checks.append(FieldCheck("running_balance", not proof.chain_breaks, said, ("transactions",)))
    for name, expected in (("amount", proof.expected_amounts), ("balance", proof.expected_balances)):
        for place, due in expected.items():
            path = f"transactions.{places[place]}.{name}"
            said = f"the balances around it ask for {due}"
            checks.append(FieldCheck("running_balance", passed=False, detail=said, paths=(path,)))
    return checks


def _totals(
    proof: Proof, fields: Mapping[str, Field], proofs: dict[tuple[str, str], bool]
) -> list[FieldCheck]:
    checks = []
    for name, sign in (("total_credits", 1), ("total_debits", -1)):
        printed = _value(fields, name)
        if printed is None or not proof.amounts:
            continue
        total = sum((abs(amount) for amount in proof.amounts if amount * sign > 0), Decimal(0))
        proofs[name, "sum"] = total == printed
        said = f"{name} is printed as {printed}, the transactions give {total}"
        checks.append(FieldCheck("sum", total == printed, said, (name, "transactions")))
    return checks
