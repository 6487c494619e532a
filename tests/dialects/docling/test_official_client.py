"""docling's own service client against a real server, where `make clients` has installed it.

It needs another version of typer than the service, so it has an environment of its own and runs as a program.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.harness import Server
from tests.dialects.conftest import ROOT

PYTHON = Path(os.environ.get("OCTAVO_TEST_CLIENTS", ROOT / "out" / "clients")) / "bin" / "python"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PYTHON.exists(), reason="`make clients` has not been run"),
]


@pytest.fixture(scope="module")
def seen(server: Server, samples: Path) -> dict[str, Any]:
    """It has no option for a certificate; what it is built on looks at the environment."""
    done = subprocess.run(
        [
            PYTHON,
            Path(__file__).with_name("official.py"),
            server.url + "/compat/docling",
            server.key(),
            samples,
        ],
        env={"SSL_CERT_FILE": str(server.certificate), "PATH": os.defpath},
        capture_output=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.shows("GET /health", "GET /version")
def test_it_finds_a_healthy_service(seen: dict[str, Any]) -> None:
    assert (seen["health"], seen["version"]) == ("ok", "1.31.0")


@pytest.mark.shows("POST /v1/convert/file/async", "GET /v1/status/poll/{task_id}", "GET /v1/result/{task_id}")
def test_a_file_becomes_a_valid_docling_document_however_it_is_waited_for(seen: dict[str, Any]) -> None:
    for way in ("converted", "polled"):
        assert seen[way]["status"] == "success"
        assert seen[way]["pages"] == 3
        assert seen[way]["tables"] >= 2
        assert "water" in seen[way]["markdown"].lower()
    assert seen["one_page"]["pages"] == 1


def test_it_watches_a_task_over_a_socket_to_its_end(seen: dict[str, Any]) -> None:
    assert seen["watched"][-1] == "success"
    assert set(seen["watched"]) <= {"pending", "started", "success"}


@pytest.mark.shows("POST /v1/chunk/hybrid/file/async", "POST /v1/chunk/hierarchical/file/async")
def test_both_chunkers_give_chunks_that_it_can_read(seen: dict[str, Any]) -> None:
    assert 0 < seen["hybrid"]["most_tokens"] <= 256
    assert seen["hierarchical"]["most_tokens"] == 0
    assert len(seen["hierarchical"]["texts"]) > len(seen["hybrid"]["texts"]) > 1
    assert seen["hybrid"]["documents"] == ["success"]


def test_pages_and_archives_bring_their_pictures(seen: dict[str, Any]) -> None:
    assert min(seen["page_image"]) > 100
    assert seen["archive"][0] == "water-report.md"


def test_several_documents_come_in_turn_and_a_broken_one_raises_its_error(seen: dict[str, Any]) -> None:
    assert seen["many"] == ["success", "success"]
    assert seen["broken"].startswith("ConversionError")
