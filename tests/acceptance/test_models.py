"""A language model asked by a whole installation, at an endpoint in a process of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.harness import Client, Server
from tests.learned.forms import PERMIT, TABLE, pdf_of
from tests.models import model_server
from tests.models.running import running_endpoint

SAYS = {
    "holder": ["Odile Brandt", "Odile", "Brandt"],
    "duty": [85.0, "85.00"],
    "captain": ["Willem van der Decken"],
}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_endpoint(tmp_path_factory.mktemp("model"), {"clerk": SAYS}) as port:
        yield f"http://127.0.0.1:{port}/v1"


@pytest.fixture(scope="module")
def allowing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("allowing") / "data"
    running = Server(folder, environment={"OCTAVO_EGRESS_ALLOW": "127.0.0.1"}).start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def friend(allowing: Server) -> Client:
    return allowing.client(allowing.key())


def _template(client: Client, endpoint: str, model: str) -> str:
    body = {
        "name": model,
        "fields": {"holder": "string", "duty": "money", "captain": "string"},
        "model": {
            "base_url": endpoint,
            "model": model,
            "api_key": model_server.KEY,
            "max_retries": 1,
            "timeout_s": 5,
            "input_price": 1.5,
            "output_price": 6,
        },
    }
    return str(client.request("POST", "/v1/templates", json=body).json()["id"])


def test_a_model_fills_in_what_its_words_say(
    friend: Client, allowing: Server, endpoint: str, tmp_path: Path
) -> None:
    path = tmp_path / "permit.pdf"
    path.write_bytes(pdf_of(PERMIT.draw(PERMIT.first)))
    template = _template(friend, endpoint, "busy-once:no-schema:clerk")

    job = friend.finished(friend.submit(path, template_id=template)["id"])
    fields = friend.request("GET", f"/v1/jobs/{job['id']}/fields").json()
    usage = friend.request("GET", "/v1/usage").json()["months"][0]

    assert fields["values"] == {"holder": "Odile Brandt", "duty": 85.0, "captain": "Willem van der Decken"}
    evidence = fields["evidence"]
    assert evidence["holder"]["source"] == "text_layer"
    assert evidence["holder"]["places"][0]["bbox"] is not None
    assert evidence["captain"]["source"] == "model"
    assert evidence["captain"]["places"] == []
    assert [check["paths"] for check in fields["checks"] if check["code"] == "citation"] == [["captain"]]
    assert fields["model"] == job["fields"]["model"]
    assert fields["model"]["cost"] == pytest.approx(1000 * 1.5e-6 + 200 * 6e-6)
    assert usage["model_input_tokens"] == 1000
    assert model_server.KEY not in allowing.log()


def test_a_model_that_is_away_costs_nothing_but_itself(friend: Client, endpoint: str, tmp_path: Path) -> None:
    path = tmp_path / "permit.pdf"
    path.write_bytes(pdf_of(PERMIT.draw(PERMIT.second)))

    job = friend.finished(friend.submit(path, template_id=_template(friend, endpoint, "away"))["id"])

    assert job["status"] == "completed"
    assert job["fields"]["notes"] == ["model_failed"]


def test_without_leave_a_model_inside_is_not_asked(client: Client, endpoint: str, tmp_path: Path) -> None:
    path = tmp_path / "permit.pdf"
    path.write_bytes(pdf_of(PERMIT.draw(PERMIT.second)))
    template = _template(client, endpoint, "clerk")

    job = client.finished(client.submit(path, template_id=template)["id"])

    assert job["fields"]["notes"] == ["model_failed"]
    assert job["fields"]["model"]["questions"] == 0


def test_one_corrected_document_teaches_a_template_its_layout(client: Client, tmp_path: Path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    first.write_bytes(pdf_of(TABLE.draw(TABLE.first)))
    second.write_bytes(pdf_of(TABLE.draw(TABLE.second)))
    plant = {"kind": "string", "pieces": "integer", "price": "money"}
    body = {
        "name": "nursery",
        "fields": {"garden": "string", "plants": {"type": "array", "fields": plant}, "sum": "money"},
    }
    template = client.request("POST", "/v1/templates", json=body).json()["id"]

    taught = client.finished(client.submit(first, template_id=template)["id"])
    rows = [dict(zip(plant, row, strict=True)) for row in TABLE.first["rows"]]
    right = [
        {"path": "garden", "value": "Hill House"},
        {"path": "plants", "value": rows},
        {"path": "sum", "value": 79.5},
    ]
    answer = client.request(
        "POST", f"/v1/templates/{template}/examples", json={"job_id": taught["id"], "fields": right}
    )
    job = client.finished(client.submit(second, template_id=template)["id"])
    values = client.request("GET", f"/v1/jobs/{job['id']}/fields").json()["values"]

    assert answer.status_code in (200, 201), answer.text
    assert values["garden"] == "Castle"
    assert values["sum"] == 424.6
    assert [tuple(row.values()) for row in values["plants"]] == TABLE.second["rows"]
