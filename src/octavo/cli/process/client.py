"""The API as `octavo process` uses it: submit, follow, fetch; patient with a server that restarts."""

import asyncio
import ssl
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from octavo.cli.process.inputs import Wanted
from octavo.domain.errors import (
    Conflict,
    Forbidden,
    Gone,
    InvalidRequest,
    NotFound,
    OctavoError,
    QuotaExceeded,
    TemporaryFailure,
    Unauthenticated,
    UnreadableDocument,
)

PATIENCE_S = 60.0
"""How long a server may be away or refuse for now before we give up on it."""
LOOK_EVERY_S = 1
_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 5.0
_TIMEOUT = httpx.Timeout(60.0, connect=10.0, write=300.0)
_RENDERING = httpx.Timeout(600.0, connect=10.0)
"""Of a result: nothing comes before it is rendered, a million cells for half a minute of a core that is not shared."""

_BY_STATUS: dict[int, type[OctavoError]] = {
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    410: Gone,
    422: UnreadableDocument,
    429: QuotaExceeded,
}


@dataclass(frozen=True, slots=True)
class Access:
    """Where the server is and how to be let in."""

    url: str
    key: str
    certificate: Path | None = None
    """To trust beside the public authorities."""


class Client:
    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def submit(self, path: Path, fields: dict[str, str]) -> dict[str, Any]:
        """The job. The file is streamed; repeating after a lost answer makes no second job."""
        headers = {"Idempotency-Key": uuid.uuid4().hex}

        async def attempt() -> httpx.Response:
            with path.open("rb") as content:
                files = {"file": (path.name, content)}
                return await self._http.post("/v1/jobs", data=fields, files=files, headers=headers)

        return _object(await _patiently(attempt))

    async def look(self, job_id: str, wait_s: int) -> dict[str, Any]:
        """The job once it has ended, or as it stands after `wait_s`."""

        async def attempt() -> httpx.Response:
            return await self._http.get(f"/v1/jobs/{job_id}", params={"wait": str(wait_s)})

        began = time.monotonic()
        job = _object(await _patiently(attempt))
        # A server that caps or ignores the wait is not asked more often than that either.
        if job["status"] in {"queued", "processing"}:
            await asyncio.sleep(max(0.0, wait_s - (time.monotonic() - began)))
        return job

    async def fetch(self, job_id: str, wanted: Wanted, target: Path) -> None:
        """Write the result there, whole or not at all."""
        unfinished = target.with_name(f".{target.name}.part")

        async def attempt() -> httpx.Response:
            url = f"/v1/jobs/{job_id}/result"
            async with self._http.stream(
                "GET", url, params={"format": wanted.format, **wanted.options}, timeout=_RENDERING
            ) as response:
                if response.is_success:
                    with unfinished.open("wb") as output:
                        async for chunk in response.aiter_bytes():
                            output.write(chunk)
                else:
                    await response.aread()
                return response

        try:
            await _patiently(attempt)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)

    async def download(self, address: str) -> tuple[bytes, str]:
        """The bytes at a path of the server, and their media type. For things that fit in memory."""
        answer = await _patiently(lambda: self._http.get(address))
        return answer.content, answer.headers.get("content-type", "")

    async def fields(self, job_id: str) -> dict[str, Any]:
        return _json(await _patiently(lambda: self._http.get(f"/v1/jobs/{job_id}/fields")))

    async def page_numbers(self, job_id: str) -> AsyncIterator[int]:
        """Of the pages that were read, in order."""
        cursor: str | None = None
        while True:
            answer = await _patiently(partial(self._page_list, job_id, cursor))
            listed = _json(answer)
            for page in listed.get("pages", ()):
                if page.get("status") == "read":
                    yield page["number"]
            cursor = listed.get("next_cursor")
            if cursor is None:
                return

    async def page(self, job_id: str, number: int) -> dict[str, Any]:
        return _json(await _patiently(lambda: self._http.get(f"/v1/jobs/{job_id}/pages/{number}")))

    async def page_picture(self, job_id: str, number: int, dpi: int) -> bytes | None:
        """A PNG; None where the source has no look of its own."""
        try:
            content, _ = await self.download(f"/v1/jobs/{job_id}/pages/{number}/image?dpi={dpi}")
        except NotFound:
            return None
        return content

    async def _page_list(self, job_id: str, cursor: str | None) -> httpx.Response:
        more = {"cursor": cursor} if cursor else {}
        return await self._http.get(f"/v1/jobs/{job_id}/pages", params=more)

    async def cancel(self, job_id: str) -> None:
        """At once or not at all: this is called while the program ends."""
        await self._http.delete(f"/v1/jobs/{job_id}", timeout=3.0)


@asynccontextmanager
async def connect(access: Access) -> AsyncIterator[Client]:
    context = ssl.create_default_context()
    if access.certificate is not None:
        context.load_verify_locations(access.certificate)
    headers = {"Authorization": f"Bearer {access.key}"}
    # A proxy from the environment must not see documents that go to this very machine.
    proxied = not any(local in access.url for local in ("//127.0.0.1", "//localhost", "//[::1]"))
    async with httpx.AsyncClient(
        base_url=access.url, headers=headers, verify=context, timeout=_TIMEOUT, trust_env=proxied
    ) as http:
        yield Client(http)


async def _patiently(attempt: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """Repeat what failed for now, for up to `PATIENCE_S`; raise what failed for good."""
    deadline = time.monotonic() + PATIENCE_S
    pause_s = _FIRST_PAUSE_S
    while True:
        try:
            response = await attempt()
        except httpx.TransportError as error:
            failure: OctavoError = TemporaryFailure(
                f"The server does not answer ({type(error).__name__}). Check its address and that it runs."
            )
        else:
            if response.is_success:
                return response
            failure = _failure(response)
            pause_s = _retry_after(response) or pause_s
        if not failure.retryable or time.monotonic() + pause_s > deadline:
            raise failure
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)


def _failure(response: httpx.Response) -> OctavoError:
    """The server's problem as an error of ours, in the server's words."""
    problem = _json(response)
    detail = str(problem.get("detail") or f"The server answered {response.status_code}.")
    for wrong in problem.get("errors") or []:
        if isinstance(wrong, dict):
            detail += " " + " ".join(str(value) for value in wrong.values())
    temporary = TemporaryFailure if response.status_code >= 500 else InvalidRequest
    return _BY_STATUS.get(response.status_code, temporary)(detail)


def _retry_after(response: httpx.Response) -> float | None:
    text = response.headers.get("retry-after", "")
    return float(text) if text.isdigit() else None


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        content = response.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _object(response: httpx.Response) -> dict[str, Any]:
    content = _json(response)
    if "id" not in content or "status" not in content:
        raise InvalidRequest("What answered is no Octavo server. Check --server.")
    return content
