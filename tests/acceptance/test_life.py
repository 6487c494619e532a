"""The life of a job over HTTP: progress, cancel, retry, purge, cache, events."""

import json
import time
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.acceptance.harness import Client, Server, until


def test_progress_never_falls_and_ends_at_one_hundred(client: Client, scan: Path) -> None:
    job = client.submit(scan, profile="fast", pages="1-12", bypass_cache="true")

    seen = []
    while True:
        state = client.job(job["id"])
        seen.append(state["progress"]["percent"])
        if state["status"] in {"completed", "failed"}:
            break
        time.sleep(0.05)

    assert state["status"] == "completed"
    assert seen == sorted(seen)
    assert seen[-1] == 100


def test_cancelling_kills_the_reading_process_within_a_second(
    server: Server, client: Client, scan: Path
) -> None:
    job = client.submit(scan, profile="advanced", bypass_cache="true")
    until(lambda: client.job(job["id"])["progress"]["pages_done"] >= 2, within_s=60, what="the second page")
    busy = until(lambda: [p for p in server.readers() if _is_busy(p)], within_s=20, what="a busy reader")

    began = time.monotonic()
    answer = client.request("DELETE", f"/v1/jobs/{job['id']}")
    until(lambda: not any(_is_alive(p) for p in busy), within_s=5, what="the readers to be gone")
    took = time.monotonic() - began

    assert answer.status_code == 200
    assert answer.json()["status"] == "cancelled"
    assert took < 1.0, f"the readers lived on for {took:.2f} s"
    again = client.request("DELETE", f"/v1/jobs/{job['id']}")
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


def test_a_cancelled_job_can_be_retried_and_keeps_its_finished_pages(
    server: Server, client: Client, scan: Path
) -> None:
    job = client.submit(scan, profile="fast", pages="1-10", bypass_cache="true")
    until(lambda: client.job(job["id"])["progress"]["pages_done"] >= 3, within_s=60, what="three pages")
    cancelled = client.request("DELETE", f"/v1/jobs/{job['id']}").json()

    retried = client.request("POST", f"/v1/jobs/{job['id']}/retry")
    ended = client.finished(job["id"])

    assert retried.status_code == 202
    assert retried.json()["progress"]["pages_done"] == cancelled["progress"]["pages_done"]
    assert (ended["status"], ended["attempt"]) == ("completed", 2)
    assert len(client.document(job["id"])["pages"]) == 10


def test_the_same_document_again_is_answered_from_the_cache(client: Client, samples: Path) -> None:
    first = client.finished(client.submit(samples / "booking-screenshot.png")["id"])

    second = client.submit(samples / "booking-screenshot.png", headers={"Prefer": "wait=10"})
    fresh = client.submit(samples / "booking-screenshot.png", bypass_cache="true")

    assert second["status"] == "completed"
    assert second["cache_hit"] is True
    assert second["id"] != first["id"]
    assert client.text(second["id"]) == client.text(first["id"])
    assert client.finished(fresh["id"])["cache_hit"] is False


def test_purging_one_job_leaves_a_cached_twin_whole(client: Client, samples: Path) -> None:
    first = client.finished(client.submit(samples / "receipt-photo.jpg")["id"])
    twin = client.finished(client.submit(samples / "receipt-photo.jpg")["id"])

    purged = client.request("POST", f"/v1/jobs/{first['id']}/purge")

    assert purged.status_code == 200
    assert purged.json()["filename"] is None
    assert client.request("GET", f"/v1/jobs/{first['id']}/result").status_code == 410
    assert client.request("GET", f"/v1/jobs/{first['id']}").status_code == 200
    assert client.text(twin["id"])


def test_a_stored_file_serves_many_jobs_and_may_go_before_they_end(client: Client, samples: Path) -> None:
    content = (samples / "booking-screenshot.png").read_bytes()
    file = client.request("POST", "/v1/files", files={"file": ("shot.png", content)}).json()

    jobs = [
        client.request("POST", "/v1/jobs", json={"file_id": file["id"], "bypass_cache": True}).json()
        for _ in range(2)
    ]
    ranged = client.request("GET", f"/v1/files/{file['id']}/content", headers={"Range": "bytes=0-7"})
    gone = client.request("DELETE", f"/v1/files/{file['id']}")

    assert (ranged.status_code, ranged.content) == (206, content[:8])
    assert gone.status_code in {200, 204}
    assert [client.finished(job["id"])["status"] for job in jobs] == ["completed", "completed"]
    assert client.request("GET", f"/v1/files/{file['id']}").status_code in {404, 410}


def test_events_tell_every_page_and_resume_where_a_reader_left(client: Client, scan: Path) -> None:
    job = client.submit(scan, profile="fast", pages="1-6", bypass_cache="true")
    first = read_events(client, job["id"], stop_after=3)
    client.finished(job["id"])

    rest = read_events(client, job["id"], last_event_id=first[-1][0])

    events = first + rest
    assert [sequence for sequence, _, _ in events] == sorted({sequence for sequence, _, _ in events})
    pages = [payload["page"] for _, type_, payload in events if type_ == "job.page"]
    assert sorted(pages) == [1, 2, 3, 4, 5, 6]
    assert [type_ for _, type_, _ in events][-1] == "job.completed"


def read_events(
    client: Client, job_id: str, *, stop_after: int | None = None, last_event_id: int | None = None
) -> list[tuple[int, str, dict[str, Any]]]:
    headers = {"Authorization": f"Bearer {client.key}"}
    if last_event_id is not None:
        headers["Last-Event-ID"] = str(last_event_id)
    found = []
    event: dict[str, str] = {}
    with httpx.stream(
        "GET", f"{client.server.url}/v1/jobs/{job_id}/events", headers=headers, timeout=60
    ) as answer:
        assert answer.status_code == 200
        for line in answer.iter_lines():
            name, _, value = line.partition(":")
            if name:
                event[name] = value.strip()
            elif "data" in event:
                found.append((int(event["id"]), event["event"], json.loads(event["data"])))
                event = {}
                if len(found) == stop_after:
                    break
    return found


def _is_busy(process: psutil.Process) -> bool:
    try:
        return process.cpu_percent(interval=0.1) > 5
    except psutil.Error:
        return False


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
