"""What ends on purpose: retentions, orphans, pages that cannot be read, documents beyond a limit."""

import socket
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from octavo.app.receive import receive_source
from octavo.app.sweep import sweep_orphans
from octavo.bootstrap import Role, open_services
from octavo.domain.ids import JobId, made_at
from octavo.domain.storage import job_prefix
from octavo.settings import load_settings
from tests.acceptance.harness import Client, Server, until
from tests.acceptance.poison import write_garbled_tiff, write_pages

LIMITS = {"OCTAVO_PAGE_TIMEOUT_S": "2", "OCTAVO_SLICE_BUDGET_S": "0.5", "OCTAVO_MAX_PAGES": "60"}
SWEPT_WITHIN_S = 20.0
"""A sweep comes every 15 s."""


@dataclass
class Limited:
    server: Server
    client: Client
    short_lived: dict[str, Any]
    """A job whose source is kept for a second and whose result for two, submitted first of all."""
    fleeting: dict[str, Any]
    """One that keeps nothing at all."""

    def files(self, job_id: str) -> list[str]:
        """What the blob store holds of that job."""
        folder = self.server.data_dir / "blobs" / "objects" / job_prefix(JobId(job_id.removeprefix("job_")))
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

    def jobs_in_store(self) -> set[str]:
        return {path.name for path in (self.server.data_dir / "blobs" / "objects" / "jobs").glob("*/*")}


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Limited]:
    folder = tmp_path_factory.mktemp("limits")
    write_pages(folder / "letter.pdf", pages=1)
    server = Server(folder / "data", ("--workers", "1", "--slots", "1"), LIMITS).start()
    try:
        client = server.client(server.key("--scopes", "admin"))
        letter = folder / "letter.pdf"
        short_lived = client.submit(letter, source_retention_s="1", result_retention_s="2")
        client.finished(short_lived["id"])
        fleeting = client.submit(letter, source_retention_s="0", result_retention_s="0", bypass_cache="true")
        yield Limited(server, client, short_lived, fleeting)
        assert server.stop() == 0, server.log()[-3000:]
    finally:
        if server.process is not None and server.process.poll() is None:
            server.kill_everything()


def test_a_page_that_ends_its_process_is_left_out_and_the_others_are_read(
    limited: Limited, tmp_path: Path
) -> None:
    client = limited.client
    write_pages(tmp_path / "poisoned.pdf", pages=10, endless=3)

    job = client.finished(client.submit(tmp_path / "poisoned.pdf")["id"])

    assert (job["status"], job["progress"]["pages_failed"]) == ("completed", 1), job
    document = client.document(job["id"])
    assert [page["page"] for page in document["pages"]] == [1, 2, 4, 5, 6, 7, 8, 9, 10]
    assert "This is page 10 of" in client.text(job["id"])
    failures = document["extraction"]["per_page_failures"]
    assert [(failure["page"], failure["code"], failure["attempts"]) for failure in failures] == [
        (3, "page_quarantined", 2)
    ]
    third = client.request("GET", f"/v1/jobs/{job['id']}/pages").json()["pages"][2]
    assert (third["status"], third["failure"]["code"], third["link"]) == ("failed", "page_quarantined", None)
    again = client.submit(tmp_path / "poisoned.pdf", pages="1")
    assert client.finished(again["id"])["progress"]["pages_failed"] == 0, "and the next job works"


def test_a_page_that_cannot_even_be_looked_at_costs_only_itself(limited: Limited, tmp_path: Path) -> None:
    """Every page of a short document is looked at when it is submitted, and its first before all."""
    client = limited.client
    write_pages(tmp_path / "short.pdf", pages=2, endless=1)

    job = client.finished(client.submit(tmp_path / "short.pdf")["id"])

    assert (job["status"], job["progress"]["pages_failed"]) == ("completed", 1), job
    assert [page["page"] for page in client.document(job["id"])["pages"]] == [2]


def test_a_document_of_which_no_page_can_be_read_fails_and_says_why(limited: Limited, tmp_path: Path) -> None:
    client = limited.client
    write_garbled_tiff(tmp_path / "garbled.tiff", pages=2)

    job = client.finished(client.submit(tmp_path / "garbled.tiff")["id"])
    result = client.request("GET", f"/v1/jobs/{job['id']}/result")

    assert (job["status"], job["error"]["code"]) == ("failed", "unreadable_document")
    assert "None of the 2 pages could be read" in job["error"]["summary"]
    assert "is damaged or incomplete. Save it again" in job["error"]["summary"], "it says what to do"
    assert job["error"]["retryable"] is False
    assert (result.status_code, result.json()["code"], result.json()["job_status"]) == (
        409,
        "conflict",
        "failed",
    )


def test_too_many_pages_are_refused_and_nothing_is_kept(limited: Limited, tmp_path: Path) -> None:
    write_pages(tmp_path / "long.pdf", pages=61)
    kept = limited.jobs_in_store()

    with (tmp_path / "long.pdf").open("rb") as body:
        answer = limited.client.request("POST", "/v1/jobs", files={"file": ("long.pdf", body)})

    assert (answer.status_code, answer.json()["code"]) == (413, "document_too_large")
    assert "61 pages; at most 60" in answer.json()["detail"]
    assert limited.jobs_in_store() <= kept


def test_one_page_of_another_project_does_not_wait_for_sixty(
    limited: Limited, scan: Path, tmp_path: Path
) -> None:
    write_pages(tmp_path / "small.pdf", pages=1)
    client = limited.client
    project = client.request("POST", "/v1/projects", json={"name": "small"}).json()
    key = client.request(
        "POST", "/v1/keys", json={"name": "small", "scopes": ["admin"], "project_id": project["id"]}
    )
    small = limited.server.client(key.json()["key"])
    large_id = client.submit(scan, profile="fast", bypass_cache="true")["id"]
    until(lambda: client.job(large_id)["progress"]["pages_done"], within_s=60, what="a page of the large job")

    small_job = small.finished(small.submit(tmp_path / "small.pdf")["id"])
    large_job = client.job(large_id)

    assert small_job["status"] == "completed", small_job
    assert large_job["status"] == "processing"
    assert large_job["progress"]["pages_done"] < 50
    assert client.request("DELETE", f"/v1/jobs/{large_id}").status_code == 200


def test_twenty_submissions_at_once_with_one_idempotency_key_make_one_job(
    limited: Limited, tmp_path: Path
) -> None:
    write_pages(tmp_path / "once.pdf", pages=2)
    content = (tmp_path / "once.pdf").read_bytes()
    before = limited.jobs_in_store()

    def submit(_: int) -> tuple[int, str, bool]:
        answer = limited.client.request(
            "POST",
            "/v1/jobs",
            files={"file": ("once.pdf", content)},
            headers={"Idempotency-Key": "only-once"},
        )
        return answer.status_code, answer.json().get("id"), "Idempotency-Replayed" in answer.headers

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(submit, range(20)))

    assert {status for status, _, _ in answers} <= {200, 202}, answers
    assert len({job_id for _, job_id, _ in answers}) == 1
    assert sum(not replayed for _, _, replayed in answers) == 1
    assert len(limited.jobs_in_store() - before) == 1, "the bytes of the other nineteen are gone"
    listed = limited.client.request("GET", "/v1/jobs", params={"q": "once.pdf"}).json()["jobs"]
    assert [job["id"] for job in listed] == [answers[0][1]]


@pytest.mark.parametrize("path", ["/v1/jobs", "/v1/files", "/v1/inspect"])
def test_a_client_that_leaves_in_the_middle_leaves_nothing(limited: Limited, path: str) -> None:
    blobs = limited.server.data_dir / "blobs"
    until(lambda: not unfinished(limited.client), within_s=60, what="the jobs of other tests to end")
    before = {file for file in blobs.rglob("*") if file.is_file()}
    known = listed(limited.client)
    where = urlsplit(limited.server.url)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: octavo\r\nAuthorization: Bearer {limited.client.key}\r\n"
        "Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: 9000000\r\n\r\n"
        '--cut\r\nContent-Disposition: form-data; name="file"; filename="cut.pdf"\r\n\r\n%PDF-1.7\n'
    )

    def arriving() -> set[Path]:
        return {file for file in blobs.rglob("*") if file.is_file()} - before

    with socket.create_connection((where.hostname, where.port)) as connection:
        connection.sendall(head.encode() + b"x" * 3_000_000)
        until(arriving, within_s=10, what="the first bytes in the store")

    until(lambda: not arriving(), within_s=10, what="the bytes to be gone again")
    assert listed(limited.client) == known


def unfinished(client: Client) -> list[str]:
    """Jobs that may still write."""
    return [
        job["id"]
        for status in ("queued", "processing")
        for job in client.request("GET", "/v1/jobs", params={"status": status}).json()["jobs"]
    ]


def listed(client: Client) -> list[tuple[str, list[str]]]:
    return [
        (name, [entry["id"] for entry in client.request("GET", f"/v1/{name}").json()[name]])
        for name in ("jobs", "files")
    ]


@dataclass
class Ahead:
    """Implements `ports.clock.Clock`."""

    by: timedelta

    def now(self) -> datetime:
        return datetime.now(UTC) + self.by


async def test_bytes_that_nothing_names_are_swept_once_they_are_old(limited: Limited, tmp_path: Path) -> None:
    write_pages(tmp_path / "kept.pdf", pages=1)
    kept = limited.client.submit(tmp_path / "kept.pdf", bypass_cache="true")["id"]
    limited.client.finished(kept)
    settings = load_settings(data_dir=limited.server.data_dir)

    async def content() -> AsyncIterator[bytes]:
        yield b"bytes whose job was never committed"

    async with open_services(settings, role=Role.API) as services:
        job_id, _ = await receive_source(content(), services=services)
        hours = {made_at(id_).replace(minute=0, second=0, microsecond=0) for id_ in (job_id, JobId(kept[4:]))}
        young = [await sweep_orphans(hour, services=services) for hour in hours]
        assert limited.files(job_id) == ["source/content"]
        late = replace(services, clock=Ahead(timedelta(hours=4)))
        old = [await sweep_orphans(hour, services=late) for hour in hours]

    assert (sum(young), sum(old)) == (0, 1)
    assert limited.files(job_id) == []
    assert "source/content" in limited.files(kept)
    assert limited.client.text(kept)


def test_what_has_outlived_its_retention_is_gone_and_the_job_says_so(limited: Limited) -> None:
    client = limited.client
    ids = [str(job["id"]) for job in (limited.short_lived, limited.fleeting)]
    until(
        lambda: not any(limited.files(job_id) for job_id in ids),
        within_s=SWEPT_WITHIN_S,
        what=f"the files of {ids} to go",
    )

    for job_id in ids:
        for path in ("result", "pages", "pages/1", "source"):
            answer = client.request("GET", f"/v1/jobs/{job_id}/{path}")
            assert (answer.status_code, answer.json()["code"]) == (410, "gone"), path
            assert "retention has ended" in answer.json()["detail"]
            assert answer.json()["expired_at"]
        now = client.job(job_id)
        assert (now["status"], now["source_deleted"], now["result_deleted"]) == ("completed", True, True)
        assert job_id in dict(listed(client))["jobs"]


def test_keeping_nothing_is_a_wish_that_is_heard(limited: Limited) -> None:
    job = limited.client.job(limited.fleeting["id"])

    assert job["source_expires_at"] == job["created_at"]
    assert job["result_expires_at"] == job["finished_at"]
