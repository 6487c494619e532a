"""Many machines on one database and one store of blobs, as far as one machine can play them.

Each has a data folder of its own; they share the database, the blobs and the secret key, and nothing else.
"""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from octavo.adapters.embedded import EmbeddedPostgres
from tests.acceptance.harness import Client, Server, Worker, readings, until

ONE_WORKER = ("--workers", "1", "--slots", "1")
PAGES = 24
PICKED_UP_WITHIN_S = 10.0


@dataclass
class Machines:
    front: Server
    """Only the API, in two processes."""
    workers: list[Worker]
    client: Client
    scratch: Path

    def scratch_folders(self) -> set[str]:
        """One for every process that opens documents."""
        return {path.name for path in self.scratch.iterdir() if not path.name.startswith(".")}


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    folder = tmp_path_factory.mktemp("machines")
    for name in ("database", "scratch"):
        (folder / name).mkdir()
    database = EmbeddedPostgres(folder / "database")
    shared = {
        "OCTAVO_DATABASE_URL": database.start(),
        "OCTAVO_BLOB_URL": str(folder / "blobs"),
        "OCTAVO_SCRATCH_DIR": str(folder / "scratch"),
        "OCTAVO_SECRET_KEY": "shared by all machines, and thirty-two characters long",
    }
    front = Server(folder / "front", ("--no-workers", "--api-processes", "2"), shared)
    workers = [Worker(folder / name, ONE_WORKER, shared) for name in ("one", "two")]
    try:
        front.start()
        for worker in workers:
            worker.start()
        yield Machines(front, workers, front.client(front.key()), folder / "scratch")
        for worker in workers:
            assert not worker.is_running() or worker.stop() == 0, worker.log()[-3000:]
        assert front.stop() == 0, front.log()[-3000:]
    finally:
        for worker in workers:
            if worker.is_running():
                worker.kill_everything()
        if front.process is not None and front.process.poll() is None:
            front.kill_everything()
        database.stop()


def pages_begun(worker: Worker, job_id: str) -> list[int]:
    return [number for verb, pages in readings(worker.log(), job_id) if verb == "reading" for number in pages]


def pages_kept(worker: Worker, job_id: str) -> list[int]:
    return [number for verb, pages in readings(worker.log(), job_id) if verb == "kept" for number in pages]


def in_hand(worker: Worker, job_id: str) -> list[int]:
    """The pages that it said it reads and has not kept since."""
    said = readings(worker.log(), job_id)
    return said[-1][1] if said and said[-1][0] == "reading" else []


def caught(worker: Worker, job_id: str, client: Client) -> list[int]:
    """Stop the machine where it stands; the pages it was reading then. None: let it go on."""
    if not in_hand(worker, job_id):
        return []
    for process in worker.tree():
        process.suspend()
    found = in_hand(worker, job_id)
    pages = client.request("GET", f"/v1/jobs/{job_id}/pages", params={"limit": 100}).json()["pages"]
    if found and not set(found) & {page["number"] for page in pages}:
        return found
    for process in worker.tree():
        process.resume()
    return []


def test_two_machines_read_one_document_and_a_lost_one_is_made_up_for(machines: Machines, scan: Path) -> None:
    client, (one, two) = machines.client, machines.workers
    job_id = client.submit(scan, profile="fast", pages=f"1-{PAGES}", bypass_cache="true")["id"]
    until(lambda: pages_kept(one, job_id) and pages_kept(two, job_id), within_s=90, what="pages from both")

    lost = until(lambda: caught(two, job_id, client), within_s=30, what="the second machine to be in a slice")
    two.kill_everything()
    began = time.monotonic()
    until(
        lambda: set(lost) <= set(pages_begun(one, job_id)),
        within_s=2 * PICKED_UP_WITHIN_S,
        what=f"the first machine to take up pages {lost}",
    )
    took = time.monotonic() - began
    job = client.finished(job_id)

    assert took < PICKED_UP_WITHIN_S, f"the lost slice was taken up after {took:.1f} s"
    assert (job["status"], job["progress"]["pages_failed"]) == ("completed", 0)
    assert [page["page"] for page in client.document(job_id)["pages"]] == list(range(1, PAGES + 1))
    kept = pages_kept(one, job_id) + pages_kept(two, job_id)
    assert sorted(kept) == list(range(1, PAGES + 1)), "every page was kept once, by one of the two"
    before = machines.scratch_folders()
    two.start()
    until(
        lambda: len(machines.scratch_folders() - before) == 1 == len(before - machines.scratch_folders()),
        within_s=30,
        what="the new machine to clear away what the lost one was working on",
    )


@contextmanager
def through(machines: Machines, process: psutil.Process) -> Iterator[httpx.Client]:
    """A connection that this process answers: the others hold still while it is taken."""
    others = [other for other in machines.front.api() if other.pid != process.pid]
    headers = {"Authorization": f"Bearer {machines.client.key}"}
    with httpx.Client(base_url=machines.front.url, headers=headers, timeout=60) as http:
        for other in others:
            other.suspend()
        try:
            answer = http.get("/healthz")
        finally:
            for other in others:
                other.resume()
        port = answer.extensions["network_stream"].get_extra_info("client_addr")[1]
        served = {connection.raddr.port for connection in process.net_connections() if connection.raddr}
        assert port in served, "the connection is this process's"
        yield http


def follow(http: httpx.Client, job_id: str, following: threading.Event) -> list[str]:
    with http.stream("GET", f"/v1/jobs/{job_id}/events") as answer:
        assert answer.status_code == 200
        types = []
        for line in answer.iter_lines():
            following.set()
            if line.startswith("event:"):
                types.append(line.partition(":")[2].strip())
        return types


def wait(http: httpx.Client, job_id: str) -> dict[str, Any]:
    return dict(http.get(f"/v1/jobs/{job_id}", params={"wait": "50"}).json())


def test_a_job_is_seen_followed_and_awaited_through_every_api_process(machines: Machines, scan: Path) -> None:
    here, there = until(
        lambda: found if len(found := machines.front.api()) == 2 else None, within_s=20, what="two APIs"
    )
    with through(machines, here) as submitting, scan.open("rb") as body:
        fields = {"profile": "fast", "pages": "1-4", "bypass_cache": "true"}
        job_id = submitting.post("/v1/jobs", files={"file": ("scan.pdf", body)}, data=fields).json()["id"]

    with (
        ThreadPoolExecutor() as threads,
        through(machines, here) as follows_here,
        through(machines, there) as follows_there,
        through(machines, here) as waits_here,
        through(machines, there) as waits_there,
    ):
        streams = [
            threads.submit(follow, http, job_id, threading.Event()) for http in (follows_here, follows_there)
        ]
        polls = [threads.submit(wait, http, job_id) for http in (waits_here, waits_there)]
        told = [stream.result(60) for stream in streams]
        awaited = [poll.result(60) for poll in polls]

    assert [job["status"] for job in awaited] == ["completed", "completed"]
    for types in told:
        assert types.count("job.page") == 4
        assert types[-1] == "job.completed"
    with through(machines, there) as http:
        assert http.get(f"/v1/jobs/{job_id}").json()["status"] == "completed"
        assert "page" in http.get(f"/v1/jobs/{job_id}/result", params={"format": "text"}).text
