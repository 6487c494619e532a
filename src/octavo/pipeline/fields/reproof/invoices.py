"""Invoices and freight invoices: the same equations as when they were read."""

import re
from collections.abc import Mapping

from octavo.domain.field import Field, FieldSource
from octavo.pipeline.fields.following import FOLLOWING, sums_that_follow
from octavo.pipeline.fields.prove import prove_invoice
from octavo.pipeline.fields.reproof.retried import Retried, judged_by

CODES = frozenset({"product", "sum", "tax", "taxes", "bases", "total", "due"})
_DECIMALS = re.compile(r"[.,](\d+)\D*$")


def follow(fields: dict[str, Field], changed: frozenset[str]) -> dict[str, Field]:
    """Sums that are not printed are computed anew from what the others say now."""
    kept = {
        path: one
        for path, one in fields.items()
        if path not in FOLLOWING or path in changed or one.source is not FieldSource.COMPUTED
    }
    gone = fields.keys() - kept.keys()
    made = {
        one.path: one for one in sums_that_follow(list(kept.values())) if one.path in kept or one.path in gone
    }
    same = {path for path in gone & made.keys() if fields[path].value == made[path].value}
    return {path: fields[path] if path in same else made[path] for path in fields if path in made}


def retry_invoice(fields: Mapping[str, Field], array: str = "line_items") -> Retried:
    decimals = {
        path: len(found.group(1))
        for path, one in fields.items()
        if path.endswith(".unit_price") and (found := _DECIMALS.search(one.raw_text or ""))
    }
    return judged_by(prove_invoice(fields.values(), items=array, decimals=decimals).checks)
