"""The tools' flows against a real server."""

import ssl
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.acceptance.harness import Server
from tests.dialects.docling.client import Docling


@pytest.fixture(scope="module")
def docling(server: Server, trusted: ssl.SSLContext) -> Iterator[Docling]:
    client = Docling(server.url + "/compat/docling", server.key(), verify=trusted)
    yield client
    client.close()


@pytest.mark.shows("POST /v1/convert/file")
def test_a_photographed_receipt_is_markdown_in_one_request(docling: Docling, samples: Path) -> None:
    text = docling.load(
        "receipt.jpg", (samples / "receipt-photo.jpg").read_bytes(), ocr_lang="en", ocr_engine="easyocr"
    )

    assert "TOTAL" in text.upper()


@pytest.mark.shows(
    "POST /v1/convert/source/async", "GET /v1/status/poll/{task_id}", "GET /v1/result/{task_id}"
)
def test_a_task_ends_with_a_document_whose_texts_are_the_reports(docling: Docling, samples: Path) -> None:
    content = (samples / "water-report.pdf").read_bytes()
    task_id = docling.submit("report.pdf", content, to_formats=["json", "text"], do_ocr=False)

    status = docling.finished(task_id)
    result = docling.result(task_id).json()

    assert status["task_status"] == "success"
    assert status["task_meta"]["num_succeeded"] == 1
    assert result["status"] == "success"
    document = result["document"]
    assert document["json_content"]["schema_name"] == "DoclingDocument"
    assert document["md_content"] is None
    said = " ".join(text["text"] for text in document["json_content"]["texts"])
    assert "water" in said.lower()
    assert "water" in document["text_content"].lower()


@pytest.mark.shows("POST /v1/convert/file/async")
def test_several_documents_come_as_an_archive(docling: Docling, samples: Path) -> None:
    content = (samples / "water-report.pdf").read_bytes()
    task_id = docling.submit_files(
        [("report.pdf", content), ("report.pdf", content)], to_formats=["md", "json"], page_range=[1, 1]
    )

    status = docling.finished(task_id)
    answer = docling.result(task_id)

    assert status["task_meta"]["num_docs"] == 2
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert names == ["report.json", "report.md", "report_2.json", "report_2.md"]
        assert archive.testzip() is None
        assert archive.read("report.md") == archive.read("report_2.md")


def test_a_broken_document_is_a_result_that_says_so(docling: Docling) -> None:
    result = docling.convert([("broken.pdf", b"%PDF-1.7 and nothing else")]).json()

    assert result["status"] == "failure"
    assert result["document"]["md_content"] is None
    assert result["errors"][0]["component_type"] == "document_backend"
    assert result["errors"][0]["error_message"]
