"""The schema that is looked for in a document."""

from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.template import FieldRule, FieldSpec, Template


def specs_of(document_type: str, template: Template | None) -> tuple[FieldSpec, ...]:
    """The template's own fields where it has any, else those of the type; none for a type nobody knows."""
    if template is not None and template.fields:
        return template.fields
    known = DOCUMENT_TYPES.get(document_type)
    return known.fields if known else ()


def rules_of(document_type: str, template: Template | None) -> tuple[FieldRule, ...]:
    """A template's rules are about its own fields; those of its type hold where it has none of its own."""
    if template is not None and template.fields:
        return template.rules
    known = DOCUMENT_TYPES.get(document_type)
    own = template.rules if template is not None else ()
    return (*(known.rules if known else ()), *own)
