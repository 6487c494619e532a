"""The vendor's order in our words."""

from typing import Any

from octavo.dialects.ldxhub.ids import Kind, from_wire
from octavo.dialects.ldxhub.outbound import KEPT
from octavo.dialects.ldxhub.services import AUTO, INPUTS, LANGUAGES, OUTPUTS, Service
from octavo.dialects.ldxhub.wire import CreateJob
from octavo.domain.errors import InvalidRequest, NotFound
from octavo.domain.ids import JobId
from octavo.domain.job import JobOptions

DIALECT = "ldxhub"


class UnsupportedConversion(InvalidRequest):
    code = "unsupported_conversion"


class UnknownFile(InvalidRequest):
    code = "file_not_found"


def job_id_of(text: str) -> JobId:
    """Raises `NotFound`."""
    kind, id_ = from_wire(text)
    if kind is not Kind.JOB:
        raise NotFound("There is no such job.")
    return JobId(id_)


def file_of(text: str) -> tuple[Kind, str]:
    """A file, an upload, or a job whose output it is, with our id. Raises `NotFound`."""
    kind, id_ = from_wire(text)
    if kind in {Kind.JOB, Kind.RECORDS}:
        raise NotFound("There is no such file.")
    return kind, id_


def options_of(order: CreateJob, service: Service) -> JobOptions:
    """Raises `InvalidRequest` naming what this service does not do."""
    if order.engine != service.engine:
        raise InvalidRequest(
            f"{service.name} has no engine {order.engine!r}; it has {service.engine}.", option="engine"
        )
    if order.output_format not in service.outputs + service.also:
        known = ", ".join(service.outputs)
        raise UnsupportedConversion(
            f"{service.name} does not write {order.output_format!r}; it writes {known}.",
            option="output_format",
        )
    return JobOptions(engine=service.our_engine, languages=_languages(order, service), document_type="none")


def require_input(media_type: str, inputs: tuple[str, ...], name: str) -> None:
    """Raises `UnsupportedConversion`: the content decides, not the name."""
    if INPUTS.get(media_type) not in inputs:
        raise UnsupportedConversion(
            f"{name} does not read {media_type}; it reads {', '.join(inputs)}.", option="file_id"
        )


def metadata_of(order: CreateJob, service: Service) -> dict[str, Any]:
    """What a job must know of its order to be shown in this dialect."""
    return {
        "dialect": DIALECT,
        "service": service.name,
        "output_format": OUTPUTS[order.output_format],
        "file_id": order.file_id,
    }


def wait_s(text: str | None) -> float:
    """What is missing, 0 or no number is no wait."""
    if not text or not text.isascii() or not text.isdecimal():
        return 0
    return min(LONGEST_WAIT_S, int(text.lstrip("0")[:6] or "0"))


LONGEST_WAIT_S = 30
"""Clients send 10 or 30, and give a request 60."""
RETENTION_S = int(KEPT.total_seconds())


def _languages(order: CreateJob, service: Service) -> tuple[str, ...]:
    if not service.reads_ink or not order.languages or order.languages[0].lower() == AUTO.lower():
        return ()
    code = order.languages[0].lower()
    if code in LANGUAGES:
        return (LANGUAGES[code][0],)
    if code in {tag for tag, _ in LANGUAGES.values()}:
        return (code,)
    raise InvalidRequest(
        f"There is no language {order.languages[0]!r}; see supported_languages of {service.engine}.",
        option="languages",
    )
