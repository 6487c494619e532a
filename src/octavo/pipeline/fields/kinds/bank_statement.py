"""Bank statements: facts once, bookings over all pages, and balances that prove them.  Start reading here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from octavo.domain.field import Alternative, Field, FieldCheck, FieldSource
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.balances import Proof, Step, prove
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.kinds.statement.amounts import Amount, writes_cents
from octavo.pipeline.fields.kinds.statement.bookings import Balance, Booking, BookingReader
from octavo.pipeline.fields.kinds.statement.categories import category_of
from octavo.pipeline.fields.kinds.statement.facts import facts_of, period_of, printed_days
from octavo.pipeline.fields.kinds.statement.unnamed import columns_by_content
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.view import Token, View, confidence_of, place_of, source_of

_PROVEN, _READ, _BROKEN = 0.99, 0.9, 0.5
_BY_WORDS = 0.8
_GLANCE = 5
"""Pages that tell how amounts are written."""


def find_bank_statement(view: View, locale: Locale, order: FieldOrder) -> Findings:
    """Every transaction of the document, proven by its balances where they are printed."""
    del order  # the type says it all
    if not view.pages:
        return Findings()
    period = period_of(view, locale)
    cents = writes_cents(row for page in view.pages[:_GLANCE] for row in page.rows)
    within = period[0] if period else printed_days(view, locale)
    reading = _read(view, locale, BookingReader(locale, within, cents=cents))
    if not reading.bookings:
        ways = columns_by_content([row for page in view.pages for row in page.rows], locale, cents=cents)
        readers = (BookingReader(locale, within, way, cents=cents) for way in ways)
        reading = max((_read(view, locale, one) for one in readers), key=_holds, default=reading)
    if period:
        for name, day, tokens in zip(
            ("period_start", "period_end"), (period[0].start, period[0].end), period[1], strict=True
        ):
            reading.facts[name] = _field(name, day.isoformat(), tokens, 0.9)
    return _findings(reading.bookings, reading.proof, reading.facts)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a statement."""

    bookings: list[Booking]
    proof: Proof
    facts: dict[str, Field]


def _read(view: View, locale: Locale, reader: BookingReader) -> _Reading:
    for page in view.walk():
        reader.read(page)
    bookings = [booking for booking in reader.bookings if booking.amount is not None]
    facts = facts_of(view, locale, reader.outside, cents=reader.cents)
    _balances_in_table(reader.balances, facts)
    amounts, sure = _signed(bookings)
    proof = _proven(bookings, amounts, sure, facts, late_first=_is_late_first(bookings))
    return _Reading(bookings, proof, facts)


def _holds(reading: _Reading) -> tuple[bool, int, int]:
    proof = reading.proof
    return bool(proof.total_holds), proof.chain_links - proof.chain_breaks, len(reading.bookings)


def _balances_in_table(balances: Sequence[Balance], facts: dict[str, Field]) -> None:
    """The first opening and the last closing balance of the table, where no label outside it says them."""
    openings = [one for one in balances if one.kind == "opening"]
    closings = [one for one in balances if one.kind == "closing"]
    for name, chosen in (("opening_balance", openings[:1]), ("closing_balance", closings[-1:])):
        for one in chosen:
            facts[name] = _field(
                name, float(_balance_value(one.amount)), one.amount.tokens, _READ, one.amount.raw_text
            )
    for name in ("total_credits", "total_debits"):
        both = [one for one in balances if one.kind == f"{name.removeprefix('total_')} in all"]
        if both and name not in facts:
            amount = both[-1].amount
            facts[name] = _field(name, float(abs(amount.value)), amount.tokens, _READ, amount.raw_text)
        if name in facts:
            facts[name] = replace(facts[name], value=abs(float(facts[name].value)))


def _balance_value(amount: Amount) -> Decimal:
    return -abs(amount.value) if amount.sign < 0 else amount.value


def _signed(bookings: Sequence[Booking]) -> tuple[list[Decimal], list[bool]]:
    """Each amount with its sign, and whether anything printed gave it."""
    marked = {booking.amount.sign for booking in bookings if booking.amount and booking.column == "amount"}
    usual = -1 if marked == {0, 1} else 1
    values, sure = [], []
    for booking in bookings:
        amount = booking.amount
        assert amount is not None  # noqa: S101 - bookings without are left out before
        size = abs(amount.value)
        if booking.column == "debit":
            sign, known = -1, True
        elif booking.column == "credit":
            sign, known = -1 if amount.sign < 0 else 1, True
        elif amount.sign:
            sign, known = amount.sign, True
        elif booking.section:
            sign, known = booking.section, True
        else:
            sign, known = usual, len(marked) == 2
        values.append(sign * size)
        sure.append(known)
    return values, sure


def _is_late_first(bookings: Sequence[Booking]) -> bool:
    days = [booking.day for booking in bookings if booking.day]
    falls = sum(a > b for a, b in pairwise(days))
    rises = sum(a < b for a, b in pairwise(days))
    return falls > 2 * rises


def _proven(
    bookings: Sequence[Booking],
    amounts: list[Decimal],
    sure: list[bool],
    facts: dict[str, Field],
    *,
    late_first: bool,
) -> Proof:
    marked = any(booking.balance and booking.balance.sign for booking in bookings)
    steps = [
        Step(
            amount,
            known,
            _balance_value(booking.balance) if booking.balance else None,
            balance_sure=not marked or bool(booking.balance and booking.balance.sign),
        )
        for booking, amount, known in zip(bookings, amounts, sure, strict=True)
    ]
    opening, closing = _money(facts, "opening_balance"), _money(facts, "closing_balance")
    if not late_first:
        return prove(opening, closing, steps)
    proof = prove(opening, closing, steps[::-1])
    last = len(steps) - 1
    proof.amounts.reverse()
    proof.verified.reverse()
    proof.turned = {last - at for at in proof.turned}
    proof.expected_amounts = {last - at: value for at, value in proof.expected_amounts.items()}
    proof.expected_balances = {last - at: value for at, value in proof.expected_balances.items()}
    return proof


def _money(facts: dict[str, Field], name: str) -> Decimal | None:
    return Decimal(str(facts[name].value)).quantize(Decimal("0.01")) if name in facts else None


def _findings(bookings: Sequence[Booking], proof: Proof, facts: dict[str, Field]) -> Findings:
    checks = _checks(bookings, proof, facts)
    for name, value in (("opening_balance", proof.opening), ("closing_balance", proof.closing)):
        if name in facts and (proof.total_holds or proof.chain_links > 1):
            facts[name] = replace(
                facts[name],
                verified=bool(proof.total_holds),
                checks=("balance",) if proof.total_holds else (),
            )
            facts[name] = replace(
                facts[name], confidence=_PROVEN if proof.total_holds else facts[name].confidence
            )
        elif name not in facts and value is not None:
            facts[name] = Field(
                name, float(value), FieldSource.COMPUTED, confidence=_READ, verified=True, checks=("balance",)
            )
    _prove_totals(proof, facts, checks)
    fields = [facts[name] for name in facts]
    for number, booking in enumerate(bookings):
        fields += _booking_fields(number, booking, proof)
    return Findings(fields, checks)


def _prove_totals(proof: Proof, facts: dict[str, Field], checks: list[FieldCheck]) -> None:
    """The sums of what came and went, where they are printed."""
    for name, sign in (("total_credits", 1), ("total_debits", -1)):
        if name not in facts or not proof.amounts:
            continue
        total = sum((abs(amount) for amount in proof.amounts if amount * sign > 0), Decimal(0))
        holds = total == _money(facts, name)
        checks.append(
            FieldCheck(
                "sum",
                holds,
                f"{name} is printed as {facts[name].value}, the transactions give {total}",
                (name, "transactions"),
            )
        )
        if holds:
            facts[name] = replace(facts[name], verified=True, checks=("sum",), confidence=_PROVEN)


def _checks(bookings: Sequence[Booking], proof: Proof, facts: dict[str, Field]) -> list[FieldCheck]:
    checks = []
    if proof.total_holds is not None and {"opening_balance", "closing_balance"} <= facts.keys():
        total = sum(proof.amounts, Decimal(0))
        detail = (
            f"{proof.opening} + {total} over {len(bookings)} transactions; closing balance {proof.closing}"
        )
        checks.append(
            FieldCheck(
                "balance", proof.total_holds, detail, ("opening_balance", "transactions", "closing_balance")
            )
        )
    if proof.chain_links or proof.chain_breaks:
        detail = (
            f"{proof.chain_links} running balances follow from the one before, {proof.chain_breaks} do not"
        )
        checks.append(FieldCheck("running_balance", not proof.chain_breaks, detail, ("transactions",)))
    for at, due in {**proof.expected_amounts, **proof.expected_balances}.items():
        name = "amount" if at in proof.expected_amounts else "balance"
        path = f"transactions.{at}.{name}"
        checks.append(
            FieldCheck(
                "running_balance", passed=False, detail=f"the balances around it ask for {due}", paths=(path,)
            )
        )
    return checks


def _booking_fields(number: int, booking: Booking, proof: Proof) -> list[Field]:
    at = f"transactions.{number}"
    verified = proof.verified[number]
    fields = []
    if booking.day:
        fields.append(_field(f"{at}.date", booking.day.isoformat(), booking.day_tokens, 0.93))
    if booking.value_day:
        fields.append(_field(f"{at}.value_date", booking.value_day.isoformat(), booking.value_tokens, 0.93))
    for name, tokens in (("description", booking.description), ("reference", booking.reference)):
        if tokens:
            fields.append(
                _field(f"{at}.{name}", " ".join(token.text for token in tokens), tuple(tokens), _READ)
            )
    assert booking.amount is not None  # noqa: S101 - bookings without are left out before
    amount = proof.amounts[number]
    side = "debit" if amount < 0 else "credit"
    for name, value in ((side, abs(amount)), ("amount", amount)):
        field = _money_field(f"{at}.{name}", value, booking.amount, verified=verified)
        due = proof.expected_amounts.get(number)
        fields.append(_doubted(field, due if name == "amount" or due is None else abs(due)))
    if booking.balance is not None:
        doubted = number in proof.expected_balances
        printed = _balance_value(booking.balance)
        field = _money_field(
            f"{at}.balance",
            -printed if number in proof.turned else printed,
            booking.balance,
            verified=verified and not doubted,
        )
        fields.append(_doubted(field, proof.expected_balances.get(number)))
    said = " ".join(token.text for token in booking.description)
    if category := category_of(said, is_credit=amount > 0):
        fields.append(Field(f"{at}.category", category, FieldSource.COMPUTED, confidence=_BY_WORDS))
    return fields


def _money_field(path: str, value: Decimal, amount: Amount, *, verified: bool) -> Field:
    field = _field(path, float(value), amount.tokens, _PROVEN if verified else _READ, amount.raw_text)
    return replace(field, verified=verified, checks=("balance",) if verified else ())


def _doubted(field: Field, due: Decimal | None) -> Field:
    """With what the balances ask for beside; where ink was misread by a digit, that is taken instead."""
    if due is None:
        return field
    if field.source is FieldSource.OCR and _differ_little(str(abs(Decimal(str(field.value)))), str(abs(due))):
        printed = Alternative(
            field.value, field.raw_text, field.places, field.confidence, "as read; the balances disagree"
        )
        return replace(
            field,
            value=float(due),
            confidence=_READ,
            verified=True,
            checks=("balance",),
            alternatives=(printed,),
        )
    other = Alternative(float(due), None, (), None, "what the balances around it ask for")
    return replace(field, confidence=_BROKEN, verified=False, checks=(), alternatives=(other,))


def _differ_little(read: str, due: str) -> bool:
    read, due = read.replace(".", "").ljust(3, "0"), due.replace(".", "")
    if len(read) == len(due):
        return sum(a != b for a, b in zip(read, due, strict=True)) == 1
    longer, shorter = sorted((read, due), key=len, reverse=True)
    return len(longer) - len(shorter) == 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    )


def _field(
    path: str, value: str | float, tokens: Sequence[Token], score: float, raw: str | None = None
) -> Field:
    if not tokens:
        return Field(path, value, FieldSource.COMPUTED, confidence=score)
    sureness = confidence_of(tokens)
    confidence = round(score * (1.0 if sureness is None else sureness), 4)
    text = raw if raw is not None else " ".join(token.text for token in tokens)
    return Field(path, value, source_of(tokens), text, place_of(tokens), confidence)
