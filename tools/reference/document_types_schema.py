"""`document-types.schema.json`: the JSON Schema of the values of every document type."""

import json

from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.field_schema import DIALECT, to_json_schema


def document_types_schema() -> str:
    schemas = {
        kind.name: to_json_schema(kind.fields, title=kind.title, description=kind.description)
        for kind in DOCUMENT_TYPES.values()
    }
    whole = {"$schema": DIALECT, "title": "Document types of Octavo", "$defs": schemas}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
