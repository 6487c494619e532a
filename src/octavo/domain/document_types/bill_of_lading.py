"""Receipt, contract and title of goods at sea."""

from octavo.domain.document_types import cargo
from octavo.domain.template import DocumentType, FieldSpec, FieldType

SEA_FIELDS: tuple[FieldSpec, ...] = (
    cargo.BOOKING,
    cargo.ISSUE_DATE,
    cargo.PLACE_OF_ISSUE,
    cargo.SHIPPED_DATE,
    cargo.SHIPPER,
    cargo.CONSIGNEE,
    cargo.NOTIFY_PARTY,
    cargo.CARRIER,
    cargo.VESSEL,
    cargo.VOYAGE,
    cargo.PLACE_OF_RECEIPT,
    cargo.PORT_OF_LOADING,
    cargo.PORT_OF_DISCHARGE,
    cargo.PLACE_OF_DELIVERY,
    cargo.CONTAINERS,
    cargo.GOODS,
    cargo.HS_CODE,
    cargo.PACKAGE_COUNT,
    cargo.GROSS_WEIGHT,
    cargo.NET_WEIGHT,
    cargo.WEIGHT_UNIT,
    cargo.VOLUME,
    cargo.VOLUME_UNIT,
    cargo.FREIGHT_TERMS,
    FieldSpec(
        "number_of_originals",
        FieldType.INTEGER,
        "",
        (
            "number of original bills of lading", "no. of original b/l", "number of originals", "no. of original b(s)/l",
            "no. of originals", "anzahl der originale", "anzahl originale", "nombre d'originaux", "número de originales",
            "numero di originali", "número de originais", "aantal originelen",
        ),
    ),
)  # fmt: skip

BILL_OF_LADING = DocumentType(
    name="bill_of_lading",
    title="Bill of lading",
    description="An ocean or multimodal bill of lading.",
    fields=(
        cargo.number(
            "bol_number",
            "Of the bill of lading.",
            "bill of lading no.", "bill of lading no", "bill of lading number", "b/l no.", "b/l no", "b/l number", "b/l-nr.", "b/l nr.", "b/l n.º", "b/l n°", "bl no.", "bol no.", "bol number",
            "konnossement-nr.", "konnossement nr.", "konnossementnummer", "connaissement n°", "n° de connaissement", "n° connaissement",
            "conocimiento n.º", "conocimiento de embarque n.º", "nº de conocimiento", "polizza di carico n.", "n. polizza di carico",
            "conhecimento n.º", "conhecimento de embarque n.º", "cognossement nr.", "cognossementnummer",
        ),
        *SEA_FIELDS,
    ),
)  # fmt: skip
