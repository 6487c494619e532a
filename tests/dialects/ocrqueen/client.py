"""The loop on the vendor's page: send, then ask as often as `Retry-After` says until it has ended."""

import json
import time
from collections.abc import Mapping
from typing import Any

import httpx

ENDED = ("completed", "failed", "cancelled")


class Queen:
    def __init__(self, base_url: str, key: str, **options: Any) -> None:
        headers = {"Authorization": f"Bearer {key}"}
        self.http = httpx.Client(base_url=base_url, headers=headers, timeout=60, **options)

    def send(
        self,
        name: str,
        content: bytes,
        media_type: str,
        options: Mapping[str, Any] | None = None,
        **fields: str,
    ) -> httpx.Response:
        form = fields | ({"options": json.dumps(options)} if options else {})
        answer = self.http.post("/v1/extract", data=form, files={"file": (name, content, media_type)})
        answer.raise_for_status()
        return answer

    def finished(self, job_id: str) -> dict[str, Any]:
        while True:
            answer = self.http.get(f"/v1/jobs/{job_id}")
            answer.raise_for_status()
            job: dict[str, Any] = answer.json()
            if job["status"] in ENDED:
                return job
            time.sleep(int(answer.headers.get("Retry-After", "2")))

    def close(self) -> None:
        self.http.close()
