"""StructFlow and AnalyzeDoc against a real server and a real endpoint, as the vendor's clients call them."""

import json
import ssl
from collections.abc import Iterator
from typing import Any

import pytest

from tests.acceptance.harness import Server
from tests.dialects.ldxhub.client import LdxHub
from tests.learned.forms import PERMIT, pdf_of
from tests.models import model_server
from tests.models.running import running_endpoint

SAYS = {
    "holder_name": ["Odile Brandt", "Odile", "Brandt"],
    "duty": [85.0, "85.00"],
    "kind": ["permit"],
}
EXAMPLE = {"holderName": "Ann Other", "duty": 12.5, "kind": "licence"}
SCOPES = ["extract:write", "jobs:read", "files:write", "files:read"]
PROMPT = "Who holds it, what it costs, and which kind of paper it is: permit or licence."


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_endpoint(tmp_path_factory.mktemp("model"), {"clerk": SAYS}) as port:
        yield f"http://127.0.0.1:{port}/v1"


@pytest.fixture(scope="module")
def hub(server: Server, trusted: ssl.SSLContext, endpoint: str) -> Iterator[LdxHub]:
    """With a key of a project whose model is the endpoint's clerk."""
    yield from _hub(server, trusted, endpoint, "clerk")


@pytest.fixture(scope="module")
def deserted(server: Server, trusted: ssl.SSLContext, endpoint: str) -> Iterator[LdxHub]:
    """As `hub`, but the model is away."""
    yield from _hub(server, trusted, endpoint, "away")


def _hub(server: Server, trusted: ssl.SSLContext, endpoint: str, model: str) -> Iterator[LdxHub]:
    native = server.client(server.key("--scopes", "admin"))
    choice = {
        "base_url": endpoint,
        "model": model,
        "api_key": model_server.KEY,
        "max_retries": 0,
        "input_price": 1.5,
        "output_price": 6,
    }
    project = native.request(
        "POST", "/v1/projects", json={"name": model, "model": choice}, verify=trusted
    ).json()
    wanted = {"name": model, "project_id": project["id"], "scopes": SCOPES}
    made = native.request("POST", "/v1/keys", json=wanted, verify=trusted).json()
    client = LdxHub(server.url + "/compat/ldxhub", made["key"], verify=trusted)
    yield client
    client.close()


def order(hub: LdxHub, service: str, model: str, **more: Any) -> dict[str, Any]:
    wanted = {"model": model, "system_prompt": PROMPT, "example_output": EXAMPLE, **more}
    return hub.finished(service, hub.create(service, **wanted))


@pytest.mark.shows("GET /analyzedoc/models", "POST /analyzedoc/jobs", "GET /analyzedoc/jobs/{job_id}")
def test_a_pdf_becomes_the_json_of_the_example(server: Server, hub: LdxHub) -> None:
    ids = [model["id"] for model in hub.get("/analyzedoc/models")["data"]]
    file_id = hub.upload("permit.pdf", pdf_of(PERMIT.draw(PERMIT.first)))

    job = order(hub, "analyzedoc", "clerk@medium", file_id=file_id, output_format="json")
    name, media_type, content = hub.download(job["output_file_id"])

    assert ids == ["clerk@high", "clerk@medium", "clerk@low"]
    assert job["status"] == "completed"
    assert (name, media_type) == ("permit.json", "application/json")
    assert json.loads(content) == {"holderName": "Odile Brandt", "duty": 85.0, "kind": "permit"}
    assert job["usage"]["input_pages"] == 1
    assert job["usage"]["output_characters"] == len(content.decode())
    assert model_server.KEY not in server.log()


@pytest.mark.shows("GET /structflow/models", "POST /structflow/jobs", "GET /structflow/jobs/{job_id}")
def test_records_become_json_inline_and_in_a_file(hub: LdxHub) -> None:
    note = {"note": "Odile Brandt holds it.\nShe paid 85.00 at the gate."}
    lines = [{"id": str(number), "data": f"Odile Brandt paid 85.00, note {number}."} for number in range(3)]
    content = "".join(json.dumps(line) + "\n" for line in lines).encode()

    (model,) = hub.get("/structflow/models")["data"]
    inline = order(hub, "structflow", model["id"], inputs=[{"id": "n1", "data": note}])
    filed = order(hub, "structflow", model["id"], file_id=hub.upload("notes.jsonl", content))
    name, media_type, output = hub.download(filed["output_file_id"])

    assert inline["results"] == [
        {
            "id": "n1",
            "status": "completed",
            "output": {"holderName": "Odile Brandt", "duty": 85.0, "kind": "permit"},
        }
    ]
    assert inline["summary"]["failed_count"] == 0
    assert (name, media_type) == ("notes.structured.jsonl", "application/x-ndjson")
    assert [json.loads(line)["id"] for line in output.splitlines()] == ["0", "1", "2"]
    assert {json.loads(line)["output"]["holderName"] for line in output.splitlines()} == {"Odile Brandt"}
    assert [job["job_id"] for job in hub.get("/structflow/jobs")["data"]] == [
        filed["job_id"],
        inline["job_id"],
    ]


@pytest.mark.shows("POST /structflow/jobs", "POST /extractdoc/jobs")
def test_extracted_text_is_the_next_orders_input(hub: LdxHub) -> None:
    file_id = hub.upload("permit.pdf", pdf_of(PERMIT.draw(PERMIT.first)))
    taken = hub.create("extractdoc", engine="ki/extract", file_id=file_id, output_format="jsonl")
    extracted = hub.finished("extractdoc", taken)

    job = order(hub, "structflow", "default", file_id=extracted["output_file_id"])

    (line,) = hub.download(job["output_file_id"])[2].splitlines()
    assert json.loads(line)["id"] == "permit"
    assert json.loads(line)["output"]["holderName"] == "Odile Brandt"


@pytest.mark.shows("GET /structflow/jobs/{job_id}", "GET /analyzedoc/jobs/{job_id}")
def test_a_model_that_is_away_is_a_failed_job_of_the_vendors_form(deserted: LdxHub) -> None:
    file_id = deserted.upload("permit.pdf", pdf_of(PERMIT.draw(PERMIT.second)))

    looked = order(deserted, "analyzedoc", "away@low", file_id=file_id)
    flowed = order(deserted, "structflow", "away", inputs=[{"id": "a", "data": "A note."}])

    for job in (looked, flowed):
        assert job["status"] == "failed"
        assert job["error"]["code"] == "upstream_service_error"
        assert "output_file_id" not in job
