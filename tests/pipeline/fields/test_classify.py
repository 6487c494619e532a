import pytest
from tests.pipeline.fields.papers import Text, flowing, page_of, slip

from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.classify import classify
from octavo.pipeline.fields.extract import find_fields
from octavo.pipeline.fields.view import view_of

INVOICE = (
    "Rechnung Nr. 4711 | Rechnungsdatum 13.05.2021 | Kundennummer 7 | Zahlbar bis 27.05.2021 | Pos Bezeichnung Menge "
    "Einzelpreis | Gesamtbetrag 119,00 | IBAN DE89 3704 0044 0532 0130 00 | USt-IdNr DE136695976"
)
STATEMENT = (
    "Bank Statement | Account Number 123 | Opening balance 100.00 | 01/02/2020 Card payment 5.00 | 02/02/2020 Deposit 7.00 | "
    "03/02/2020 Card payment 1.00 | 04/02/2020 Fee 2.00 | Closing balance 99.00"
)
CONTRACT = (
    "Lease Agreement | This agreement is made between the parties named below, hereinafter the landlord and the tenant. | "
    "The term shall begin on 1 May 2021 and termination needs notice in writing. | It is governed by the law of Ohio."
)
LADING = (
    "Bill of Lading | Shipper Acme | Consignee Beta | Notify party same | Port of loading Genoa | Port of discharge New York | "
    "Vessel MSC Aurelia | Container HLXU 734649-2"
)
PASSPORT = (
    "Passport | Surname Eriksson | Given names Anna | Nationality Utopian | "
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<< | L898902C36UTO7408122F1204159ZE184226B<<<<<10"
)


def texts_of(paper: str) -> list[Text]:
    return [(60.0, 60.0 + 20 * number, line) for number, line in enumerate(paper.split(" | "))]


@pytest.mark.parametrize(
    ("paper", "name"),
    [
        (INVOICE, "invoice"),
        (STATEMENT, "bank_statement"),
        (CONTRACT, "contract"),
        (LADING, "bill_of_lading"),
        (PASSPORT, "identity_document"),
    ],
    ids=["invoice", "bank_statement", "contract", "bill_of_lading", "identity_document"],
)
def test_a_document_is_known_by_what_it_calls_itself_and_talks_about(paper: str, name: str) -> None:
    guesses = classify(view_of([page_of(texts_of(paper))]))

    assert guesses[0].document_type == name, guesses
    assert guesses[0].confidence > 0.6


def test_a_tax_invoice_of_a_till_is_a_receipt() -> None:
    lines = (
        "MAJU SDN BHD",
        "TAX INVOICE",
        "Pen | 3.00",
        "Book | 5.00",
        "Total | 8.00",
        "Cash | 10.00",
        "Change | 2.00",
    )

    assert classify(view_of([slip(lines)]))[0].document_type == "receipt"


@pytest.mark.parametrize(
    "text",
    [
        "Once upon a time there was a king who had three sons.\nThe eldest was proud.",
        "Meeting notes\nWe talked about the garden and the bill of fare.",
        "",
    ],
)
def test_what_fits_nothing_is_generic(text: str) -> None:
    assert classify(view_of([flowing(text)]))[0].document_type == "generic"


def test_confidences_of_all_guesses_are_shares_of_one() -> None:
    guesses = classify(view_of([page_of(texts_of(INVOICE))]))

    assert sum(guess.confidence for guess in guesses) <= 1.0001
    assert [guess.confidence for guess in guesses] == sorted(
        (guess.confidence for guess in guesses), reverse=True
    )
    assert {guess.document_type for guess in guesses} <= DOCUMENT_TYPES.keys()


def test_a_short_invoice_on_a_sheet_is_no_receipt() -> None:
    """Few words a line, prices at their ends: what tells is how far apart they stand."""
    texts: list[Text] = [
        (40, 60, "Factura"),
        (400, 60, "No 17"),
        (40, 100, "Cliente"),
        (400, 100, "Fecha de factura"),
    ]
    for number in range(10):
        texts += [(40, 140 + 20 * number, f"Tornillo {number}"), (500, 140 + 20 * number, f"{number},50")]
    texts += [
        (400, 380, "Base imponible"),
        (500, 380, "45,00"),
        (400, 400, "Total factura"),
        (500, 400, "54,45"),
    ]

    assert classify(view_of([page_of(texts)]))[0].document_type == "invoice"


@pytest.mark.parametrize(
    ("paper", "types", "name"),
    [
        (STATEMENT, ("invoice", "bank_statement"), "bank_statement"),
        (STATEMENT, ("contract",), "contract"),
        (PASSPORT, ("invoice", "receipt"), "invoice"),
    ],
)
def test_a_document_is_one_of_the_types_it_may_be(paper: str, types: tuple[str, ...], name: str) -> None:
    fields = find_fields([page_of(texts_of(paper))], FieldOrder(document_types=types))

    assert fields.document_type == name


def test_a_bill_that_names_itself_only_in_its_labels_is_an_invoice() -> None:
    bill = (
        "Luz del Sur | DATOS | Nº de factura: LS-981237 | Periodo: 05/12/2024 - 07/01/2025 | Titular: Marta Ruiz | "
        "Por potencia 17,93 | Por energía 42,10 | IVA 21% 13,62 | TOTAL A PAGAR 78,46"
    )

    assert classify(view_of([page_of(texts_of(bill))]))[0].document_type == "invoice"


def test_columns_of_a_ledger_make_a_statement_that_does_not_say_so() -> None:
    heads: list[Text] = [
        (40, 100, "Date"),
        (110, 100, "Transactions"),
        (260, 100, "Amounts deducted ($)"),
        (380, 100, "Amounts added ($)"),
        (500, 100, "Balance ($)"),
    ]
    row: list[Text] = [
        (40, 120, "Jun 02"),
        (110, 120, "HYDRO ONE"),
        (280, 120, "96.40"),
        (500, 120, "805.71"),
    ]

    assert (
        classify(view_of([page_of([(40, 60, "Maple Ridge Savings"), *heads, *row])]))[0].document_type
        == "bank_statement"
    )


def test_bookings_that_name_invoices_make_no_invoice_of_a_ledger() -> None:
    heads: list[Text] = [(40, 60, "Date"), (110, 60, "Details"), (380, 60, "Amount"), (500, 60, "Balance")]
    heads += [(40, 40, "Account 110-234"), (300, 40, "Opening balance 1,000,000")]
    rows: list[Text] = []
    for number in range(3):
        y = 80.0 + 40 * number
        rows += [
            (40, y, f"2024-02-0{number + 1}"),
            (110, y, "Invoice No 4711"),
            (380, y, "80,000"),
            (500, y, "920,000"),
        ]
        rows += [(110, y + 14, f"Invoice No 47{number}1 amount due")]

    assert classify(view_of([page_of([*heads, *rows])]))[0].document_type == "bank_statement"
