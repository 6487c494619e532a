"""The vendor's flow against a real server."""

import json
import ssl
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.acceptance.harness import Server
from tests.dialects.ldxhub.client import LdxHub

OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.fixture(scope="module")
def hub(server: Server, trusted: ssl.SSLContext) -> Iterator[LdxHub]:
    client = LdxHub(server.url + "/compat/ldxhub", server.key(), verify=trusted)
    yield client
    client.close()


@pytest.mark.parametrize(
    ("output_format", "media_type", "part"),
    [
        ("docx", OFFICE + "wordprocessingml.document", "word/document.xml"),
        ("xlsx", OFFICE + "spreadsheetml.sheet", "xl/workbook.xml"),
        ("pptx", OFFICE + "presentationml.presentation", "ppt/presentation.xml"),
    ],
)
@pytest.mark.shows("POST /renderocr/jobs", "GET /renderocr/jobs/{job_id}", "GET /files/{file_id}/content")
def test_a_photographed_receipt_becomes_an_office_file(
    hub: LdxHub, samples: Path, output_format: str, media_type: str, part: str
) -> None:
    content = (samples / "receipt-photo.jpg").read_bytes()
    file_id = hub.upload("Quittung für März.jpg", content)
    job_id = hub.create(
        "renderocr", engine="ki/ocr", file_id=file_id, languages=["eng"], output_format=output_format
    )

    job = hub.finished("renderocr", job_id)
    name, kind, converted = hub.download(job["output_file_id"])

    assert job["status"] == "completed"
    assert (name, kind) == (f"Quittung für März.{output_format}", media_type)
    with zipfile.ZipFile(BytesIO(converted)) as package:
        assert part in package.namelist()
    assert job_id in [listed["job_id"] for listed in hub.get("/renderocr/jobs")["data"]]
    assert hub.get(f"/files/{job['output_file_id']}")["size"] == len(converted)


@pytest.mark.shows("POST /extractdoc/jobs", "GET /extractdoc/jobs/{job_id}")
def test_text_is_taken_out_without_reading_pictures(hub: LdxHub, samples: Path) -> None:
    file_id = hub.upload("report.pdf", (samples / "water-report.pdf").read_bytes())
    job_id = hub.create("extractdoc", engine="ki/extract", file_id=file_id, output_format="jsonl")

    job = hub.finished("extractdoc", job_id)
    _, _, content = hub.download(job["output_file_id"])

    lines = content.decode().splitlines()
    assert len(lines) == 1
    record = json.loads(lines[0])
    assert record["id"] == "report"
    assert "water" in record["data"].lower()


@pytest.mark.shows("POST /castdoc/jobs", "GET /castdoc/jobs/{job_id}")
def test_an_output_is_the_next_services_input(hub: LdxHub, samples: Path) -> None:
    file_id = hub.upload("report.pdf", (samples / "water-report.pdf").read_bytes())
    cast = hub.finished(
        "castdoc", hub.create("castdoc", engine="ki/cast", file_id=file_id, output_format="docx")
    )
    order = {"engine": "ki/extract", "file_id": cast["output_file_id"], "output_format": "text"}
    extracted = hub.finished("extractdoc", hub.create("extractdoc", **order))

    name, kind, content = hub.download(extracted["output_file_id"])

    assert (name, kind) == ("report.txt", "text/plain")
    assert "water" in content.decode().lower()


@pytest.mark.shows("POST /uploads", "PUT /uploads/{file_id}")
def test_a_file_in_chunks_is_used_as_it_stands(hub: LdxHub, samples: Path) -> None:
    content = (samples / "water-report.pdf").read_bytes()
    middle = len(content) // 2

    file = hub.begin_upload("report.pdf")
    assert file["size"] == 0
    hub.append(file["file_id"], content[:middle])
    grown = hub.append(file["file_id"], content[middle:])
    order = {"engine": "ki/extract", "file_id": file["file_id"], "output_format": "text"}
    job = hub.finished("extractdoc", hub.create("extractdoc", **order))

    assert grown["size"] == len(content)
    assert job["file_id"] == file["file_id"]
    assert "water" in hub.download(job["output_file_id"])[2].decode().lower()
    assert hub.download(file["file_id"]) == ("report.pdf", "application/pdf", content)
