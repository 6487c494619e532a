"""Templates to rows and back, by hand. The model's key is kept apart, sealed."""

from octavo.adapters.postgres.model_rows import model_from_row, model_to_row
from octavo.adapters.postgres.rows import Row
from octavo.adapters.postgres.secrets import Sealer
from octavo.domain.ids import OrganizationId, ProjectId, TemplateId
from octavo.domain.template import Example, FieldRule, Template
from octavo.domain.template_json import spec_from_json, spec_to_json
from octavo.exporters.fields_json import field_from_json, field_to_json


def content_to_row(template: Template) -> Row:
    return {
        "document_type": template.document_type,
        "fields": [spec_to_json(spec) for spec in template.fields],
        "description": template.description,
        "instructions": template.instructions,
        "result_format": template.result_format,
        "rules": [[rule.expression, rule.message] for rule in template.rules],
        "model": model_to_row(template.model),
        **({"metadata": template.metadata} if template.metadata else {}),
    }


def template_from_row(row: Row, examples: list[Row], *, sealer: Sealer | None = None) -> Template:
    """`row` joins the template with one version; `sealer` is given only where the model's key is needed."""
    content = row["content"]
    return Template(
        id=TemplateId(row["id"]),
        organization_id=OrganizationId(row["organization_id"]),
        project_id=ProjectId(row["project_id"]),
        version=row["version"],
        name=row["name"],
        document_type=content["document_type"],
        fields=tuple(spec_from_json(spec) for spec in content["fields"]),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        description=content["description"],
        instructions=content["instructions"],
        result_format=content["result_format"],
        rules=tuple(FieldRule(expression, message) for expression, message in content["rules"]),
        model=model_from_row(content["model"], row["sealed_api_key"], sealer),
        examples=tuple(example_from_row(example) for example in examples),
        metadata=content.get("metadata", {}),
    )


def example_to_row(example: Example) -> Row:
    return {"fields": [field_to_json(field) for field in example.fields], "anchors": list(example.anchors)}


def example_from_row(row: Row) -> Example:
    content = row["content"]
    return Example(
        id=row["id"],
        fields=tuple(field_from_json(field["path"], field) for field in content["fields"]),
        anchors=tuple(content["anchors"]),
        created_at=row["created_at"],
    )
