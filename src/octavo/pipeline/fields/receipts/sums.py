"""Which amount is the total: what labels say, weighed against what the other amounts add up to."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from octavo.pipeline.fields.receipts.lines import Part, ReceiptLine, Sum
from octavo.pipeline.fields.receipts.words import About

CENT = Decimal("0.01")
_PAID_MINUS_CHANGE, _WITH_ROUNDING, _ADDS_UP, _IS_PAID = 2.0, 1.5, 1.0, 0.8
_ROUNDED = 1.6
"""It is another total with the rounding done."""
_AGAIN, _MOST_AGAIN, _LARGEST, _LAST = 0.3, 3, 0.6, 0.2
_BASES = {Part.SUBTOTAL: 1.4, Part.NET: 0.8, Part.PAID: 0.8}
_UNLABELLED = 0.5
_NO_CENTS = 1.2
"""Off the score of a whole number on a receipt that writes cents."""


@dataclass(frozen=True, slots=True)
class Total:
    """One amount that may be the total."""

    value: Decimal
    score: float
    line: ReceiptLine
    written: Sum
    proofs: tuple[str, ...]
    """Sums that lead to it: `paid`, `sum`."""


@dataclass(frozen=True, slots=True)
class Side:
    """The other amounts around the total."""

    paid: tuple[Decimal, ...]
    change: tuple[Decimal, ...]
    rounding: tuple[Decimal, ...]
    subtotals: tuple[Decimal, ...]
    taxes: tuple[Decimal, ...]
    services: tuple[Decimal, ...]
    discounts: tuple[Decimal, ...]


def totals_of(lines: Sequence[ReceiptLine]) -> list[Total]:
    """The likeliest first."""
    side = side_of(lines)
    votes = _votes(lines, _base) or _votes(lines, _unlabelled)
    candidates = {
        value: max(found, key=lambda vote: (vote[0], vote[1].number)) for value, found in votes.items()
    }
    if any(value for value in candidates):
        candidates.pop(Decimal(0), None)
    cents = any(one.decimals == 2 for line in lines for one in line.sums)
    labelled = [value for value, (base, _, _) in candidates.items() if base > 2]
    last = max((line.number for base, line, _ in candidates.values() if base > 2), default=-1)
    totals = []
    for value, (base, line, written) in candidates.items():
        proofs, bonus = _proofs(value, side, labelled)
        again = min(_MOST_AGAIN, len(votes[value]) - 1)
        score = base + bonus + _AGAIN * again + _LAST * (line.number == last)
        score += _LARGEST * (bool(labelled) and value == max(labelled))
        score -= _NO_CENTS * (cents and written.decimals != 2)
        totals.append(Total(value, score, line, written, proofs))
    return sorted(totals, key=lambda total: (-total.score, -total.line.number))


Vote = tuple[float, ReceiptLine, Sum]


def _votes(lines: Sequence[ReceiptLine], rate: Callable[[ReceiptLine], float]) -> dict[Decimal, list[Vote]]:
    votes: defaultdict[Decimal, list[Vote]] = defaultdict(list)
    for line in lines:
        base = rate(line)
        if base and line.last is not None:
            votes[abs(line.last.value)].append((base, line, line.last))
    return votes


def _unlabelled(line: ReceiptLine) -> float:
    """Where no label could be read, what is written again and again is likely the total."""
    return (
        _UNLABELLED if line.part is Part.OTHER and line.last is not None and line.last.decimals == 2 else 0.0
    )


def side_of(lines: Iterable[ReceiptLine]) -> Side:
    found: defaultdict[Part, list[Decimal]] = defaultdict(list)
    for line in lines:
        if line.last is not None:
            found[line.part].append(line.last.value)

    def of(*parts: Part) -> tuple[Decimal, ...]:
        return tuple(value for part in parts for value in found[part])

    return Side(
        tuple(abs(value) for value in of(Part.PAID)),
        tuple(abs(value) for value in of(Part.CHANGE)),
        of(Part.ROUNDING),
        of(Part.SUBTOTAL, Part.NET),
        of(Part.TAX),
        of(Part.SERVICE),
        tuple(abs(value) for value in of(Part.DISCOUNT)),
    )


def _base(line: ReceiptLine) -> float:
    about = line.about
    if line.part is Part.TOTAL:
        return 3.0 if About.FINAL in about else 2.8 if About.WITH in about else 2.6
    if line.part is Part.COUNT:
        return 0.5 if len(line.sums) > 1 and line.sums[-1].decimals == 2 else 0.0
    return _BASES.get(line.part, 0.0)


def _proofs(value: Decimal, side: Side, labelled: Sequence[Decimal]) -> tuple[tuple[str, ...], float]:
    proofs, bonus = [], 0.0
    if any(rounding and value == other + rounding for other in labelled for rounding in side.rounding):
        bonus += _ROUNDED
    if _is_paid(value, side, labelled):
        proofs.append("paid")
        bonus += _PAID_MINUS_CHANGE
    elif _is_paid_rounded(value, side):
        bonus += _WITH_ROUNDING
    elif value in side.paid and not any(side.change):
        bonus += _IS_PAID
    if adds_up(value, side):
        proofs.append("sum")
        bonus += _ADDS_UP
    return tuple(proofs), bonus


def _is_paid(value: Decimal, side: Side, labelled: Sequence[Decimal]) -> bool:
    """What was given less what was given back; a machine may call what was given a total, too."""
    if any(paid - change == value for paid in side.paid for change in side.change):
        return True
    return any(
        given - change == value for given in labelled for change in side.change if change and given != value
    )


def _is_paid_rounded(value: Decimal, side: Side) -> bool:
    changes = side.change or (Decimal(0),)
    given = {paid - change for paid in side.paid for change in changes}
    return any(rounding and value + rounding in given for rounding in side.rounding)


def adds_up(value: Decimal, side: Side) -> bool:
    """Subtotal with tax, service and rounding, less discount; tax may be in it already."""
    services = sum(side.services, Decimal(0))
    for subtotal in side.subtotals:
        for tax in (*side.taxes, Decimal(0)):
            for discount in {Decimal(0), *side.discounts}:
                for rounding in {Decimal(0), *side.rounding}:
                    moved = bool(tax or discount or rounding or services)
                    if moved and abs(subtotal + tax + services - discount + rounding - value) < CENT:
                        return True
    return False
