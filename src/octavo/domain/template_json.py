"""Schemas as JSON values and back: how they are kept wherever they are kept."""

from typing import Any

from octavo.domain.template import FieldRule, FieldSpec, FieldType, InlineTemplate

Json = dict[str, Any]


def spec_to_json(spec: FieldSpec) -> Json:
    """Only what is said: most specs are a name and a type."""
    row: Json = {"name": spec.name, "type": spec.type.value}
    said: Json = {
        "description": spec.description,
        "synonyms": list(spec.synonyms),
        "format": spec.format,
        "required": spec.required,
        "examples": list(spec.examples),
        "values": list(spec.values),
        "fields": [spec_to_json(inner) for inner in spec.fields],
        "entries": spec.entries.value if spec.entries else None,
    }
    return row | {name: value for name, value in said.items() if value}


def spec_from_json(row: Json) -> FieldSpec:
    return FieldSpec(
        name=row["name"],
        type=FieldType(row["type"]),
        description=row.get("description", ""),
        synonyms=tuple(row.get("synonyms", ())),
        format=row.get("format"),
        required=row.get("required", False),
        examples=tuple(row.get("examples", ())),
        values=tuple(row.get("values", ())),
        fields=tuple(spec_from_json(inner) for inner in row.get("fields", ())),
        entries=FieldType(row["entries"]) if row.get("entries") else None,
    )


def inline_to_json(template: InlineTemplate) -> Json:
    return {
        "document_type": template.document_type,
        "fields": [spec_to_json(spec) for spec in template.fields],
        "instructions": template.instructions,
        "rules": [[rule.expression, rule.message] for rule in template.rules],
    }


def inline_from_json(row: Json) -> InlineTemplate:
    return InlineTemplate(
        fields=tuple(spec_from_json(spec) for spec in row["fields"]),
        document_type=row["document_type"],
        instructions=row["instructions"],
        rules=tuple(FieldRule(expression, message) for expression, message in row["rules"]),
    )
