"""Sums below the lines: subtotal, tax, total, paid and due, by their labels."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from octavo.domain.template import FieldSpec, FieldType
from octavo.pipeline.fields.candidates import Candidate, How
from octavo.pipeline.fields.invoice_labels import SUMS
from octavo.pipeline.fields.labels import LabelSearch
from octavo.pipeline.fields.tokens import Row

_LATER = 0.06
"""How much better a sum at the end of the document is than one at its beginning."""
_ASIDE = 0.75
"""Of the score, for what stands below a label and not beside it: mostly the head of a table."""
_MINOR = ("amount_paid", "discount_total", "charge_total", "shipping", "rounding")
"""Sums whose labels stand in sentences, too (`payment within 14 days`): only amounts with decimals."""
_CENTS = re.compile(r"\d[.,]\d{2}\b|[$€£]")
_SHORT = re.compile(r"\d{1,3}")
"""`Net 30`: days, where amounts have cents."""
_POSITIVE = frozenset({"discount_total", "amount_paid"})


def find_sums(search: LabelSearch, taken: frozenset[int]) -> dict[str, list[Candidate]]:
    """By name of the sum, the likeliest first.

    Args:
        search: Over all rows, with the labels of `SUMS` among its vocabulary.
        taken: Ids of words that belong to line items, which are no sums.
    """
    found: dict[str, list[Candidate]] = {}
    places = {id(row): number / max(1, len(search.rows)) for number, row in enumerate(search.rows)}
    for name in SUMS:
        spec = FieldSpec(name, FieldType.MONEY)
        rated = []
        for hit in search.named(name):
            row = search.rows[hit.row]
            if _is_rate_label(row, hit.end):
                continue
            candidates = [
                one for one in search.at(hit, spec) if not any(id(token) in taken for token in one.tokens)
            ]
            best = _rightmost([one for one in candidates if not _is_percent(row, one)])
            if best is not None:
                share = _ASIDE if best.how in (How.BELOW, How.CELL, How.WRAPPED) else 1.0
                rated.append(replace(best, score=round(hit.score * share + _LATER * places[id(row)], 4)))
        found[name] = sorted(rated, key=lambda one: -one.score)
    _sift(found)
    return found


def _sift(found: dict[str, list[Candidate]]) -> None:
    """Away with numbers that are no money: of sentences, of days, of rates."""
    for name in _MINOR:
        found[name] = [one for one in found[name] if _CENTS.search(one.raw_text)]
    if any(_CENTS.search(one.raw_text) for some in found.values() for one in some):
        for name in ("subtotal", "tax_total", "line_total"):
            found[name] = [one for one in found[name] if not _SHORT.fullmatch(one.raw_text)]
    for name in _POSITIVE:
        found[name] = [replace(one, value=abs(float(one.value))) for one in found[name]]


def _rightmost(candidates: Sequence[Candidate]) -> Candidate | None:
    beside = [one for one in candidates if one.how in (How.SAME, How.RIGHT)]
    if beside:
        return max(beside, key=lambda one: one.tokens[-1].bbox.x1)
    return candidates[0] if candidates else None


def _is_percent(row: Row, candidate: Candidate) -> bool:
    """`19` before `%`."""
    tokens = row.tokens
    last = candidate.tokens[-1]
    if last.text.endswith("%"):
        return True
    following = next((after for token, after in pairwise(tokens) if token is last), None)
    return following is not None and following.text.startswith("%")


def _is_rate_label(row: Row, end: int) -> bool:
    """A label with nothing behind it in a row of labels: the head of a table."""
    return end == len(row.tokens) and len(row.segments) > 3
