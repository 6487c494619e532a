"""Where goods were made, certified by a chamber or an authority."""

from octavo.domain.document_types import cargo
from octavo.domain.template import DocumentType, FieldSpec, FieldType

CERTIFICATE_OF_ORIGIN = DocumentType(
    name="certificate_of_origin",
    title="Certificate of origin",
    description="A certificate of origin, preferential (EUR.1, Form A) or not.",
    fields=(
        cargo.number(
            "certificate_number",
            "Of the certificate.",
            "certificate no.", "certificate no", "certificate number", "certificate of origin no.", "reference no.", "reference no", "ursprungszeugnis nr.", "ursprungszeugnis-nr.",
            "certificat n°", "n° du certificat", "n°", "nr.", "nº", "certificado n.º", "nº de certificado", "certificato n.", "n. certificato", "certificado nº",
            "certificaat nr.", "certificaatnummer",
        ),
        cargo.ISSUE_DATE,
        cargo.PLACE_OF_ISSUE,
        cargo.EXPORTER,
        cargo.IMPORTER,
        FieldSpec(
            "issuing_authority",
            FieldType.STRING,
            "",
            ("issuing authority", "certifying authority", "issued by", "competent authority", "ausstellende stelle", "zuständige stelle", "autorité compétente", "organisme émetteur", "autoridad expedidora", "entidad emisora", "autorità emittente", "autorità di rilascio", "autoridade emissora", "entidade emissora", "afgevende instantie"),
        ),
        cargo.COUNTRY_OF_ORIGIN,
        FieldSpec(
            "country_of_destination",
            FieldType.COUNTRY,
            "",
            ("country of destination", "destination country", "bestimmungsland", "pays de destination", "país de destino", "paese di destinazione", "land van bestemming"),
        ),
        FieldSpec(
            "transport_details",
            FieldType.TEXT,
            "",
            ("means of transport and route", "transport details", "means of transport", "angaben über die beförderung", "beförderungsangaben", "informations relatives au transport", "moyen de transport", "medio de transporte", "mezzo di trasporto", "meio de transporte", "gegevens betreffende het vervoer", "vervoermiddel"),
        ),
        FieldSpec(
            "invoice_number",
            FieldType.IDENTIFIER,
            "",
            ("invoice no.", "invoice no", "invoice number", "number and date of invoice", "number and date of invoices", "facture / invoice", "invoice", "facture", "rechnung", "rechnungsnummer", "rechnungs-nr.", "facture n°", "n° de facture", "factura n.º", "fattura n.", "fatura n.º", "factuurnummer"),
        ),
        cargo.GOODS,
        cargo.HS_CODE,
        cargo.PACKAGE_COUNT,
        cargo.GROSS_WEIGHT,
        cargo.NET_WEIGHT,
        cargo.WEIGHT_UNIT,
    ),
)  # fmt: skip
