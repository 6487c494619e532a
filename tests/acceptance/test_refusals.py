"""What cannot be read is refused with a problem that names it; the next job still works."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import httpx
import pikepdf
import pytest

from tests.acceptance.harness import Client, Server


def refused(client: Client, content: bytes, name: str, **fields: str) -> httpx.Response:
    answer = client.request("POST", "/v1/jobs", files={"file": (name, content)}, data=fields)
    assert answer.headers["content-type"].startswith("application/problem+json"), answer.text
    return answer


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose header promises far more pixels than it brings."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


def test_bad_input_gets_its_own_code(client: Client, samples: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("a.txt", "text")

    answers = {
        "empty": refused(client, b"", "empty.pdf"),
        "unsupported": refused(client, archive.getvalue(), "archive.pdf"),
        "broken": refused(client, b"%PDF-1.7\nnothing here", "broken.pdf"),
        "bomb": refused(client, png_claiming(60_000, 60_000), "bomb.png"),
    }

    assert {name: answer.json()["code"] for name, answer in answers.items()} == {
        "empty": "empty_document",
        "unsupported": "unsupported_media_type",
        "broken": "unreadable_document",
        "bomb": "document_too_large",
    }
    assert client.finished(client.submit(samples / "booking-screenshot.png")["id"])["status"] == "completed"


def test_an_encrypted_document_says_so_and_is_read_with_its_password(
    client: Client, samples: Path, tmp_path: Path
) -> None:
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(samples / "water-report.pdf") as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="sesame", owner="owner"))

    without = refused(client, locked.read_bytes(), "locked.pdf")
    wrong = refused(client, locked.read_bytes(), "locked.pdf", password="wrong")
    right = client.finished(client.submit(locked, password="sesame", pages="1")["id"])

    assert (without.status_code, without.json()["code"]) == (422, "document_encrypted")
    assert wrong.json()["code"] == "document_encrypted"
    assert right["status"] == "completed"
    assert "sesame" not in str(right)


def test_options_that_cannot_be_met_say_what_could(client: Client, samples: Path) -> None:
    content = (samples / "water-report.pdf").read_bytes()

    pages = refused(client, content, "a.pdf", pages="99")
    engine = refused(client, content, "a.pdf", engine="magic")
    language = refused(client, content, "a.pdf", languages="tlh")

    assert "3 pages" in pages.json()["detail"]
    assert "ppocrv6" in engine.json()["detail"]
    assert language.json()["code"] == "language_unavailable"


def test_a_body_over_the_limit_is_refused_and_nothing_is_left(tmp_path: Path, samples: Path) -> None:
    server = Server(
        tmp_path / "data", options=("--workers", "0"), environment={"OCTAVO_MAX_BYTES": "10000"}
    ).start()
    try:
        client = server.client(server.key())

        answer = refused(client, (samples / "water-report.pdf").read_bytes(), "a.pdf")

        assert (answer.status_code, answer.json()["code"]) == (413, "document_too_large")
        left = [path for path in (server.data_dir / "blobs").rglob("*") if path.is_file()]
        assert left == []
    finally:
        server.stop()


@pytest.mark.parametrize("path", ["/v1/jobs/job_" + "0" * 24, "/v1/nothing", "/v1/files/nonsense"])
def test_what_does_not_exist_is_a_problem_document(client: Client, path: str) -> None:
    answer = client.request("GET", path)

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
