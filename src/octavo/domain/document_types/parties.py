"""Who sells, buys, ships or receives: the same fields wherever a party is named."""

from octavo.domain.template import FieldSpec, FieldType

PARTY_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("name", FieldType.STRING, "Of the company or person."),
    FieldSpec("address", FieldType.ADDRESS, "The whole address on one line, without the name."),
    FieldSpec("street", FieldType.STRING, "Street and number."),
    FieldSpec("city", FieldType.STRING),
    FieldSpec("postal_code", FieldType.STRING),
    FieldSpec("state", FieldType.STRING, "State, province or region."),
    FieldSpec("country", FieldType.COUNTRY, "ISO 3166-1 alpha-2."),
    FieldSpec("tax_id", FieldType.TAX_ID, "VAT, GST or other tax number."),
    FieldSpec("registration_number", FieldType.IDENTIFIER, "In the register of companies."),
    FieldSpec("email", FieldType.EMAIL),
    FieldSpec("phone", FieldType.PHONE, "E.164 where the country is known."),
    FieldSpec("website", FieldType.URL),
    FieldSpec("iban", FieldType.IBAN),
    FieldSpec("bic", FieldType.BIC),
)


def party(name: str, description: str, synonyms: tuple[str, ...] = ()) -> FieldSpec:
    return FieldSpec(name, FieldType.OBJECT, description, synonyms, fields=PARTY_FIELDS)
