"""The data inside e-invoices, in every syntax, from strangers."""

import pytest

from octavo.domain.field import Attachment, Field, FieldSource
from octavo.pipeline.fields.embedded.compare import compare_embedded
from octavo.pipeline.fields.embedded.read import read_embedded, read_invoice
from octavo.pipeline.fields.findings import Findings

CII_2 = b"""<?xml version="1.0"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:a" xmlns:ram="urn:b" xmlns:udt="urn:c">
 <rsm:ExchangedDocument><ram:ID>R-1</ram:ID><ram:TypeCode>380</ram:TypeCode>
  <ram:IssueDateTime><udt:DateTimeString format="102">20240131</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction>
  <ram:IncludedSupplyChainTradeLineItem>
   <ram:SpecifiedTradeProduct><ram:Name>Bolt</ram:Name></ram:SpecifiedTradeProduct>
   <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>2.5000</ram:ChargeAmount>
   </ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
   <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">4</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
   <ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeSettlementLineMonetarySummation>
    <ram:LineTotalAmount>10.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
   </ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>
  <ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Acme GmbH</ram:Name>
   <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE123456789</ram:ID></ram:SpecifiedTaxRegistration>
  </ram:SellerTradeParty></ram:ApplicableHeaderTradeAgreement>
  <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
   <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:GrandTotalAmount>11.90</ram:GrandTotalAmount>
   </ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
 </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>"""
CII_1 = (
    CII_2.replace(b"CrossIndustryInvoice", b"CrossIndustryDocument")
    .replace(b"rsm:ExchangedDocument", b"rsm:HeaderExchangedDocument")
    .replace(b"rsm:SupplyChainTradeTransaction", b"rsm:SpecifiedSupplyChainTradeTransaction")
    .replace(b"ApplicableHeaderTrade", b"ApplicableSupplyChainTrade")
    .replace(b"SpecifiedLineTrade", b"SpecifiedSupplyChainTrade")
    .replace(b"SpecifiedTradeSettlementHeaderMonetarySummation", b"SpecifiedTradeSettlementMonetarySummation")
    .replace(b"SpecifiedTradeSettlementLineMonetarySummation", b"SpecifiedTradeSettlementMonetarySummation")
)
UBL = b"""<Invoice xmlns="urn:i" xmlns:cac="urn:a" xmlns:cbc="urn:b">
 <cbc:ID>R-1</cbc:ID><cbc:IssueDate>2024-01-31</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
 <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
 <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Acme GmbH</cbc:Name></cac:PartyName>
  <cac:PartyTaxScheme><cbc:CompanyID>DE123456789</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
  </cac:PartyTaxScheme></cac:Party></cac:AccountingSupplierParty>
 <cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="EUR">11.90</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal>
 <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">4</cbc:InvoicedQuantity>
  <cbc:LineExtensionAmount>10.00</cbc:LineExtensionAmount><cac:Item><cbc:Name>Bolt</cbc:Name></cac:Item>
  <cac:Price><cbc:PriceAmount>2.50</cbc:PriceAmount></cac:Price></cac:InvoiceLine>
</Invoice>"""
SAID = {
    "invoice_number": "R-1",
    "type_code": "380",
    "invoice_date": "2024-01-31",
    "currency": "EUR",
    "seller.name": "Acme GmbH",
    "seller.tax_id": "DE123456789",
    "total": 11.9,
    "line_items.0.description": "Bolt",
    "line_items.0.quantity": 4.0,
    "line_items.0.unit": "C62",
    "line_items.0.unit_price": 2.5,
    "line_items.0.amount": 10.0,
}


@pytest.mark.parametrize("content", [CII_2, CII_1, UBL], ids=["cii-2", "zugferd-1", "ubl"])
def test_every_syntax_says_the_same(content: bytes) -> None:
    fields = read_invoice(content)

    assert {field.path: field.value for field in fields if field.path in SAID} == SAID
    assert {field.source for field in fields} == {FieldSource.EMBEDDED}


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><Invoice><ID>&a;</ID></Invoice>',
        b'<?xml version="1.0"?><!DOCTYPE Invoice SYSTEM "file:///etc/passwd"><Invoice><ID>1</ID></Invoice>',
        b"<Invoice><ID>1</Invoice>",
        b"\x00\xff not xml",
        b"",
        b"<html><body/></html>",
    ],
)
def test_what_is_no_invoice_or_declares_entities_gives_nothing(content: bytes) -> None:
    assert read_invoice(content) == []


def test_the_first_attachment_that_is_an_invoice_counts() -> None:
    attachments = (Attachment("other.xml", b"<note/>"), Attachment("factur-x.xml", CII_2))

    assert {field.path for field in read_embedded(attachments)} >= SAID.keys()


def page_says(path: str, value: str | float, raw: str) -> Field:
    return Field(path, value, FieldSource.TEXT_LAYER, raw, confidence=0.8)


def test_a_page_that_says_the_same_verifies_the_value_and_keeps_its_place() -> None:
    seen = page_says("line_items.0.unit_price", 2.5, "2,50")
    findings = Findings(fields=[seen, page_says("line_items.0.unit", "Stk", "Stk")])

    compare_embedded(read_invoice(CII_2), findings)

    price = next(field for field in findings.fields if field.path == "line_items.0.unit_price")
    unit = next(field for field in findings.fields if field.path == "line_items.0.unit")
    assert price.verified
    assert price.raw_text == "2,50"
    assert unit.value == "Stk"
    assert findings.notes == ["embedded_invoice"]


def test_a_page_that_says_otherwise_is_told() -> None:
    findings = Findings(fields=[page_says("total", 119.0, "119,00")])

    compare_embedded(read_invoice(CII_2), findings)

    total = next(field for field in findings.fields if field.path == "total")
    assert total.value == 11.9
    assert [other.value for other in total.alternatives] == [119.0]
    assert [check.paths for check in findings.checks if not check.passed] == [("total",)]
    assert findings.notes == ["embedded_invoice", "embedded_differs"]


def test_a_price_rounded_on_the_page_is_no_difference() -> None:
    findings = Findings(fields=[page_says("line_items.0.unit_price", 2.6, "2,6")])
    data = [Field("line_items.0.unit_price", 2.5567, FieldSource.EMBEDDED)]

    compare_embedded(data, findings)

    assert findings.notes == ["embedded_invoice"]
    assert findings.fields[0].value == 2.5567


def test_a_number_that_stands_elsewhere_on_the_page_is_no_difference() -> None:
    findings = Findings(fields=[page_says("seller.phone", "+49301", "030 1")])
    data = [Field("seller.phone", "+49 30 2345", FieldSource.EMBEDDED)]

    compare_embedded(data, findings, "Tel +49 30 1  Service: +49 30 2345")

    assert findings.notes == ["embedded_invoice"]
