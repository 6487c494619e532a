"""kill -9 of anything at any moment: nothing is lost, nothing finished is read twice, the result is the same."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.harness import Client, Server, read_again_after_kept, until
from tests.acceptance.scans import spelled


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[Server]:
    """A server that a test may harm: two workers of one slot each."""
    server = Server(tmp_path / "data", options=("--workers", "2")).start()
    yield server
    if server.process is not None and server.process.poll() is None:
        server.stop()


def result_of(client: Client, job_id: str) -> list[tuple[int, str]]:
    pages = client.document(job_id)["pages"]
    return [(page["page"], "\n".join(block["text"] for block in page["blocks"])) for page in pages]


def check_whole(server: Server, client: Client, job_id: str) -> None:
    """Every page is there once, says its own number, and was never begun again after it was kept."""
    job = client.finished(job_id)
    assert job["status"] == "completed", job
    pages = result_of(client, job_id)
    assert [number for number, _ in pages] == list(range(1, 61))
    wrong = [number for number, text in pages if f"page {spelled(number)} line" not in text.lower()]
    assert len(wrong) <= 2, f"pages {wrong} do not say their number: {[pages[n - 1] for n in wrong[:3]]}"
    assert job["progress"]["pages_failed"] == 0
    assert read_again_after_kept(server.log(), job_id) == []


def reach(client: Client, job_id: str, pages: int) -> None:
    until(
        lambda: client.job(job_id)["progress"]["pages_done"] >= pages,
        within_s=120,
        what=f"{pages} finished pages",
    )


def test_a_killed_worker_loses_nothing_and_the_rest_goes_on_within_ten_seconds(
    fragile: Server, scan: Path
) -> None:
    client = fragile.client(fragile.key())
    job = client.submit(scan, profile="fast")
    reach(client, job["id"], random.randint(3, 20))

    for worker in fragile.workers():
        worker.kill()
    done = client.job(job["id"])["progress"]["pages_done"]
    began = time.monotonic()
    reach(client, job["id"], min(60, done + 3))

    assert time.monotonic() - began < 15, "recovery is due within ten seconds, and pages take a moment"
    check_whole(fragile, client, job["id"])


def test_a_killed_api_comes_back_and_the_job_never_notices(fragile: Server, scan: Path) -> None:
    client = fragile.client(fragile.key())
    job = client.submit(scan, profile="fast")
    reach(client, job["id"], random.randint(2, 15))

    for process in fragile.api():
        process.kill()

    check_whole(fragile, client, job["id"])


def test_a_killed_database_comes_back_and_work_goes_on(fragile: Server, scan: Path) -> None:
    client = fragile.client(fragile.key())
    job = client.submit(scan, profile="fast")
    reach(client, job["id"], random.randint(3, 20))

    database = fragile.database()
    assert database is not None
    for process in [database, *database.children()]:
        process.kill()

    check_whole(fragile, client, job["id"])


def test_after_a_power_cut_a_restart_finishes_every_acknowledged_job(
    fragile: Server, scan: Path, samples: Path
) -> None:
    client = fragile.client(fragile.key())
    long_job = client.submit(scan, profile="fast")
    reach(client, long_job["id"], random.randint(3, 20))
    short_job = client.submit(samples / "booking-screenshot.png")

    fragile.kill_everything()
    fragile.start()

    check_whole(fragile, client, long_job["id"])
    assert client.finished(short_job["id"])["status"] == "completed"


def test_two_workers_share_one_document(fragile: Server, scan: Path) -> None:
    client = fragile.client(fragile.key())
    job = client.submit(scan, profile="fast", pages="1-30")

    seen: set[int] = set()

    def both_busy() -> bool:
        seen.update(reader.pid for reader in fragile.readers() if reader.cpu_times().user > 1.0)
        parents = {
            worker.pid for worker in fragile.workers() if any(c.pid in seen for c in worker.children())
        }
        return len(parents) == 2

    until(both_busy, within_s=60, what="readers of both workers to be busy with the one job")
    assert client.finished(job["id"])["status"] == "completed"
