"""What is declared to customs."""

from octavo.domain.document_types import cargo
from octavo.domain.template import DocumentType, FieldSpec, FieldType

CUSTOMS_DECLARATION = DocumentType(
    name="customs_declaration",
    title="Customs declaration",
    description="An import, export or transit declaration.",
    fields=(
        cargo.number(
            "declaration_number",
            "MRN, entry number or the office's own.",
            "declaration no.", "declaration no", "declaration number", "mrn", "entry number", "entry no.", "filer code/entry no.", "filer code/entry number", "anmeldungs-nr.", "zollanmeldung nr.", "n° de déclaration",
            "déclaration n°", "nº de declaración", "declaración n.º", "n. dichiarazione", "dichiarazione n.", "n.º da declaração", "declaração n.º", "aangiftenummer",
            "aangifte nr.",
        ),
        FieldSpec(
            "declaration_type",
            FieldType.ENUM,
            "",
            ("declaration type", "type of declaration", "art der anmeldung", "anmeldeart", "type de déclaration", "tipo de declaración", "tipo di dichiarazione", "tipo de declaração", "soort aangifte", "type aangifte"),
            values=("import", "export", "transit"),
        ),
        FieldSpec("date", FieldType.DATE, "", ("acceptance date", "date of acceptance", "fecha de admisión", "data di accettazione", "date d'acceptation", "annahmedatum", "data de aceitação", "datum van aanvaarding", "date of declaration", "declaration date", "summary date", "entry date", *cargo.ISSUE_DATE_NAMES)),
        cargo.IMPORTER,
        cargo.EXPORTER,
        FieldSpec(
            "declarant",
            FieldType.STRING,
            "",
            ("declarant", "declarant/representative", "customs broker", "broker", "anmelder", "anmelder/vertreter", "déclarant", "declarante", "dichiarante", "aangever"),
        ),
        FieldSpec(
            "customs_office",
            FieldType.STRING,
            "",
            ("customs office", "office of entry", "office of exit", "port of entry", "zollstelle", "bureau de douane", "aduana", "oficina de aduanas", "ufficio doganale", "dogana", "estância aduaneira", "alfândega", "douanekantoor"),
        ),
        FieldSpec(
            "procedure_code",
            FieldType.IDENTIFIER,
            "",
            ("procedure", "procedure code", "verfahren", "verfahrenscode", "régime", "code régime", "régimen", "regime", "código de regime", "regeling", "regelingscode"),
        ),
        cargo.HS_CODE,
        cargo.GOODS,
        cargo.COUNTRY_OF_ORIGIN,
        FieldSpec(
            "country_of_destination",
            FieldType.COUNTRY,
            "",
            ("country of destination", "bestimm.l.code", "bestimmungsland", "bestimmungsland code", "country of destination code", "code pays de destination", "pays de destination", "país de destino", "paese di destinazione", "land van bestemming"),
        ),
        FieldSpec(
            "value",
            FieldType.MONEY,
            "Of the goods, as declared.",
            ("customs value", "declared value", "total invoice value", "total value", "invoice value", "statistical value", "entered value", "total entered value", "total customs value", "gesamtbetrag", "in rechnung gestellter gesamtbetrag", "währung u. in rechn. gestellter gesamtbetrag", "currency and total amount invoiced", "monnaie et montant total facturé", "divisa e importe total factura", "valuta e importo totale fatturato", "zollwert", "rechnungsbetrag", "gesamtwert", "valeur en douane", "valeur totale", "valor en aduana", "valor total", "valore in dogana", "valore doganale", "valor aduaneiro", "douanewaarde", "totale waarde"),
        ),
        FieldSpec("currency", FieldType.CURRENCY, "ISO 4217.", ("currency", "währung", "devise", "moneda", "valuta", "moeda")),
        FieldSpec(
            "duty_rate",
            FieldType.PERCENTAGE,
            "",
            ("duty rate", "rate of duty", "zollsatz", "taux de droit", "tipo arancelario", "aliquota daziaria", "taxa de direitos", "douanetarief"),
        ),
        FieldSpec(
            "duty_amount",
            FieldType.MONEY,
            "",
            ("duty", "duty amount", "customs duty", "total duty", "duty payable", "zollbetrag", "zollabgabe", "droits de douane", "montant des droits", "derechos de aduana", "arancel", "dazio", "dazi doganali", "direitos aduaneiros", "imposto de importação", "invoerrechten", "douanerechten"),
        ),
        FieldSpec(
            "tax_amount",
            FieldType.MONEY,
            "VAT or GST due at import.",
            ("import vat", "vat", "gst", "einfuhrumsatzsteuer", "tva", "tva à l'importation", "iva", "iva a la importación", "iva all'importazione", "btw", "btw bij invoer"),
        ),
        cargo.PACKAGE_COUNT,
        cargo.GROSS_WEIGHT,
        cargo.NET_WEIGHT,
        cargo.WEIGHT_UNIT,
        cargo.CONTAINERS,
        cargo.INCOTERM,
    ),
)  # fmt: skip
