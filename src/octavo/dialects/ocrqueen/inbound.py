"""The vendor's order in our words."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.datastructures import Headers

from octavo.dialects.ocrqueen.outbound import DIALECT
from octavo.dialects.ocrqueen.wire import ExtractOptions
from octavo.domain.errors import DocumentTooLarge, InvalidRequest
from octavo.domain.job import NO_FIELDS, JobOptions, Profile
from octavo.http.bodies import parse_body
from octavo.http.problems import ValidationFailed

MAX_FILE_BYTES = 100 * 2**20
USUAL_WAIT_S = 25
LONGEST_WAIT_S = 30
LONGEST_KEY = 255
HOUR_S = 3600
SYNC_GRACE_S = 60
"""How long a result that is not to be kept stays for the answer that waits for it."""

_YES = frozenset({"true", "1", "yes", "on", "t", "y"})
_NO = frozenset({"false", "0", "no", "off", "f", "n", ""})


class InvalidOptions(InvalidRequest):
    """An option that cannot be met; the summary begins with its name."""


class InvalidOptionsJson(InvalidRequest):
    """The part `options` is no JSON object."""


@dataclass(frozen=True, slots=True)
class Order:
    """What stands beside the file."""

    options: ExtractOptions
    is_sync: bool
    wait_s: int

    @property
    def job_options(self) -> JobOptions:
        """Nobody asks for fields here."""
        return JobOptions(profile=self.profile, document_type=NO_FIELDS)

    @property
    def profile(self) -> Profile:
        return Profile.ADVANCED if self.options.extraction_profile == "advanced" else Profile.STANDARD

    @property
    def metadata(self) -> dict[str, Any]:
        """What a job must know of its order to be shown in this dialect."""
        images = "inline" if self.options.retain_hours == 0 else "url"
        return {
            "dialect": DIALECT,
            "images": images if self.options.preserve_images else "none",
            "layout": "yes" if self.options.include_layout or self.profile is Profile.ADVANCED else "no",
        }

    @property
    def source_retention_s(self) -> int:
        return self.options.retain_hours * HOUR_S

    @property
    def result_retention_s(self) -> int:
        hours = self.options.result_retain_hours
        kept_s = self.source_retention_s if hours is None else hours * HOUR_S
        return max(kept_s, SYNC_GRACE_S) if self.is_sync else kept_s


def order_of(fields: Mapping[str, list[str]], query: Mapping[str, str]) -> Order:
    """From the form's fields, else from the query.

    Raises:
        InvalidOptionsJson, InvalidOptions. ValidationFailed: `sync` or `sync_timeout_seconds` is none.
    """
    options = _options(fields.get("options", [""])[0])
    sync = _said("sync", fields, query) or ""
    if sync.lower() not in _YES | _NO:
        raise _wrong("sync", "must be true or false")
    wait = _said("sync_timeout_seconds", fields, query) or str(USUAL_WAIT_S)
    if not wait.removeprefix("-").isdecimal() or not wait.isascii() or len(wait) > 9:
        raise _wrong("sync_timeout_seconds", "must be a whole number of seconds")
    return Order(options, sync.lower() in _YES, max(1, min(LONGEST_WAIT_S, int(wait))))


def idempotency_key(headers: Headers) -> str | None:
    """Raises `InvalidRequest`."""
    key = headers.get("idempotency-key")
    if key is not None and not (1 <= len(key) <= LONGEST_KEY and key.isprintable()):
        raise InvalidRequest(f"An Idempotency-Key has 1 to {LONGEST_KEY} printable characters.")
    return key


async def no_more_than(limit_bytes: int, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Raises `DocumentTooLarge`."""
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > limit_bytes:
            raise too_large(limit_bytes)
        yield chunk


def too_large(limit_bytes: int) -> DocumentTooLarge:
    return DocumentTooLarge(f"A file may take {limit_bytes} bytes.", limit=limit_bytes, unit="bytes")


def file_missing() -> ValidationFailed:
    return _wrong("file", "the form has no such part")


def _options(text: str) -> ExtractOptions:
    if not text.strip():
        return ExtractOptions()
    try:
        values = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InvalidOptionsJson("options is not JSON.") from error
    if not isinstance(values, dict):
        raise InvalidOptionsJson("options is not a JSON object.")
    try:
        found = parse_body(ExtractOptions, values)
    except ValidationFailed as error:
        raise InvalidOptions(error.summary) from None
    if found.storage_destination_id is not None:
        raise InvalidOptions(
            "storage_destination_id: results are kept by this server; it writes to no other bucket."
        )
    return found


def _said(name: str, fields: Mapping[str, list[str]], query: Mapping[str, str]) -> str | None:
    return fields[name][0].strip() if name in fields else query.get(name)


def _wrong(name: str, message: str) -> ValidationFailed:
    return ValidationFailed(
        f"{name}: {message}.", errors=[{"location": name, "message": message, "rule": "value"}]
    )
