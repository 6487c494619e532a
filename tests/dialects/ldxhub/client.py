"""What this vendor's n8n node does, call by call: upload, order, long poll without sleeping, download."""

import re
from base64 import b64encode
from typing import Any
from urllib.parse import unquote

import httpx

POLLS = 180
WAIT_S = 10


class LdxHub:
    def __init__(self, base_url: str, key: str, **options: Any) -> None:
        self._http = httpx.Client(
            base_url=base_url.rstrip("/"),
            headers={"Authorization": f"Bearer {key}"},
            timeout=60,
            **options,
        )

    def close(self) -> None:
        self._http.close()

    def upload(self, name: str, content: bytes) -> str:
        answer = self._http.post("/files", files={"file": (name, content)})
        answer.raise_for_status()
        return str(answer.json()["file_id"])

    def begin_upload(self, name: str) -> dict[str, Any]:
        answer = self._http.post("/uploads", json={"filename": name})
        answer.raise_for_status()
        return dict(answer.json())

    def append(self, file_id: str, chunk: bytes) -> dict[str, Any]:
        answer = self._http.put(f"/uploads/{file_id}", json={"data": b64encode(chunk).decode()})
        answer.raise_for_status()
        return dict(answer.json())

    def create(self, service: str, **order: Any) -> str:
        answer = self._http.post(f"/{service}/jobs", json=order)
        answer.raise_for_status()
        return str(answer.json()["job_id"])

    def finished(self, service: str, job_id: str) -> dict[str, Any]:
        for _ in range(POLLS):
            answer = self._http.get(f"/{service}/jobs/{job_id}", params={"wait": WAIT_S})
            answer.raise_for_status()
            job: dict[str, Any] = answer.json()
            if job["status"] in {"completed", "failed"}:
                return job
            if job["status"] not in {"queued", "processing"}:
                raise AssertionError(f"unknown status {job['status']}")
        raise AssertionError("the job never ended")

    def download(self, file_id: str) -> tuple[str, str, bytes]:
        """Name, media type, bytes."""
        answer = self._http.get(f"/files/{file_id}/content")
        answer.raise_for_status()
        return (
            _name_in(answer.headers["content-disposition"]),
            answer.headers["content-type"].partition(";")[0],
            answer.content,
        )

    def get(self, path: str) -> Any:
        answer = self._http.get(path)
        answer.raise_for_status()
        return answer.json()


def _name_in(disposition: str) -> str:
    encoded = re.search(r"filename\*=UTF-8''([^;]+)", disposition)
    if encoded:
        return unquote(encoded[1])
    plain = re.search(r'filename="([^"]*)"', disposition)
    return plain[1] if plain else "output"
