"""Arithmetic that proves: products of lines, sums, taxes and totals; and that chooses between readings.

What adds up is marked `verified` on every field that took part. What does not is a failed check that
says by how much, and the other readings that were there stay with the field as alternatives.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from octavo.domain.field import Alternative, Field, FieldCheck, FieldSource
from octavo.pipeline.fields.candidates import Candidate
from octavo.pipeline.fields.tokens import place_of

CENT = Decimal("0.01")
_TOLERANCE = Decimal("0.011")
_MOST_TRIED = 6
_ADDS_UP, _LINES_AGREE, _TAXES_AGREE, _DUE_AGREES, _BASES_AGREE = 1.6, 0.5, 0.4, 0.3, 0.7
_NO_TAX = 0.25
"""What a total without any tax is worth: it must not beat a reading with one that adds up."""


def decimal(value: object) -> Decimal | None:
    """A field's value as a decimal; None of anything that is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return Decimal(str(value))


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the labelled sums."""

    lines: Decimal | None = None
    """All line items together."""
    taxes: Decimal | None = None
    """All taxes by rate together."""
    bases: Decimal | None = None


@dataclass(slots=True)
class Chosen:
    """One candidate a sum, the likeliest that add up."""

    sums: dict[str, Candidate] = field(default_factory=dict)
    adds_up: bool = False


def choose_sums(found: Mapping[str, Sequence[Candidate]], known: Known) -> Chosen:
    """Net, tax and gross that add up, where there are such; else the likeliest of each."""
    nets = [*found.get("subtotal", ())[:_MOST_TRIED], *found.get("line_total", ())[:2]]
    taxes = list(found.get("tax_total", ())[:_MOST_TRIED])
    totals = [*found.get("total", ())[:_MOST_TRIED], *found.get("amount_due", ())[:2]]
    if not found.get("total") and found.get("line_total"):
        totals = [*found["line_total"][:1]]  # what is due may be less
    best: tuple[float, tuple[Candidate | None, ...]] = (-1.0, (None, None, None))
    for trial in product([None, *nets], [None, *taxes], [None, *totals]):
        score = _score(trial, found, known)
        if score > best[0]:
            best = (score, trial)
    chosen = Chosen()
    for name, candidate in zip(("subtotal", "tax_total", "total"), best[1], strict=True):
        if candidate is not None:
            chosen.sums[name] = candidate
    chosen.adds_up = _adds_up(best[1], known)
    for name, candidates in found.items():
        if name not in ("subtotal", "tax_total", "total") and candidates:
            chosen.sums[name] = _second(name, candidates, chosen.sums)
    _drop_part_of_paid(chosen.sums, found.get("amount_paid", ()))
    return chosen


def _drop_part_of_paid(sums: dict[str, Candidate], paid: Sequence[Candidate]) -> None:
    """Of several payments none is what was paid in all, unless it leads from the total to what is due."""
    total, due = sums.get("total"), sums.get("amount_due")
    if total is None or due is None or len({one.value for one in paid}) < 2:
        return
    wanted = _value(total) - _value(due)
    fitting = next((one for one in paid if abs(_value(one) - wanted) <= CENT), None)
    if fitting is not None:
        sums["amount_paid"] = fitting
    else:
        del sums["amount_paid"]


def _second(name: str, candidates: Sequence[Candidate], sums: Mapping[str, Candidate]) -> Candidate:
    """What is due is the total less what was paid, where a candidate is that."""
    total, paid = sums.get("total"), sums.get("amount_paid")
    if name == "amount_due" and total is not None:
        wanted = _value(total) - (_value(paid) if paid else Decimal(0))
        return next((one for one in candidates if abs(_value(one) - wanted) <= CENT), candidates[0])
    return candidates[0]


def _value(candidate: Candidate) -> Decimal:
    return Decimal(str(candidate.value))


def _adds_up(trial: Sequence[Candidate | None], known: Known) -> bool:
    net, tax, total = trial
    if total is None:
        return False
    tax_value = _value(tax) if tax is not None else known.taxes
    net_value = _value(net) if net is not None else known.bases
    if net_value is None or tax_value is None or (net is None and tax is None):
        return False
    return abs(net_value + tax_value - _value(total)) <= _TOLERANCE


def _score(
    trial: Sequence[Candidate | None], found: Mapping[str, Sequence[Candidate]], known: Known
) -> float:
    net, tax, total = trial
    score = sum(candidate.score for candidate in trial if candidate is not None)
    tokens = [id(token) for one in trial if one is not None for token in one.tokens]
    if len(tokens) != len(set(tokens)):
        return -1.0
    if _adds_up(trial, known):
        score += _ADDS_UP
    elif net is not None and total is not None and tax is None and _value(net) == _value(total):
        score += _NO_TAX
    elif net is not None and tax is not None and total is not None:
        score -= _NO_TAX
    base = net or total
    if base is not None and known.lines is not None:
        ways = (known.lines, known.lines + _extra(found))
        score += _LINES_AGREE * any(abs(_value(base) - way) <= _TOLERANCE for way in ways)
    if tax is not None and known.taxes is not None:
        score += _TAXES_AGREE if abs(_value(tax) - known.taxes) <= _TOLERANCE else -_TAXES_AGREE
    if net is not None and known.bases is not None and abs(_value(net) - known.bases) <= _TOLERANCE:
        score += _BASES_AGREE
    return score + _due_agrees(total, found)


def _extra(found: Mapping[str, Sequence[Candidate]]) -> Decimal:
    """What is charged beside the lines: postage, a stamp, costs advanced."""
    first = (next(iter(found.get(name, ())), None) for name in ("charge_total", "shipping"))
    return sum((_value(one) for one in first if one is not None), Decimal(0))


def _due_agrees(total: Candidate | None, found: Mapping[str, Sequence[Candidate]]) -> float:
    paid, due = found.get("amount_paid", ()), found.get("amount_due", ())
    if total is None or not due:
        return 0.0
    less = _value(paid[0]) if paid else Decimal(0)
    return _DUE_AGREES if abs(_value(total) - less - _value(due[0])) <= _TOLERANCE else 0.0


class Proofs:
    """Checks tried on the fields of one document, and what they prove."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.fields = {one.path: one for one in fields}
        self.checks: list[FieldCheck] = []

    def number(self, path: str) -> Decimal | None:
        found = self.fields.get(path)
        return decimal(found.value) if found is not None else None

    def only_follows(self, path: str) -> bool:
        """Whether it is computed from others and nothing else says it: an equation with it would prove itself."""
        one = self.fields.get(path)
        return one is not None and _is_made(one) and not one.verified

    def pass_on(self, code: str, path: str, sources: Iterable[str]) -> None:
        """What follows from values that are all proven is proven."""
        known = [self.fields[source] for source in sources if source in self.fields]
        if self.only_follows(path) and known and all(one.verified for one in known):
            one = self.fields[path]
            self.fields[path] = replace(one, verified=True, checks=(*one.checks, code))

    def equal(
        self, code: str, left: Decimal, right: Decimal, paths: Sequence[str], said: str, within: Decimal
    ) -> bool:
        """One equation; its fields are verified where it holds and is not between a value and itself."""
        holds = abs(left - right) <= within
        detail = said if holds else f"{said}, off by {abs(left - right).normalize():f}"
        present = tuple(path for path in paths if path in self.fields)
        self.checks.append(FieldCheck(code, holds, detail, present))
        if holds and self._says_something(present):
            for path in present:
                one = self.fields[path]
                if code not in one.checks:
                    self.fields[path] = replace(one, verified=True, checks=(*one.checks, code))
        return holds

    def _says_something(self, paths: Sequence[str]) -> bool:
        """Two fields read from the same words agree for no reason; what else proves one proves the other."""
        said = [self.fields[path] for path in paths]
        places = {one.places or (one.path,) for one in said}
        return len(places) > 1 or any(one.verified for one in said)


def _is_made(one: Field) -> bool:
    return one.source is FieldSource.COMPUTED and one.raw_text is None


def prove_invoice(
    fields: Iterable[Field], *, items: str = "line_items", decimals: Mapping[str, int] | None = None
) -> Proofs:
    """Every equation there is among the fields of an invoice.

    Args:
        fields: Found fields, by the names of the invoice's schema.
        items: The name of the array of lines.
        decimals: Digits behind the decimal sign of each price as printed: how exact a product may be.
    """
    proofs = Proofs(fields)
    count = 1 + max(
        (int(path.split(".")[1]) for path in proofs.fields if path.startswith(f"{items}.")), default=-1
    )
    for index in range(count):
        _prove_line(proofs, f"{items}.{index}", decimals or {})
    _prove_lines(proofs, items, count)
    _prove_taxes(proofs)
    _prove_total(proofs)
    _prove_sum_of_taxes(proofs)
    _prove_due(proofs)
    return proofs


def _prove_line(proofs: Proofs, path: str, decimals: Mapping[str, int]) -> None:
    quantity, price, amount = (
        proofs.number(f"{path}.{name}") for name in ("quantity", "unit_price", "amount")
    )
    if quantity is None or price is None or amount is None:
        return
    per = proofs.number(f"{path}.price_unit") or Decimal(1)
    off = proofs.number(f"{path}.discount") or Decimal(0)
    exact = Decimal(1).scaleb(-decimals.get(f"{path}.unit_price", 2)) / 2
    within = abs(quantity / per) * exact + CENT / 2 + Decimal("0.0001")
    names = [f"{path}.{name}" for name in ("quantity", "unit_price", "price_unit", "discount", "amount")]
    computed = quantity * price / per - off
    said = f"{quantity:f} x {price:f}" + (f" / {per:f}" if per != 1 else "") + (f" - {off:f}" if off else "")
    proofs.equal("product", computed, amount, names, f"{said} = {amount:f}", within)


def _prove_lines(proofs: Proofs, items: str, count: int) -> None:
    amounts = [proofs.number(f"{items}.{index}.amount") for index in range(count)]
    if not amounts or any(amount is None for amount in amounts):
        return
    lines = sum((amount for amount in amounts if amount is not None), Decimal(0))
    paths = [f"{items}.{index}.amount" for index in range(count)]
    stated = proofs.number("line_total")
    if stated is not None:
        proofs.equal("sum", lines, stated, [*paths, "line_total"], f"the lines give {stated:f}", CENT / 2)
    # Shipping is one of the charges: where their sum is told, it says nothing of its own.
    added = "charge_total" if proofs.number("charge_total") else "shipping"
    extra = ["discount_total", added]
    off, charged = (proofs.number(name) or Decimal(0) for name in extra)
    for target in ("subtotal", "total"):
        total = proofs.number(target)
        if total is None or (target == "total" and (proofs.number("subtotal") is not None)):
            continue
        used = [*paths, *(name for name in extra if proofs.number(name)), target]
        ways = (lines - off + charged, lines, lines - off, lines + charged, lines + off + charged)
        best = min(ways, key=lambda way: abs(way - total))
        if abs(best - total) <= _TOLERANCE or proofs.number("line_total") is None:
            kept = used if best != lines else [*paths, target]
            proofs.equal("sum", best, total, kept, f"the lines give the {target} {total:f}", _TOLERANCE)


def _prove_taxes(proofs: Proofs) -> None:
    bases = Decimal(0)
    based: list[str] = []
    index = 0
    while (amount := proofs.number(f"taxes.{index}.amount")) is not None:
        rate, base = proofs.number(f"taxes.{index}.rate"), proofs.number(f"taxes.{index}.base")
        if rate is not None and base is not None:
            names = [f"taxes.{index}.{name}" for name in ("rate", "base", "amount")]
            said = f"{rate:f} % of {base:f} = {amount:f}"
            proofs.equal("tax", base * rate / 100, amount, names, said, Decimal("0.02"))
            bases += base
            based.append(f"taxes.{index}.base")
        index += 1
    net = proofs.number("subtotal")
    if based and len(based) == index and net is not None:
        proofs.equal("bases", bases, net, [*based, "subtotal"], f"taxed amounts give {net:f}", _TOLERANCE)


def _prove_sum_of_taxes(proofs: Proofs) -> None:
    """Behind the total: a sum of taxes that is not printed is proven by net and gross, and proves its parts."""
    paths: list[str] = []
    total = Decimal(0)
    while (amount := proofs.number(f"taxes.{len(paths)}.amount")) is not None:
        total += amount
        paths.append(f"taxes.{len(paths)}.amount")
    stated = proofs.number("tax_total")
    if not paths or stated is None:
        return
    proofs.pass_on("taxes", "tax_total", paths)
    if not proofs.only_follows("tax_total"):
        proofs.equal("taxes", total, stated, [*paths, "tax_total"], f"taxes give {stated:f}", _TOLERANCE)


def _prove_total(proofs: Proofs) -> None:
    net, tax, total = (proofs.number(name) for name in ("subtotal", "tax_total", "total"))
    if net is None or total is None:
        return
    names = ("subtotal", "tax_total", "total")
    if proofs.only_follows("subtotal") or proofs.only_follows("total"):
        for made in ("subtotal", "total"):
            proofs.pass_on("total", made, [name for name in names if name != made])
        return
    rounding = proofs.number("rounding") or Decimal(0)
    said = f"{net:f} + {tax or Decimal(0):f} = {total:f}"
    value = net + (tax or Decimal(0))
    if abs(value - total) > _TOLERANCE and rounding:
        value += rounding
    proofs.equal("total", value, total, names, said, _TOLERANCE)


def _prove_due(proofs: Proofs) -> None:
    total, paid, due = (proofs.number(name) for name in ("total", "amount_paid", "amount_due"))
    if total is None or due is None:
        return
    if proofs.only_follows("amount_due"):
        proofs.pass_on("due", "amount_due", ["total", "amount_paid"])
        return
    rounding = proofs.number("rounding") or Decimal(0)
    value = total - abs(paid or Decimal(0))
    if abs(value - due) > _TOLERANCE:
        value += rounding
    said = f"{total:f} - {paid or Decimal(0):f} = {due:f}"
    proofs.equal("due", value, due, ["total", "amount_paid", "amount_due"], said, _TOLERANCE)


def others_considered(chosen: Candidate, all_found: Sequence[Candidate]) -> tuple[Alternative, ...]:
    """The readings that were not taken, the likeliest first."""
    seen = {chosen.value}
    found = []
    for one in all_found:
        if one.value not in seen:
            seen.add(one.value)
            reason = f"less likely: {one.label_text}" if one.label_text else "less likely"
            found.append(
                Alternative(one.value, one.raw_text, place_of(one.tokens), min(1.0, one.score), reason)
            )
    return tuple(found[:3])
