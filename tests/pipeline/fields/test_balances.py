"""Balances prove bookings, mend signs, and tell what breaks the chain."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from octavo.pipeline.fields.balances import Step, prove

CENTS = st.integers(-10_000_000, 10_000_000).filter(bool).map(lambda cents: Decimal(cents) / 100)


def chain(opening: Decimal, amounts: list[Decimal], *, sure: bool = True) -> tuple[list[Step], Decimal]:
    steps, balance = [], opening
    for amount in amounts:
        balance += amount
        steps.append(Step(amount if sure else abs(amount), sure, balance))
    return steps, balance


@given(opening=CENTS, amounts=st.lists(CENTS, min_size=1, max_size=20))
def test_what_adds_up_is_verified(opening: Decimal, amounts: list[Decimal]) -> None:
    steps, closing = chain(opening, amounts)

    proof = prove(opening, closing, steps)

    assert proof.total_holds is True
    assert all(proof.verified)
    assert not proof.chain_breaks


@given(opening=CENTS, amounts=st.lists(CENTS, min_size=1, max_size=20))
def test_signs_that_are_not_printed_follow_from_the_balances(
    opening: Decimal, amounts: list[Decimal]
) -> None:
    steps, closing = chain(opening, amounts, sure=False)

    proof = prove(opening, closing, steps)

    assert proof.amounts == amounts
    assert all(proof.verified)


def test_a_wrong_amount_is_told_with_the_one_that_would_mend_it() -> None:
    steps, closing = chain(Decimal(100), [Decimal(10), Decimal(-20), Decimal(5)])
    steps[1].amount = Decimal(-26)

    proof = prove(Decimal(100), closing, steps)

    assert proof.expected_amounts == {1: Decimal(-20)}
    assert proof.verified == [True, False, True]
    assert proof.total_holds is False


def test_a_wrong_balance_is_told_apart_from_a_wrong_amount() -> None:
    steps, closing = chain(Decimal(100), [Decimal(10), Decimal(-20), Decimal(5)])
    steps[1].balance = Decimal(99)

    proof = prove(Decimal(100), closing, steps)

    assert proof.expected_balances == {1: Decimal(90)}
    assert proof.expected_amounts == {}
    assert proof.amounts == [Decimal(10), Decimal(-20), Decimal(5)]


def test_an_opening_balance_that_is_not_printed_follows_from_the_chain() -> None:
    steps, closing = chain(Decimal(100), [Decimal(10), Decimal(-20)])

    proof = prove(None, None, steps)

    assert (proof.opening, proof.closing) == (Decimal(100), closing)


def test_without_balances_nothing_is_proven() -> None:
    proof = prove(None, None, [Step(Decimal(10), sign_sure=True, balance=None)])

    assert proof.verified == [False]
    assert proof.total_holds is None
    assert (proof.opening, proof.closing) == (None, None)


@given(opening=CENTS, amounts=st.lists(CENTS, min_size=1, max_size=20), data=st.data())
def test_a_balance_whose_sign_was_overlooked_is_turned(
    opening: Decimal, amounts: list[Decimal], data: st.DataObject
) -> None:
    steps, closing = chain(opening, amounts)
    below = [at for at, step in enumerate(steps) if step.balance is not None and step.balance < 0]
    lost = data.draw(st.sets(st.sampled_from(below))) if below else set()
    for at in lost:
        steps[at] = Step(steps[at].amount, True, abs(steps[at].balance or Decimal(0)), balance_sure=False)

    proof = prove(opening, closing, steps)

    assert proof.total_holds is True
    assert proof.amounts == amounts
    assert proof.turned == lost
