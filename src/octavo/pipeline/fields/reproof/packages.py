"""Papers of cargo: the weights and volumes of all packages against the printed whole."""

from collections.abc import Mapping
from decimal import Decimal

from octavo.domain.field import Field, FieldCheck
from octavo.pipeline.fields.prove import decimal
from octavo.pipeline.fields.reproof.retried import Retried, entries_of

CODES = frozenset({"sum"})
_EACH = Decimal("0.01")


def retry_packages(fields: Mapping[str, Field]) -> Retried:
    entries = entries_of(fields, "packages")
    retried = Retried([])
    for name in ("gross_weight", "net_weight", "volume"):
        said = decimal(fields[name].value) if name in fields else None
        numbers = [
            value for entry in entries if name in entry and (value := decimal(entry[name].value)) is not None
        ]
        if said is None or len(numbers) < 2 or len(numbers) != len(entries):
            continue
        total = sum(numbers, Decimal(0))
        holds = abs(total - said) <= _EACH * len(numbers)
        detail = f"{name} of {len(entries)} packages is {total}"
        retried.checks.append(FieldCheck("sum", holds, detail, (name, "packages")))
        retried.proofs[name, "sum"] = holds
    return retried
