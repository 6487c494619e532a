"""A database by URL and a bucket: the same life of a job, with no other change."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import obstore
import pytest
from obstore.store import S3Store

from octavo.adapters.embedded import EmbeddedPostgres
from tests.acceptance.harness import Client, Server, word_f1
from tests.acceptance.test_reading import truth_of
from tests.blobs.seaweed import BUCKET, CREDENTIALS, seaweed_server

PREFIX = "octavo/documents"


@dataclass
class Elsewhere:
    server: Server
    client: Client
    bucket: S3Store

    def objects(self, part: str = "") -> list[str]:
        """The keys below our prefix that have `part` in them."""
        found = [entry["path"] for page in obstore.list(self.bucket) for entry in page]
        return sorted(key for key in found if part in key)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    folder = tmp_path_factory.mktemp("elsewhere")
    for name in ("database", "bucket"):
        (folder / name).mkdir()
    database = EmbeddedPostgres(folder / "database")
    with seaweed_server(folder / "bucket") as endpoint:
        environment = {
            "OCTAVO_DATABASE_URL": database.start(),
            "OCTAVO_BLOB_URL": f"s3://{BUCKET}/{PREFIX}",
            "OCTAVO_S3_ENDPOINT_URL": endpoint,
            "OCTAVO_S3_REGION": "us-east-1",
            "OCTAVO_S3_ACCESS_KEY_ID": CREDENTIALS.access_key_id,
            "OCTAVO_S3_SECRET_ACCESS_KEY": CREDENTIALS.secret_access_key,
        }
        server = Server(folder / "data", environment=environment)
        try:
            server.start()
            yield Elsewhere(server, server.client(server.key()), _bucket(endpoint))
            assert server.stop() == 0, server.log()[-3000:]
        finally:
            if server.process is not None and server.process.poll() is None:
                server.kill_everything()
            database.stop()


def _bucket(endpoint: str) -> S3Store:
    return S3Store(
        BUCKET,
        prefix=PREFIX,
        config={
            "endpoint": endpoint,
            "region": "us-east-1",
            "access_key_id": CREDENTIALS.access_key_id,
            "secret_access_key": CREDENTIALS.secret_access_key,
        },
        client_options={"allow_http": True},
    )


def bare(id_: str) -> str:
    return id_.partition("_")[2]


def test_a_sample_is_read_there_as_it_is_here(elsewhere: Elsewhere, samples: Path) -> None:
    client, truth = elsewhere.client, truth_of(samples, "pump-inspection")

    job = client.finished(client.submit(samples / "pump-inspection.pdf")["id"])

    assert job["status"] == "completed", job
    document = client.document(job["id"])
    markdown = client.request("GET", f"/v1/jobs/{job['id']}/result", params={"format": "markdown"}).text
    whole = "\n".join(page["text"] for page in truth["pages"])
    assert [page["page"] for page in document["pages"]] == [1, 2]
    assert word_f1(whole, client.text(job["id"])) > 0.85
    assert word_f1(whole, markdown) > 0.8
    pages = client.request("GET", f"/v1/jobs/{job['id']}/pages").json()["pages"]
    assert [(page["number"], page["status"]) for page in pages] == [(1, "read"), (2, "read")]
    second = client.request("GET", f"/v1/jobs/{job['id']}/pages/2").json()
    assert second["blocks"] == document["pages"][1]["blocks"]


def test_nothing_of_a_document_is_beside_the_bucket(elsewhere: Elsewhere) -> None:
    there = {path.name for path in elsewhere.server.data_dir.iterdir()}

    assert elsewhere.objects("/source/content")
    assert "postgres" not in there, "no database of its own"
    assert "blobs" not in there, "no folder of blobs"


def test_a_stored_file_is_read_in_ranges(elsewhere: Elsewhere, samples: Path) -> None:
    client, content = elsewhere.client, (samples / "receipt-photo.jpg").read_bytes()
    file = client.request("POST", "/v1/files", files={"file": ("receipt.jpg", content)}).json()

    def ranged(wanted: str) -> tuple[int, bytes]:
        answer = client.request("GET", f"/v1/files/{file['id']}/content", headers={"Range": wanted})
        return answer.status_code, answer.content

    assert ranged("bytes=0-99") == (206, content[:100])
    assert ranged("bytes=-50") == (206, content[-50:])
    assert ranged("bytes=70000-70009") == (206, content[70000:70010])
    assert ranged(f"bytes={len(content)}-")[0] == 416
    assert client.request("GET", f"/v1/files/{file['id']}/content").content == content
    assert client.request("DELETE", f"/v1/files/{file['id']}").status_code == 200
    assert elsewhere.objects(bare(file["id"])) == []


def test_the_cache_hits_and_purging_leaves_no_object_of_that_job(elsewhere: Elsewhere, samples: Path) -> None:
    client, copied_before = elsewhere.client, copies(elsewhere.server)
    first = client.finished(client.submit(samples / "booking-screenshot.png")["id"])
    twin = client.submit(samples / "booking-screenshot.png", headers={"Prefer": "wait=10"})
    text = client.text(first["id"])
    assert (twin["status"], twin["cache_hit"]) == ("completed", True)
    assert elsewhere.objects(bare(first["id"]))

    purged = client.request("POST", f"/v1/jobs/{first['id']}/purge")
    assert purged.status_code == 200
    assert elsewhere.objects(bare(first["id"])) == []
    assert client.text(twin["id"]) == text

    client.request("POST", f"/v1/jobs/{twin['id']}/purge")
    assert elsewhere.objects(bare(twin["id"])) == []
    assert copies(elsewhere.server) <= copied_before, "nor does a local copy outlive the objects"


def copies(server: Server) -> set[str]:
    return {path.name for path in (server.data_dir / "cache" / "copies").glob("*")}


def test_a_second_start_finds_everything(elsewhere: Elsewhere, samples: Path) -> None:
    client = elsewhere.client
    done = client.finished(client.submit(samples / "water-report.pdf", pages="1")["id"])
    before = client.text(done["id"])
    listed = client.request("GET", "/v1/jobs").json()["jobs"]

    assert elsewhere.server.stop() == 0
    elsewhere.server.start()

    assert client.text(done["id"]) == before
    again = client.request("GET", "/v1/jobs").json()["jobs"]
    assert [job["id"] for job in again] == [job["id"] for job in listed]
    assert client.submit(samples / "water-report.pdf", pages="1")["cache_hit"] is True
    assert "This API key is shown once" in elsewhere.server.log()
    assert elsewhere.server.log().count("This API key is shown once") == 1
