"""`schema_string` on the wire: an object, JSON text, or gzip in base64; answered in the last form, as documented."""

import base64
import binascii
import gzip
import json
import zlib
from typing import Any

from octavo.domain.errors import InvalidRequest
from octavo.http.options import require_storable

MAX_BYTES = 100 * 1024
_GZIP = b"\x1f\x8b"


def parse_schema_string(given: Any) -> Any:
    """The schema as JSON values. Raises `InvalidRequest`."""
    if isinstance(given, str):
        given = _parsed(_unpacked(given.strip()))
    elif len(json.dumps(given).encode()) > MAX_BYTES:
        raise _too_large()
    if not isinstance(given, dict | list):
        raise InvalidRequest("schema_string is an object with the fields.", option="schema_string")
    return require_storable(given, "schema_string")


def write_schema_string(schema: Any) -> str:
    """The same text for the same schema."""
    content = json.dumps(schema, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(gzip.compress(content, mtime=0)).decode()


def _unpacked(text: str) -> bytes:
    if len(text) > 2 * MAX_BYTES:
        raise _too_large()
    if text[:1] in {"{", "["}:
        return text.encode()
    try:
        packed = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return text.encode()
    return _inflated(packed) if packed.startswith(_GZIP) else packed


def _inflated(packed: bytes) -> bytes:
    """No more than is allowed: a few kilobytes can stand for gigabytes."""
    try:
        content = zlib.decompressobj(wbits=31).decompress(packed, MAX_BYTES + 1)
    except zlib.error as error:
        raise InvalidRequest("schema_string is broken gzip.", option="schema_string") from error
    if len(content) > MAX_BYTES:
        raise _too_large()
    return content


def _parsed(content: bytes) -> Any:
    if len(content) > MAX_BYTES:
        raise _too_large()
    try:
        return json.loads(content)
    except ValueError as error:
        raise InvalidRequest(
            "schema_string is neither JSON nor gzip in base64.", option="schema_string"
        ) from error


def _too_large() -> InvalidRequest:
    return InvalidRequest(
        f"schema_string may take {MAX_BYTES} bytes.", option="schema_string", limit=MAX_BYTES
    )
