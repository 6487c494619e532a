"""What bookings are for, told by their words."""

import pytest

from octavo.domain.document_types.bank_statement import BANK_STATEMENT, CATEGORIES
from octavo.pipeline.fields.kinds.statement.categories import category_of


@pytest.mark.parametrize(
    ("description", "category"),
    [
        ("SALARY ACME CORP", "salary"),
        ("Lohn/Gehalt 11/2026 Musterfirma GmbH", "salary"),
        ("VIREMENT SALAIRE NOVEMBRE", "salary"),
        ("NOMINA NOVIEMBRE EMPRESA SL", "salary"),
        ("Stipendio mese di novembre", "salary"),
        ("Зарплата за ноябрь", "salary"),
        ("工资 十一月", "salary"),
        ("Gutschrift Zinsen", "interest"),
        ("Finanzamt München", "taxes"),
        ("Kindergeld Familienkasse", "benefits"),
        ("CASH DEPOSIT BRANCH 12", "cash_deposit"),
        ("Refund AMAZON MKTP", "refund"),
        ("Zelle from John", "transfer"),
    ],
)
def test_what_comes_in_is_known_by_its_words(description: str, category: str) -> None:
    assert category_of(description, is_credit=True) == category


@pytest.mark.parametrize(
    ("description", "category"),
    [
        ("Überweisung Miete November", "rent"),
        ("UEBERWEISUNG MIETE", "rent"),
        ("家賃 11月", "rent"),
        ("CB CARREFOUR PARIS", "groceries"),
        ("SEPA-Lastschrift REWE Markt Köln", "groceries"),
        ("Kontoführungsgebühr", "fees"),
        ("ATM withdrawal fee", "fees"),
        ("ATM WITHDRAWAL 0023 MAIN ST", "cash_withdrawal"),
        ("Prelievo bancomat Milano", "cash_withdrawal"),
        ("PAYPAL *SPOTIFY", "subscriptions"),
        ("NETFLIX.COM", "subscriptions"),
        ("UPI/SWIGGY/123456", "dining"),
        ("NEFT-HDFC-0002 RAVI KUMAR", "transfer"),
        ("PG&E electric", "utilities"),
        ("Check #1042", "check"),
        ("DIRECT DEBIT Waterworks 24", "utilities"),
        ("CARD PAYMENT METRO FUEL 0412", "fuel"),
        ("Seguro de coche MAPFRE", "insurance"),
    ],
)
def test_what_goes_out_is_known_by_its_words(description: str, category: str) -> None:
    assert category_of(description, is_credit=False) == category


@pytest.mark.parametrize(
    "description", ["", "XYZ 0011 QQ", "Direct debit", "POS PURCHASE 22.11.", "A B CAB 01234"]
)
def test_what_no_word_tells_has_no_category(description: str) -> None:
    assert category_of(description, is_credit=False) is None


def test_nobody_is_paid_a_salary_by_paying_one() -> None:
    assert category_of("Salary run November", is_credit=False) is None
    assert category_of("Miete Untermieter", is_credit=True) is None


def test_the_document_type_knows_every_category() -> None:
    bookings = next(spec for spec in BANK_STATEMENT.fields if spec.name == "transactions")

    assert next(spec for spec in bookings.fields if spec.name == "category").values == CATEGORIES
    assert len(set(CATEGORIES)) == len(CATEGORIES)
