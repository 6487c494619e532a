"""Reading what comes in: limits before bytes, JSON by hand, file names made harmless."""

import re
import unicodedata
from collections.abc import AsyncIterator
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from octavo.domain.errors import DocumentTooLarge, InvalidRequest, UnsupportedMediaType
from octavo.http.multipart import media_type_of as parse_media_type
from octavo.http.problems import ValidationFailed, validation_failed

MAX_JSON_BYTES = 256 * 1024
FORM_OVERHEAD_BYTES = 2**20
"""What boundaries, headers and fields may take beside the file."""
MAX_FILENAME = 255

_PATH_SEPARATORS = re.compile(r"[/\\]")

Body = TypeVar("Body", bound=BaseModel)


def media_type_of(request: Request) -> str:
    """Of the body, lower case, without parameters; empty where none is said."""
    return parse_media_type(request.headers.get("content-type", ""))[0]


def refuse_oversize(request: Request, limit_bytes: int, *, beside_bytes: int = 0) -> None:
    """Refuse by `Content-Length`, before a byte of the body is read.

    `beside_bytes` may come on top of what is limited. Raises `DocumentTooLarge`.
    """
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > limit_bytes + beside_bytes:
        raise DocumentTooLarge(
            f"The body has {length[:20]} bytes; {limit_bytes} are allowed.", limit=limit_bytes, unit="bytes"
        )


async def body_of(request: Request) -> AsyncIterator[bytes]:
    """The chunks as they come, without empty ones. Raises `ClientDisconnect` when they stop coming."""
    async for chunk in request.stream():
        if chunk:
            yield chunk


async def read_json(request: Request, limit_bytes: int = MAX_JSON_BYTES) -> Any:
    """Raises `UnsupportedMediaType`, `DocumentTooLarge`, `ValidationFailed`."""
    if media_type_of(request) != "application/json":
        raise UnsupportedMediaType("Send application/json.", media_type=media_type_of(request))
    refuse_oversize(request, limit_bytes)
    content = bytearray()
    async for chunk in body_of(request):
        content += chunk
        if len(content) > limit_bytes:
            raise DocumentTooLarge(f"The body may take {limit_bytes} bytes.", limit=limit_bytes, unit="bytes")
    return parse_json(bytes(content))


def parse_json(content: bytes | str) -> Any:
    """Raises `ValidationFailed`."""
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise ValidationFailed(
            "The body is not JSON.",
            errors=[{"location": "body", "message": "not JSON", "rule": "json"}],
        ) from error


def parse_body(model: type[Body], content: Any) -> Body:
    """Raises `ValidationFailed` naming each place that is wrong."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise validation_failed(error.errors(include_url=False, include_input=False)) from None


def safe_filename(name: str | None) -> str | None:
    """The base name alone, NFC, without control characters; None where nothing is left.

    Names are shown to people and written into headers; they never become a path of ours.
    """
    if name is None:
        return None
    base = unicodedata.normalize("NFC", _PATH_SEPARATORS.split(name)[-1])
    kept = "".join(sign for sign in base if unicodedata.category(sign) not in _UNWANTED).strip()
    return kept[:MAX_FILENAME] if kept.strip(".") else None


_UNWANTED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, invisible format signs (right-to-left override), surrogates, line separators."""


def require_no_nul(value: str | None, option: str) -> None:
    """PostgreSQL text cannot hold U+0000; nothing it could match exists."""
    if value is not None and "\0" in value:
        raise InvalidRequest(f"{option} must not have a NUL character.", option=option)
