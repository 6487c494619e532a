"""The vendor's orders in our words."""

from dataclasses import dataclass
from typing import Any

from octavo.app.services import Services
from octavo.app.submit import SubmitRequest
from octavo.app.webhooks.register import FINAL_EVENTS, make_callback
from octavo.dialects.invaro.errors import Invalid, UnknownDocument
from octavo.dialects.invaro.ids import document_id_from
from octavo.dialects.invaro.kinds import DIALECT, SCHEMA_TYPES, Kind, document_type_of
from octavo.dialects.invaro.schemas import named_schema, newest_schema
from octavo.dialects.invaro.wire import Order
from octavo.domain.errors import Gone, NotFound
from octavo.domain.event import EventType
from octavo.domain.file import StoredFile
from octavo.domain.ids import FileId, TemplateId
from octavo.domain.job import JobOptions, JobStatus
from octavo.domain.tenancy import Principal
from octavo.domain.webhook import Callback
from octavo.ports.file_history import TYPE_MEMBER

CALLBACK = "callback_url"
"""Of a file's metadata: who is told of its jobs, where the job names nobody."""
_SWITCHES = frozenset(
    {
        "extract_line_items",
        "extract_tables",
        "extract_items",
        "detect_tax",
        "extract_transactions",
        "categorize",
    }
    | {"detect_anomalies"}
)
_TOLD = (
    EventType.JOB_QUEUED,
    EventType.JOB_PROCESSING,
    EventType.JOB_PROGRESS,
    *FINAL_EVENTS,
)
STATUS_FILTERS: dict[str, tuple[JobStatus, ...]] = {
    "pending": (JobStatus.QUEUED,),
    "processing": (JobStatus.PROCESSING,),
    "completed": (JobStatus.COMPLETED,),
    "failed": (JobStatus.FAILED, JobStatus.CANCELLED),
    "cancelled": (JobStatus.CANCELLED,),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with any document of one request."""

    kind: Kind
    metadata: dict[str, Any]
    schema: TemplateId | None
    """As the request names it."""
    callbacks: tuple[Callback, ...]


async def plan_of(order: Order, kind: Kind, *, caller: Principal, services: Services) -> Plan:
    """Raises `Invalid`, `SchemaNotFound`, and `InvalidRequest` for a callback that cannot be."""
    options = checked_options(order.options)
    metadata = {"dialect": DIALECT, "kind": kind.name} | ({"options": options} if options else {})
    schema = None
    if order.schema_id:
        schema = (await named_schema(order.schema_id, caller=caller, services=services)).id
    return Plan(kind, metadata, schema, callbacks_to(order.callback_url, services))


async def request_for(
    file: StoredFile, plan: Plan, *, caller: Principal, services: Services
) -> SubmitRequest:
    """One document's job: the schema it names, else the newest active one of its type, else none."""
    template = plan.schema or await _chosen(file, plan.kind, caller=caller, services=services)
    options = JobOptions(template_id=template) if template else _any_of(plan.kind.document_types)
    callbacks = plan.callbacks or callbacks_to(file.metadata.get(CALLBACK), services)
    return SubmitRequest(options=options, file_id=file.id, metadata=plan.metadata, callbacks=callbacks)


def _any_of(types: tuple[str, ...]) -> JobOptions:
    return JobOptions(document_type=types[0]) if len(types) == 1 else JobOptions(document_types=types)


async def _chosen(
    file: StoredFile, kind: Kind, *, caller: Principal, services: Services
) -> TemplateId | None:
    type_ = kind.schema_type or file.metadata.get(TYPE_MEMBER)
    if type_ not in SCHEMA_TYPES:
        return None
    found = await newest_schema(type_, caller=caller, services=services)
    return found.id if found else None


async def document_of(text: str, *, caller: Principal, services: Services) -> StoredFile:
    """A wrong id is a fault of the order; who may submit may name it. Raises `UnknownDocument`."""
    try:
        file_id: FileId = document_id_from(text)
        return await services.store.tenant(caller.tenant).file(file_id)
    except (NotFound, Gone) as error:
        raise UnknownDocument(f"{text[:100]}: {error.summary}", option="document_id") from None


def callbacks_to(url: Any, services: Services) -> tuple[Callback, ...]:
    """Told of every event of the job that the vendor has a word for. Raises `InvalidRequest`."""
    if not isinstance(url, str) or not url:
        return ()
    return (make_callback(url=url, event_types=_TOLD, scheme=DIALECT, services=services),)


def checked_options(given: dict[str, Any] | None) -> dict[str, bool]:
    """Raises `Invalid` for what we do not know."""
    options: dict[str, bool] = {}
    for name, value in (given or {}).items():
        if name not in _SWITCHES:
            raise Invalid(f"options: there is no {name[:80]!r}; there are {', '.join(sorted(_SWITCHES))}.")
        if not isinstance(value, bool):
            raise Invalid(f"options.{name} is true or false.")
        options[name] = value
    return options


def file_metadata(type_: str | None, callback_url: str | None) -> dict[str, Any]:
    told = {"dialect": DIALECT, TYPE_MEMBER: type_, CALLBACK: callback_url or None}
    return {name: value for name, value in told.items() if value is not None}


def type_from(word: str | None, option: str) -> str | None:
    """None where nothing is said. Raises `Invalid`."""
    if not word:
        return None
    found = document_type_of(word)
    if found is None:
        raise Invalid(f"{option}: there is no type {word[:80]!r}; say statement or invoice.", option=option)
    return found
