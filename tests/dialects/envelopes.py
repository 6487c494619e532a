"""How each vendor refuses: what the conformance tests hold every dialect to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from octavo.dialects.docling import ids as docling_ids
from octavo.dialects.invaro.ids import to_digits
from octavo.dialects.ldxhub.ids import Kind, to_wire


@dataclass(frozen=True)
class Vendor:
    """Paths below the dialect's root, and the statuses it answers with where they are not the usual ones."""

    is_refusal: Callable[[httpx.Response], None]
    """Asserts the vendor's envelope."""
    job_path: Callable[[str], str] | None
    """Where the status of the job with this internal id (24 hex digits) is read; None: nowhere, answers are results."""
    post_only: str
    """A path that takes POST (or, where documents are bodies, PUT) and nothing else."""
    invalid: tuple[str, str, dict[str, Any]]
    """Method, path and body of a request with a wrong shape: 400 or 422."""
    upload: tuple[str, str]
    """Path, and the name of the part that carries the file; empty: the file is the body, which is PUT there."""
    key: Callable[[str], dict[str, str]] = lambda text: {"Authorization": f"Bearer {text}"}
    statuses: dict[str, int] = field(default_factory=dict)
    """`unknown_path`, `wrong_method`, `no_key`, `bad_key`, `unknown_job`, `foreign_job`, `invalid`,
    `oversized`, `bug`, `down`."""
    upload_fields: dict[str, str] = field(default_factory=dict)
    is_bound: bool = False
    """Its clients use the key of one project; an organization's must say more."""

    async def send(
        self, client: httpx.AsyncClient, content: bytes, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """A document to where documents go."""
        path, part = self.upload
        if not part:
            return await client.put(path, content=content, headers=headers)
        return await client.post(
            path, files={part: ("a.pdf", content)}, data=self.upload_fields, headers=headers
        )

    def status(self, case: str) -> int:
        return self.statuses.get(case, USUAL[case])


USUAL = {
    "unknown_path": 404,
    "wrong_method": 405,
    "no_key": 401,
    "bad_key": 401,
    "unknown_job": 404,
    "foreign_job": 404,
    "invalid": 400,
    "oversized": 413,
    "bug": 500,
    "down": 503,
}


def _ldxhub(answer: httpx.Response) -> None:
    body = answer.json()
    assert body["status"] == answer.status_code
    assert list(body["error"]) == ["code", "message", "request_id"]
    assert len(body["error"]["request_id"]) == 32
    assert body["message"] == body["detail"] == body["error"]["message"]


def _docurift(answer: httpx.Response) -> None:
    body = answer.json()
    assert list(body) == ["success", "error", "requestId"]
    assert body["success"] is False
    assert set(body["error"]) in ({"code", "message"}, {"code", "message", "details"})
    assert body["error"]["code"].replace("_", "").isupper()
    assert body["error"]["message"]
    assert body["error"].get("details", {1: 1})
    assert body["requestId"] == answer.headers["x-request-id"]


def _invaro(answer: httpx.Response) -> None:
    body = answer.json()
    assert list(body) == ["success", "error"]
    assert body["success"] is False
    assert set(body["error"]) <= {"code", "message", "details"}
    assert body["error"]["code"].isupper()
    assert all(isinstance(told, str) and told for told in body["error"].values())
    assert {"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"} <= set(answer.headers)


def _ocrqueen(answer: httpx.Response) -> None:
    body = answer.json()
    assert list(body) == ["detail"]
    code, colon, text = body["detail"].partition(": ")
    assert colon
    assert text
    assert code.replace("_", "").isalpha()
    assert code.isupper()


def _ocriva(answer: httpx.Response) -> None:
    body = answer.json()
    assert list(body) == ["statusCode", "message", "error"]
    assert body["statusCode"] == answer.status_code
    told = body["message"] if isinstance(body["message"], list) else [body["message"]]
    assert told
    assert all(isinstance(text, str) and text for text in told)
    assert body["error"][0].isupper()
    assert answer.headers["x-ratelimit-limit"]
    assert ("retry-after" in answer.headers) == (answer.status_code == 429)


def _detail(answer: httpx.Response) -> None:
    """A sentence, or for a wrong shape a list of places."""
    body = answer.json()
    assert list(body) == ["detail"]
    assert body["detail"]
    if isinstance(body["detail"], list):
        assert all(set(place) == {"type", "loc", "msg"} for place in body["detail"])


VENDORS: dict[str, Vendor] = {
    "docling": Vendor(
        _detail,
        lambda id_: f"/v1/status/poll/{docling_ids.to_wire(docling_ids.Kind.JOB, id_)}",
        "/v1/convert/file",
        ("POST", "/v1/convert/source", {"json": {"sources": 1}}),
        ("/v1/convert/file", "files"),
        key=lambda text: {"X-Api-Key": text},
        statuses={"invalid": 422},
    ),
    "docurift": Vendor(
        _docurift,
        lambda id_: f"/v1/jobs/job_{id_}",
        "/v1/documents/process/async",
        ("POST", "/v1/webhooks", {"json": {"url": 1}}),
        ("/v1/documents/process/async", "file"),
        key=lambda text: {"X-API-Key": text},
        statuses={"foreign_job": 403},
    ),
    "invaro": Vendor(
        _invaro,
        lambda id_: f"/api/v1/parse/invoices/job_{to_digits(id_)}",
        "/api/v1/parse/upload",
        ("POST", "/api/v1/parse/invoices", {"json": {"document_id": 7}}),
        ("/api/v1/parse/upload", "files"),
    ),
    "ldxhub": Vendor(
        _ldxhub,
        lambda id_: f"/renderocr/jobs/{to_wire(Kind.JOB, id_)}",
        "/renderocr/jobs/",
        ("POST", "/renderocr/jobs", {"json": {"engine": 1}}),
        ("/files", "file"),
    ),
    "ocriva": Vendor(
        _ocriva,
        lambda id_: f"/v1/openapi/processing-history/{id_}",
        "/v1/openapi/upload",
        ("POST", "/v1/openapi/templates", {"json": {"name": 1}}),
        ("/v1/openapi/upload", "file"),
        key=lambda text: {"X-API-Key": text},
        statuses={"foreign_job": 401},
        is_bound=True,
    ),
    "ocrqueen": Vendor(
        _ocrqueen,
        lambda id_: f"/v1/jobs/job_{id_}",
        "/v1/extract",
        ("POST", "/v1/extract", {"json": {"file": "none"}}),
        ("/v1/extract", "file"),
        statuses={"invalid": 422, "oversized": 400},
    ),
    "openwebui": Vendor(
        _detail,
        None,
        "/process",
        ("PUT", "/process", {"content": b"no document"}),
        ("/process", ""),
        statuses={"invalid": 415},
    ),
    "unstructured": Vendor(
        _detail,
        None,
        "/general/v0/general",
        ("POST", "/general/v0/general", {"files": {"other": (None, "text")}}),
        ("/general/v0/general", "files"),
        key=lambda text: {"unstructured-api-key": text},
        statuses={"invalid": 422},
    ),
}
