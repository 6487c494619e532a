"""Who finds the fields of which type: add a module, add a row."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.kinds.generic import find_generic
from octavo.pipeline.fields.kinds.receipt import find_receipt
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.view import View

Finder = Callable[[View, Locale, FieldOrder], Findings]

FINDERS: Mapping[str, Finder] = MappingProxyType(
    {
        "receipt": find_receipt,
        "generic": find_generic,
    }
)
