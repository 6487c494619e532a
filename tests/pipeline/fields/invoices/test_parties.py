"""Who sells and who buys: by label, by place on the page, in the forms of many countries."""

import pytest
from tests.pipeline.fields.papers import Text, view

from octavo.pipeline.fields.parties import find_parties
from octavo.pipeline.fields.places import read_country, read_postal_line
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.roles import INVOICE_ROLES

GERMAN = Locale("de", ",", ".", country="DE")


def found_in(*texts: Text) -> dict[str, object]:
    parties = find_parties(view(*texts), INVOICE_ROLES, GERMAN, sender="seller", receiver="buyer")
    return {field.path: field.value for party in parties.values() for field in party.to_fields()}


@pytest.mark.parametrize(
    ("text", "code", "city", "country"),
    [
        ("80333 München", "80333", "München", None),
        ("D-80333 München", "80333", "München", "DE"),
        ("FR-75008 Paris CEDEX 08", "75008", "Paris", "FR"),
        ("1012 AB Amsterdam", "1012 AB", "Amsterdam", "NL"),
        ("1200-195 Lisboa", "1200-195", "Lisboa", "PT"),
        ("00-950 Warszawa", "00-950", "Warszawa", "PL"),
        ("20121 Milano (MI)", "20121", "Milano", "IT"),
        ("Springfield, IL 62704", "62704", "Springfield", "US"),
        ("Leeds LS1 4AB", "LS1 4AB", "Leeds", "GB"),
        ("Toronto, ON M5H 2N2", "M5H 2N2", "Toronto", "CA"),
        ("San Francisco, California 94104", "94104", "San Francisco", "US"),
        ("Hauptstr. 5, 80333 München", "80333", "München", None),
    ],
)
def test_postal_lines_of_many_countries(text: str, code: str, city: str, country: str | None) -> None:
    line = read_postal_line(text)

    assert line is not None
    assert (line.code, line.city, line.country) == (code, city, country)


@pytest.mark.parametrize(
    "text",
    [
        "Seite 1",
        "Rechnung 2018 vom Mai",
        "HRB Nr. 372876",
        "10000,0000 KWh",
        "2018 bestellt",
        "Total 12000",
        "PMB 72296",
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert read_postal_line(text) is None


def test_countries_are_known_by_their_names_in_several_languages() -> None:
    assert {read_country(name) for name in ("Deutschland", "Allemagne", "Germania", "Germany")} == {"DE"}


def test_labelled_addresses_side_by_side() -> None:
    said = found_in(
        (40, 100, "Verkäufer:"), (320, 100, "Käufer:"), (40, 114, "Acme GmbH"), (320, 114, "Kunden AG"), (40, 128, "Hafenweg 2"),
        (320, 128, "Ringstr. 7"), (40, 142, "20095 Hamburg"), (320, 142, "50667 Köln"), (40, 156, "USt-IdNr. DE123456789"),
    )  # fmt: skip

    assert said["seller.name"] == "Acme GmbH"
    assert said["seller.address"] == "Hafenweg 2, 20095 Hamburg"
    assert said["seller.tax_id"] == "DE123456789"
    assert (said["buyer.name"], said["buyer.street"], said["buyer.city"]) == (
        "Kunden AG",
        "Ringstr. 7",
        "Köln",
    )
    assert "buyer.tax_id" not in said


def test_a_letter_names_its_sender_on_the_line_above_the_window() -> None:
    said = found_in(
        (60, 120, "Acme GmbH · Hafenweg 2 · 20095 Hamburg"),
        (60, 140, "Kunden AG"),
        (60, 154, "Frau Muster"),
        (60, 168, "Ringstr. 7"),
        (60, 182, "50667 Köln"),
    )

    assert (said["seller.name"], said["seller.street"], said["seller.postal_code"]) == (
        "Acme GmbH",
        "Hafenweg 2",
        "20095",
    )
    assert (said["buyer.name"], said["buyer.street"]) == ("Kunden AG", "Ringstr. 7")


def test_labels_in_a_column_of_their_own() -> None:
    said = found_in(
        (60, 100, "Käufer"), (60, 114, "Nummer:"), (200, 114, "GE2020211"), (60, 128, "Name:"), (200, 128, "Kunden AG Mitte"), (60, 142, "Anschrift:"),
        (200, 142, "Kundenstraße 15"), (200, 156, "DE 69876 Frankfurt"),
    )  # fmt: skip

    assert (said["buyer.name"], said["buyer.street"], said["buyer.postal_code"]) == (
        "Kunden AG Mitte",
        "Kundenstraße 15",
        "69876",
    )


def test_a_code_that_stands_a_little_apart_from_its_city_is_found() -> None:
    said = found_in(
        (60, 100, "Bill to:"),
        (60, 114, "Lone Pine LLC"),
        (60, 128, "4 Harbor Drive"),
        (60, 142, "Portland, OR"),
        (130, 142, "97205"),
    )

    assert (said["buyer.city"], said["buyer.state"], said["buyer.postal_code"]) == ("Portland", "OR", "97205")


def test_a_tax_id_that_is_said_to_be_the_buyers_is_not_the_sellers() -> None:
    said = found_in(
        (60, 100, "Verkäufer:"), (60, 114, "Acme GmbH"), (60, 128, "Hafenweg 2"), (60, 142, "20095 Hamburg"), (320, 100, "Käufer:"), (320, 114, "Kunden AG"),
        (320, 128, "Ringstr. 7"), (320, 142, "50667 Köln"), (60, 300, "Ihre USt-IdNr.: DE987654321"), (60, 700, "USt-IdNr.: DE123456789"),
    )  # fmt: skip

    assert (said["seller.tax_id"], said["buyer.tax_id"]) == ("DE123456789", "DE987654321")


def test_a_town_above_its_postal_code() -> None:
    said = found_in(
        (320, 100, "Bill to:"), (320, 114, "Mr A J Okonkwo"), (320, 128, "Flat 3, 21 Leith Walk"), (320, 142, "Edinburgh"), (320, 156, "EH6 8LN"),
    )  # fmt: skip

    assert (said["buyer.name"], said["buyer.street"]) == ("Mr A J Okonkwo", "Flat 3, 21 Leith Walk")
    assert (said["buyer.city"], said["buyer.postal_code"]) == ("Edinburgh", "EH6 8LN")


def test_a_form_of_address_is_no_name() -> None:
    said = found_in(
        (40, 100, "Rechnung an:"), (40, 114, "Herrn und Frau"), (40, 128, "Klaus Brömmel"), (40, 142, "Humboldtstr. 114b"), (40, 156, "99425 Weimar"),
    )  # fmt: skip

    assert said["buyer.name"] == "Klaus Brömmel"


def test_a_street_with_its_number_behind_a_comma_is_no_name() -> None:
    said = found_in(
        (40, 60, "Vendedor:"), (40, 74, "Luz del Sur, S.A.U."), (40, 88, "C/ Ribera del Loira, 60 - 28042 Madrid"),
        (320, 60, "Cliente:"), (320, 74, "Marta Ibáñez"), (320, 88, "Domicilio: Av. de la Constitución 18, 3ºB, 41004 Sevilla"),
    )  # fmt: skip

    assert (said["seller.name"], said["seller.street"]) == ("Luz del Sur, S.A.U.", "C/ Ribera del Loira, 60")
    assert (said["buyer.name"], said["buyer.street"]) == ("Marta Ibáñez", "Av. de la Constitución 18, 3ºB")


def test_of_two_tax_numbers_on_a_line_the_one_with_its_country_is_the_tax_id() -> None:
    said = found_in(
        (40, 60, "Verkäufer:"), (40, 74, "Acme GmbH"), (40, 88, "Hafenweg 2"), (40, 102, "20095 Hamburg"),
        (40, 116, "Steuernummer 162/212/04517 · USt-IdNr. DE 187654321"),
    )  # fmt: skip

    assert (said["seller.tax_id"], said["seller.registration_number"]) == ("DE187654321", "162/212/04517")


def test_a_department_above_the_company_is_not_the_buyer() -> None:
    said = found_in((40, 100, "Bill to:"), (40, 114, "Finance Department"), (40, 128, "Anglia Seeds plc"), (40, 142, "Wharf Road"), (40, 156, "Ipswich"),
                    (40, 170, "IP2 8SX"))  # fmt: skip

    assert said["buyer.name"] == "Anglia Seeds plc"


def test_a_tax_number_in_groups_and_none_that_is_a_date() -> None:
    said = found_in(
        (40, 60, "Verkäufer:"),
        (40, 74, "Acme Ltd"),
        (40, 88, "Hafenweg 2"),
        (40, 102, "20095 Hamburg"),
        (40, 116, "VAT Reg No: GB 284 7712 09"),
    )
    dated = found_in((40, 60, "Verkäufer:"), (40, 74, "Acme"), (40, 88, "Hafenweg 2"), (40, 102, "20095 Hamburg"), (40, 116, "FAKTURA VAT nr 14/02/2025"))  # fmt: skip

    assert said["seller.tax_id"] == "GB284771209"
    assert "seller.tax_id" not in dated


def test_a_title_above_a_name_is_no_name() -> None:
    said = found_in((40, 60, "TAX INVOICE"), (40, 76, "Wattle Grove Pty Ltd"), (40, 90, "PO Box 77, Byron Bay NSW 2481"),
                    (40, 140, "To"), (40, 154, "Tallow Beach Resort"), (40, 168, "19 Lighthouse Rd"), (40, 182, "Byron Bay NSW 2481"))  # fmt: skip

    assert (said["seller.name"], said["buyer.name"]) == ("Wattle Grove Pty Ltd", "Tallow Beach Resort")


def test_an_address_on_one_line_has_its_name_above() -> None:
    said = found_in((40, 60, "Nerea Otxoa — Traductora jurada"), (40, 74, "NIF 72514980K · Calle Mayor 9, 2º izda. · 20301 Irún (Gipuzkoa)"),
                    (40, 120, "Cliente: Bufete Aranburu SLP"), (40, 134, "Plaza Gipuzkoa, 3 — 20004 Donostia"))  # fmt: skip

    assert (said["seller.name"], said["seller.city"], said["seller.tax_id"]) == (
        "Nerea Otxoa",
        "Irún",
        "72514980K",
    )
    assert (said["buyer.name"], said["buyer.street"]) == ("Bufete Aranburu SLP", "Plaza Gipuzkoa, 3")


def test_a_role_with_another_in_brackets() -> None:
    said = found_in((40, 60, "Sharma Textiles Pvt. Ltd."), (40, 74, "Plot 41, Ring Road, Surat, Gujarat - 395002"),
                    (40, 130, "Buyer (Bill to)"), (40, 144, "Kochi Garments LLP"), (40, 158, "MG Road, Ernakulam, Kerala 682016"))  # fmt: skip

    assert (said["seller.name"], said["buyer.name"]) == ("Sharma Textiles Pvt. Ltd.", "Kochi Garments LLP")


def test_what_firms_must_print_tells_the_seller_from_the_addressee() -> None:
    said = found_in(
        (40, 60, "Alizé Télécom"), (40, 90, "M. Karim Benali"), (40, 104, "22 rue des Lilas"), (40, 118, "31000 Toulouse"),
        (40, 300, "Alizé Télécom SAS - RCS Nantes 512 345 678 - 4 quai de la Fosse, 44000 Nantes - TVA FR22512345678"),
    )  # fmt: skip

    assert (said["seller.city"], said["buyer.city"]) == ("Nantes", "Toulouse")
