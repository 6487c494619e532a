"""Every dialect, by the name of its path."""

from octavo.dialects import ldxhub
from octavo.dialects._kit import Dialect
from octavo.dialects.docling.dialect import DIALECT as DOCLING
from octavo.dialects.docurift.dialect import DIALECT as DOCURIFT
from octavo.dialects.invaro.dialect import DIALECT as INVARO
from octavo.dialects.ocriva.dialect import DIALECT as OCRIVA
from octavo.dialects.ocrqueen.dialect import DIALECT as OCRQUEEN
from octavo.dialects.openwebui.dialect import DIALECT as OPENWEBUI
from octavo.dialects.unstructured.dialect import DIALECT as UNSTRUCTURED

DIALECTS: dict[str, Dialect] = {
    dialect.name: dialect
    for dialect in (DOCLING, DOCURIFT, INVARO, ldxhub.DIALECT, OCRIVA, OCRQUEEN, OPENWEBUI, UNSTRUCTURED)
}
