"""The data of an e-invoice as pages of finished blocks; any other XML is refused."""

from dataclasses import dataclass
from pathlib import Path

from octavo.adapters.readers.drafts import finished
from octavo.adapters.readers.pdf.attachments import LARGEST_BYTES
from octavo.adapters.readers.sniff import XML
from octavo.adapters.readers.xml_invoice.blocks import LINES_A_PAGE, Values, drafts_of, entries_of
from octavo.domain.errors import DocumentTooLarge, UnreadableDocument, UnsupportedMediaType
from octavo.pipeline.fields.embedded.read import read_invoice
from octavo.pipeline.fields.embedded.tree import to_tree
from octavo.ports.readers import Inspection, Limits, NativePage

_CUT = "cut_to_size"


@dataclass(frozen=True, slots=True)
class XmlInvoiceKind:
    """A row of READERS."""

    instead: str
    """What to tell those who send another XML to send."""

    def inspect(self, path: Path, *, password: str | None, limits: Limits) -> Inspection:
        """Raises `UnsupportedMediaType` for XML that is no invoice, `UnreadableDocument` for what is no XML."""
        reader = self.open(path, password=password, limits=limits)
        return Inspection(XML, reader.page_count, scanned_sample=0.0)

    def open(self, path: Path, *, password: str | None, limits: Limits) -> "XmlInvoiceReader":
        del password
        size, most = path.stat().st_size, min(LARGEST_BYTES, limits.max_bytes)
        if size > most:
            raise DocumentTooLarge(
                f"The XML has {size} bytes; at most {most} are read.", bytes=size, max_bytes=most
            )
        return XmlInvoiceReader(self._values_of(path.read_bytes()), limits)

    def _values_of(self, content: bytes) -> Values:
        fields = read_invoice(content)
        if fields:
            return {field.path: field.value for field in fields}
        if to_tree(content) is None:
            raise UnreadableDocument(
                "The XML is damaged or cut off, or declares entities, which no e-invoice does.",
                media_type=XML,
            )
        raise UnsupportedMediaType(
            f"This is an XML file, which is not read unless it is an e-invoice in CII or UBL. {self.instead}",
            media_type=XML,
        )


class XmlInvoiceReader:
    def __init__(self, values: Values, limits: Limits) -> None:
        self._values = values
        self._lines = entries_of(values, "line_items")
        if self.page_count > limits.max_pages:
            raise DocumentTooLarge(
                f"The invoice fills {self.page_count} pages; at most {limits.max_pages} are read.",
                pages=self.page_count,
                max_pages=limits.max_pages,
            )

    @property
    def page_count(self) -> int:
        return max(1, -(-len(self._lines) // LINES_A_PAGE))

    def load(self, number: int) -> NativePage:
        start = (number - 1) * LINES_A_PAGE
        lines = self._lines[start : start + LINES_A_PAGE]
        drafts = drafts_of(self._values, lines, first=number == 1, last=number == self.page_count)
        blocks, pictures = finished(number, drafts)
        return NativePage(number, 0.0, 0.0, blocks, pictures, notes=(_CUT,) if self.page_count > 1 else ())

    def close(self) -> None:
        self._lines = []
