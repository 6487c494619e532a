"""What the API answers about fields, document types and corrections, and what it takes."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from octavo.domain.correction import Correction
from octavo.domain.field import FieldSource, Place
from octavo.domain.geometry import BBox
from octavo.domain.job import FieldsStanding
from octavo.domain.template import DocumentType, FieldRule, FieldSpec, InlineTemplate
from octavo.http.identifiers import JOB, KEY
from octavo.pipeline.fields.correct import Wish

ScalarValue = str | int | float | bool
MAX_CHANGES = 1000


class ModelUseAnswer(BaseModel):
    """What asking a language model took."""

    name: str
    questions: int
    """That were answered."""
    input_tokens: int
    output_tokens: int
    cost: float | None
    """In the currency of the prices given; null without prices."""


class FieldsSummaryAnswer(BaseModel):
    """How the fields stand; the fields themselves are under `links.fields`."""

    version: int
    document_type: str
    document_type_confidence: float | None
    """Null where the caller said the type."""
    found: int
    verified: int
    failed_checks: int
    confidence: float | None
    notes: list[str]
    model: ModelUseAnswer | None


class PlaceAnswer(BaseModel):
    page: int
    bbox: list[float] | None
    """Null where the source has no layout."""


class AlternativeAnswer(BaseModel):
    value: ScalarValue
    raw_text: str | None
    places: list[PlaceAnswer]
    confidence: float | None
    reason: str


class EvidenceAnswer(BaseModel):
    path: str
    value: ScalarValue
    raw_text: str | None
    page: int | None
    places: list[PlaceAnswer]
    confidence: float | None
    source: FieldSource
    verified: bool
    checks: list[str]
    alternatives: list[AlternativeAnswer]


class CheckAnswer(BaseModel):
    code: str
    passed: bool
    detail: str
    paths: list[str]


class CandidateAnswer(BaseModel):
    document_type: str
    confidence: float


class TemplateOfFields(BaseModel):
    id: str
    version: int | None


class FieldsAnswer(BaseModel):
    """`values` is the tree of the schema, null where the document does not say; `evidence` is by path."""

    job_id: str
    version: int
    """1 as they were found; each correction adds one."""
    document_type: str
    document_type_confidence: float | None
    candidates: list[CandidateAnswer]
    locale: str | None
    template: TemplateOfFields | None
    values: dict[str, Any]
    evidence: dict[str, EvidenceAnswer]
    checks: list[CheckAnswer]
    confidence: float | None
    notes: list[str]
    model: ModelUseAnswer | None = None


class PlaceBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    page: Annotated[int, Field(ge=1, le=10_000_000)]
    bbox: Annotated[list[Annotated[float, Field(ge=0, le=1)]], Field(min_length=4, max_length=4)] | None = (
        None
    )


class ChangeBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    path: Annotated[str, Field(min_length=1, max_length=300)]
    value: Any = None
    """Null clears it; an object or a list takes the place of all that is there."""
    places: Annotated[list[PlaceBody], Field(max_length=50)] | None = None
    """Where the document says it; without it, where it was read before."""

    def wish(self) -> Wish:
        return Wish(
            self.path, self.value, None if self.places is None else tuple(map(place_from, self.places))
        )


class CorrectFieldsBody(BaseModel):
    """`changes`, value by value, or `values`, a tree that is merged: null clears, a list takes the old one's place."""

    model_config = ConfigDict(extra="forbid")

    changes: Annotated[list[ChangeBody], Field(min_length=1, max_length=MAX_CHANGES)] | None = None
    values: dict[str, Any] | None = None


class FieldChangeAnswer(BaseModel):
    path: str
    before: ScalarValue | None
    after: ScalarValue | None


class CorrectionAnswer(BaseModel):
    version: int
    """Of the fields, that it made."""
    key_id: str
    created_at: datetime
    changes: list[FieldChangeAnswer]


class CorrectionListAnswer(BaseModel):
    corrections: list[CorrectionAnswer]
    next_cursor: str | None


class SpecAnswer(BaseModel):
    name: str
    type: str
    description: str
    synonyms: list[str]
    format: str | None
    required: bool
    examples: list[str]
    values: list[str]
    """Of an enum."""
    fields: list["SpecAnswer"]
    """Of an object, or of each entry of an array."""
    entries: str | None
    """What each entry of an array of plain values is."""


class RuleAnswer(BaseModel):
    expression: str
    message: str


class InlineTemplateAnswer(BaseModel):
    document_type: str | None
    fields: list[SpecAnswer]
    instructions: str
    rules: list[RuleAnswer]


class DocumentTypeAnswer(BaseModel):
    name: str
    title: str
    description: str
    fields: list[SpecAnswer]
    rules: list[str]
    schema_link: str
    """Its JSON Schema."""


class DocumentTypeListAnswer(BaseModel):
    document_types: list[DocumentTypeAnswer]


def place_from(body: PlaceBody) -> Place:
    """Edges in the wrong order are put right."""
    if body.bbox is None:
        return Place(body.page, None)
    x0, y0, x1, y1 = body.bbox
    return Place(body.page, BBox(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def render_standing(standing: FieldsStanding | None) -> FieldsSummaryAnswer | None:
    if standing is None:
        return None
    summary = standing.summary
    return FieldsSummaryAnswer(
        version=standing.version,
        document_type=summary.document_type,
        document_type_confidence=summary.type_confidence,
        found=summary.found,
        verified=summary.verified,
        failed_checks=summary.failed_checks,
        confidence=summary.confidence,
        notes=list(summary.notes),
        model=ModelUseAnswer(**asdict(summary.model)) if summary.model else None,
    )


def render_correction(correction: Correction) -> CorrectionAnswer:
    return CorrectionAnswer(
        version=correction.version,
        key_id=KEY + correction.key_id,
        created_at=correction.created_at,
        changes=[
            FieldChangeAnswer(path=change.path, before=change.before, after=change.after)
            for change in correction.changes
        ],
    )


def render_spec(spec: FieldSpec) -> SpecAnswer:
    return SpecAnswer(
        name=spec.name,
        type=spec.type.value,
        description=spec.description,
        synonyms=list(spec.synonyms),
        format=spec.format,
        required=spec.required,
        examples=list(spec.examples),
        values=list(spec.values),
        fields=[render_spec(inner) for inner in spec.fields],
        entries=spec.entries.value if spec.entries else None,
    )


def render_rules(rules: tuple[FieldRule, ...]) -> list[RuleAnswer]:
    return [RuleAnswer(expression=rule.expression, message=rule.message) for rule in rules]


def render_inline(template: InlineTemplate) -> InlineTemplateAnswer:
    return InlineTemplateAnswer(
        document_type=template.document_type,
        fields=[render_spec(spec) for spec in template.fields],
        instructions=template.instructions,
        rules=render_rules(template.rules),
    )


def render_document_type(kind: DocumentType) -> DocumentTypeAnswer:
    return DocumentTypeAnswer(
        name=kind.name,
        title=kind.title,
        description=kind.description,
        fields=[render_spec(spec) for spec in kind.fields],
        rules=[rule.expression for rule in kind.rules],
        schema_link=f"/v1/document-types/{kind.name}/schema",
    )


def fields_body(job_id: str, version: int, content: bytes) -> bytes:
    """The stored fields with whose they are in front: a bank statement has too many to take apart again."""
    return b'{"job_id":"%s","version":%d,' % (f"{JOB}{job_id}".encode(), version) + content[1:]
