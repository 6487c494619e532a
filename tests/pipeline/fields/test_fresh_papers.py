"""What papers nobody tuned for taught: one small page for each cause."""

import pytest
from tests.pipeline.fields.papers import Text, slip, view

from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.classify import classify
from octavo.pipeline.fields.kinds.table import FINDERS
from octavo.pipeline.fields.places import read_postal_line
from octavo.pipeline.fields.readers.codes import ibans_in
from octavo.pipeline.fields.readers.dates import dates_in
from octavo.pipeline.fields.readers.locale import Locale, guess_locale
from octavo.pipeline.fields.view import View, view_of


def _found(kind: str, paper: View) -> dict[str, object]:
    findings = FINDERS[kind](paper, guess_locale(paper), FieldOrder())
    return {field.path: field.value for field in findings.fields}


def _sheet(kind: str, *texts: Text) -> dict[str, object]:
    return _found(kind, view(*texts))


def test_one_group_of_thousands_tells_the_decimal_sign() -> None:
    paper = view((40, 60, "Italia"), (40, 80, "14,880.0 kg"), (40, 100, "45.550 m3"))

    assert guess_locale(paper).decimal == "."


def test_an_account_is_proven_by_its_own_digits_whatever_its_country_checks_inside() -> None:
    assert [one.value for one in ibans_in("IBAN: ES30 2085 1130 4203 0091 8277")] == [
        "ES3020851130420300918277"
    ]


def test_the_first_of_a_month_may_be_read_with_a_letter() -> None:
    assert [one.value.isoformat() for one in dates_in("le ler juillet 2025", Locale("fr"))] == ["2025-07-01"]


def test_a_number_with_gaps_is_one_number() -> None:
    found = _sheet("invoice", (40, 60, "Kundennummer: 40 117 882"), (40, 80, "Rechnungsnummer: R-2025-1"))

    assert found["customer_number"] == "40 117 882"


def test_bill_to_is_no_bill_number_and_a_po_box_no_order() -> None:
    found = _sheet("invoice", (40, 60, "Bill To"), (40, 74, "Summit 3PL LLC"), (40, 88, "PO Box 7710"))

    assert "invoice_number" not in found
    assert "purchase_order" not in found


def test_days_of_payment_are_no_net_amount() -> None:
    found = _sheet("invoice", (40, 60, "Terms: Net 30"), (40, 90, "Total"), (200, 90, "1,860.28"))

    assert found.get("subtotal") != 30.0


def test_one_of_several_payments_is_not_what_was_paid() -> None:
    found = _sheet(
        "invoice",
        (40, 60, "Total charges"), (300, 60, "1,520.00"),
        (40, 80, "Insurance payments"), (300, 80, "-742.50"),
        (40, 100, "Patient payments"), (300, 100, "-100.00"),
        (40, 120, "Please pay this amount"), (300, 120, "677.50"),
    )  # fmt: skip

    assert "amount_paid" not in found
    assert found["amount_due"] == 677.5


def test_lines_may_be_of_anything_where_quantity_price_and_amount_follow() -> None:
    found = _sheet(
        "invoice",
        (40, 60, "Leg"), (250, 60, "Qty"), (350, 60, "Rate"), (450, 60, "Amount"),
        (40, 76, "Billings to Denver"), (250, 76, "556"), (350, 76, "2.65"), (450, 76, "1,473.40"),
    )  # fmt: skip

    assert (found["line_items.0.description"], found["line_items.0.quantity"]) == (
        "Billings to Denver",
        556.0,
    )


def test_a_practice_sends_a_bill_though_it_calls_it_a_statement() -> None:
    paper = view(
        (300, 40, "STATEMENT OF ACCOUNT"), (40, 80, "Patient"), (140, 80, "Date of service"), (300, 80, "Procedure"),
        (40, 96, "Emi"), (140, 96, "01/22/2025"), (300, 96, "Evaluation"), (450, 96, "62.00"),
        (40, 130, "Insurance payments"), (450, 130, "-42.00"), (40, 146, "Please pay this amount"), (450, 146, "20.00"),
    )  # fmt: skip

    assert classify(paper)[0].document_type == "invoice"


def test_a_folio_is_an_invoice() -> None:
    paper = view(
        (40, 60, "GUEST FOLIO / TAX INVOICE"),
        (40, 90, "Folio No. 58831"),
        (40, 120, "Balance"),
        (200, 120, "0.00"),
    )

    assert classify(paper)[0].document_type == "invoice"


@pytest.mark.parametrize(
    ("line", "quantity", "price"),
    [("38,42 L x 1,579 EUR/L | 60,67", 38.42, 1.579), ("0,412 kg x 4,99 EUR/kg | 2,06", 0.412, 4.99)],
)
def test_what_is_measured_is_the_quantity(line: str, quantity: float, price: float) -> None:
    found = _found(
        "receipt", view_of([slip(["POSTO NORTE, LDA", "GASOLEO SIMPLES", line, "TOTAL EUR | 62,73"])])
    )

    assert found["line_items.0.description"] == "GASOLEO SIMPLES"
    assert (found["line_items.0.quantity"], found["line_items.0.unit_price"]) == (quantity, price)


def test_the_place_below_a_name_is_not_the_name() -> None:
    paper = slip(
        [
            "LE PETIT MOULIN",
            "412 rue Saint-Paul E",
            "Montréal (Québec) H2Y 1H4",
            "514 555-0133",
            "TOTAL | 178,21",
        ]
    )
    found = _found("receipt", view_of([paper]))

    assert (found["merchant.name"], found["merchant.postal_code"]) == ("LE PETIT MOULIN", "H2Y 1H4")


def test_rows_of_one_form_are_pairs_whatever_their_values_are() -> None:
    rows = (("Cognome", "Ferraioli"), ("Nome", "Donatella"), ("Turno", "sera"))
    texts = [
        text
        for at, (key, value) in enumerate(rows)
        for text in ((40, 60 + 16 * at, key), (240, 60 + 16 * at, value))
    ]
    found = _sheet("generic", *texts)

    assert [found[f"key_values.{at}.value"] for at in range(3)] == ["Ferraioli", "Donatella", "sera"]


def test_costs_beside_the_lines_lead_to_the_total() -> None:
    found = _sheet(
        "invoice",
        (40, 40, "Description"), (250, 40, "Qty"), (350, 40, "Rate"), (450, 40, "Amount"),
        (40, 56, "Draft motion"), (250, 56, "6.50"), (350, 56, "285.00"), (450, 56, "1,852.50"),
        (40, 90, "Total fees"), (450, 90, "1,852.50"), (40, 106, "Costs advanced"), (450, 106, "265.00"),
        (40, 122, "Total this invoice"), (450, 122, "2,117.50"),
    )  # fmt: skip

    assert found["total"] == 2117.5


def test_a_county_before_a_code_is_not_the_town() -> None:
    assert (place := read_postal_line("Station Road, March, Cambs PE15 8LE")) is not None
    assert (place.city, place.before) == ("March", "Station Road")


def test_two_parties_of_a_contract_each_begin_with_their_part() -> None:
    found = _sheet(
        "contract",
        (40, 40, "De una parte, D. Eusebio Cordero, con domicilio en Salamanca"), (40, 54, "(en adelante, el «Arrendador»)."),
        (40, 80, "Y de otra parte, Lucía Ferreiro, con domicilio en Salamanca"), (40, 94, "(en adelante, la «Arrendataria»)."),
    )  # fmt: skip

    assert (found["parties.0.name"], found["parties.1.name"]) == ("D. Eusebio Cordero", "Lucía Ferreiro")


def test_a_size_is_part_of_what_was_bought() -> None:
    found = _found("receipt", view_of([slip(["PHARMACIE", "CREME MAINS 75ML | 6,50", "TOTAL | 6,50"])]))

    assert found["line_items.0.description"] == "CREME MAINS 75ML"


def test_a_head_with_a_slip_of_the_reader_is_a_head() -> None:
    found = _sheet(
        "bank_statement",
        (40, 60, "F.0PER"), (120, 60, "CONCEPTO"), (300, 60, "DEBE"), (380, 60, "HABER"), (460, 60, "SALDO"),
        (40, 76, "03-03-2025"), (120, 76, "RECIBO LUZ"), (300, 76, "412,87"), (460, 76, "7.727,35"),
    )  # fmt: skip

    assert (found["transactions.0.date"], found["transactions.0.amount"]) == ("2025-03-03", -412.87)


def test_a_price_that_does_not_multiply_proves_nothing() -> None:
    paper = view_of([slip(["MARKET LANE", "APPLES 3 | 1,99 | 4,99", "TOTAL | 4,99"])])
    findings = FINDERS["receipt"](paper, guess_locale(paper), FieldOrder())

    assert not any(field.verified for field in findings.fields if field.path.startswith("line_items"))


def test_a_measure_belongs_to_the_amount_on_the_next_line() -> None:
    lines = ["Autohof Tannwald", "*Diesel", "52,31 l x 1,589 EUR/l", "83,12 A", "Summe EUR | 83,12"]
    found = _found("receipt", view_of([slip(lines)]))

    assert (found["line_items.0.quantity"], found["line_items.0.unit_price"]) == (52.31, 1.589)
    assert found["line_items.0.amount"] == 83.12


def test_a_bill_with_its_day_and_what_is_due_is_an_invoice_without_a_number() -> None:
    paper = view(
        (300, 40, "Bill date May 6, 2025"),
        (300, 54, "Due date May 27, 2025"),
        (40, 300, "Amount due"),
        (300, 300, "$90.00"),
    )

    assert classify(paper)[0].document_type == "invoice"


def test_two_days_and_an_amount_head_the_bookings_of_a_card() -> None:
    paper = view(
        (40, 60, "Datum transactie"), (160, 60, "Datum boeking"), (270, 60, "Omschrijving"), (480, 60, "Bedrag in EUR"),
        (40, 80, "29-04-2025"), (160, 80, "30-04-2025"), (270, 80, "BOEKHANDEL"), (480, 80, "37,95"),
        (270, 100, "Nieuw saldo"), (480, 100, "37,95"),
    )  # fmt: skip

    assert classify(paper)[0].document_type == "bank_statement"


def test_words_right_of_the_amounts_describe_where_their_head_stands_there() -> None:
    found = _sheet(
        "bank_statement",
        (40, 60, "Data"), (120, 60, "Dare"), (200, 60, "Avere"), (340, 60, "Descrizione"),
        (40, 76, "17.02.2025"), (110, 76, "2.114,40"), (300, 76, "Delega F24"),
    )  # fmt: skip

    assert found["transactions.0.description"] == "Delega F24"


def test_a_number_in_a_text_is_no_call_from_abroad() -> None:
    assert guess_locale(view((40, 60, "TRANS 004418 REG 06"), (40, 76, "Muskegon, MI 49441"))).country == "US"


def test_what_is_taken_off_below_the_total_leaves_what_is_due_open() -> None:
    found = _sheet(
        "invoice",
        (40, 60, "Total"), (300, 60, "2,487.10"),
        (40, 80, "Instalments of the year"), (296, 80, "-2,280.00"),
    )  # fmt: skip

    assert "amount_due" not in found
