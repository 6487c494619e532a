"""Downloads: a blob as an answer, with ETag, one byte range, HEAD, and a name to save it under.

RFC 9110 §13-14. Of several ranges in one request none is served: the whole is, as §14.2 allows.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from octavo.app.services import Services
from octavo.domain.document import SHOWN_PICTURES, Picture
from octavo.http.problems import RangeNotSatisfiable

_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*")


@dataclass(frozen=True, slots=True)
class Download:
    """What to send: the blob under `key`."""

    key: str
    size_bytes: int
    media_type: str
    filename: str
    etag: str
    """Strong, without its quotes."""


@dataclass(frozen=True, slots=True)
class Made:
    """What to send that was made just now and is kept nowhere."""

    content: bytes
    media_type: str
    filename: str
    etag: str
    """Strong, without its quotes."""


def made_response(request: Request, made: Made) -> Response:
    """As `download_response`. Raises `RangeNotSatisfiable`."""
    quoted = f'"{made.etag}"'
    headers = _headers(quoted, made.filename)
    if etag_matches(request.headers.get("if-none-match"), quoted):
        return Response(status_code=304, headers={"ETag": quoted})
    size = len(made.content)
    wanted = wanted_range(request, size, quoted)
    start, stop = wanted or (0, size)
    if wanted:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    headers["Content-Length"] = str(stop - start)
    content = b"" if request.method == "HEAD" else made.content[start:stop]
    return Response(content, 206 if wanted else 200, headers, made.media_type)


def _headers(etag: str, filename: str) -> dict[str, str]:
    return {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Content-Disposition": content_disposition(filename),
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }


async def download_response(request: Request, download: Download, services: Services) -> Response:
    """200, 206 or 304, as the request's conditions ask; for HEAD without the bytes.

    Raises:
        RangeNotSatisfiable. NotFound: the blob is gone.
    """
    quoted = f'"{download.etag}"'
    headers = _headers(quoted, download.filename)
    if etag_matches(request.headers.get("if-none-match"), quoted):
        return Response(status_code=304, headers={"ETag": quoted})
    wanted = wanted_range(request, download.size_bytes, quoted)
    start, stop = wanted or (0, download.size_bytes)
    if wanted:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{download.size_bytes}"
    status = 206 if wanted else 200
    headers["Content-Length"] = str(stop - start)
    if request.method == "HEAD" or start == stop:
        return Response(status_code=status, headers=headers, media_type=download.media_type)
    content = await _begun(services.blobs.read(download.key, start=start, stop=stop))
    return StreamingResponse(content, status, headers, download.media_type)


def wanted_range(request: Request, size: int, etag: str) -> tuple[int, int] | None:
    """From `start` up to, without, `stop`; None for all of it. Raises `RangeNotSatisfiable`."""
    match = _single_range(request, etag)
    if match is None:
        return None
    first, last = match[1], match[2]
    if not first:
        if int(last) == 0 or size == 0:
            raise RangeNotSatisfiable(size)
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise RangeNotSatisfiable(size)
    return int(first), min(int(last) + 1, size) if last else size


def etag_matches(header: str | None, etag: str) -> bool:
    """`If-None-Match` against one ETag, compared weakly."""
    if header is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in tags or etag.removeprefix("W/") in tags


def content_disposition(filename: str) -> str:
    """RFC 6266: an ASCII name for old clients, the true one in UTF-8 where it differs."""
    plain = "".join(c if " " <= c <= "~" and c not in '"\\%' else "_" for c in filename)
    header = f'attachment; filename="{plain}"'
    return header if plain == filename else f"{header}; filename*=UTF-8''{quote(filename, safe='')}"


def picture_disposition(picture: Picture) -> str:
    """Opened in its place only where it is of a kind that every browser shows; anything else is saved."""
    if picture.media_type in SHOWN_PICTURES:
        return f'inline; filename="{picture.name}"'
    return content_disposition(f"{picture.name}.{picture.media_type.rpartition('/')[2]}")


def _single_range(request: Request, etag: str) -> re.Match[str] | None:
    """The range to honour: there is one, it is well formed, and `If-Range` still holds."""
    if request.method != "GET":
        return None
    match = _RANGE.fullmatch(request.headers.get("range", ""))
    if match is None or not (match[1] or match[2]):
        return None
    condition = request.headers.get("if-range")
    return match if condition is None or condition == etag else None


async def _begun(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same chunks, the first fetched already: a missing blob is told before the headers are sent."""
    first = await anext(aiter(chunks), b"")

    async def all_of_them() -> AsyncIterator[bytes]:
        yield first
        async for chunk in chunks:
            yield chunk

    return all_of_them()
