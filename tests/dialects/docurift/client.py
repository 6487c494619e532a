"""What this vendor's pages let a client do: send a form, ask for the job with growing pauses, check a webhook."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import httpx

ATTEMPTS = 30
FIRST_S = 1.0
GROWTH = 1.5
LONGEST_S = 10.0
TOLERANCE_S = 300


class JobFailed(Exception):
    pass


class JobTimedOut(Exception):
    pass


class DocuRift:
    """`pause` is `time.sleep` at the vendor's clients; tests hand in one that need not wait so long."""

    def __init__(
        self, base_url: str, key: str, *, pause: Callable[[float], None] = time.sleep, **options: Any
    ) -> None:
        self._pause = pause
        self._http = httpx.Client(
            base_url=base_url.rstrip("/"), headers={"X-API-Key": key}, timeout=90, **options
        )

    def close(self) -> None:
        self._http.close()

    def process(self, name: str, content: bytes, path: str = "/documents/process", **fields: str) -> Any:
        return self._data(self._http.post(path, files={"file": (name, content)}, data=fields))

    def process_later(self, name: str, content: bytes, **fields: str) -> str:
        answer = self._http.post("/documents/process/async", files={"file": (name, content)}, data=fields)
        return str(self._data(answer)["jobId"])

    def finished(self, job_id: str) -> dict[str, Any]:
        """The page's loop: 1 s, then half as long again, 10 s at most, 30 times."""
        delay = FIRST_S
        for _ in range(ATTEMPTS):
            job: dict[str, Any] = self.get(f"/jobs/{job_id}")
            if job["status"] == "completed":
                return job
            if job["status"] == "failed":
                raise JobFailed(job["error"]["message"])
            self._pause(delay)
            delay = min(delay * GROWTH, LONGEST_S)
        raise JobTimedOut(job_id)

    def get(self, path: str, **query: Any) -> Any:
        return self._data(self._http.get(path, params=query))

    def delete(self, path: str) -> Any:
        return self._data(self._http.delete(path))

    def picture(self, url: str) -> httpx.Response:
        """As a browser asks for it: without a key."""
        return self._http.get(url, headers={"X-API-Key": ""})

    def refused(self, path: str) -> tuple[int, str]:
        answer = self._http.get(path)
        return answer.status_code, str(answer.json()["error"]["code"])

    @staticmethod
    def _data(answer: httpx.Response) -> Any:
        body = answer.json()
        assert body["success"] is True, body
        answer.raise_for_status()
        return body["data"]


def verified(headers: httpx.Headers, body: bytes, secret: str, now: float) -> dict[str, Any]:
    """The event of a webhook, when it is fresh and signed with this secret."""
    timestamp = headers["X-DocuRift-Timestamp"]
    assert abs(now - int(timestamp)) <= TOLERANCE_S, "too old"
    expected = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(expected, headers["X-DocuRift-Signature"]), "not signed with this secret"
    event: dict[str, Any] = json.loads(body)
    assert headers["X-DocuRift-Event-Id"] == event["id"]
    return event
