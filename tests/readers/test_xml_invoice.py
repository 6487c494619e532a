"""E-invoices that are their XML alone: shown as a document, read from their own data, and never trusted."""

from pathlib import Path

import pytest

from octavo.adapters.readers.sniff import TEXT, XML, media_type_of
from octavo.adapters.readers.table import inspect_source, open_source
from octavo.domain.document import Block, BlockType, Page
from octavo.domain.errors import OctavoError, UnreadableDocument, UnsupportedMediaType
from octavo.domain.field import Attachment, FieldSource
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.extract import extract_fields
from octavo.ports.readers import NativePage

NAMESPACES = (
    'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" '
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
LINE = """<cac:InvoiceLine><cbc:ID>{0}</cbc:ID><cbc:InvoicedQuantity unitCode="HUR">2</cbc:InvoicedQuantity>
 <cbc:LineExtensionAmount currencyID="EUR">1234.50</cbc:LineExtensionAmount>
 <cac:Item><cbc:Name>Prüfung &lt;b&gt;{0}&lt;/b&gt;</cbc:Name></cac:Item>
 <cac:Price><cbc:PriceAmount currencyID="EUR">617.25</cbc:PriceAmount></cac:Price></cac:InvoiceLine>"""


def ubl(lines: int = 1, *, head: str = HEAD, total: str = "1234.50") -> bytes:
    listed = "".join(LINE.format(number + 1) for number in range(lines))
    return f"""{head}<Invoice {NAMESPACES}>
 <cbc:ID>R-1</cbc:ID><cbc:IssueDate>2026-02-03</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
 <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
 <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Prüfer GmbH</cbc:Name></cac:PartyName>
  <cac:PostalAddress><cbc:StreetName>Am Ring 1</cbc:StreetName><cbc:CityName>Köln</cbc:CityName>
  <cbc:PostalZone>50667</cbc:PostalZone></cac:PostalAddress></cac:Party></cac:AccountingSupplierParty>
 <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">0.00</cbc:TaxAmount></cac:TaxTotal>
 <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="EUR">{total}</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount currencyID="EUR">{total}</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal>{listed}
</Invoice>""".encode()


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "invoice.xml"
    path.write_bytes(content)
    return path


def pages_of(path: Path) -> list[NativePage]:
    reader = open_source(path, XML)
    try:
        loaded = [reader.load(number + 1) for number in range(reader.page_count)]
    finally:
        reader.close()
    return [page for page in loaded if isinstance(page, NativePage)]


def said(blocks: tuple[Block, ...], kind: BlockType) -> list[str]:
    return [block.text for block in blocks if block.type is kind]


@pytest.mark.parametrize("head", [HEAD, "", "<!-- made by hand -->", "\ufeff" + HEAD])
def test_an_invoice_is_known_by_its_root(tmp_path: Path, head: str) -> None:
    path = kept(tmp_path, ubl(head=head))

    assert media_type_of(path) == XML
    assert inspect_source(path, filename="r.xml").page_count == 1
    assert inspect_source(path, filename="r.xml").warnings == ()


def test_a_text_about_invoices_is_a_text(tmp_path: Path) -> None:
    assert media_type_of(kept(tmp_path, b"<invoice> is a tag; see urn:x")) == TEXT


def test_it_reads_as_a_document(tmp_path: Path) -> None:
    (page,) = pages_of(kept(tmp_path, ubl()))

    assert said(page.blocks, BlockType.HEADING) == ["Invoice R-1", "Seller", "Lines", "Totals"]
    assert "Invoice date: 2026-02-03" in said(page.blocks, BlockType.PARAGRAPH)
    assert "50667 Köln" in said(page.blocks, BlockType.PARAGRAPH)
    lines, totals = (block.body for block in page.blocks if block.type is BlockType.TABLE)
    assert lines["headers"] == ["Position", "Description", "Quantity", "Unit", "Unit price", "Amount"]
    assert lines["rows"] == [["1", "Prüfung <b>1</b>", "2", "h", "617.25", "1234.50"]]
    assert totals["rows"][-1] == ["Gross total", "1234.50"]


def test_thousands_of_lines_are_pages_and_only_the_last_has_the_sums(tmp_path: Path) -> None:
    pages = pages_of(kept(tmp_path, ubl(2001)))

    assert len(pages) == 3
    assert [len(said(page.blocks, BlockType.TABLE)) for page in pages] == [1, 1, 2]
    assert said(pages[1].blocks, BlockType.HEADING) == ["Lines"]


def test_its_fields_are_its_own_data_and_what_adds_up_is_verified(tmp_path: Path) -> None:
    content = ubl(2, total="2469.00")
    (loaded,) = pages_of(kept(tmp_path, content))
    page = Page(1, 595.0, 842.0, loaded.blocks)

    fields = extract_fields([page], FieldOrder(), embedded=(Attachment("r.xml", content, is_document=True),))

    assert fields.document_type == "invoice"
    assert {field.source for field in fields.found} == {FieldSource.EMBEDDED}
    assert all(field.confidence == 1.0 for field in fields.found)
    total, quantity = fields.field("total"), fields.field("line_items.1.quantity")
    assert total is not None
    assert quantity is not None
    assert (total.value, total.verified) == (2469.0, True)
    assert (quantity.value, quantity.checks) == (2.0, ("product",))
    assert "embedded_differs" not in fields.notes


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        (b'<?xml version="1.0"?><note>x</note>', UnsupportedMediaType, "e-invoice in CII or UBL"),
        (b'<?xml version="1.0"?><Invoice><ID>1</Invoice>', UnreadableDocument, "damaged"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><Invoice><ID>&b;</ID></Invoice>',
         UnreadableDocument, "entities"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><Invoice><ID>&c;</ID></Invoice>',
         UnreadableDocument, "entities"),
        (b'<?xml version="1.0"?>' + b"<a>" * 5000 + b"</a>" * 5000, UnreadableDocument, "damaged"),
    ],
)  # fmt: skip
def test_other_and_hostile_xml_is_refused(
    tmp_path: Path, content: bytes, reason: type[OctavoError], words: str
) -> None:
    with pytest.raises(reason) as refused:
        inspect_source(kept(tmp_path, content))

    assert words in refused.value.summary
