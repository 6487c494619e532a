"""What this vendor's clients do: its page's poller, and its SDK, which reads JSON before it looks at the status."""

import time
from pathlib import PurePath
from typing import Any

import httpx

POLL_S = 0.2
"""The page waits five seconds, and the SDK too."""
GIVE_UP_S = 120


class InvaroError(Exception):
    pass


class InvaroClient:
    """`base_url` ends in /api/v1, and paths are put behind it as they are."""

    def __init__(self, base_url: str, key: str, **options: Any) -> None:
        self._base = base_url
        self._http = httpx.Client(headers={"Authorization": f"Bearer {key}"}, timeout=60, **options)

    def close(self) -> None:
        self._http.close()

    def request(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        answer = self._http.request(method, self._base + path, **options)
        body: dict[str, Any] = answer.json()
        if not answer.is_success:
            raise InvaroError(f"{answer.status_code}: {body.get('error', answer.text)}")
        return body

    def upload_files(self, *paths: tuple[str, bytes]) -> list[str]:
        """Every part as application/octet-stream; the ids of the documents."""
        parts = [
            ("files", (PurePath(name).name, content, "application/octet-stream")) for name, content in paths
        ]
        body = self.request("POST", "/parse/upload", files=parts)
        return [file["doc_id"] for file in body["data"]["files"]]

    def process(self, kind: str, document_id: str, **more: Any) -> str:
        body = self.request("POST", f"/parse/{kind}", json={"document_id": document_id, **more})
        return str(body["data"]["job_id"])

    def process_batch(self, kind: str, document_ids: list[str]) -> dict[str, Any]:
        files = [{"document_id": one} for one in document_ids]
        return dict(self.request("POST", f"/parse/{kind}/batch", json={"files": files})["data"])

    def wait_for(self, kind: str, job_id: str) -> dict[str, Any]:
        """The SDK's: takes the envelope and the bare form."""
        deadline = time.monotonic() + GIVE_UP_S
        while time.monotonic() < deadline:
            body = self.request("GET", f"/parse/{kind}/{job_id}")
            told: dict[str, Any] = body.get("data", body)
            if told["status"] in {"completed", "failed"}:
                return told
            time.sleep(POLL_S)
        raise AssertionError("the job never ended")

    def poll_status(self, job_id: str, kind: str = "invoices") -> dict[str, Any]:
        """The page's: gives the results, or fails."""
        told = self.wait_for(kind, job_id)
        if told["status"] == "failed":
            raise InvaroError("Processing failed")
        return dict(told["results"])

    def download(self, document_id: str) -> tuple[str, str, bytes]:
        answer = self._http.get(f"{self._base}/files/{document_id}/download")
        answer.raise_for_status()
        return answer.headers["content-type"], answer.headers["content-disposition"], answer.content
