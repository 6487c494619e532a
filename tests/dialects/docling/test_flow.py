"""The tools' flows against a real server."""

import json
import ssl
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

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


@pytest.mark.shows("POST /v1/chunk/hybrid/file")
def test_a_report_comes_in_chunks_that_name_their_headings_and_pages(docling: Docling, samples: Path) -> None:
    content = (samples / "water-report.pdf").read_bytes()

    chunks = docling.chunk("report.pdf", content, chunking_max_tokens=100)

    assert all(0 < chunk["num_tokens"] <= 100 for chunk in chunks)
    assert {page for chunk in chunks for page in chunk["page_numbers"]} == {1, 2, 3}
    assert all(chunk["text"].startswith("\n".join(chunk["headings"] or [])) for chunk in chunks)
    assert any(reference.startswith("#/tables/") for chunk in chunks for reference in chunk["doc_items"])


def test_a_socket_tells_of_a_task_until_it_has_ended(
    docling: Docling, server: Server, trusted: ssl.SSLContext, samples: Path
) -> None:
    task_id = docling.submit("receipt.jpg", (samples / "receipt-photo.jpg").read_bytes(), force_ocr=True)
    url = server.url.replace("https://", "wss://") + f"/compat/docling/v1/status/ws/{task_id}"

    with connect(f"{url}?api_key={server.key()}", ssl=trusted) as socket:
        told = [json.loads(message) for message in socket]

    assert [message["message"] for message in told[:2]] == ["connection", "update"]
    assert told[-1]["task"]["task_status"] == "success"
    with pytest.raises(InvalidStatus) as refused, connect(url, ssl=trusted):
        pass
    assert refused.value.response.status_code == 401


def test_pages_are_read_from_their_ink_and_shown(docling: Docling, samples: Path) -> None:
    content = (samples / "water-report.pdf").read_bytes()
    fields = {"force_ocr": True, "include_page_images": True, "image_export_mode": "embedded"}

    result = docling.convert([("report.pdf", content)], to_formats="json", page_range=[1, 1], **fields).json()

    document = result["document"]["json_content"]
    assert document["pages"]["1"]["image"]["uri"].startswith("data:image/jpeg;base64,")
    assert "water" in " ".join(text["text"] for text in document["texts"]).lower()
    assert result["confidence"]["ocr_score"] < 1
