"""Every method of the official SDK, version 0.5.0, as its users call it, on a real server over TLS."""

import os
import ssl
from io import BytesIO
from pathlib import Path
from typing import Any

import ocrqueen
import pytest
from ocrqueen import OCRQueen, verify_webhook

from tests.acceptance.harness import Client, Server, until
from tests.acceptance.tenants import letter
from tests.dialects.ocrqueen.conftest import Sdk
from tests.dialects.ocrqueen.receiver import Receiver

WITHIN_S = 120


def blocks(document: dict[str, Any] | None) -> list[dict[str, Any]]:
    assert document is not None
    return [block for page in document["pages"] for block in page["blocks"]]


def finished(queen: OCRQueen, content: bytes, **options: Any) -> Any:
    """The job of a document, once it has ended."""
    job = queen.extract.create(file=content, options=options)
    return queen.jobs.wait(job, timeout_seconds=WITHIN_S, poll_interval_seconds=0.1)


def test_the_version_under_test_is_the_one_that_is_published() -> None:
    assert ocrqueen.__version__ == "0.5.0"


@pytest.mark.shows("POST /v1/extract", "GET /v1/jobs/{job_id}")
def test_a_file_is_sent_waited_for_and_read(queen: OCRQueen, samples: Path) -> None:
    job = queen.extract.create(file=samples / "water-report.pdf", options={"bypass_cache": True})
    done = queen.jobs.wait(job, timeout_seconds=WITHIN_S)

    assert (job.status, job.document) == ("queued", None)
    assert done.id == job.id
    assert (done.status, done.domain, done.error_code) == ("completed", "general", None)
    assert done.document is not None
    assert done.result is done.document
    assert done.markdown == done.document["markdown"]
    assert done.document["source"]["page_count"] == 3
    assert done.raw["file_info"]["filename"] == "water-report.pdf"


@pytest.mark.shows("POST /v1/extract")
def test_bytes_files_and_names_are_told_apart_by_their_content(queen: OCRQueen, tmp_path: Path) -> None:
    path = tmp_path / "Größe.pdf"
    path.write_bytes(letter("from a path"))

    from_bytes = finished(queen, letter("from bytes"))
    from_file = queen.jobs.wait(queen.extract.create(file=BytesIO(letter("from a file"))).id)
    from_path = queen.jobs.wait(queen.extract.create(file=str(path), profile="advanced"))

    assert "from bytes" in from_bytes.markdown
    assert from_bytes.raw["file_info"] | {"size_bytes": 0} == {
        "filename": "upload.bin",
        "mime_type": "application/pdf",
        "size_bytes": 0,
    }
    assert from_file.markdown is not None
    assert "from a file" in from_file.markdown
    assert from_path.raw["file_info"]["filename"] == "Größe.pdf"
    assert from_path.document is not None
    assert from_path.document["extraction"]["profile"] == "advanced"
    assert all(len(block["bbox"]) == 4 for block in blocks(from_path.document))


@pytest.mark.shows("POST /v1/extract")
def test_the_same_key_is_the_same_job_and_the_same_bytes_the_same_result(
    queen: OCRQueen, tmp_path: Path
) -> None:
    content = letter("once and for all")
    first = queen.extract.create(file=content, idempotency_key="order 42")
    second = queen.extract.create(file=content, idempotency_key="order 42")
    queen.jobs.wait(first, poll_interval_seconds=0.1)

    path = tmp_path / "named otherwise.pdf"
    path.write_bytes(content)
    cached = queen.extract.create(file=path)
    anew = queen.extract.create(file=content, options={"bypass_cache": True})

    assert first.id == second.id
    assert (cached.status, cached.cache_hit) == ("completed", True)
    assert cached.markdown is not None
    assert "once and for all" in cached.markdown
    assert cached.document is not None
    assert cached.document["source"]["filename"] == "named otherwise.pdf"
    assert (anew.cache_hit, anew.id != first.id) == (False, True)


@pytest.mark.shows("GET /v1/jobs")
def test_jobs_are_listed_newest_first_page_by_page(queen: OCRQueen) -> None:
    ids = [finished(queen, letter(f"number {number}")).id for number in range(3)]

    first = queen.jobs.list(limit=2)
    second = queen.jobs.list(limit=1, cursor=first.next_cursor)
    completed = queen.jobs.list(status="completed", limit=100)
    cancelled = queen.jobs.list(status="cancelled", limit=100)

    assert [job.id for job in (*first.jobs, *second.jobs)] == ids[::-1]
    assert {job.status for job in completed.jobs} == {"completed"}
    assert not set(ids) & {job.id for job in cancelled.jobs}


@pytest.mark.shows("DELETE /v1/jobs/{job_id}")
def test_a_job_is_cancelled_and_only_once(queen: OCRQueen, samples: Path) -> None:
    job = queen.extract.create(file=samples / "old-book-scans.pdf", options={"bypass_cache": True})

    cancelled = queen.jobs.cancel(job.id)

    assert (cancelled.id, cancelled.status, cancelled.error_code) == (job.id, "cancelled", "CANCELLED")
    assert queen.jobs.wait(job).status == "cancelled"
    with pytest.raises(ocrqueen.APIError) as refused:
        queen.jobs.cancel(job.id)
    assert (refused.value.status_code, refused.value.error_code) == (409, "JOB_ALREADY_CANCELLED")


@pytest.mark.shows("POST /v1/jobs/{job_id}/purge")
def test_a_job_is_purged_again_and_again(queen: OCRQueen) -> None:
    job = finished(queen, letter("soon forgotten"))

    queen.jobs.purge(job.id)
    queen.jobs.purge(job.id)

    after = queen.jobs.get(job.id)
    assert (after.status, after.document, after.markdown) == ("completed", None, None)
    assert after.raw["file_info"]["filename"] is None


@pytest.mark.shows("GET /v1/jobs/{job_id}/images/{block_id}", "GET /v1/jobs/{job_id}/figures/{index}")
def test_images_are_fetched_by_path_and_by_address(queen: OCRQueen, samples: Path, at_root: str) -> None:
    job = queen.jobs.wait(
        queen.extract.create(file=samples / "pump-inspection.pdf"), timeout_seconds=WITHIN_S
    )
    url = next(block["url"] for block in blocks(job.document) if block["type"] == "image")

    by_path, by_address = queen.jobs.fetch_image(url), queen.jobs.fetch_image(at_root + url)

    assert by_path.startswith((b"\x89PNG", b"\xff\xd8"))
    assert by_address == by_path
    assert queen.jobs.fetch_image(f"/v1/jobs/{job.id}/figures/0") == by_path
    with pytest.raises(ocrqueen.NotFoundError) as missing:
        queen.jobs.fetch_image(f"/v1/jobs/{job.id}/figures/900")
    assert missing.value.error_code == "FIGURE_NOT_FOUND"


@pytest.mark.shows("POST /v1/extract")
def test_a_callback_is_signed_with_the_accounts_secret(
    queen: OCRQueen, native: Client, trusted: ssl.SSLContext, receiver: Receiver
) -> None:
    """The account's secret is that of its registered endpoint, which needs not be active."""
    order = {"url": receiver.url, "scheme": "ocrqueen", "active": False}
    secret = native.request("POST", "/v1/webhooks", json=order, verify=trusted).json()["secret"]
    options = {"callback_url": receiver.url, "include_layout": True, "retain_hours": 0}

    good = queen.extract.create(file=letter("called back"), options=options)
    bad = queen.extract.create(file=b"%PDF-1.7\nbroken beyond repair", options=options)
    until(lambda: receiver.about(good.id) and receiver.about(bad.id), within_s=60, what="both callbacks")

    told, failed = receiver.about(good.id)[0], receiver.about(bad.id)[0]
    for one in (told, failed):
        assert verify_webhook(one.body, one.headers["ocrqueen-signature"], secret=secret)
        assert not verify_webhook(one.body, one.headers["ocrqueen-signature"], secret="another")
    assert told.headers["ocrqueen-event"] == told.json()["event_type"] == "extraction.completed"
    document = told.json()["data"]["document"]
    assert "called back" in document["markdown"]
    assert all(block["bbox"] for block in blocks(document)), "rendered as this job asked"
    assert failed.json()["event_type"] == "extraction.failed"
    assert failed.json()["data"]["error"]["code"] == "UNREADABLE_DOCUMENT"


def test_a_client_shows_nothing_of_its_key(key: str, sdk: Sdk) -> None:
    with sdk(key, user_agent_suffix="tests/1.0") as client:
        assert client.jobs.list(limit=1).next_cursor
        assert key not in repr(client)


def test_key_and_address_come_from_the_environment_too(
    key: str, at_root: str, queen: OCRQueen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "OCRQUEEN_API_KEY", key)
    monkeypatch.setitem(os.environ, "OCRQUEEN_BASE_URL", at_root)

    with OCRQueen() as client:
        assert client.jobs.list(limit=1).raw == queen.jobs.list(limit=1).raw


def test_below_a_path_it_works_as_well(server: Server, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "SSL_CERT_FILE", str(server.certificate))

    with OCRQueen(key, base_url=f"{server.url}/compat/ocrqueen") as client:
        job = client.jobs.wait(client.extract.create(file=letter("below a path")))

    assert job.markdown is not None
    assert "below a path" in job.markdown
    assert job.raw["status_url"] == f"{server.url}/compat/ocrqueen/v1/jobs/{job.id}"
