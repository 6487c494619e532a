"""Ids as this vendor writes them: UUIDs (version 4) of documents and schemas, `job_` and `batch_` with digits.

A UUID has 122 free bits: our 96, what it names, and a check, hidden so that it looks as random as others.
Digits are thirteen for the millisecond and fifteen for the rest, where the vendor has nineteen for a
nanosecond: ours need them all to be read back.
"""

import hashlib
import re
from enum import IntEnum
from uuid import UUID

from octavo.domain.errors import NotFound
from octavo.domain.ids import BatchId, FileId, JobId, TemplateId

JOB = "job_"
BATCH = "batch_"
_DIGITS = re.compile(r"(\d{13})(\d{15})")
_CHECK_BITS, _BODY_BITS = 24, 98
_LOW_BITS, _MIDDLE_BITS = 62, 12
"""Around the four bits of a UUID's version and the two of its variant."""


class Kind(IntEnum):
    DOCUMENT = 0
    SCHEMA = 1
    OWNER = 2


def to_uuid(kind: Kind, id_: str) -> str:
    body = int(id_, 16) << 2 | kind
    check = _check(body)
    free = (body ^ _mask(check)) << _CHECK_BITS | check
    low = free & (1 << _LOW_BITS) - 1
    middle = free >> _LOW_BITS & (1 << _MIDDLE_BITS) - 1
    high = free >> _LOW_BITS + _MIDDLE_BITS
    return str(UUID(int=high << 80 | 4 << 76 | middle << 64 | 2 << _LOW_BITS | low))


def from_uuid(kind: Kind, text: str) -> str:
    """Raises `NotFound` for whatever we never gave out for that kind."""
    try:
        value = UUID(text).int
    except ValueError:
        raise NotFound("There is no such id.") from None
    middle = value >> 64 & (1 << _MIDDLE_BITS) - 1
    free = (value >> 80) << _LOW_BITS + _MIDDLE_BITS | middle << _LOW_BITS | value & (1 << _LOW_BITS) - 1
    check = free & (1 << _CHECK_BITS) - 1
    body = free >> _CHECK_BITS ^ _mask(check)
    id_ = f"{body >> 2:024x}"
    if body & 3 != kind or to_uuid(kind, id_) != str(UUID(int=value)):
        raise NotFound("There is no such id.")
    return id_


def document_id(file_id: FileId) -> str:
    return to_uuid(Kind.DOCUMENT, file_id)


def document_id_from(text: str) -> FileId:
    """From its UUID, or from a `file_id` of ours, digits and name. Raises `NotFound`."""
    digits, underscore, _ = text.partition("_")
    return FileId(_from_digits(digits) if underscore else from_uuid(Kind.DOCUMENT, text))


def schema_id(template_id: TemplateId) -> str:
    return to_uuid(Kind.SCHEMA, template_id)


def schema_id_from(text: str) -> TemplateId:
    """Raises `NotFound`."""
    return TemplateId(from_uuid(Kind.SCHEMA, text))


def job_id(id_: JobId) -> str:
    return JOB + to_digits(id_)


def job_id_from(text: str) -> JobId:
    """Raises `NotFound`."""
    return JobId(_from_digits(_behind(JOB, text)))


def batch_id(id_: BatchId) -> str:
    return BATCH + to_digits(id_)


def batch_id_from(text: str) -> BatchId:
    """Raises `NotFound`."""
    return BatchId(_from_digits(_behind(BATCH, text)))


def to_digits(id_: str) -> str:
    return f"{int(id_[:12], 16):013d}{int(id_[12:], 16):015d}"


def _behind(prefix: str, text: str) -> str:
    return text.removeprefix(prefix) if text.startswith(prefix) else ""


def _from_digits(digits: str) -> str:
    match = _DIGITS.fullmatch(digits) if digits.isascii() else None
    id_ = f"{int(match[1]):012x}{int(match[2]):012x}" if match else ""
    if len(id_) != 24:
        raise NotFound("There is no such id.")
    return id_


def _check(body: int) -> int:
    return int.from_bytes(hashlib.sha256(b"check" + body.to_bytes(13)).digest()[: _CHECK_BITS // 8])


def _mask(check: int) -> int:
    return int.from_bytes(hashlib.sha256(b"mask" + check.to_bytes(3)).digest()) >> 256 - _BODY_BITS
