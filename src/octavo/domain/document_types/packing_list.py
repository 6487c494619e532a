"""What is in which package."""

from dataclasses import replace

from octavo.domain.document_types import cargo
from octavo.domain.template import DocumentType, FieldSpec, FieldType

PACKING_LIST = DocumentType(
    name="packing_list",
    title="Packing list",
    description="The packages of a shipment with contents, weights and volumes.",
    fields=(
        cargo.number(
            "packing_list_number",
            "Of the packing list.",
            "packing list no.", "packing list no", "packing list number", "packing list #", "list no.", "packlisten-nr.", "packliste nr.", "packlisten-nummer",
            "liste de colisage n°", "n° de liste de colisage", "lista de empaque n.º", "lista de embalaje n.º", "lista de contenido n.º",
            "lista colli n.", "distinta di imballaggio n.", "packing list n.", "romaneio n.º", "lista de embalagem n.º", "paklijst nr.", "paklijstnummer",
        ),
        FieldSpec("date", FieldType.DATE, "", cargo.ISSUE_DATE_NAMES),
        FieldSpec(
            "order_reference",
            FieldType.IDENTIFIER,
            "",
            (
                "order no.", "order no", "order number", "order reference", "po number", "p.o. no.", "purchase order", "your order", "bestellnummer", "bestell-nr.", "auftragsnummer",
                "auftrags-nr.", "n° de commande", "commande n°", "nº de pedido", "pedido n.º", "n. ordine", "ordine n.", "n.º do pedido", "encomenda n.º",
                "bestelnummer", "ordernummer",
            ),
        ),
        FieldSpec(
            "invoice_reference",
            FieldType.IDENTIFIER,
            "",
            (
                "invoice no.", "invoice no", "invoice number", "inv. no.", "invoice reference", "commercial invoice", "rechnungsnummer", "rechnungs-nr.", "rechnung nr.", "facture n°", "n° de facture",
                "factura n.º", "nº de factura", "fattura n.", "n. fattura", "fatura n.º", "n.º da fatura", "factuurnummer", "factuur nr.",
            ),
        ),
        cargo.SHIPPER,
        replace(cargo.CONSIGNEE, synonyms=(*cargo.CONSIGNEE.synonyms, "buyer", "messrs", "customer", "käufer", "acheteur", "comprador", "acquirente", "koper")),
        cargo.PACKAGES,
        cargo.CONTAINERS,
        cargo.PACKAGE_COUNT,
        cargo.GROSS_WEIGHT,
        cargo.NET_WEIGHT,
        cargo.WEIGHT_UNIT,
        cargo.VOLUME,
        cargo.VOLUME_UNIT,
        cargo.COUNTRY_OF_ORIGIN,
        cargo.INCOTERM,
        cargo.PORT_OF_LOADING,
        cargo.PORT_OF_DISCHARGE,
        cargo.VESSEL,
        cargo.VOYAGE,
    ),
)  # fmt: skip
