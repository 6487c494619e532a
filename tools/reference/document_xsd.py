"""`document.xsd`, the schema of the XML export."""

from octavo.exporters.xml_schema import document_xsd

__all__ = ["document_xsd"]
