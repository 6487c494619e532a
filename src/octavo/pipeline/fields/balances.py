"""Bookings against balances: what adds up is proven, what does not is told with what would."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

_MOST_UNSURE = 10
"""Bookings between two balances whose signs are tried in all ways."""


@dataclass(slots=True)
class Step:
    """One booking, in the order of time."""

    amount: Decimal
    """Signed as best known."""
    sign_sure: bool
    balance: Decimal | None
    balance_sure: bool = True
    """Whether a mark or nothing at all may stand for its sign; False where the mark may have been overlooked."""


@dataclass(slots=True)
class Proof:
    amounts: list[Decimal]
    """Of every step; signs that the balances decide are set right."""
    verified: list[bool]
    expected_amounts: dict[int, Decimal] = field(default_factory=dict)
    """Of a step that breaks the chain: the amount that would mend it."""
    expected_balances: dict[int, Decimal] = field(default_factory=dict)
    """Of a step whose printed balance disagrees with those around it: the balance that would agree."""
    opening: Decimal | None = None
    """Given, or found by walking back from the first balance."""
    closing: Decimal | None = None
    """Given, or where the chain ends."""
    turned: set[int] = field(default_factory=set)
    """Steps whose balance has the other sign: its mark was overlooked."""
    chain_links: int = 0
    """Balances that agree with the one before."""
    chain_breaks: int = 0
    total_holds: bool | None = None
    """Opening + bookings = closing; None where either is not printed."""


def prove(opening: Decimal | None, closing: Decimal | None, steps: Sequence[Step]) -> Proof:
    proof = Proof([step.amount for step in steps], [False] * len(steps), opening=opening, closing=closing)
    known = opening if opening is not None else _walk_back(steps)
    start = known
    pending: list[int] = []
    for number, step in enumerate(steps):
        pending.append(number)
        if step.balance is not None:
            known = _link(proof, steps, pending, known, step.balance)
            pending = []
    if pending and known is not None and closing is not None:
        _link(proof, steps, pending, known, closing)
    _total(proof, steps)
    if opening is None and proof.chain_links and not proof.chain_breaks:
        proof.opening = start
    if closing is None and proof.chain_links and not pending:
        proof.closing = known
    return proof


def _walk_back(steps: Sequence[Step]) -> Decimal | None:
    """The balance before the first step, where the step after agrees with it."""
    total = Decimal(0)
    for step in steps:
        total += step.amount
        if step.balance is not None:
            return step.balance - total
    return None


def _link(
    proof: Proof, steps: Sequence[Step], pending: list[int], known: Decimal | None, balance: Decimal
) -> Decimal:
    """One balance against the one before; gives the balance to go on from."""
    if known is None:
        return balance
    due = balance - known
    signed = _signed(proof, steps, pending, due)
    turned = _turned(steps, pending, known, balance)
    if turned is not None and signed != turned:
        proof.turned.add(pending[-1])
        balance, signed = -balance, turned
    if signed is not None:
        for number, amount in zip(pending, signed, strict=True):
            proof.amounts[number], proof.verified[number] = amount, True
        proof.chain_links += 1
        return balance
    proof.chain_breaks += 1
    last = pending[-1]
    said = known + sum((proof.amounts[number] for number in pending), Decimal(0))
    if _agrees_later(steps, last, said) and steps[last].balance is not None:
        proof.expected_balances[last] = said
        for number in pending:
            proof.verified[number] = True
        return said
    if len(pending) == 1:
        proof.expected_amounts[last] = due
    return balance


def _turned(
    steps: Sequence[Step], pending: list[int], known: Decimal, balance: Decimal
) -> list[Decimal] | None:
    """The amounts as they are, where a balance that lost its sign then follows from them."""
    last = steps[pending[-1]]
    amounts = [steps[number].amount for number in pending]
    lost = last.balance == balance and not last.balance_sure
    return amounts if lost and known + sum(amounts, Decimal(0)) == -balance else None


def _agrees_later(steps: Sequence[Step], at: int, balance: Decimal) -> bool:
    """Whether the next printed balance follows from `balance`."""
    for step in steps[at + 1 :]:
        balance += step.amount
        if step.balance is not None:
            return step.balance == balance
    return False


def _signed(proof: Proof, steps: Sequence[Step], pending: list[int], due: Decimal) -> list[Decimal] | None:
    """The amounts of the pending steps that add up to what is due; None where no choice of signs does."""
    amounts = [proof.amounts[number] for number in pending]
    if sum(amounts, Decimal(0)) == due:
        return amounts
    if len(pending) == 1 and abs(due) == abs(amounts[0]):
        return [due]
    unsure = [place for place, number in enumerate(pending) if not steps[number].sign_sure]
    if not unsure or len(unsure) > _MOST_UNSURE:
        return None
    for signs in product((1, -1), repeat=len(unsure)):
        tried = list(amounts)
        for place, sign in zip(unsure, signs, strict=True):
            tried[place] = sign * abs(tried[place])
        if sum(tried, Decimal(0)) == due:
            return tried
    return None


def _total(proof: Proof, steps: Sequence[Step]) -> None:
    if proof.opening is None or proof.closing is None or not steps:
        return
    total = sum(proof.amounts, Decimal(0))
    due = proof.closing - proof.opening
    if total == -due and total and not any(step.sign_sure for step in steps) and not any(proof.verified):
        proof.amounts = [-amount for amount in proof.amounts]
        total = due
    proof.total_holds = total == due
    if proof.total_holds and not proof.chain_breaks:
        proof.verified = [True] * len(steps)
