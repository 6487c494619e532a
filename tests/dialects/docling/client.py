"""What two tools wired to docling-serve do, call by call: Open WebUI's loader, and Langflow's remote component."""

from base64 import b64encode
from typing import Any

import httpx

POLLS = 120
WAIT_S = 5


class Docling:
    def __init__(self, base_url: str, key: str, **options: Any) -> None:
        self._http = httpx.Client(
            base_url=base_url.rstrip("/"), headers={"X-Api-Key": key}, timeout=150, **options
        )

    def close(self) -> None:
        self._http.close()

    def load(self, name: str, content: bytes, **params: Any) -> str:
        """Open WebUI: one form, waiting for the end, the Markdown out of it."""
        answer = self._http.post(
            "/v1/convert/file",
            files={"files": (name, content, "application/octet-stream")},
            data={"image_export_mode": "placeholder", **params},
        )
        answer.raise_for_status()
        return str(answer.json()["document"]["md_content"])

    def convert(self, files: list[tuple[str, bytes]], **data: Any) -> httpx.Response:
        parts = [("files", (name, content)) for name, content in files]
        return self._http.post("/v1/convert/file", files=parts, data=data)

    def chunk(self, name: str, content: bytes, **data: Any) -> list[dict[str, Any]]:
        answer = self._http.post("/v1/chunk/hybrid/file", files={"files": (name, content)}, data=data)
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()["chunks"]
        return found

    def submit(self, name: str, content: bytes, **options: Any) -> str:
        """Langflow: the document inside JSON, as a task."""
        source = {"kind": "file", "base64_string": b64encode(content).decode(), "filename": name}
        body = {"options": options, "sources": [source]}
        answer = self._http.post("/v1/convert/source/async", json=body)
        answer.raise_for_status()
        return str(answer.json()["task_id"])

    def submit_files(self, files: list[tuple[str, bytes]], **data: Any) -> str:
        parts = [("files", (name, content)) for name, content in files]
        answer = self._http.post("/v1/convert/file/async", files=parts, data=data)
        answer.raise_for_status()
        return str(answer.json()["task_id"])

    def finished(self, task_id: str) -> dict[str, Any]:
        for _ in range(POLLS):
            answer = self._http.get(f"/v1/status/poll/{task_id}", params={"wait": WAIT_S})
            answer.raise_for_status()
            status: dict[str, Any] = answer.json()
            if status["task_status"] in {"success", "failure"}:
                return status
            if status["task_status"] not in {"pending", "started"}:
                raise AssertionError(f"unknown status {status['task_status']}")
        raise AssertionError("the task never ended")

    def result(self, task_id: str) -> httpx.Response:
        answer = self._http.get(f"/v1/result/{task_id}")
        answer.raise_for_status()
        return answer

    def get(self, path: str) -> Any:
        answer = self._http.get(path)
        answer.raise_for_status()
        return answer.json()
