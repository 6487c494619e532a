"""Heads and taxes of invoices, and the charges of freight invoices, from rows at places."""

from tests.pipeline.fields.papers import Text, view

from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.kinds.freight_invoice import find_freight_invoice
from octavo.pipeline.fields.kinds.invoice import find_invoice
from octavo.pipeline.fields.readers.locale import Locale

GERMAN = Locale("de", ",", ".", currency="EUR", country="DE")
ENGLISH = Locale("en", ".", ",", "mdy", "USD", "US")


def found_in(*texts: Text, locale: Locale = GERMAN) -> dict[str, object]:
    return {field.path: field.value for field in find_invoice(view(*texts), locale, FieldOrder()).fields}


def test_the_number_and_date_of_a_title() -> None:
    said = found_in((40, 60, "Rechnungskorrektur (384) Nr. RK21012345 vom 16.09.2018"))

    assert said["invoice_number"] == "RK21012345"
    assert said["invoice_date"] == "2018-09-16"
    assert said["type_code"] == "384"


def test_the_date_to_pay_by_is_not_that_of_the_cash_discount() -> None:
    said = found_in(
        (
            40,
            700,
            "Zahlbar innerhalb 30 Tagen netto bis 04.07.2018, 3% Skonto innerhalb 10 Tagen bis 15.06.2018",
        )
    )

    assert said["due_date"] == "2018-07-04"
    assert "amount_paid" not in said


def test_taxes_of_two_rates_in_lines_give_the_tax_that_is_not_printed() -> None:
    said = found_in(
        (300, 500, "Nettobetrag"), (450, 500, "300,00"), (300, 520, "zzgl. 7 % MwSt."), (450, 520, "7,00"), (300, 540, "zzgl. 19 % MwSt."), (450, 540, "38,00"),
        (300, 560, "Gesamtbetrag"), (450, 560, "345,00"),
    )  # fmt: skip

    assert (said["subtotal"], said["tax_total"], said["total"]) == (300.0, 45.0, 345.0)
    assert [said[f"taxes.{index}.rate"] for index in (0, 1)] == [7.0, 19.0]


def test_what_is_missing_is_no_field() -> None:
    said = found_in((40, 60, "Sehr geehrte Damen und Herren,"))

    assert not said.keys() & {"invoice_number", "total", "seller.name", "iban"}


def test_the_lines_of_a_carrier_are_charges() -> None:
    texts: list[Text] = [
        (40, 60, "Freight Invoice No. 4711"), (40, 90, "B/L No: MAEU123456"), (40, 120, "Shipper:"), (40, 134, "Oak Mills Inc."), (40, 148, "1 Mill Road"),
        (40, 162, "Austin, TX 78701"), (40, 300, "Description"), (300, 300, "Qty"), (360, 300, "Rate"), (440, 300, "Amount"), (40, 320, "Ocean freight"),
        (302, 320, "1"), (360, 320, "900.00"), (440, 320, "900.00"), (40, 340, "Fuel surcharge"), (302, 340, "1"), (360, 340, "80.00"), (440, 340, "80.00"),
        (40, 360, "Documentation fee"), (302, 360, "1"), (360, 360, "20.00"), (440, 360, "20.00"), (360, 390, "Total"), (440, 390, "1,000.00"),
    ]  # fmt: skip

    fields = find_freight_invoice(view(*texts), ENGLISH, FieldOrder()).fields
    said = {field.path: field.value for field in fields}

    assert (said["freight_charges"], said["fuel_surcharge"], said["total"]) == (900.0, 80.0, 1000.0)
    assert (said["accessorials.0.type"], said["accessorials.0.amount"]) == ("Documentation fee", 20.0)
    assert (said["bill_of_lading"], said["shipper.name"]) == ("MAEU123456", "Oak Mills Inc.")
    assert said["charges.2.description"] == "Documentation fee"


def test_the_words_of_a_currency_are_its_sign_and_no_word_with_its_letters() -> None:
    texts = [(40, 60, "Zestawienie"), (300, 500, "Razem"), (450, 500, "300,00 zł")]
    found = find_invoice(view(*texts), Locale("pl", ",", " ", currency="PLN", country="PL"), FieldOrder())

    currency = next(field for field in found.fields if field.path == "currency")
    assert currency.raw_text == "zł"


def test_a_currency_that_nothing_says_is_missing() -> None:
    assert "currency" not in found_in((300, 500, "Gesamtbetrag"), (450, 500, "300,00"))


def test_a_label_does_not_swallow_the_first_digits_of_its_amount() -> None:
    french = Locale("fr", ",", " ", currency="EUR", country="FR")

    said = found_in(
        (300, 500, "Total HT"), (450, 500, "2 320,00 €"), (300, 520, "TVA 20 %"), (450, 520, "404,00 €"), (300, 540, "TVA 5,5 %"), (450, 540, "16,50 €"),
        (300, 560, "Total TTC 2 740,50 €"), locale=french,
    )  # fmt: skip

    assert (said["tax_total"], said["total"]) == (420.5, 2740.5)


def test_the_date_of_a_letter_dates_the_invoice_where_no_label_does() -> None:
    dated = found_in((380, 60, "Weimar, den 9. Oktober 2024"), (40, 90, "Rechnung Nr. 2024/187"))
    two = found_in(
        (380, 60, "9. Oktober 2024"), (380, 75, "10. Oktober 2024"), (40, 90, "Rechnung Nr. 2024/187")
    )

    assert dated["invoice_date"] == "2024-10-09"
    assert "invoice_date" not in two


def test_a_number_that_looks_like_a_date_behind_its_title() -> None:
    polish = Locale("pl", ",", " ", currency="PLN", country="PL")

    said = found_in(
        (200, 60, "FAKTURA VAT nr 14/02/2025"), (400, 40, "Kraków, dnia 2025-02-10"), locale=polish
    )

    assert (said["invoice_number"], said["invoice_date"]) == ("14/02/2025", "2025-02-10")


def test_a_number_with_the_letters_of_its_series() -> None:
    portuguese = Locale("pt", ",", ".", currency="EUR", country="PT")

    assert found_in((40, 60, "Fatura FT 2025/1043"), locale=portuguese)["invoice_number"] == "FT 2025/1043"


def test_the_row_that_sums_up_net_and_gross() -> None:
    polish = Locale("pl", ",", " ", currency="PLN", country="PL")

    said = found_in(
        (40, 100, "Lp."), (80, 100, "Nazwa"), (250, 100, "Ilość"), (320, 100, "Cena netto"), (420, 100, "Wartość netto"), (520, 100, "Wartość brutto"),
        (40, 120, "1"), (80, 120, "Druk"), (255, 120, "500"), (320, 120, "6,40"), (420, 120, "3 200,00"), (520, 120, "3 456,00"),
        (40, 140, "2"), (80, 140, "Projekt"), (255, 140, "1"), (320, 140, "450,00"), (420, 140, "450,00"), (520, 140, "553,50"),
        (320, 160, "Razem"), (420, 160, "3 650,00"), (520, 160, "4 009,50"), locale=polish,
    )  # fmt: skip

    assert (said["subtotal"], said["total"]) == (3650.0, 4009.5)


def test_a_tax_that_a_total_includes_is_no_label_of_its_own() -> None:
    swiss = Locale("de", ".", "'", currency="CHF", country="CH")

    said = found_in(
        (40, 500, "Zwischentotal"), (450, 500, "6'874.00"), (40, 520, "MWST 8.1 %"), (450, 520, "556.80"), (40, 540, "Rechnungstotal inkl. MWST"), (450, 540, "7'430.80"),
        (40, 600, "Zahlbar innert 30 Tagen rein netto."), locale=swiss,
    )  # fmt: skip

    assert (said["subtotal"], said["tax_total"], said["total"]) == (6874.0, 556.8, 7430.8)


def test_numbers_behind_a_colon() -> None:
    hotel = found_in((40, 60, "Rechnung: H-4471/25"), (40, 75, "Datum: 21.07.2025"))
    translator = found_in(
        (40, 60, "Factura"),
        (40, 75, "Número: 2025-014"),
        (40, 90, "Fecha: 30 de mayo de 2025"),
        locale=Locale("es", ",", "."),
    )
    dated = found_in((40, 60, "Rechnung: 21.07.2025"))

    assert (hotel["invoice_number"], translator["invoice_number"]) == ("H-4471/25", "2025-014")
    assert "invoice_number" not in dated
