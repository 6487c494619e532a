"""Which fields to look for: the schema of a document type, or of a user's own template."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from octavo.domain.field import Field
from octavo.domain.ids import OrganizationId, ProjectId, TemplateId


class FieldType(StrEnum):
    """What a value is; decides which reader takes it from the text."""

    STRING = "string"
    """One run of words on a line."""
    TEXT = "text"
    """Several lines."""
    IDENTIFIER = "identifier"
    """Letters and digits that name something: a number of an invoice, a container, a contract."""
    NUMBER = "number"
    INTEGER = "integer"
    MONEY = "money"
    PERCENTAGE = "percentage"
    DATE = "date"
    TIME = "time"
    BOOLEAN = "boolean"
    CURRENCY = "currency"
    COUNTRY = "country"
    IBAN = "iban"
    BIC = "bic"
    TAX_ID = "tax_id"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    ADDRESS = "address"
    ENUM = "enum"
    OBJECT = "object"
    ARRAY = "array"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a schema."""

    name: str
    """snake_case: `[a-z][a-z0-9_]*`, at most 64 characters."""
    type: FieldType
    description: str = ""
    synonyms: tuple[str, ...] = ()
    """What the document may call it, in any language; beside what the document type knows already."""
    format: str | None = None
    """A regular expression the raw text must match, whole; of a date, how it is written (`dd/mm/yyyy`)."""
    required: bool = False
    examples: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    """Of an enum: what it may be."""
    fields: tuple["FieldSpec", ...] = ()
    """Of an object; of an array of objects, the fields of one entry."""
    entries: FieldType | None = None
    """Of an array of plain values, what one is; None where entries are objects."""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What must hold between fields: `total == subtotal + tax`, see `pipeline.fields.rules`."""

    expression: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document Octavo knows the fields of."""

    name: str
    title: str
    description: str
    fields: tuple[FieldSpec, ...]
    rules: tuple[FieldRule, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A language model behind an OpenAI-compatible endpoint."""

    base_url: str
    model: str
    api_key: str | None = field(default=None, repr=False)
    """Sealed at rest, never shown."""
    timeout_s: float = 60.0
    max_retries: int = 2
    input_price: float | None = None
    """Of a million tokens, in the user's own currency; None: not counted."""
    output_price: float | None = None

    @property
    def identity(self) -> str:
        """What tells it from other models: `model at base URL`."""
        return f"{self.model} at {self.base_url}"


@dataclass(frozen=True, slots=True)
class Example:
    """A document somebody corrected: what stood where. The next document of its layout is read by it."""

    id: str
    fields: tuple[Field, ...]
    anchors: tuple[dict[str, Any], ...]
    """Words of its layout with their places, as `pipeline.fields.learned` keeps them; JSON values only."""
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Reference:
    """What an owner knows beside the documents: customers, a catalogue, codes, rules in words."""

    id: str
    name: str
    """Of the file; its ending says how it is read: .json, .md, .txt, .csv, .tsv."""
    size_bytes: int
    entries: int
    """Rows that values are looked up in; 0: it is only shown to language models."""
    created_at: datetime
    text: str | None = field(default=None, repr=False)
    """None where it was not asked for."""


@dataclass(frozen=True, slots=True)
class Template:
    """A user's own schema. Each change makes a new version; jobs keep the one they were sent with."""

    id: TemplateId
    organization_id: OrganizationId
    project_id: ProjectId
    version: int
    """From 1."""
    name: str
    document_type: str | None
    """The type it builds on: that type's readers and synonyms are used where names agree. None: none."""
    fields: tuple[FieldSpec, ...]
    created_at: datetime
    updated_at: datetime
    description: str = ""
    instructions: str = ""
    """For a language model."""
    result_format: str = "json"
    """The export it gives where the caller names none; a name in EXPORTERS."""
    rules: tuple[FieldRule, ...] = ()
    model: ModelChoice | None = None
    examples: tuple[Example, ...] = ()
    metadata: dict[str, Any] = field(default_factory=dict)
    """The owner's own, JSON values; part of the version."""
    references: tuple[Reference, ...] = ()

    @property
    def is_stored(self) -> bool:
        """False: it came with a job, and has neither an id nor a version."""
        return bool(self.id)


@dataclass(frozen=True, slots=True)
class InlineTemplate:
    """A schema that came with a job and lives in it alone."""

    fields: tuple[FieldSpec, ...] = ()
    document_type: str | None = None
    instructions: str = ""
    rules: tuple[FieldRule, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldOrder:
    """What is to be found in one document."""

    document_type: str | None = None
    """None: find out. `generic`: all key-value pairs and tables."""
    document_types: tuple[str, ...] = ()
    """Without one: which it may be found to be, the first where none of them shows; empty: any."""
    template: Template | None = None
    languages: tuple[str, ...] = ()
    """What the caller says the document is written in; empty: find out."""
    model_only: bool = False
    """Nothing is looked for beside what a language model says."""
