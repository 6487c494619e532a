"""Templates as the API takes and answers them. The key of a language model is in no answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from octavo.app.templates.draft import TemplateDraft
from octavo.domain.errors import InvalidRequest
from octavo.domain.field_specs import parse_specs
from octavo.domain.ids import JobId
from octavo.domain.template import Example, Template
from octavo.exporters.fields_json import field_to_json
from octavo.http.field_wire import (
    ChangeBody,
    EvidenceAnswer,
    RuleAnswer,
    SpecAnswer,
    render_rules,
    render_spec,
)
from octavo.http.identifiers import PROJECT, TEMPLATE, job_id_from
from octavo.http.model_wire import ModelBody, ModelChoiceAnswer, model_from, render_model
from octavo.http.options import (
    MAX_INSTRUCTIONS,
    FieldsGiven,
    Metadata,
    RuleBody,
    Text,
    require_storable,
    rule_from,
)
from octavo.ports.templates import TemplateVersion

MAX_EXAMPLE_CHANGES = 1000
MAX_REFERENCE_LETTERS = 1024 * 1024


class ChangeTemplateBody(BaseModel):
    """What is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Text, Field(min_length=1, max_length=200)] | None = None
    document_type: Annotated[Text, Field(max_length=64)] | None = None
    fields: FieldsGiven | None = None
    """A map of names to types, a list of fields, or a JSON Schema of an object."""
    description: Annotated[Text, Field(max_length=2000)] | None = None
    instructions: Annotated[Text, Field(max_length=MAX_INSTRUCTIONS)] | None = None
    """For a language model."""
    result_format: Annotated[Text, Field(max_length=40)] | None = None
    """What a result is where no format is asked for."""
    rules: Annotated[list[RuleBody | Text], Field(max_length=100)] | None = None
    model: ModelBody | None = None
    """Null takes it away."""
    metadata: Metadata | None = None
    """Your own; told back, and of no weight here."""


class TemplateBody(ChangeTemplateBody):
    name: Annotated[Text, Field(min_length=1, max_length=200)]


class NewTemplate(TemplateBody):
    project_id: str | None = None
    """Null: where the key submits to."""


class ExampleBody(BaseModel):
    """A job whose fields are right, or made so by `fields`."""

    model_config = ConfigDict(extra="forbid")

    job_id: str
    fields: Annotated[list[ChangeBody], Field(max_length=MAX_EXAMPLE_CHANGES)] = []

    def job(self) -> JobId:
        return job_id_from(self.job_id)


class ExampleAnswer(BaseModel):
    id: str
    created_at: datetime
    fields: list[EvidenceAnswer]
    pages: list[int]
    """Whose layout it keeps."""


class TemplateAnswer(BaseModel):
    id: str
    project_id: str
    version: int
    """Each change makes another; jobs keep the one they were sent with."""
    name: str
    document_type: str | None
    fields: list[SpecAnswer]
    description: str
    instructions: str
    result_format: str
    rules: list[RuleAnswer]
    model: ModelChoiceAnswer | None
    metadata: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    schema_link: str
    """Its fields as JSON Schema."""


class TemplateListAnswer(BaseModel):
    templates: list[TemplateAnswer]
    next_cursor: str | None


class TemplateVersionAnswer(BaseModel):
    version: int
    name: str
    created_at: datetime


class TemplateVersionListAnswer(BaseModel):
    versions: list[TemplateVersionAnswer]
    next_cursor: str | None


class ExampleListAnswer(BaseModel):
    template_version: int
    examples: list[ExampleAnswer]


class ReferenceBody(BaseModel):
    """A file of the owner's own: what it is called says how it is read."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Text, Field(min_length=1, max_length=255)]
    """Ends in `.json`, `.md`, `.txt`, `.csv` or `.tsv`."""
    content: Annotated[str, Field(min_length=1, max_length=MAX_REFERENCE_LETTERS)]


class ReferenceAnswer(BaseModel):
    id: str
    name: str
    size_bytes: int
    entries: int
    """Rows that values are looked up in; 0: it is only shown to language models."""
    created_at: datetime


class ReferenceListAnswer(BaseModel):
    template_version: int
    references: list[ReferenceAnswer]


def draft_from(body: TemplateBody) -> TemplateDraft:
    """Raises `InvalidRequest` for a schema that is not supported."""
    return merged(body)(TemplateDraft(body.name))


def replacing(body: TemplateBody) -> Callable[[TemplateDraft], TemplateDraft]:
    """All of it anew; only the model's key stays where the body has a model without one."""

    def replaced(draft: TemplateDraft) -> TemplateDraft:
        return merged(body)(TemplateDraft(body.name, model=draft.model if body.model else None))

    return replaced


def merged(body: ChangeTemplateBody) -> Callable[[TemplateDraft], TemplateDraft]:
    """Raises `InvalidRequest` when it is called with a schema that is not supported."""
    given: dict[str, Any] = {}
    for name in body.model_fields_set & {"name", "description", "instructions", "result_format", "metadata"}:
        if getattr(body, name) is None:
            raise InvalidRequest(f"{name} cannot be null; leave it out.", option=name)
        given[name] = getattr(body, name)
    if "document_type" in body.model_fields_set:
        given["document_type"] = body.document_type or None
    if "fields" in body.model_fields_set:
        given["fields"] = parse_specs(require_storable(body.fields, "fields")) if body.fields else ()
    if "rules" in body.model_fields_set:
        given["rules"] = tuple(map(rule_from, body.rules or ()))

    def changed(draft: TemplateDraft) -> TemplateDraft:
        if "model" not in body.model_fields_set:
            return replace(draft, **given)
        return replace(draft, **given, model=model_from(body.model, draft.model))

    return changed


def render_template(template: Template) -> TemplateAnswer:
    id_ = TEMPLATE + template.id
    return TemplateAnswer(
        id=id_,
        project_id=PROJECT + template.project_id,
        version=template.version,
        name=template.name,
        document_type=template.document_type,
        fields=[render_spec(spec) for spec in template.fields],
        description=template.description,
        instructions=template.instructions,
        result_format=template.result_format,
        rules=render_rules(template.rules),
        model=render_model(template.model),
        metadata=template.metadata,
        created_at=template.created_at,
        updated_at=template.updated_at,
        schema_link=f"/v1/templates/{id_}/schema",
    )


def render_version(version: TemplateVersion) -> TemplateVersionAnswer:
    return TemplateVersionAnswer(version=version.version, name=version.name, created_at=version.created_at)


def render_examples(template: Template) -> ExampleListAnswer:
    return ExampleListAnswer(
        template_version=template.version, examples=[_render_example(one) for one in template.examples]
    )


def _render_example(example: Example) -> ExampleAnswer:
    return ExampleAnswer(
        id=example.id,
        created_at=example.created_at,
        fields=[EvidenceAnswer(**field_to_json(field)) for field in example.fields],
        pages=[int(anchor["page"]) for anchor in example.anchors],
    )


def render_references(template: Template) -> ReferenceListAnswer:
    return ReferenceListAnswer(
        template_version=template.version,
        references=[
            ReferenceAnswer(
                id=one.id,
                name=one.name,
                size_bytes=one.size_bytes,
                entries=one.entries,
                created_at=one.created_at,
            )
            for one in template.references
        ],
    )
