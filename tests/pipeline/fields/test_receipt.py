"""Receipts of several countries, as tills print them."""

from collections.abc import Sequence

import pytest
from tests.pipeline.fields.papers import slip

from octavo.domain.field import Field, Fields
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.extract import extract_fields

MALAYSIAN = (
    "KEDAI BUKU MAJU SDN BHD",
    "(123456-X)",
    "No. 12, Jalan Merdeka 3/4,",
    "Taman Indah, 43000 Kajang, Selangor.",
    "Tel: 03-8733 1234",
    "GST Reg No: 000123456789",
    "TAX INVOICE",
    "Invoice No: CS-00123 | Date: 05/03/2018 10:22",
    "Description | Qty | Price | Amount",
    "PEN BLUE | 2 | 1.50 | 3.00",
    "NOTEBOOK A5 | 1 | 5.30 | 5.30",
    "Sub Total | 8.30",
    "GST 6% | 0.50",
    "Rounding | 0.00",
    "Total | RM 8.80",
    "Cash | 10.00",
    "Change | 1.20",
    "Thank you, please come again",
)
GERMAN = (
    "Bäckerei Sonnenschein GmbH",
    "Hauptstraße 12",
    "80331 München",
    "Tel. 089 / 123456",
    "Beleg-Nr.: 4711 | Kasse 2",
    "13.05.2021 | 08:15 Uhr",
    "2 x Brezel | 1,80 A",
    "Kaffee groß | 3,20 B",
    "Summe EUR | 5,00",
    "Bar | 10,00",
    "Rückgeld | 5,00",
    "MwSt 7% | 0,12",
    "Vielen Dank für Ihren Einkauf",
)
FRENCH = (
    "BOULANGERIE DUPONT SARL",
    "14 rue de la République",
    "69002 LYON",
    "Tél : 04 78 00 00 00",
    "SIRET 732 829 320 00074",
    "Ticket N° 000451 | le 21/09/2022 à 12:31",
    "1 Baguette | 1,10",
    "2 Croissants | 2,40",
    "TOTAL TTC | 3,50 €",
    "Espèces | 5,00 €",
    "Rendu | 1,50 €",
    "Merci de votre visite",
)
AMERICAN = (
    "JOE'S DINER LLC",
    "123 Main Street",
    "Springfield, IL 62701",
    "(217) 555-0100",
    "Server: Ann | Table 4",
    "07/23/2023 6:45 PM",
    "Check #: 1042",
    "1 Cheeseburger | $11.00",
    "2 Iced Tea | $5.00",
    "Subtotal | $16.00",
    "Sales Tax | $1.40",
    "Total | $17.40",
    "Visa xxxxxxxxxxxx4242 | $17.40",
    "Thank you!",
)
SPANISH = (
    "SUPERMERCADO LA PLAZA S.L.",
    "Calle Mayor 5",
    "28013 Madrid",
    "CIF B58378431",
    "Factura simplificada 2022-0091",
    "Fecha 03/11/2022 Hora 19:05",
    "1 ACEITE OLIVA | 8,95",
    "2 LECHE | 1,80",
    "TOTAL | 10,75",
    "Tarjeta | 10,75",
    "Gracias por su visita",
)


BRITISH = (
    "LINDEN & SON GROCERS",
    "27 Quay Road, Port Ellery",
    "Tel 01632 960 417",
    "VAT Reg GB 999 0012 47",
    "07/11/2025 | 16:42",
    "6 x Free range eggs | 2.95",
    "0.412 kg Comte @ 24.90 | 10.26",
    "1 x Paper bag | 0.15",
    "Subtotal | 13.36",
    "Discount 5 % | -0.67",
    "TOTAL GBP | 12.69",
    "Visa ****4402 | 12.69",
)


def read(lines: Sequence[str]) -> Fields:
    return extract_fields([slip(lines)], FieldOrder())


def found(fields: Fields, path: str) -> Field:
    field = fields.field(path)
    assert field is not None, f"{path} was not found among {[one.path for one in fields.found]}"
    return field


@pytest.mark.parametrize(
    ("lines", "name", "address", "day", "total", "locale"),
    [
        (
            MALAYSIAN,
            "KEDAI BUKU MAJU SDN BHD",
            "No. 12, Jalan Merdeka 3/4, Taman Indah, 43000 Kajang, Selangor.",
            "2018-03-05",
            8.8,
            "en-MY",
        ),
        (GERMAN, "Bäckerei Sonnenschein GmbH", "Hauptstraße 12 80331 München", "2021-05-13", 5.0, "de-DE"),
        (FRENCH, "BOULANGERIE DUPONT SARL", "14 rue de la République 69002 LYON", "2022-09-21", 3.5, "fr-FR"),
        (AMERICAN, "JOE'S DINER LLC", "123 Main Street Springfield, IL 62701", "2023-07-23", 17.4, "en-US"),
        (SPANISH, "SUPERMERCADO LA PLAZA S.L.", "Calle Mayor 5 28013 Madrid", "2022-11-03", 10.75, "es-ES"),
    ],
    ids=["malaysian", "german", "french", "american", "spanish"],
)
def test_a_receipt_of_any_country_says_who_when_and_how_much(
    lines: Sequence[str], name: str, address: str, day: str, total: float, locale: str
) -> None:
    fields = read(lines)

    assert fields.document_type == "receipt"
    assert found(fields, "merchant.name").value == name
    assert found(fields, "merchant.address").value == address
    assert found(fields, "date").value == day
    assert found(fields, "total").value == total
    assert fields.locale == locale


def test_every_value_has_evidence() -> None:
    for field in read(MALAYSIAN).found:
        if field.source.value != "computed":
            assert field.raw_text, field.path
            assert field.places, field.path
            assert all(place.page == 1 and place.bbox is not None for place in field.places)
        assert field.confidence is not None
        assert 0.0 <= field.confidence <= 1.0


def test_a_total_that_was_paid_is_proven() -> None:
    fields = read(MALAYSIAN)

    assert found(fields, "total").verified
    assert set(found(fields, "total").checks) == {"paid", "sum"}
    assert all(check.passed for check in fields.checks)


def test_a_total_that_does_not_add_up_is_told() -> None:
    lines = [line.replace("Sub Total | 8.30", "Sub Total | 9.30") for line in MALAYSIAN]

    checks = {check.code: check.passed for check in read(lines).checks if check.code == "sum"}

    assert checks == {"sum": False}


def test_what_was_bought_is_told_line_by_line() -> None:
    fields = read(MALAYSIAN)

    assert [
        tuple(
            found(fields, f"line_items.{number}.{name}").value
            for name in ("description", "quantity", "amount")
        )
        for number in range(2)
    ] == [("PEN BLUE", 2.0, 3.0), ("NOTEBOOK A5", 1.0, 5.3)]
    assert fields.field("line_items.2.amount") is None
    assert found(fields, "line_items.0.amount").verified


def test_how_it_was_paid_is_told() -> None:
    assert found(read(GERMAN), "payment_method").value == "cash"
    assert found(read(AMERICAN), "payment_method").value == "card"
    assert found(read(AMERICAN), "card_last_digits").value == "4242"
    assert (found(read(FRENCH), "paid").value, found(read(FRENCH), "change").value) == (5.0, 1.5)


def test_numbers_and_contacts_of_the_merchant_are_told() -> None:
    fields = read(MALAYSIAN)

    assert found(fields, "receipt_number").value == "CS-00123"
    assert found(fields, "merchant.tax_id").value == "000123456789"
    assert found(fields, "merchant.phone").value == "+60387331234"
    assert found(fields, "currency").value == "MYR"
    assert found(fields, "time").value == "10:22"


def test_what_a_receipt_does_not_say_is_missing() -> None:
    fields = read(GERMAN)

    assert fields.field("card_last_digits") is None
    assert fields.field("rounding") is None
    assert fields.field("merchant.email") is None


def test_the_caller_may_say_the_type() -> None:
    fields = extract_fields([slip(MALAYSIAN)], FieldOrder(document_type="generic"))

    assert fields.document_type == "generic"
    assert fields.type_confidence is None
    assert fields.guesses == ()


def test_an_empty_document_is_of_no_kind_and_says_nothing() -> None:
    fields = extract_fields([], FieldOrder())

    assert (fields.document_type, fields.found) == ("generic", ())


def test_goods_are_no_address_and_a_weight_is_a_quantity() -> None:
    fields = read(BRITISH)

    assert found(fields, "merchant.address").value == "27 Quay Road, Port Ellery"
    assert found(fields, "merchant.tax_id").value == "GB 999 0012 47"
    assert found(fields, "currency").value == "GBP"
    assert found(fields, "line_items.1.quantity").value == pytest.approx(0.412)
    assert found(fields, "line_items.1.unit_price").value == pytest.approx(24.9)
    assert found(fields, "line_items.2.amount").value == pytest.approx(0.15)
    assert [check.passed for check in fields.checks if check.code == "lines_sum"] == [True]


def test_a_weight_makes_no_company_and_the_number_of_a_branch_no_label() -> None:
    shop = (
        "SAINSBERRY LOCAL",
        "14 High Street, Lewes",
        "BROCCOLI 0.412 kg @ | 0.84",
        "CHEDDAR | 3.75",
        "BALANCE DUE | 4.59",
    )
    fuel = (
        "PRAIRIE FUEL #218",
        "3901 N WOODLAWN",
        "WICHITA KS 67220",
        "DATE 11/23/24",
        "FUEL SALE | $33.29",
        "CREDIT | $33.29",
    )

    names = [
        extract_fields([slip(lines)], FieldOrder(document_type="receipt")).field("merchant.name")
        for lines in (shop, fuel)
    ]

    assert [name and name.value for name in names] == ["SAINSBERRY LOCAL", "PRAIRIE FUEL #218"]
