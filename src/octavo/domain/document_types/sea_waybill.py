"""Like a bill of lading, but no title: goods are given to the consignee without it."""

from octavo.domain.document_types import cargo
from octavo.domain.document_types.bill_of_lading import SEA_FIELDS
from octavo.domain.template import DocumentType

SEA_WAYBILL = DocumentType(
    name="sea_waybill",
    title="Sea waybill",
    description="A waybill for carriage at sea that is not negotiable.",
    fields=(
        cargo.number(
            "waybill_number",
            "Of the sea waybill.",
            "sea waybill no.", "sea waybill no", "sea waybill number", "seawaybill no.", "waybill no.", "waybill no", "waybill number", "swb no.",
            "swb-no.", "seefrachtbrief-nr.", "seefrachtbrief nr.", "lettre de transport maritime n°", "lettre de voiture maritime n°",
            "carta de porte marítimo n.º", "carta di vettura marittima n.", "lettera di vettura marittima n.",
            "carta de porte marítima n.º", "zeevrachtbrief nr.", "zeevrachtbriefnummer",
        ),
        *SEA_FIELDS,
    ),
)  # fmt: skip
