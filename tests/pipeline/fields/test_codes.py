import pytest

from octavo.domain.template import FieldSpec, FieldType
from octavo.pipeline.fields.readers.codes import bics_in, ibans_in, is_tax_number, read_iban, vat_numbers_in
from octavo.pipeline.fields.readers.contacts import emails_in, phones_in, urls_in
from octavo.pipeline.fields.readers.countries import country_of
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.typed import read_typed

TEXT = "IBAN: DE89 3704 0044 0532 0130 00 BIC: COBADEFFXXX"


def test_an_iban_is_told_from_the_code_behind_it() -> None:
    assert [(code.value, code.raw_text, code.proven) for code in ibans_in(TEXT)] == [
        ("DE89370400440532013000", "DE89 3704 0044 0532 0130 00", True)
    ]


def test_an_iban_whose_check_digits_are_wrong_is_none() -> None:
    assert read_iban("DE89 3704 0044 0532 0130 01") is None


def test_a_word_in_capitals_is_a_bic_only_beside_its_label() -> None:
    assert [code.value for code in bics_in(TEXT)] == ["COBADEFFXXX"]
    assert bics_in("WARNINGS") == []


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("DE136695976", None),
        ("FR 40 303 265 045", None),
        ("NL004495445B01", None),
        ("B58378431", "ES"),
        ("27AAPFU0939F1ZV", "IN"),
    ],
)
def test_tax_numbers_are_proven_by_their_check_digits(number: str, country: str | None) -> None:
    assert is_tax_number(number, country)
    assert not is_tax_number(number[:6] + ("1" if number[6] != "1" else "2") + number[7:], country)


def test_a_vat_number_is_found_among_words() -> None:
    found = vat_numbers_in("USt-IdNr. DE 136 695 976 Steuernummer")

    assert [(code.value, code.raw_text) for code in found] == [("DE136695976", "DE 136 695 976")]


def test_contacts_are_read_as_they_are_used() -> None:
    assert [mail.value for mail in emails_in("Mail: Foo.Bar@x-y.co.uk.")] == ["foo.bar@x-y.co.uk"]
    assert [url.value for url in urls_in("see www.foo.com.my/x, or bar.de")] == ["www.foo.com.my/x", "bar.de"]
    assert [phone.value for phone in phones_in("Tel: 03-8060 4233", "MY")] == ["+60380604233"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Germany", "DE"),
        ("Allemagne", "DE"),
        ("España", "ES"),
        ("USA", "US"),
        ("NL", "NL"),
        ("Atlantis", None),
    ],
)
def test_countries_are_known_by_their_names_in_many_languages(name: str, code: str | None) -> None:
    assert country_of(name) == code


@pytest.mark.parametrize(
    ("type_", "text", "values"),
    [
        (FieldType.PERCENTAGE, "inkl. 19 % und 7,5%", [19.0, 7.5]),
        (FieldType.INTEGER, "12 of 3.5", [12]),
        (FieldType.IDENTIFIER, "No. CS-20242 rev", ["CS-20242"]),
        (FieldType.BOOLEAN, "yes", [True]),
        (FieldType.CURRENCY, "EUR", ["EUR"]),
        (FieldType.STRING, ": some words ", ["some words"]),
    ],
)
def test_each_type_has_its_reader(type_: FieldType, text: str, values: list[object]) -> None:
    locale = Locale("de", ",", ".") if type_ is FieldType.PERCENTAGE else Locale()

    assert [reading.value for reading in read_typed(text, FieldSpec("x", type_), locale)] == values


def test_a_format_refuses_what_does_not_match_it_whole() -> None:
    spec = FieldSpec("x", FieldType.IDENTIFIER, format=r"RE-\d+")

    assert [reading.value for reading in read_typed("AB-1 RE-22", spec, Locale())] == ["RE-22"]
