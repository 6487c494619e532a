"""The vendor's flow against a real server: the page's loop, webhooks, what is told at once."""

import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.acceptance.harness import Client, Server, until
from tests.dialects.docurift.client import DocuRift, JobFailed, verified
from tests.dialects.ocrqueen.receiver import Receiver, listening

SECRET = "whsec_only_for_this_test"
ENDS_WITHIN_S = 60.0


@pytest.fixture(scope="module")
def base(server: Server) -> str:
    return server.url + "/compat/docurift/v1"


@pytest.fixture(scope="module")
def rift(server: Server, trusted: ssl.SSLContext, base: str) -> Iterator[DocuRift]:
    """Its pauses end when the job does: the order of calls is the page's, the time is not."""
    key = server.key()
    native = httpx.Client(base_url=server.url, headers={"X-API-Key": key}, verify=trusted, timeout=60)

    def until_something_ends(_: float) -> None:
        running = native.get("/v1/jobs", params={"status": "queued,processing"}).json()["jobs"]
        for job in running:
            native.get(f"/v1/jobs/{job['id']}", params={"wait": 20})

    client = DocuRift(base, key, pause=until_something_ends, verify=trusted)
    yield client
    client.close()
    native.close()


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with listening() as found:
        yield found


@pytest.mark.shows(
    "POST /v1/documents/process/async",
    "GET /v1/jobs/{job_id}",
    "GET /v1/documents/{document_id}",
    "GET /v1/documents/{document_id}/pages/{number}/thumbnail",
)
def test_a_photographed_receipt_is_sent_polled_and_looked_at(
    rift: DocuRift, samples: Path, native: Client, trusted: ssl.SSLContext
) -> None:
    content = (samples / "receipt-photo.jpg").read_bytes()
    job_id = rift.process_later("Quittung für März.jpg", content, documentType="receipt", language="en")

    job = rift.finished(job_id)
    document = rift.get(f"/documents/{job['documentId']}", includeRawText="true", includePageImages="true")
    picture = rift.picture(document["pageImages"][0]["thumbnailUrl"])
    ours = native.request("GET", f"/v1/jobs/{job_id}/fields", verify=trusted).json()["values"]

    assert (job["status"], job["progress"], job["documentType"]) == ("completed", 100, "receipt")
    fields = job["result"]["extractedFields"]
    assert fields["total"] == fields["totalAmount"] == ours["total"]
    assert isinstance(fields["total"], float | int)
    assert fields["merchant"]["name"] == ours["merchant"]["name"]
    assert 0 < job["result"]["confidence"] <= 1
    assert document["fileName"] == "Quittung für März.jpg"
    assert str(ours["merchant"]["name"]).split()[0].lower() in document["rawText"].lower()
    assert picture.content.startswith(b"\xff\xd8\xff"), "a JPEG"


@pytest.mark.shows("POST /v1/documents/process", "POST /v1/documents/process/sync")
def test_a_report_is_read_while_the_request_waits(rift: DocuRift, samples: Path) -> None:
    content = (samples / "water-report.pdf").read_bytes()

    told = rift.process("report.pdf", content, documentType="generic")
    again = rift.process("report.pdf", content, "/documents/process/sync", documentType="generic")

    assert (told["status"], told["documentType"], told["pagesProcessed"]) == ("completed", "generic", 3)
    assert {"title", "keyValues"} <= set(told["result"])
    assert told["tables"], "the report has tables"
    assert all(len(row) == len(told["tables"][0]["headers"]) for row in told["tables"][0]["rows"])
    assert again["result"] == told["result"]
    assert (again["pagesProcessed"], again["confidence"]) == (3, told["confidence"])
    assert again["documentId"] != told["documentId"]


@pytest.mark.shows("GET /v1/jobs", "GET /v1/documents", "DELETE /v1/documents/{document_id}")
def test_what_was_read_is_listed_found_and_deleted(rift: DocuRift, samples: Path) -> None:
    told = rift.process("To be deleted.pdf", (samples / "water-report.pdf").read_bytes())

    newest = rift.get("/jobs", limit=1, status="completed")["jobs"][0]
    found = rift.get("/documents", search="be deleted", sortBy="confidence", status="completed")["documents"]
    by_id = rift.get("/documents", search=told["documentId"])["documents"]
    rift.delete(f"/documents/{told['documentId']}")

    assert newest["id"] == told["jobId"]
    assert [one["id"] for one in found] == [one["id"] for one in by_id] == [told["documentId"]]
    assert rift.refused(f"/documents/{told['documentId']}") == (404, "DOCUMENT_NOT_FOUND")
    assert rift.refused(f"/jobs/{told['jobId']}") == (404, "JOB_NOT_FOUND")
    assert rift.get("/documents", search="be deleted")["pagination"]["total"] == 0


@pytest.mark.shows("POST /v1/documents/process/async")
def test_a_jobs_own_webhook_is_signed_and_carries_the_result(
    rift: DocuRift, samples: Path, receiver: Receiver
) -> None:
    job_id = rift.process_later(
        "report.pdf",
        (samples / "water-report.pdf").read_bytes() + b"\n% once more",
        webhookUrl=receiver.url,
        webhookSecret=SECRET,
        callbackMetadata='{"order": 7}',
    )
    job = rift.finished(job_id)

    arrived = until(
        lambda: next((one for one in receiver.arrived if job_id in one.body.decode()), None),
        within_s=ENDS_WITHIN_S,
        what="the webhook",
    )
    event = verified(httpx.Headers(arrived.headers), arrived.body, SECRET, time.time())

    assert event["type"] == "document.processing.completed"
    assert event["data"]["documentId"] == job["documentId"]
    assert event["data"]["callbackMetadata"] == {"order": 7}
    assert event["data"]["result"] == job["result"]["extractedFields"]


@pytest.mark.shows("POST /v1/webhooks", "GET /v1/webhooks/{webhook_id}")
def test_a_registered_webhook_is_told_of_starts_and_ends(
    rift: DocuRift, samples: Path, receiver: Receiver, base: str, server: Server, trusted: ssl.SSLContext
) -> None:
    events = ["document.processing.started", "document.processing.completed"]
    order = {"url": receiver.url, "events": events, "active": True}
    headers = {"Authorization": f"Bearer {server.key()}"}
    made = httpx.post(f"{base}/webhooks", json=order, headers=headers, verify=trusted).json()["data"]
    told = rift.process("started.pdf", (samples / "water-report.pdf").read_bytes() + b"\n% again")

    arrived = until(
        lambda: [one for one in receiver.arrived if told["documentId"] in one.body.decode()][1:] or None,
        within_s=ENDS_WITHIN_S,
        what="both webhooks",
    )
    httpx.delete(f"{base}/webhooks/{made['id']}", headers=headers, verify=trusted)
    mine = [one for one in receiver.arrived if told["documentId"] in one.body.decode()]
    told_of = [verified(httpx.Headers(one.headers), one.body, made["secret"], time.time()) for one in mine]

    assert arrived
    assert sorted(event["type"] for event in told_of) == sorted(events)
    assert len({event["id"] for event in told_of}) == 2
    assert made["id"] not in [one["id"] for one in rift.get("/webhooks")["webhooks"]]


@pytest.mark.shows("GET /v1/jobs/{job_id}")
def test_the_loop_ends_with_a_job_that_was_stopped(
    rift: DocuRift, samples: Path, native: Client, trusted: ssl.SSLContext
) -> None:
    job_id = rift.process_later("book.pdf", (samples / "old-book-scans.pdf").read_bytes())
    native.request("DELETE", f"/v1/jobs/{job_id}", verify=trusted)

    with pytest.raises(JobFailed, match="cancelled"):
        rift.finished(job_id)
