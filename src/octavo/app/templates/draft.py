"""A template as its author says it, and what must be true of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from octavo.domain.document_types.schema import specs_of
from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.errors import InvalidRequest
from octavo.domain.template import FieldRule, FieldSpec, FieldType, ModelChoice
from octavo.exporters.table import EXPORTERS
from octavo.pipeline.fields.patterns import parse_pattern
from octavo.pipeline.fields.rule_syntax import parse_rule

MAX_RULES = 50
MAX_METADATA_BYTES = 64 * 1024
"""Enough for a schema as its owner wrote it."""


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """All of a template but what we add: its id, version and times."""

    name: str
    document_type: str | None = None
    fields: tuple[FieldSpec, ...] = ()
    description: str = ""
    instructions: str = ""
    result_format: str = "json"
    rules: tuple[FieldRule, ...] = ()
    model: ModelChoice | None = None
    metadata: dict[str, Any] = field(default_factory=dict)


def check_draft(draft: TemplateDraft) -> None:
    """Raises `InvalidRequest` for the first thing that cannot be."""
    if draft.document_type is not None and draft.document_type not in DOCUMENT_TYPES:
        raise InvalidRequest(
            f"There is no document type {draft.document_type!r}. Types: {', '.join(sorted(DOCUMENT_TYPES))}.",
            option="document_type",
        )
    if not draft.fields and draft.document_type is None:
        raise InvalidRequest(
            "A template has fields, or a document type whose fields it takes.", option="fields"
        )
    if draft.result_format not in EXPORTERS:
        raise InvalidRequest(
            f"There is no format {draft.result_format!r}. Formats: {', '.join(EXPORTERS)}.",
            option="result_format",
        )
    if draft.metadata and len(json.dumps(draft.metadata).encode()) > MAX_METADATA_BYTES:
        raise InvalidRequest(
            f"metadata may take at most {MAX_METADATA_BYTES} bytes.",
            option="metadata",
            limit=MAX_METADATA_BYTES,
        )
    for spec in _every(draft.fields):
        # How a date is written is no pattern, but words for its parts.
        if spec.format is not None and spec.type is not FieldType.DATE:
            parse_pattern(spec.format)
    _check_rules(draft)


def _check_rules(draft: TemplateDraft) -> None:
    if len(draft.rules) > MAX_RULES:
        raise InvalidRequest(f"A template has at most {MAX_RULES} rules.", option="rules", limit=MAX_RULES)
    specs = draft.fields or specs_of(draft.document_type or "", None)
    for rule in draft.rules:
        for path in parse_rule(rule.expression).paths():
            if not _knows(specs, [name for name in path.split(".") if name != "*" and not name.isdigit()]):
                raise InvalidRequest(
                    f"The rule {rule.expression!r} asks for {path!r}, which the template does not have.",
                    option="rules",
                )


def _knows(specs: tuple[FieldSpec, ...], names: list[str]) -> bool:
    found = next((spec for spec in specs if spec.name == names[0]), None)
    return found is not None and (len(names) == 1 or _knows(found.fields, names[1:]))


def _every(specs: tuple[FieldSpec, ...]) -> Iterator[FieldSpec]:
    for spec in specs:
        yield spec
        yield from _every(spec.fields)
