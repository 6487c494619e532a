"""What lets the holder take goods from a carrier or a store."""

from dataclasses import replace

from octavo.domain.document_types import cargo
from octavo.domain.template import DocumentType, FieldSpec, FieldType

_DELIVERED_TO = (
    "delivery address", "delivered to", "shipped to", "lieferadresse", "lieferanschrift", "warenempfänger", "adresse de livraison", "livré à", "livrer à",
    "entregar en", "dirección de entrega", "destinazione", "destinazione merce", "morada de entrega", "entregar em", "afleveradres", "bezorgadres",
)  # fmt: skip
"""On notes that go with the goods."""

DELIVERY_ORDER = DocumentType(
    name="delivery_order",
    title="Delivery order",
    description="An order to release goods, and the delivery note that goes with them.",
    fields=(
        cargo.number(
            "delivery_order_number",
            "Of the order.",
            "delivery order no.", "delivery order no", "delivery order number", "d/o no.", "d/o no", "do number", "delivery note no.", "delivery note number", "lieferschein-nr.",
            "lieferschein nr.", "lieferscheinnummer", "lieferauftrag nr.", "freistellung nr.", "bon de livraison n°", "n° de bon de livraison",
            "ordre de livraison n°", "albarán n.º", "nota de entrega n.º", "orden de entrega n.º", "bolla di consegna n.", "ordine di consegna n.",
            "ddt n.", "guia de remessa n.º", "ordem de entrega n.º", "leverbon nr.", "afleveringsopdracht nr.", "pakbon nr.",
        ),
        FieldSpec("date", FieldType.DATE, "", cargo.ISSUE_DATE_NAMES),
        FieldSpec(
            "delivery_date",
            FieldType.DATE,
            "",
            ("delivery date", "valid until", "pick-up date", "lieferdatum", "date de livraison", "fecha de entrega", "data di consegna", "data de entrega", "leverdatum", "afleverdatum"),
        ),
        FieldSpec(
            "bol_number",
            FieldType.IDENTIFIER,
            "Of the bill of lading it is for.",
            ("bill of lading no.", "bill of lading no", "b/l no.", "b/l no", "b/l number", "konnossement-nr.", "connaissement n°", "conocimiento n.º", "polizza di carico n.", "conhecimento n.º", "cognossement nr."),
        ),
        FieldSpec(
            "order_reference",
            FieldType.IDENTIFIER,
            "",
            ("order no.", "order no", "order number", "po number", "your order", "your order no.", "su pedido", "s/ pedido", "ihre bestellung", "votre commande", "vs. ordine", "v/ encomenda", "uw order", "reference", "bestellnummer", "bestell-nr.", "n° de commande", "nº de pedido", "pedido n.º", "n. ordine", "n.º do pedido", "encomenda n.º", "bestelnummer"),
        ),
        cargo.SHIPPER,
        replace(cargo.CONSIGNEE, synonyms=(*cargo.CONSIGNEE.synonyms, *_DELIVERED_TO)),
        cargo.NOTIFY_PARTY,
        cargo.CARRIER,
        cargo.VESSEL,
        cargo.VOYAGE,
        cargo.PORT_OF_LOADING,
        cargo.PORT_OF_DISCHARGE,
        cargo.PLACE_OF_DELIVERY,
        cargo.CONTAINERS,
        cargo.PACKAGES,
        cargo.GOODS,
        cargo.PACKAGE_COUNT,
        cargo.GROSS_WEIGHT,
        cargo.WEIGHT_UNIT,
        cargo.VOLUME,
        cargo.VOLUME_UNIT,
    ),
)  # fmt: skip
