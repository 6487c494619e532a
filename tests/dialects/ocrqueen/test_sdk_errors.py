"""Every exception of the official SDK, raised by a real server, or by its absence."""

import os
import ssl
from pathlib import Path
from typing import Any

import ocrqueen
import pytest
from ocrqueen import OCRQueen

from tests.acceptance.harness import Client, Server
from tests.acceptance.tenants import letter
from tests.dialects.ocrqueen.conftest import Sdk

PAGE = letter("one page")


@pytest.fixture(scope="module")
def admin(server: Server) -> Client:
    return server.client(server.key("--scopes", "admin"))


def key_of_project(server: Server, admin: Client, trusted: ssl.SSLContext, **members: Any) -> str:
    """A key of a project of its own, with these limits."""
    name = "-".join(members)
    made = admin.request("POST", "/v1/projects", json={"name": name, **members}, verify=trusted)
    assert made.status_code == 201, made.text
    return server.key("--project", name)


def told(error: ocrqueen.OCRQueenError) -> tuple[int | None, str | None]:
    assert error.request_id, "whoever reports it can name the request"
    return error.status_code, error.error_code


@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        (b"\x00\x01\x02\x03" * 64, {}, "UNSUPPORTED_FILE_TYPE"),
        (b"", {}, "EMPTY_FILE"),
        (PAGE, {"retain_hours": 500}, "INVALID_OPTIONS"),
        (PAGE, {"storage_destination_id": "dst_1"}, "INVALID_OPTIONS"),
    ],
)
@pytest.mark.shows("POST /v1/extract")
def test_bad_request(queen: OCRQueen, content: bytes, options: dict[str, Any], code: str) -> None:
    with pytest.raises(ocrqueen.BadRequestError) as refused:
        queen.extract.create(file=content, options=options)

    assert told(refused.value) == (400, code)
    assert refused.value.message.startswith(code + ": ")


@pytest.mark.shows("GET /v1/jobs")
def test_authentication(sdk: Sdk) -> None:
    with pytest.raises(ocrqueen.AuthenticationError) as refused:
        sdk("pk_live_" + "x" * 43).jobs.list()

    assert told(refused.value) == (401, "INVALID_API_KEY")


@pytest.mark.shows("POST /v1/jobs/{job_id}/purge")
def test_permission_denied(server: Server, sdk: Sdk) -> None:
    client = sdk(server.key("--scopes", "extract:write,jobs:read"))
    job = client.extract.create(file=PAGE)

    with pytest.raises(ocrqueen.PermissionDeniedError) as refused:
        client.jobs.purge(job.id)

    assert told(refused.value) == (403, "INSUFFICIENT_SCOPE")


@pytest.mark.shows("GET /v1/jobs/{job_id}", "DELETE /v1/jobs/{job_id}", "POST /v1/jobs/{job_id}/purge")
def test_not_found(queen: OCRQueen) -> None:
    for ask in (queen.jobs.get, queen.jobs.cancel, queen.jobs.purge, queen.jobs.wait):
        with pytest.raises(ocrqueen.NotFoundError) as refused:
            ask("job_0123456789abcdef01234567")
        assert told(refused.value) == (404, "JOB_NOT_FOUND")


@pytest.mark.shows("POST /v1/extract")
def test_insufficient_balance(server: Server, admin: Client, trusted: ssl.SSLContext, sdk: Sdk) -> None:
    client = sdk(key_of_project(server, admin, trusted, pages_per_month=0))

    with pytest.raises(ocrqueen.InsufficientBalanceError) as refused:
        client.extract.create(file=letter("one page too many"))

    assert told(refused.value) == (402, "INSUFFICIENT_BALANCE")
    assert refused.value.balance_cents == 0


@pytest.mark.shows("POST /v1/extract")
def test_rate_limit(server: Server, admin: Client, trusted: ssl.SSLContext, sdk: Sdk) -> None:
    client = sdk(key_of_project(server, admin, trusted, submits_per_minute=1))
    client.extract.create(file=PAGE)

    with pytest.raises(ocrqueen.RateLimitError) as refused:
        client.extract.create(file=PAGE)

    assert told(refused.value) == (429, "RATE_LIMITED")
    assert refused.value.retry_after_seconds is not None
    assert 1 <= refused.value.retry_after_seconds <= 60


@pytest.mark.shows("GET /v1/jobs/{job_id}")
def test_server_error(queen: OCRQueen, server: Server) -> None:
    """A disk that gave back other bytes than were written."""
    job = queen.extract.create(file=letter("about to be damaged"), options={"bypass_cache": True})
    while not (stored := _document(server, job.id)):
        queen.jobs.list(status="processing")
    stored.write_bytes(b"damaged")

    with pytest.raises(ocrqueen.ServerError) as refused:
        queen.jobs.wait(job, poll_interval_seconds=0.1)

    assert told(refused.value) == (500, "INTERNAL_ERROR")
    assert str(server.data_dir) not in str(refused.value)


def _document(server: Server, public_id: str) -> Path | None:
    """Where the document of the job is stored, once it is."""
    found = server.data_dir.rglob(f"{public_id.removeprefix('job_')}/document")
    return next(iter(found), None)


@pytest.mark.shows("DELETE /v1/jobs/{job_id}")
def test_api_error_for_whatever_has_no_class_of_its_own(queen: OCRQueen) -> None:
    job = queen.jobs.wait(queen.extract.create(file=PAGE), poll_interval_seconds=0.1)

    with pytest.raises(ocrqueen.APIError) as refused:
        queen.jobs.cancel(job.id)

    assert type(refused.value) is ocrqueen.APIError
    assert told(refused.value) == (409, "JOB_ALREADY_COMPLETED")


def test_no_connection_without_trust(at_root: str, queen: OCRQueen, monkeypatch: pytest.MonkeyPatch) -> None:
    assert queen.jobs.list(limit=1).jobs is not None
    monkeypatch.delitem(os.environ, "SSL_CERT_FILE")

    with (
        OCRQueen("pk_live_" + "x" * 43, base_url=at_root) as client,
        pytest.raises(ocrqueen.APIConnectionError, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        client.jobs.list()


def test_timeout(queen: OCRQueen, sdk: Sdk, samples: Path) -> None:
    job = queen.extract.create(file=samples / "old-book-scans.pdf", options={"bypass_cache": True})

    with pytest.raises(ocrqueen.APITimeoutError, match="did not reach a terminal status"):
        queen.jobs.wait(job, timeout_seconds=0.01, poll_interval_seconds=0.01)
    with pytest.raises(ocrqueen.APITimeoutError):
        sdk("pk_live_" + "x" * 43, timeout_seconds=1e-6).jobs.list()
    queen.jobs.cancel(job.id)


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("sk_live_" + "x" * 43, "https://localhost"),
        ("pk_live_short", "https://localhost"),
        ("pk_live_" + "x" * 43, "http://localhost"),
    ],
)
def test_validation_before_anything_is_sent(key: str, url: str) -> None:
    with pytest.raises(ocrqueen.ValidationError):
        OCRQueen(key, base_url=url)
