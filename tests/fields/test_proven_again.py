"""After a correction arithmetic is tried again: what adds up is verified, what no longer does is not."""

from typing import Any

import pytest

from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.field import Field, FieldCheck, Fields, FieldSource
from octavo.pipeline.fields.correct import Wish, correct
from octavo.pipeline.fields.prove import prove_invoice
from octavo.pipeline.fields.reproof.again import RETRIALS

INVOICE: dict[str, Any] = {
    "line_items.0.quantity": 2.0, "line_items.0.unit_price": 10.0, "line_items.0.amount": 20.0,
    "line_items.1.quantity": 1.0, "line_items.1.unit_price": 80.0, "line_items.1.amount": 80.0,
    "subtotal": 100.0, "tax_total": 19.0, "total": 119.0,
}  # fmt: skip
STATEMENT: dict[str, Any] = {
    "opening_balance": 100.0, "closing_balance": 125.0,
    "transactions.0.date": "2026-01-02", "transactions.0.credit": 50.0, "transactions.0.amount": 50.0, "transactions.0.balance": 150.0,
    "transactions.1.date": "2026-01-03", "transactions.1.debit": 25.0, "transactions.1.amount": -25.0, "transactions.1.balance": 125.0,
}  # fmt: skip


def read(document_type: str, values: dict[str, Any], checks: tuple[FieldCheck, ...] = ()) -> Fields:
    found = tuple(
        Field(path, value, FieldSource.OCR, str(value), confidence=0.8) for path, value in values.items()
    )
    return Fields(document_type, None, found, checks)


def read_invoice(**others: float) -> Fields:
    proofs = prove_invoice(read("invoice", INVOICE | others).found)
    return Fields("invoice", None, tuple(proofs.fields.values()), tuple(proofs.checks))


def corrected(fields: Fields, wishes: dict[str, Any]) -> Fields:
    specs = DOCUMENT_TYPES[fields.document_type].fields
    return correct(fields, specs, [Wish(path, value) for path, value in wishes.items()], rules=())[0]


def verified(fields: Fields) -> set[str]:
    return {field.path for field in fields.found if field.verified}


def failed(fields: Fields) -> list[tuple[str, str]]:
    return [(check.code, check.detail) for check in fields.checks if not check.passed]


def test_a_misread_amount_that_a_person_mends_verifies_all_that_hangs_on_it() -> None:
    fields = read_invoice(**{"line_items.1.amount": 86.0})
    assert "subtotal" in verified(fields)  # by the tax
    assert "line_items.1.quantity" not in verified(fields)

    mended = corrected(fields, {"line_items.1.amount": 80})

    assert verified(mended) == set(INVOICE)
    assert failed(mended) == []
    quantity = mended.field("line_items.1.quantity")
    assert quantity is not None
    assert quantity.checks == ("product",)
    assert quantity.confidence == 0.97


def test_a_correction_with_which_nothing_adds_up_takes_the_proof_from_the_others() -> None:
    fields = corrected(read_invoice(), {"total": 200})

    assert verified(fields) == {path for path in INVOICE if path != "tax_total"}
    assert failed(fields) == [("total", "100.0 + 19.0 = 200, off by 81")]
    tax = fields.field("tax_total")
    assert tax is not None
    assert (tax.verified, tax.checks, tax.confidence) == (False, (), 0.56)


def test_what_the_files_own_data_says_stays_verified_whatever_adds_up() -> None:
    own = Field("tax_total", 19.0, FieldSource.EMBEDDED, confidence=1.0, verified=True, checks=("embedded",))
    before = read_invoice()
    found = tuple(own if field.path == "tax_total" else field for field in before.found)

    fields = corrected(Fields("invoice", None, found, before.checks), {"total": 200})

    assert fields.field("tax_total") == own


def test_a_cleared_value_leaves_no_check_that_names_it() -> None:
    fields = corrected(read_invoice(), {"line_items.0.unit_price": None})

    assert not any("line_items.0.unit_price" in check.paths for check in fields.checks)
    quantity = fields.field("line_items.0.quantity")
    assert quantity is not None
    assert not quantity.verified


def test_a_sum_that_is_not_printed_follows_from_what_was_corrected() -> None:
    values = {path: value for path, value in INVOICE.items() if path != "subtotal"}
    fields = read("invoice", values)
    computed = Field("subtotal", 100.0, FieldSource.COMPUTED, confidence=0.8)
    fields = Fields("invoice", None, (*fields.found, computed))

    mended, changes = correct(
        fields, DOCUMENT_TYPES["invoice"].fields, [Wish("tax_total", 9), Wish("amount_due", 0)], rules=()
    )

    subtotal = mended.field("subtotal")
    assert subtotal is not None
    assert (subtotal.value, subtotal.source) == (110.0, FieldSource.COMPUTED)
    assert ("subtotal", 100.0, 110.0) in [(one.path, one.before, one.after) for one in changes]
    assert mended.field("amount_due").value == 0  # type: ignore[union-attr]


def test_a_misread_booking_is_told_by_the_balances_and_proven_once_it_is_mended() -> None:
    wrong = corrected(read("bank_statement", STATEMENT), {"transactions.1.amount": -36})
    assert ("running_balance", "the balances around it ask for -25.0") in failed(wrong)

    mended = corrected(wrong, {"transactions.1.amount": -25})

    assert failed(mended) == []
    assert {
        "opening_balance",
        "closing_balance",
        "transactions.0.amount",
        "transactions.1.balance",
    } <= verified(mended)


def test_what_a_person_cleared_is_not_computed_again() -> None:
    fields = read("invoice", INVOICE)
    computed = Field("amount_due", 119.0, FieldSource.COMPUTED, confidence=0.8)

    cleared = corrected(
        Fields("invoice", None, (*fields.found, computed)), {"amount_due": None, "total": 119}
    )

    assert cleared.field("amount_due") is None


def test_debit_and_credit_follow_the_signed_amount() -> None:
    fields = corrected(read("bank_statement", STATEMENT), {"transactions.1.amount": 35})

    assert fields.field("transactions.1.debit") is None
    assert fields.field("transactions.1.credit").value == 35  # type: ignore[union-attr]


def test_the_signed_amount_follows_a_corrected_debit() -> None:
    fields = corrected(read("bank_statement", STATEMENT), {"transactions.1.debit": 40})

    assert fields.field("transactions.1.amount").value == -40  # type: ignore[union-attr]


def test_a_corrected_bank_name_leaves_the_proofs_alone() -> None:
    proven = corrected(read("bank_statement", STATEMENT), {"opening_balance": 100.0})

    again = corrected(proven, {"bank_name": "A bank"})

    assert verified(again) == verified(proven) | {"bank_name"}
    assert again.checks == proven.checks


def test_what_was_given_less_the_change_proves_a_receipts_total() -> None:
    fields = read("receipt", {"total": 17.0, "paid": 20.0, "change": 8.0})

    mended = corrected(fields, {"change": 3})

    assert verified(mended) == {"change", "paid", "total"}
    assert [(check.code, check.passed) for check in mended.checks] == [("paid", True)]


def test_packages_prove_their_weight() -> None:
    fields = read(
        "packing_list", {"packages.0.gross_weight": 5.0, "packages.1.gross_weight": 9.0, "gross_weight": 12.0}
    )

    assert "gross_weight" in verified(corrected(fields, {"packages.1.gross_weight": 7}))


@pytest.mark.parametrize("document_type", [*RETRIALS])
def test_every_retrial_is_of_a_type_there_is(document_type: str) -> None:
    assert document_type in DOCUMENT_TYPES
