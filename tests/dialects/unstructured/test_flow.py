"""The vendor's own client, `unstructured-client`, against a real server."""

import base64
import csv
import gc
import io
import json
import ssl
import warnings
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from unstructured_client import UnstructuredClient
from unstructured_client.general import PartitionAcceptEnum
from unstructured_client.models import errors, operations, shared

from tests.acceptance.harness import Server

pytestmark = [
    # The client names a certificate in a way that httpx calls deprecated, and lets pages' connections be collected.
    pytest.mark.filterwarnings("ignore:`verify=<str>`:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]
Partition = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def client(server: Server, trusted: ssl.SSLContext) -> Iterator[UnstructuredClient]:
    with (
        httpx.Client(verify=trusted, timeout=300) as http,
        UnstructuredClient(
            api_key_auth=server.key(), server_url=server.url + "/compat/unstructured", client=http
        ) as made,
    ):
        yield made
    # Connections over which it sent pages are closed by the collector alone.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def partition(
    client: UnstructuredClient, samples: Path, monkeypatch: pytest.MonkeyPatch, server: Server
) -> Partition:
    # Pages that it sends one by one go over a connection of its own, which looks at the environment.
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))

    def run(name: str, **wanted: Any) -> list[dict[str, Any]]:
        answer = client.general.partition(request=request_of(samples / name, **wanted))
        assert answer.elements is not None
        return answer.elements

    return run


def request_of(path: Path, **wanted: Any) -> operations.PartitionRequest:
    file = shared.Files(content=path.read_bytes(), file_name=path.name)
    options = {"split_pdf_page": False, **wanted}
    return operations.PartitionRequest(partition_parameters=shared.PartitionParameters(files=file, **options))


def text_of(elements: list[dict[str, Any]]) -> str:
    return " ".join(element["text"] for element in elements)


@pytest.mark.shows("POST /general/v0/general")
def test_a_photographed_receipt_becomes_elements_with_coordinates(partition: Partition) -> None:
    elements = partition("receipt-photo.jpg", strategy="hi_res", coordinates=True, languages=["eng"])

    assert "TOTAL" in text_of(elements).upper()
    metadata = elements[0]["metadata"]
    assert metadata["filetype"] == "image/jpeg"
    assert metadata["filename"] == "receipt-photo.jpg"
    assert metadata["coordinates"]["system"] == "PixelSpace"
    assert len(metadata["coordinates"]["points"]) == 4


@pytest.mark.shows("GET /general/docs")
def test_pages_sent_one_by_one_make_the_same_elements_with_their_page_numbers(partition: Partition) -> None:
    whole = partition("old-book-scans.pdf", strategy="hi_res")
    apart = partition(
        "old-book-scans.pdf", strategy="hi_res", split_pdf_page=True, split_pdf_concurrency_level=2
    )

    pages = [element["metadata"]["page_number"] for element in whole]
    assert sorted(set(pages)) == list(range(1, max(pages) + 1))
    assert max(pages) > 1
    assert {element["metadata"]["page_number"] for element in apart} == set(pages)
    assert text_of(apart).split()[:50] == text_of(whole).split()[:50]


def test_chunks_fit_and_unpack_to_their_elements(partition: Partition) -> None:
    chunks = partition("water-report.pdf", chunking_strategy="by_title", max_characters=800)

    assert {chunk["type"] for chunk in chunks} <= {"CompositeElement", "Table", "TableChunk"}
    assert all(0 < len(chunk["text"]) <= 800 for chunk in chunks)
    packed = base64.b64decode(chunks[0]["metadata"]["orig_elements"])
    originals = json.loads(zlib.decompress(packed))
    assert originals[0]["text"].split()[0] == chunks[0]["text"].split()[0]


def test_a_table_comes_with_its_picture(partition: Partition) -> None:
    elements = partition("water-report.pdf", extract_image_block_types=["Table"])

    tables = [element["metadata"] for element in elements if element["type"] == "Table"]
    assert tables
    for table in tables:
        with Image.open(io.BytesIO(base64.b64decode(table["image_base64"]))) as picture:
            assert picture.format == "JPEG"
            assert min(picture.size) > 100


def test_csv_has_a_row_an_element(client: UnstructuredClient, samples: Path) -> None:
    answer = client.general.partition(
        request=request_of(samples / "water-report.pdf", output_format=shared.OutputFormat.TEXT_CSV),
        accept_header_override=PartitionAcceptEnum.TEXT_CSV,
    )

    rows = list(csv.DictReader(io.StringIO(answer.csv_elements or "")))
    assert {"type", "element_id", "text", "filename", "page_number"} <= set(rows[0])
    assert "water" in " ".join(row["text"] for row in rows).lower()


def test_what_is_refused_reaches_the_caller_as_the_clients_error(
    client: UnstructuredClient, tmp_path: Path
) -> None:
    unknown = tmp_path / "noise.bin"
    unknown.write_bytes(bytes(range(256)) * 8)

    with pytest.raises(errors.SDKError) as refused:
        client.general.partition(request=request_of(unknown))

    assert refused.value.status_code == 400
    assert "is not supported" in refused.value.body


def test_a_wrong_option_is_the_clients_validation_error(client: UnstructuredClient, samples: Path) -> None:
    wrong = request_of(samples / "receipt-photo.jpg", max_characters=-1)

    with pytest.raises(errors.HTTPValidationError) as refused:
        client.general.partition(request=wrong)

    assert refused.value.data.detail
