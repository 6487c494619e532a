"""docling's own service client against a real server, where it is installed."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.harness import Server

client_module = pytest.importorskip("docling.service_client.client", reason="docling-slim is not installed")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
"""It reads options of its own that it calls deprecated."""


def stream(name: str, content: bytes) -> Any:
    """Not a path: it leaves the files that it opens to the collector."""
    return client_module.DocumentStream(name=name, stream=BytesIO(content))


@pytest.fixture
def client(server: Server, monkeypatch: pytest.MonkeyPatch) -> Any:
    """It has no option for a certificate; what it is built on looks at the environment."""
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    url = server.url + "/compat/docling"
    with client_module.DoclingServiceClient(url, api_key=server.key(), status_watcher="polling") as client:
        yield client


@pytest.mark.shows("GET /health", "GET /version")
def test_it_finds_a_healthy_service(client: Any) -> None:
    assert client.health().status == "ok"
    assert client.version()["docling-serve"]


@pytest.mark.shows("POST /v1/convert/file/async", "GET /v1/status/poll/{task_id}", "GET /v1/result/{task_id}")
def test_a_file_becomes_a_valid_docling_document(client: Any, samples: Path) -> None:
    result = client.convert(stream("report.pdf", (samples / "water-report.pdf").read_bytes()))

    assert result.status.value == "success"
    assert len(result.document.pages) == result.document.num_pages() > 0
    assert "water" in result.document.export_to_markdown().lower()


def test_a_document_that_cannot_be_opened_raises_its_conversion_error(client: Any) -> None:
    with pytest.raises(client_module.ConversionError):
        client.convert(stream("broken.pdf", b"%PDF-1.7 and nothing else"))
