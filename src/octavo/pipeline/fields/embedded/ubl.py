"""UBL 2.1 `Invoice` and `CreditNote`: XRechnung and Peppol BIS in that syntax.

Business terms (BT) are those of EN 16931-1.
"""

from octavo.pipeline.fields.embedded.tree import Element, each, first, iso_date, number, text
from octavo.pipeline.fields.embedded.values import Values, joined_address

ROOTS = ("Invoice", "CreditNote")
_LINES = "InvoiceLine|CreditNoteLine"


def read_ubl(root: Element) -> Values:
    values = Values()
    values.put("invoice_number", text(root, "ID"))
    values.put("type_code", text(root, "InvoiceTypeCode|CreditNoteTypeCode"))
    values.put("invoice_date", iso_date(text(root, "IssueDate")))
    due = text(root, "DueDate") or text(root, "PaymentMeans/PaymentDueDate")
    values.put("due_date", iso_date(due))
    values.put("currency", text(root, "DocumentCurrencyCode"))
    values.put("purchase_order", text(root, "OrderReference/ID"))
    values.put("notes", "\n".join(note for entry in each(root, "Note") if (note := text(entry))))
    _put_party(values, "seller", first(root, "AccountingSupplierParty/Party"))
    _put_party(values, "buyer", first(root, "AccountingCustomerParty/Party"))
    _put_delivery(values, first(root, "Delivery"))
    _put_payment(values, root)
    _put_taxes(values, root)
    _put_sums(values, first(root, "LegalMonetaryTotal"))
    for index, line in enumerate(each(root, _LINES)):
        _put_line(values, f"line_items.{index}", line)
    return values


def _put_party(values: Values, role: str, party: Element | None) -> None:
    values.put(
        f"{role}.name", text(party, "PartyName/Name") or text(party, "PartyLegalEntity/RegistrationName")
    )
    _put_address(values, role, first(party, "PostalAddress"))
    for scheme in each(party, "PartyTaxScheme"):
        name = "tax_id" if text(scheme, "TaxScheme/ID") == "VAT" else "registration_number"
        values.put(f"{role}.{name}", text(scheme, "CompanyID"))
    values.put(f"{role}.registration_number", text(party, "PartyLegalEntity/CompanyID"))
    values.put(f"{role}.email", text(party, "Contact/ElectronicMail"))
    values.put(f"{role}.phone", text(party, "Contact/Telephone"))
    values.put(f"{role}.website", text(party, "WebsiteURI"))


def _put_address(values: Values, role: str, address: Element | None) -> None:
    street = ", ".join(
        line
        for path in ("StreetName", "AdditionalStreetName", "AddressLine/Line")
        if (line := text(address, path))
    )
    postal_code, city, state = (
        text(address, name) for name in ("PostalZone", "CityName", "CountrySubentity")
    )
    values.put(f"{role}.address", joined_address(street, postal_code, city, state))
    for name, value in (("street", street), ("postal_code", postal_code), ("city", city), ("state", state)):
        values.put(f"{role}.{name}", value)
    values.put(f"{role}.country", text(address, "Country/IdentificationCode"))


def _put_delivery(values: Values, delivery: Element | None) -> None:
    values.put("delivery_date", iso_date(text(delivery, "ActualDeliveryDate")))
    values.put("ship_to.name", text(delivery, "DeliveryParty/PartyName/Name"))
    _put_address(values, "ship_to", first(delivery, "DeliveryLocation/Address"))


def _put_payment(values: Values, root: Element) -> None:
    for means in each(root, "PaymentMeans"):
        values.put("payment_reference", text(means, "PaymentID"))
        iban = text(means, "PayeeFinancialAccount/ID")
        values.put("iban", iban.replace(" ", "") if iban else None)
        values.put("bic", text(means, "PayeeFinancialAccount/FinancialInstitutionBranch/ID"))
    values.put("payment_terms", text(root, "PaymentTerms/Note"))


def _put_taxes(values: Values, root: Element) -> None:
    """A second `TaxTotal` states the tax in the currency of accounting (BT-111) and has no breakdown."""
    totals = list(each(root, "TaxTotal"))
    total = next((entry for entry in totals if first(entry, "TaxSubtotal") is not None), None)
    if total is None and totals:
        total = totals[0]
    values.put("tax_total", number(total, "TaxAmount"))
    for index, row in enumerate(each(total, "TaxSubtotal")):
        values.put(f"taxes.{index}.rate", number(row, "TaxCategory/Percent"))
        values.put(f"taxes.{index}.base", number(row, "TaxableAmount"))
        values.put(f"taxes.{index}.amount", number(row, "TaxAmount"))


def _put_sums(values: Values, sums: Element | None) -> None:
    for path, name in (
        ("line_total", "LineExtensionAmount"),
        ("discount_total", "AllowanceTotalAmount"),
        ("charge_total", "ChargeTotalAmount"),
        ("subtotal", "TaxExclusiveAmount"),
        ("rounding", "PayableRoundingAmount"),
        ("total", "TaxInclusiveAmount"),
        ("amount_paid", "PrepaidAmount"),
        ("amount_due", "PayableAmount"),
    ):
        values.put(path, number(sums, name))


def _put_line(values: Values, path: str, line: Element) -> None:
    quantity = first(line, "InvoicedQuantity|CreditedQuantity")
    product = first(line, "Item")
    values.put(f"{path}.position", text(line, "ID"))
    sku = text(product, "SellersItemIdentification/ID") or text(product, "StandardItemIdentification/ID")
    values.put(f"{path}.sku", sku)
    values.put(f"{path}.description", text(product, "Name") or text(product, "Description"))
    values.put(f"{path}.quantity", number(quantity))
    values.put(f"{path}.unit", quantity.get("unitCode") if quantity is not None else None)
    values.put(f"{path}.unit_price", number(line, "Price/PriceAmount"))
    basis = number(line, "Price/BaseQuantity")
    values.put(f"{path}.price_unit", basis if basis != 1.0 else None)
    values.put(f"{path}.tax_rate", number(product, "ClassifiedTaxCategory/Percent"))
    taken = [
        number(entry, "Amount") or 0.0
        for entry in each(line, "AllowanceCharge")
        if text(entry, "ChargeIndicator") == "false"
    ]
    values.put(f"{path}.discount", round(sum(taken), 2) if taken else None)
    values.put(f"{path}.amount", number(line, "LineExtensionAmount"))
