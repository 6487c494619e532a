"""The options of a submission: one model for the form's fields and for the JSON body."""

from datetime import UTC, datetime
from math import isfinite
from typing import Annotated, Any, Literal

import orjson
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from octavo.domain.errors import InvalidRequest
from octavo.domain.event import EventType
from octavo.domain.field_specs import parse_specs
from octavo.domain.job import JobOptions, PageSelection, Priority, Profile
from octavo.domain.template import FieldRule
from octavo.domain.template import InlineTemplate as Schema
from octavo.http.bodies import MAX_FILENAME, Body, parse_body
from octavo.http.identifiers import template_id_from

MAX_INSTRUCTIONS = 20_000
MAX_DEPTH = 16
"""Of metadata: what is nested deeper cannot be written as JSON by every client."""
MOST_CALLBACKS = 5
"""Of one job."""
MAX_RETENTION_S = 10 * 365 * 86_400
MAX_INLINE_BYTES = 8 * 2**20
"""Of a document sent as base64 inside JSON; larger ones come as a form or a file.

Reading one takes about five times its size in memory for a moment."""

_LISTS = frozenset({"languages", "document_types"})


def _split(value: Any) -> Any:
    """`de,fr` and `["de", "fr"]` and `["de,fr", "en"]` say the same."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(entry, str) for entry in values):
        return values
    return [part.strip() for entry in values for part in entry.split(",") if part.strip()]


def _from_json_text(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError as error:
        raise ValueError("must be a JSON object") from error


def _storable(value: dict[str, Any]) -> dict[str, Any]:
    """No NUL, no number beyond a double, not too deep: all of it must fit PostgreSQL's jsonb."""
    waiting: list[tuple[Any, int]] = [(value, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise ValueError(f"must not be nested deeper than {MAX_DEPTH} levels")
        if isinstance(node, dict):
            waiting.extend((child, depth + 1) for child in (*node.keys(), *node.values()))
        elif isinstance(node, list):
            waiting.extend((child, depth + 1) for child in node)
        elif (isinstance(node, str) and "\0" in node) or (isinstance(node, float) and not isfinite(node)):
            raise ValueError("must not have NUL characters or infinite numbers")
    return value


def require_storable(value: Any, option: str) -> Any:
    """Of a body that is parsed by hand. Raises `InvalidRequest`."""
    try:
        return _storable({option: value})[option]
    except ValueError as error:
        raise InvalidRequest(f"{option} {error}.", option=option) from None


def _without_nul(value: str) -> str:
    if "\0" in value:
        raise ValueError("must not have a NUL character")
    return value


def _in_reach(moment: datetime) -> datetime:
    """Ids start in 1970, and Python and PostgreSQL disagree about the last hours of the year 9999."""
    return min(max(moment, _EARLIEST), _LATEST)


_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)

Moment = Annotated[AwareDatetime, AfterValidator(_in_reach)]
Text = Annotated[str, AfterValidator(_without_nul)]
Languages = Annotated[
    list[Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=35)]],
    Field(max_length=32),
    BeforeValidator(_split, json_schema_input_type=str | list[str]),
]
DocumentTypes = Annotated[
    list[Annotated[Text, Field(max_length=64)]],
    Field(
        max_length=20,
        description="Without a document_type: which it may be found to be, the first where none of them shows.",
    ),
    BeforeValidator(_split, json_schema_input_type=str | list[str]),
]
Metadata = Annotated[
    dict[Text, Any],
    AfterValidator(_storable),
    BeforeValidator(_from_json_text, json_schema_input_type=dict | str),
]
TimeLimit = Annotated[
    float,
    Field(
        gt=0,
        le=MAX_RETENTION_S,
        description="Pages that are not begun this many seconds after reading began are left out.",
    ),
]
Retention = Annotated[int, Field(ge=0, le=MAX_RETENTION_S)]
PriorityName = Literal["low", "medium", "high", "urgent"]


class CallbackOptions(BaseModel):
    """Who is told how this one job ends. Kept sealed, never shown again."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[Text, Field(min_length=1, max_length=2048)]
    secret: Annotated[Text, Field(min_length=8, max_length=512)] | None = None
    """Null: that of the project's first webhook with the same scheme; without one it goes unsigned."""
    events: Annotated[list[EventType], Field(max_length=20)] = []
    """Empty: how the job ended."""
    scheme: Annotated[str, Field(max_length=40)] = "standard"
    metadata: Metadata | None = None
    """Told back."""


def _listed_callbacks(value: Any) -> Any:
    given = _from_json_text(value)
    return [given] if isinstance(given, dict) else given or []


Callbacks = Annotated[
    list[CallbackOptions],
    Field(max_length=MOST_CALLBACKS),
    BeforeValidator(
        _listed_callbacks, json_schema_input_type=CallbackOptions | list[CallbackOptions] | str | None
    ),
]


class RuleBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    expression: Annotated[Text, Field(min_length=1, max_length=500)]
    """Like `total == subtotal + tax_total`."""
    message: Annotated[Text, Field(max_length=500)] = ""
    """What a failed check says; without it, the expression."""


FieldsGiven = dict[str, Any] | list[dict[str, Any]]


class InlineTemplate(BaseModel):
    """A template for this one job, which keeps it; nothing is stored beside."""

    model_config = ConfigDict(extra="forbid")

    document_type: Annotated[Text, Field(max_length=64)] | None = None
    """The type it builds on."""
    fields: FieldsGiven | None = None
    """A map of names to types, a list of fields, or a JSON Schema of an object."""
    instructions: Annotated[Text, Field(max_length=MAX_INSTRUCTIONS)] = ""
    """For a language model."""
    rules: Annotated[list[RuleBody | Text], Field(max_length=100)] = []

    def schema_said(self) -> Schema:
        """Raises `InvalidRequest` for a schema that is not supported."""
        return Schema(
            fields=parse_specs(require_storable(self.fields, "fields")) if self.fields else (),
            document_type=self.document_type or None,
            instructions=self.instructions,
            rules=tuple(map(rule_from, self.rules)),
        )


def rule_from(given: RuleBody | str) -> FieldRule:
    return FieldRule(given) if isinstance(given, str) else FieldRule(given.expression, given.message)


class SubmitOptions(BaseModel):
    """What to do with a document. An unknown name is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")

    engine: Annotated[Text, Field(min_length=1, max_length=64)] = "auto"
    profile: Profile = Profile.STANDARD
    languages: Languages = []
    pages: (
        Annotated[str, Field(max_length=1000, description="Like 1-3,7,10-; all where left out.")] | None
    ) = None
    password: Annotated[Text, Field(max_length=1024)] | None = None
    priority: PriorityName = "medium"
    metadata: Metadata = {}
    bypass_cache: bool = False
    filename: Annotated[Text, Field(max_length=MAX_FILENAME * 4)] | None = None
    project_id: str | None = None
    source_retention_s: Retention | None = None
    result_retention_s: Retention | None = None
    file_id: str | None = None
    batch_id: str | None = None
    """A batch to add the job to."""
    url: Annotated[Text, Field(max_length=2048, description="Where the document is fetched from.")] | None = (
        None
    )
    callback: Callbacks = []
    """Who is told how the job ends; one, or a list."""
    document_type: (
        Annotated[
            Text,
            Field(
                max_length=64,
                description="Whose fields to look for; `auto` finds out, `none` reads the text alone.",
            ),
        ]
        | None
    ) = None
    document_types: DocumentTypes = []
    template_id: Annotated[Text, Field(max_length=64)] | None = None
    template_version: Annotated[int, Field(ge=1, le=10**9, description="Without it, the newest.")] | None = (
        None
    )
    ink_only: Annotated[
        bool, Field(description="Read every page from its ink; a text layer is passed over, right or wrong.")
    ] = False
    time_limit_s: TimeLimit | None = None
    template: (
        Annotated[
            InlineTemplate,
            BeforeValidator(_from_json_text, json_schema_input_type=InlineTemplate | str),
            Field(
                description="A schema for this job alone; beside a template_id, the language model of that one."
            ),
        ]
        | None
    ) = None
    use_model: bool | None = None
    """Whether the language model of the template or project is asked; left out, it is where there is one."""
    require_model: bool = False
    """A job whose language model is away or gives no answer fails, instead of doing without."""
    model_only: bool = False
    """The fields are what the language model says, with nothing found beside it; implies require_model."""

    def job_options(self) -> JobOptions:
        """Raises `InvalidRequest`, `NotFound`."""
        return JobOptions(
            engine=self.engine,
            profile=self.profile,
            languages=tuple(dict.fromkeys(self.languages)),
            pages=PageSelection.parse(self.pages),
            password=self.password or None,
            document_type=self.document_type if self.document_type not in ("", "auto") else None,
            document_types=tuple(dict.fromkeys(self.document_types)),
            template_id=template_id_from(self.template_id) if self.template_id else None,
            template_version=self.template_version,
            ink_only=self.ink_only,
            time_limit_s=self.time_limit_s,
            template=self.template.schema_said() if self.template else None,
            use_model=self.use_model,
            require_model=self.require_model or self.model_only,
            model_only=self.model_only,
        )

    def job_priority(self) -> Priority:
        return Priority[self.priority.upper()]


class SubmitBody(SubmitOptions):
    """A submission as JSON: `file_id`, `url` or `content_base64`."""

    content_base64: str | None = None


class FileOptions(BaseModel):
    """What may come beside a file that is stored."""

    model_config = ConfigDict(extra="forbid")

    metadata: Metadata = {}


class InspectOptions(BaseModel):
    model_config = ConfigDict(extra="forbid")

    file_id: str | None = None
    url: Annotated[Text, Field(max_length=2048)] | None = None
    """Where the document is fetched from."""
    filename: Annotated[Text, Field(max_length=MAX_FILENAME * 4)] | None = None
    password: Annotated[Text, Field(max_length=1024)] | None = None


def parse_fields(model: type[Body], fields: dict[str, list[str]]) -> Body:
    """Form fields as options. Raises `ValidationFailed`, and `InvalidRequest` for a repeated field."""
    values: dict[str, Any] = {}
    for name, texts in fields.items():
        if name in _LISTS:
            values[name] = texts
        elif len(texts) > 1:
            raise InvalidRequest(f"The field {name[:40]!r} was sent more than once.", option=name[:40])
        elif texts[0] != "":
            values[name] = texts[0]
    return parse_body(model, values)
