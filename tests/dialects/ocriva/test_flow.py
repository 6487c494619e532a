"""The calls of the vendor's page, against a real server."""

import csv
import io
import ssl
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pikepdf
import pytest
from PIL import Image

from tests.acceptance.harness import Server
from tests.dialects.ocriva.client import Ocriva, Refused

SCHEMA = {
    "merchantName": {"type": "string", "description": "The shop"},
    "date": {"type": "string", "format": "date", "description": "Of purchase"},
    "total": {"type": "number", "description": "What was paid"},
    "lineItems": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"description": {"type": "string"}, "amount": {"type": "number"}},
        },
    },
}
OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "json": "application/json",
    "text": "text/plain",
    "xml": "application/xml",
    "html": "text/html",
    "csv": "text/csv",
    "pdf": "application/pdf",
    "docx": OFFICE + "wordprocessingml.document",
}


FRAME = (9, 105, 218)


@pytest.fixture(scope="module")
def ocriva(server: Server, trusted: ssl.SSLContext) -> Iterator[Ocriva]:
    """With a key of the whole organization, as a new account has it."""
    key = server.key("--prefix", "ocr_")
    assert key.startswith("ocr_")
    client = Ocriva(server.url + "/compat/ocriva/v1", key, verify=trusted)
    client.project_id = client.projects()[0]["id"]
    yield client
    client.close()


@pytest.fixture(scope="module")
def receipt(ocriva: Ocriva, samples: Path) -> dict[str, Any]:
    """A photographed receipt, read by a template."""
    template = ocriva.create_template(
        name="Till receipt", description="What shops print", templateSchema=SCHEMA, resultFormat="csv"
    )
    content = (samples / "receipt-photo.jpg").read_bytes()
    sent = ocriva.upload("till-roll.jpg", content, "image/jpeg", templateId=template["templateId"])
    ended = ocriva.finished(sent["id"])
    assert ended["status"] == "completed", ended
    return ended | {"sent": sent}


@pytest.mark.shows(
    "GET /v1/openapi/projects",
    "POST /v1/openapi/templates",
    "POST /v1/openapi/upload",
    "GET /v1/openapi/processing-history/{record_id}",
)
def test_a_receipt_is_read_into_the_fields_of_a_template(ocriva: Ocriva, receipt: dict[str, Any]) -> None:
    result = receipt["processingResult"]

    assert list(result) == list(SCHEMA)
    assert isinstance(result["total"], float)
    assert receipt["templateName"] == "Till receipt"
    assert receipt["fileSize"].isdigit()
    assert ocriva.record(receipt["uploadId"])["id"] == receipt["id"]


@pytest.mark.parametrize("format_", TYPES)
@pytest.mark.shows("GET /v1/openapi/processing-history/{record_id}/result")
def test_a_result_is_a_file_in_every_format(ocriva: Ocriva, receipt: dict[str, Any], format_: str) -> None:
    answer = ocriva.result(receipt["id"], format_)

    assert answer.headers["content-type"] == TYPES[format_]
    assert answer.headers["content-disposition"].startswith('attachment; filename="till-roll.')
    if format_ == "json":
        assert answer.json() == receipt["processingResult"]
    elif format_ == "csv":
        row = next(csv.DictReader(io.StringIO(answer.content.decode())))
        assert float(row["total"]) == receipt["processingResult"]["total"]
        assert ocriva.result(receipt["id"]).content == answer.content, "the template's own format"
    elif format_ == "docx":
        with zipfile.ZipFile(BytesIO(answer.content)) as package:
            assert "word/document.xml" in package.namelist()
    else:
        assert len(answer.content) > 200


def test_an_image_shows_on_the_page_what_was_found(ocriva: Ocriva, samples: Path) -> None:
    template = ocriva.create_template(
        name="Seen", description="", templateSchema=SCHEMA, resultFormat="image"
    )
    content = (samples / "receipt-photo.jpg").read_bytes()
    sent = ocriva.upload("till-roll.jpg", content, "image/jpeg", templateId=template["templateId"])
    ended = ocriva.finished(sent["id"])

    answer = ocriva.result(sent["id"])

    assert ended["resultFormat"] == "image"
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == 'attachment; filename="till-roll.png"'
    with Image.open(BytesIO(answer.content)) as picture:
        assert picture.mode == "RGB"
        colours = {colour for _, colour in picture.getcolors(2**24) or []}
        assert len(colours) > 100, "a photograph"
        assert FRAME in colours


@pytest.mark.shows("GET /v1/openapi/files/{upload_id}/{name}")
def test_the_file_is_had_again_without_a_key(
    receipt: dict[str, Any], samples: Path, trusted: ssl.SSLContext
) -> None:
    answer = httpx.get(receipt["fileUrl"], verify=trusted)

    assert answer.content == (samples / "receipt-photo.jpg").read_bytes()


@pytest.mark.shows("GET /v1/openapi/processing-history", "GET /v1/openapi/processing-history/stats")
def test_the_history_is_filtered_and_counted(ocriva: Ocriva, receipt: dict[str, Any]) -> None:
    by_template = ocriva.history(search="till receipt", status="completed", page=1, limit=10)
    today = receipt["createdAt"][:10]

    assert receipt["id"] in [record["id"] for record in by_template["data"]]
    assert ocriva.history(fromDate=today, toDate=today)["pagination"]["total"] >= 1
    assert ocriva.history(toDate="2020-01-01")["data"] == []
    stats = ocriva.get("/openapi/processing-history/stats")
    assert stats["total"] == sum(stats[name] for name in ("pending", "processing", "completed", "failed"))
    assert stats["completed"] >= 1


@pytest.mark.shows(
    "POST /v1/openapi/batch/upload",
    "GET /v1/openapi/batch",
    "GET /v1/openapi/batch/{batch_id}",
    "GET /v1/openapi/batch/{batch_id}/export",
)
def test_a_batch_is_sent_followed_and_exported(ocriva: Ocriva, samples: Path) -> None:
    report = (samples / "water-report.pdf").read_bytes()
    batch = ocriva.upload_batch([("one.pdf", report), ("no.bin", b"\0" * 40), ("two.pdf", report)])
    assert (batch["totalFiles"], batch["failedFiles"]) == (3, 1)
    assert batch["status"] in {"processing", "completed"}  # a slow client may find all of it read
    for id_ in batch["uploadIds"]:
        assert ocriva.finished(id_)["status"] == "completed"

    ended = ocriva.get(f"/openapi/batch/{batch['id']}")
    exported = ocriva.get(f"/openapi/batch/{batch['id']}/export", format="json")
    whole = ocriva.download(f"/openapi/batch/{batch['id']}/export", format="pdf")
    text = ocriva.download(f"/openapi/batch/{batch['id']}/export", format="text")

    assert (ended["completedFiles"], ended["failedFiles"], ended["status"]) == (2, 1, "completed")
    assert [result["fileName"] for result in exported["results"]] == ["one.pdf", "two.pdf"]
    assert (whole.headers["content-type"], text.headers["content-type"]) == (TYPES["pdf"], TYPES["text"])
    with pikepdf.open(BytesIO(whole.content)) as pdf, pikepdf.open(BytesIO(report)) as one:
        assert len(pdf.pages) == 2 * len(one.pages)
    assert text.text.count("\f") >= 1
    assert ocriva.history(batchId=batch["id"])["pagination"]["total"] == 2
    assert batch["id"] in [one["id"] for one in ocriva.get("/openapi/batch")["data"]]


@pytest.mark.shows("POST /v1/openapi/auth/login")
def test_a_token_for_a_key_reads_what_the_key_reads(
    ocriva: Ocriva, server: Server, trusted: ssl.SSLContext, receipt: dict[str, Any]
) -> None:
    key = server.key("--prefix", "ocr_", "--project", str(ocriva.project_id))
    token = ocriva.login(key)["accessToken"]

    answer = httpx.get(
        f"{server.url}/compat/ocriva/v1/openapi/processing-history/{receipt['id']}",
        headers={"Authorization": f"Bearer {token}"},
        verify=trusted,
    )

    assert answer.json()["id"] == receipt["id"]
    with pytest.raises(Refused) as refused:
        ocriva.login(token)
    assert refused.value.status == 401


def test_the_native_api_sees_the_same_job_with_the_same_truth(
    server: Server, trusted: ssl.SSLContext, receipt: dict[str, Any]
) -> None:
    headers = {"Authorization": f"Bearer {server.key()}"}
    with httpx.Client(base_url=server.url, headers=headers, verify=trusted) as native:
        job = native.get(f"/v1/jobs/job_{receipt['id']}").json()
        fields = native.get(f"/v1/jobs/job_{receipt['id']}/fields").json()

    assert (job["status"], job["filename"]) == (receipt["status"], receipt["fileName"])
    assert fields["values"]["total"] == receipt["processingResult"]["total"]
    assert fields["values"]["merchant_name"] == receipt["processingResult"]["merchantName"]
