"""Told over the wire: a document fetched by its URL, and webhooks that survive a power cut."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.harness import Client, Server, until
from tests.acceptance.tenants import letter


@dataclass(frozen=True, slots=True)
class Told:
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.body))


@dataclass
class Receiver:
    """Serves one letter, and takes what it is told when it is well."""

    url: str = ""
    is_well: bool = True
    told: list[Told] = field(default_factory=list)

    def at(self, path: str) -> list[Told]:
        return [one for one in self.told if one.path == path]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = letter("fetched by its address")
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            found.told.append(Told(self.path, headers, body))
            self.send_response(204 if found.is_well else 500)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """The test's output is for the test."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{listening.server_address[1]}"
    serving = threading.Thread(target=listening.serve_forever, daemon=True)
    serving.start()
    yield found
    listening.shutdown()
    listening.server_close()
    serving.join()


def registered(client: Client, url: str, **members: Any) -> dict[str, Any]:
    answer = client.request("POST", "/v1/webhooks", json={"url": url, **members})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def is_signed(told: Told, secret: str) -> bool:
    signed = f"{told.headers['webhook-id']}.{told.headers['webhook-timestamp']}.".encode() + told.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return wanted in told.headers["webhook-signature"].split()


def test_without_leave_nothing_inside_is_asked(client: Client, receiver: Receiver) -> None:
    source = client.request("POST", "/v1/jobs", json={"url": f"{receiver.url}/letter.pdf"})
    webhook = client.request("POST", "/v1/webhooks", json={"url": f"{receiver.url}/in"})

    assert (source.status_code, source.json()["code"]) == (400, "source_refused")
    assert (webhook.status_code, webhook.json()["code"]) == (400, "invalid_request")
    assert receiver.told == []


def test_what_was_to_be_told_survives_a_power_cut(tmp_path: Path, receiver: Receiver) -> None:
    server = Server(tmp_path / "data", environment={"OCTAVO_EGRESS_ALLOW": "127.0.0.1"}).start()
    key = server.key()
    client = server.client(key)
    receiver.is_well = False
    webhook = registered(client, f"{receiver.url}/standard", event_types=["job.completed"])
    callback = {"url": f"{receiver.url}/callback", "scheme": "docurift", "secret": "sesame open"}

    answer = client.request(
        "POST", "/v1/jobs", json={"url": f"{receiver.url}/letter.pdf", "callback": callback}
    )
    assert answer.status_code == 202, answer.text
    job = client.finished(answer.json()["id"])
    until(lambda: receiver.at("/standard") and receiver.at("/callback"), within_s=20, what="a first attempt")
    server.kill_everything()
    receiver.is_well = True
    server.start()
    client = server.client(key)

    def is_delivered() -> bool:
        deliveries = client.request("GET", f"/v1/webhooks/{webhook['id']}/deliveries").json()["deliveries"]
        return [one["status"] for one in deliveries] == ["delivered"]

    until(is_delivered, within_s=200, what="the delivery")
    until(lambda: len(receiver.at("/callback")) >= 2, within_s=200, what="the callback")
    assert server.stop() == 0

    assert (job["status"], job["filename"]) == ("completed", "letter.pdf")
    last = receiver.at("/standard")[-1]
    assert is_signed(last, webhook["secret"])
    assert last.json()["data"]["job_id"] == job["id"]
    assert len({one.headers["webhook-id"] for one in receiver.at("/standard")}) == 1
    told = receiver.at("/callback")[-1]
    assert told.json()["type"] == "document.processing.completed"
    signed = f"{told.headers['x-docurift-timestamp']}.".encode() + told.body
    assert (
        told.headers["x-docurift-signature"] == hmac.new(b"sesame open", signed, hashlib.sha256).hexdigest()
    )
