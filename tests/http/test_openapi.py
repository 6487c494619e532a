"""The published contract: committed as it is, complete, and kept by the app under generated requests."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.http.world import World

from octavo.exporters.table import EXPORTERS
from octavo.http import openapi

COMMITTED = Path(__file__).parents[2] / "openapi.json"


@pytest.fixture
def document(world: World) -> dict[str, Any]:
    found: dict[str, Any] = world.app.openapi()
    return found


def test_the_committed_document_is_current(world: World) -> None:
    assert COMMITTED.read_text() == openapi.render(world.app), (
        "run: python -m octavo.http.openapi > openapi.json"
    )


def test_every_reference_has_its_schema(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    used = {piece.partition('"')[0] for piece in text.split("#/components/schemas/")[1:]}

    assert used <= document["components"]["schemas"].keys()
    assert document["components"]["schemas"].keys() <= used, "no schema is left over"


def test_every_format_of_a_result_has_a_schema_that_says_what_it_is(document: dict[str, Any]) -> None:
    content = document["paths"]["/v1/jobs/{job_id}/result"]["get"]["responses"]["200"]["content"]

    assert set(content) == {exporter.media_type for exporter in EXPORTERS.values()}
    for media_type, told in content.items():
        assert told["schema"]["type"] in {"object", "string"}, media_type
    assert content["application/pdf"]["schema"]["format"] == "binary"
    assert "format" not in content["application/xml"]["schema"]


def test_every_operation_is_named_told_and_answers_with_problems(document: dict[str, Any]) -> None:
    names = set()
    for path, operations in document["paths"].items():
        for operation in operations.values():
            names.add(operation["operationId"])
            assert operation["summary"], path
            assert operation["description"], path
            problems = [answer for status, answer in operation["responses"].items() if status >= "4"]
            if path.startswith("/v1"):
                assert {"401", "500", "503"} <= operation["responses"].keys(), path
                assert all("application/problem+json" in answer["content"] for answer in problems), path
    assert len(names) == sum(len(operations) for operations in document["paths"].values())


def test_health_is_open_and_everything_else_is_not(document: dict[str, Any]) -> None:
    assert document["security"] == [{"bearer": []}, {"api_key": []}]
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert (operation.get("security") == []) is not path.startswith("/v1"), path


async def test_the_document_is_served(world: World) -> None:
    async with world.client(None) as client:
        answer = await client.get("/openapi.json")

    assert answer.json()["openapi"] == "3.1.0"
