"""What this vendor's pages do with curl: send a file, ask for its record until it ended, take its result.

Every answer is read as its SDK reads it: a status below 300 is good, else the body has `statusCode`,
`message` and `error`.
"""

import time
from typing import Any

import httpx

POLLS = 240
WAIT_S = 0.25


class Refused(Exception):
    def __init__(self, status: int, message: str | list[str], error: str) -> None:
        super().__init__(f"{status} {error}: {message}")
        self.status, self.message = status, message


class Ocriva:
    """`base_url` ends with `/v1`."""

    def __init__(self, base_url: str, api_key: str, project_id: str | None = None, **options: Any) -> None:
        self.project_id = project_id
        self._http = httpx.Client(
            base_url=base_url.rstrip("/"), headers={"X-API-Key": api_key}, timeout=30, **options
        )

    def close(self) -> None:
        self._http.close()

    def projects(self) -> list[dict[str, Any]]:
        return list(self._call("GET", "/openapi/projects").json())

    def login(self, token: str) -> dict[str, Any]:
        return dict(self._call("POST", "/openapi/auth/login", json={"token": token}).json())

    def upload(self, name: str, content: bytes, mime_type: str, **more: str) -> dict[str, Any]:
        form = {
            "fileName": name,
            "fileType": "pdf" if mime_type == "application/pdf" else "image",
            "fileSize": str(len(content)),
            "mimeType": mime_type,
            "projectId": self.project_id or "",
            **more,
        }
        files = {"file": (name, content, mime_type)}
        return dict(self._call("POST", "/openapi/upload", data=form, files=files).json())

    def upload_batch(self, files: list[tuple[str, bytes]], **more: str) -> dict[str, Any]:
        parts = [("files", file) for file in files]
        form = {"projectId": self.project_id or "", **more}
        return dict(self._call("POST", "/openapi/batch/upload", data=form, files=parts).json())

    def history(self, **filters: Any) -> dict[str, Any]:
        return dict(self.get("/openapi/processing-history", **filters))

    def record(self, id_: str) -> dict[str, Any]:
        return dict(self.get(f"/openapi/processing-history/{id_}"))

    def finished(self, id_: str) -> dict[str, Any]:
        for _ in range(POLLS):
            record = self.record(id_)
            if record["status"] in {"completed", "failed"}:
                return record
            assert record["status"] in {"pending", "queued", "in_progress"}
            time.sleep(WAIT_S)
        raise AssertionError("the record never ended")

    def result(self, id_: str, format_: str | None = None) -> httpx.Response:
        more = {"format": format_} if format_ else {}
        return self._call("GET", f"/openapi/processing-history/{id_}/result", params=self._query(more))

    def create_template(self, **order: Any) -> dict[str, Any]:
        body = {"projectId": self.project_id, **order}
        return dict(self._call("POST", "/openapi/templates", json=body).json())

    def get(self, path: str, **query: Any) -> Any:
        return self._call("GET", path, params=self._query(query)).json()

    def download(self, path: str, **query: Any) -> httpx.Response:
        return self._call("GET", path, params=self._query(query))

    def _query(self, more: dict[str, Any]) -> dict[str, Any]:
        return ({"projectId": self.project_id} if self.project_id else {}) | more

    def _call(self, method: str, path: str, **options: Any) -> httpx.Response:
        answer = self._http.request(method, path, **options)
        if answer.is_success:
            return answer
        told = answer.json()
        raise Refused(told["statusCode"], told["message"], told["error"])
