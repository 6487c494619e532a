"""The contract of carriage of goods by air."""

from octavo.domain.document_types import cargo
from octavo.domain.template import DocumentType, FieldSpec, FieldType

AIR_WAYBILL = DocumentType(
    name="air_waybill",
    title="Air waybill",
    description="A master or house air waybill.",
    fields=(
        cargo.number(
            "awb_number",
            "Eleven digits without spaces: airline, serial, check digit.",
            "air waybill no.", "air waybill no", "air waybill number", "awb no.", "awb no", "awb number", "awb", "mawb", "mawb no.", "luftfrachtbrief-nr.",
            "luftfrachtbrief nr.", "lta n°", "lettre de transport aérien n°", "guía aérea n.º", "conocimiento aéreo n.º",
            "lettera di vettura aerea n.", "conhecimento aéreo n.º", "luchtvrachtbrief nr.", "luchtvrachtbriefnummer",
        ),
        FieldSpec("house_awb_number", FieldType.IDENTIFIER, "", ("hawb", "hawb no.", "house air waybill", "house awb no.")),
        FieldSpec("date", FieldType.DATE, "Of execution.", ("executed on", "executed on (date)", *cargo.ISSUE_DATE_NAMES)),
        cargo.SHIPPER,
        cargo.CONSIGNEE,
        FieldSpec("shipper_account_number", FieldType.IDENTIFIER, "", ("shipper's account number", "shipper account number")),
        FieldSpec(
            "consignee_account_number", FieldType.IDENTIFIER, "", ("consignee's account number", "consignee account number")
        ),
        FieldSpec(
            "agent",
            FieldType.STRING,
            "The issuing carrier's agent.",
            ("issuing carrier's agent name and city", "issuing carrier's agent", "agent"),
        ),
        cargo.CARRIER,
        FieldSpec(
            "origin",
            FieldType.STRING,
            "IATA code of the airport where it is printed, else the name.",
            (
                "airport of departure", "airport of departure and requested routing", "origin", "abflughafen", "aéroport de départ",
                "aeropuerto de salida", "aeropuerto de origen", "aeroporto di partenza", "aeroporto de partida", "aeroporto de origem",
                "luchthaven van vertrek",
            ),
        ),
        FieldSpec(
            "destination",
            FieldType.STRING,
            "As `origin`.",
            (
                "airport of destination", "destination", "bestimmungsflughafen", "zielflughafen", "aéroport de destination",
                "aeropuerto de destino", "aeroporto di destinazione", "aeroporto de destino", "luchthaven van bestemming",
            ),
        ),
        FieldSpec(
            "flight_number",
            FieldType.IDENTIFIER,
            "",
            (
                "flight", "flight no.", "flight number", "flight/date", "requested flight/date", "flug", "flugnummer", "flug-nr.", "vol", "n° de vol", "vuelo",
                "nº de vuelo", "volo", "volo n.", "voo", "voo n.º", "vlucht", "vluchtnummer",
            ),
        ),
        FieldSpec(
            "flight_date",
            FieldType.DATE,
            "",
            (
                "flight date", "flight/date", "requested flight/date", "flugdatum", "date du vol", "fecha del vuelo", "fecha de vuelo", "data del volo", "data do voo",
                "vluchtdatum",
            ),
        ),
        FieldSpec(
            "pieces",
            FieldType.INTEGER,
            "",
            (
                "no. of pieces", "no. of pieces rcp", "pieces", "number of pieces", "total pieces", "stückzahl", "anzahl stücke", "nombre de pièces",
                "nombre de colis", "número de piezas", "n.º de piezas", "piezas", "numero di colli", "n. colli", "número de peças", "n.º de volumes",
                "aantal stuks", "aantal colli",
            ),
        ),
        cargo.GROSS_WEIGHT,
        FieldSpec(
            "chargeable_weight",
            FieldType.NUMBER,
            "",
            (
                "chargeable weight", "chargeable wt", "frachtpflichtiges gewicht", "poids taxable", "peso tasable", "peso tassabile", "peso taxável",
                "belastbaar gewicht",
            ),
        ),
        FieldSpec("weight_unit", FieldType.ENUM, "`K` kilograms, `L` pounds.", values=("K", "L")),
        FieldSpec("dimensions", FieldType.STRING, "As printed.", ("dimensions", "dims", "abmessungen", "dimensiones", "dimensioni", "dimensões", "afmetingen")),
        FieldSpec(
            "declared_value",
            FieldType.MONEY,
            "For carriage; nothing where none is declared (NVD).",
            ("declared value for carriage", "declared value", "wertangabe", "valeur déclarée", "valor declarado", "valore dichiarato", "aangegeven waarde"),
        ),
        FieldSpec(
            "currency", FieldType.CURRENCY, "ISO 4217.", ("currency", "währung", "devise", "moneda", "valuta", "moeda")
        ),
        cargo.GOODS,
        cargo.HS_CODE,
        cargo.FREIGHT_TERMS,
    ),
)  # fmt: skip
