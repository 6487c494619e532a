"""The vendor's flow against a real server, below its path and at its root."""

import ssl
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.acceptance.harness import Client, Server
from tests.acceptance.tenants import letter
from tests.dialects.ocrqueen.client import Queen

PDF = "application/pdf"


@pytest.fixture(scope="module")
def queen(server: Server, key: str, trusted: ssl.SSLContext) -> Iterator[Queen]:
    client = Queen(server.url + "/compat/ocrqueen", key, verify=trusted)
    yield client
    client.close()


@pytest.mark.shows("POST /v1/extract", "GET /v1/jobs/{job_id}")
def test_a_report_is_sent_asked_for_and_read(queen: Queen, samples: Path) -> None:
    unseen = (samples / "water-report.pdf").read_bytes() + b"\n% nobody sent this before"
    accepted = queen.send("Wasser 2025.pdf", unseen, PDF)

    job = queen.finished(accepted.json()["job_id"])

    assert accepted.status_code == 202
    assert job["status"] == "completed"
    assert job["file_info"]["filename"] == "Wasser 2025.pdf"
    source, pages = job["document"]["source"], job["document"]["pages"]
    assert (source["kind"], source["page_count"], len(pages)) == ("pdf", 3, 3)
    assert {block["type"] for page in pages for block in page["blocks"]} >= {"heading", "paragraph", "table"}
    tables = [block for page in pages for block in page["blocks"] if block["type"] == "table"]
    assert all(len(row) == len(table["headers"]) for table in tables for row in table["rows"])
    assert job["markdown"] == job["document"]["markdown"]
    assert "| " in job["markdown"]


@pytest.mark.shows("POST /v1/extract")
def test_a_small_document_is_read_while_the_request_waits(queen: Queen) -> None:
    answer = queen.send("note.pdf", letter("read while you wait"), PDF, sync="true")

    assert answer.status_code == 200
    assert "read while you wait" in answer.json()["markdown"]


@pytest.mark.shows("POST /v1/extract")
def test_a_result_for_no_time_is_delivered_once(queen: Queen) -> None:
    options = {"retain_hours": 0, "result_retain_hours": 0}
    answer = queen.send("secret.pdf", letter("for your eyes only"), PDF, options, sync="true")

    assert "for your eyes only" in answer.json()["markdown"]

    alone = queen.send("secret.pdf", letter("for nobody's eyes"), PDF, options)
    job = queen.finished(alone.json()["job_id"])
    assert (job["status"], job["document"], job["markdown"]) == ("completed", None, None)


@pytest.mark.shows("GET /v1/jobs/{job_id}")
def test_a_locked_document_is_a_failed_job(queen: Queen, native: Client, trusted: ssl.SSLContext) -> None:
    locked = BytesIO()
    with pikepdf.open(BytesIO(letter("locked away"))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="sesame", owner="sesame"))

    accepted = queen.send("locked.pdf", locked.getvalue(), PDF)
    job = queen.finished(accepted.json()["job_id"])

    assert accepted.status_code == 202
    assert (job["status"], job["error"]["code"]) == ("failed", "PDF_PASSWORD_PROTECTED")
    ours = native.request("GET", f"/v1/jobs/{job['job_id']}", verify=trusted).json()
    assert (ours["status"], ours["error"]["code"]) == ("failed", "document_encrypted")


@pytest.mark.shows("GET /v1/jobs/{job_id}/images/{block_id}", "GET /v1/jobs/{job_id}/figures/{index}")
def test_a_photograph_is_fetched_by_its_address(queen: Queen, samples: Path) -> None:
    options = {"include_layout": True}
    content = (samples / "pump-inspection.pdf").read_bytes()
    job = queen.finished(queen.send("pump.pdf", content, PDF, options).json()["job_id"])

    blocks = [block for page in job["document"]["pages"] for block in page["blocks"]]
    image = next(block for block in blocks if block["type"] == "image")
    by_url = queen.http.get(image["url"])
    by_number = queen.http.get(f"/v1/jobs/{job['job_id']}/figures/0")

    assert all(len(block["bbox"]) == 4 for block in blocks)
    assert by_url.status_code == 200
    assert by_url.headers["content-type"] in {"image/png", "image/jpeg"}
    assert by_url.content == by_number.content
    assert f"({image['url']})" in job["markdown"]
