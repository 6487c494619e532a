"""UN/CEFACT Cross Industry Invoice: ZUGFeRD 1.0, ZUGFeRD 2.x, Factur-X and XRechnung in that syntax.

Business terms (BT) are those of EN 16931-1; the names of elements those of the schema D16B and,
for ZUGFeRD 1.0, of `CrossIndustryDocument`.
"""

from octavo.pipeline.fields.embedded.tree import Element, each, first, iso_date, number, text
from octavo.pipeline.fields.embedded.values import Values, joined_address

_DOCUMENT = "ExchangedDocument|HeaderExchangedDocument"
_TRANSACTION = "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction"
_AGREEMENT = "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
_DELIVERY = "ApplicableHeaderTradeDelivery|ApplicableSupplyChainTradeDelivery"
_SETTLEMENT = "ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
_SUMMATION = "SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_LINE_AGREEMENT = "SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement"
_LINE_DELIVERY = "SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery"
_LINE_SETTLEMENT = "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement"
_LINE_SUMMATION = "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_RATE = "RateApplicablePercent|ApplicablePercent"
_DATE = "DateTimeString|DateString"
_FEE_CATEGORY = "ChargeIndicator/Indicator"

ROOTS = ("CrossIndustryInvoice", "CrossIndustryDocument")


def read_cii(root: Element) -> Values:
    values = Values()
    document = first(root, _DOCUMENT)
    transaction = first(root, _TRANSACTION)
    agreement = first(transaction, _AGREEMENT)
    values.put("invoice_number", text(document, "ID"))
    values.put("type_code", text(document, "TypeCode"))
    values.put("invoice_date", iso_date(text(document, f"IssueDateTime/{_DATE}")))
    notes = [note for entry in each(document, "IncludedNote") if (note := text(entry, "Content"))]
    values.put("notes", "\n".join(notes))
    values.put("purchase_order", text(agreement, "BuyerOrderReferencedDocument/IssuerAssignedID|ID"))
    for role, name in (("seller", "SellerTradeParty"), ("buyer", "BuyerTradeParty")):
        _put_party(values, role, first(agreement, name))
    _put_delivery(values, first(transaction, _DELIVERY))
    _put_settlement(values, first(transaction, _SETTLEMENT))
    lines = (line for line in each(transaction, "IncludedSupplyChainTradeLineItem") if _bills(line))
    for index, line in enumerate(lines):
        _put_line(values, f"line_items.{index}", line)
    return values


def _put_party(values: Values, role: str, party: Element | None) -> None:
    address = first(party, "PostalTradeAddress")
    street = ", ".join(line for name in ("LineOne", "LineTwo", "LineThree") if (line := text(address, name)))
    postal_code, city, state = (
        text(address, name) for name in ("PostcodeCode", "CityName", "CountrySubDivisionName")
    )
    values.put(f"{role}.name", text(party, "Name"))
    values.put(f"{role}.address", joined_address(street, postal_code, city, state))
    for name, value in (("street", street), ("postal_code", postal_code), ("city", city), ("state", state)):
        values.put(f"{role}.{name}", value)
    values.put(f"{role}.country", text(address, "CountryID"))
    for registration in each(party, "SpecifiedTaxRegistration/ID"):
        name = "tax_id" if registration.get("schemeID") in (None, "VA") else "registration_number"
        values.put(f"{role}.{name}", text(registration))
    contact = first(party, "DefinedTradeContact")
    values.put(f"{role}.email", text(contact, "EmailURIUniversalCommunication/URIID|CompleteNumber"))
    values.put(f"{role}.phone", text(contact, "TelephoneUniversalCommunication/CompleteNumber"))


def _put_delivery(values: Values, delivery: Element | None) -> None:
    _put_party(values, "ship_to", first(delivery, "ShipToTradeParty"))
    occurred = f"ActualDeliverySupplyChainEvent/OccurrenceDateTime/{_DATE}"
    values.put("delivery_date", iso_date(text(delivery, occurred)))


def _put_settlement(values: Values, settlement: Element | None) -> None:
    values.put("currency", text(settlement, "InvoiceCurrencyCode"))
    values.put("payment_reference", text(settlement, "PaymentReference"))
    means = "SpecifiedTradeSettlementPaymentMeans"
    for payment in each(settlement, means):
        iban = text(payment, "PayeePartyCreditorFinancialAccount/IBANID")
        values.put("iban", iban.replace(" ", "") if iban else None)
        drawn_from = text(payment, "PayerPartyDebtorFinancialAccount/IBANID")
        values.put("buyer.iban", drawn_from.replace(" ", "") if drawn_from else None)
        values.put("bic", text(payment, "PayeeSpecifiedCreditorFinancialInstitution/BICID"))
    for terms in each(settlement, "SpecifiedTradePaymentTerms"):
        values.put("due_date", iso_date(text(terms, f"DueDateDateTime/{_DATE}")))
        values.put("payment_terms", text(terms, "Description"))
    for index, tax in enumerate(each(settlement, "ApplicableTradeTax")):
        values.put(f"taxes.{index}.rate", number(tax, _RATE))
        values.put(f"taxes.{index}.base", number(tax, "BasisAmount"))
        values.put(f"taxes.{index}.amount", number(tax, "CalculatedAmount"))
    _put_sums(values, first(settlement, _SUMMATION))


def _put_sums(values: Values, sums: Element | None) -> None:
    for path, name in (
        ("line_total", "LineTotalAmount"),
        ("discount_total", "AllowanceTotalAmount"),
        ("charge_total", "ChargeTotalAmount"),
        ("subtotal", "TaxBasisTotalAmount"),
        ("tax_total", "TaxTotalAmount"),
        ("rounding", "RoundingAmount"),
        ("total", "GrandTotalAmount"),
        ("amount_paid", "TotalPrepaidAmount"),
        ("amount_due", "DuePayableAmount"),
    ):
        values.put(path, number(sums, name))


def _bills(line: Element) -> bool:
    """ZUGFeRD 1.0 has lines that hold nothing but a note."""
    return first(line, "SpecifiedTradeProduct") is not None or first(line, _LINE_DELIVERY) is not None


def _put_line(values: Values, path: str, line: Element) -> None:
    product = first(line, "SpecifiedTradeProduct")
    price = first(line, f"{_LINE_AGREEMENT}/NetPriceProductTradePrice")
    quantity = first(line, f"{_LINE_DELIVERY}/BilledQuantity")
    settlement = first(line, _LINE_SETTLEMENT)
    amount = number(settlement, f"{_LINE_SUMMATION}/LineTotalAmount")
    values.put(f"{path}.position", text(line, "AssociatedDocumentLineDocument/LineID"))
    values.put(f"{path}.sku", text(product, "SellerAssignedID") or text(product, "GlobalID"))
    values.put(f"{path}.description", text(product, "Name"))
    values.put(f"{path}.quantity", number(quantity))
    values.put(f"{path}.unit", quantity.get("unitCode") if quantity is not None else None)
    values.put(f"{path}.unit_price", number(price, "ChargeAmount"))
    basis = number(price, "BasisQuantity")
    values.put(f"{path}.price_unit", basis if basis != 1.0 else None)
    values.put(f"{path}.tax_rate", number(settlement, f"ApplicableTradeTax/{_RATE}"))
    values.put(f"{path}.discount", _discount(settlement))
    values.put(f"{path}.amount", amount)


def _discount(settlement: Element | None) -> float | None:
    """What was taken off the line (BT-136), in money."""
    taken = [
        number(entry, "ActualAmount") or 0.0
        for entry in each(settlement, "SpecifiedTradeAllowanceCharge")
        if text(entry, _FEE_CATEGORY) == "false"
    ]
    return round(sum(taken), 2) if taken else None
