"""Results as files: the documented types, exactly, and the template's own as default."""

import httpx
import pytest

from tests.dialects.ocriva.acme import read, refused, templated, uploaded
from tests.dialects.ocriva.test_history import found
from tests.http.world import World

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "json": "application/json",
    "text": "text/plain",
    "xml": "application/xml",
    "html": "text/html",
    "csv": "text/csv",
    "docx": OFFICE + "wordprocessingml.document",
}
"""Without `pdf`, which is written on the source, and the fakes have none: see the flow."""


async def completed(ocriva: httpx.AsyncClient, world: World, **template: str) -> str:
    more = {}
    if template:
        more["templateId"] = (await templated(ocriva, world, **template))["templateId"]
    sent = await uploaded(ocriva, world, **more)
    await world.complete(sent["id"])
    await world.find_fields(
        sent["id"],
        found(invoice_number="=1+1", total_amount=12.5, line_items__0__description="a, b"),
    )
    return f"/processing-history/{sent['id']}"


@pytest.mark.parametrize("format_", TYPES)
@pytest.mark.shows("GET /v1/openapi/processing-history/{record_id}/result")
async def test_each_format_has_its_type_and_is_a_download(
    ocriva: httpx.AsyncClient, world: World, format_: str
) -> None:
    path = await completed(ocriva, world)

    answer = await ocriva.get(f"{path}/result", params={"format": format_})

    assert answer.status_code == 200, answer.text
    assert answer.headers.get_list("content-type") == [TYPES[format_]]
    ending = {"text": "txt"}.get(format_, format_)
    assert answer.headers["content-disposition"] == f'attachment; filename="till-roll.{ending}"'
    assert answer.content


async def test_json_is_the_result_itself_and_csv_its_values(ocriva: httpx.AsyncClient, world: World) -> None:
    path = await completed(ocriva, world, name="Mine")
    record = await read(ocriva, path)

    as_json = await ocriva.get(f"{path}/result")
    as_csv = await ocriva.get(f"{path}/result", params={"format": "csv"})

    assert as_json.json() == record["processingResult"]
    assert as_csv.text.splitlines() == [
        "invoiceNumber,totalAmount,vendor,lineItems.0.description,lineItems.0.unitPrice",
        '\'=1+1,12.5,,"a, b",',
    ]


async def test_without_a_format_the_template_decides(ocriva: httpx.AsyncClient, world: World) -> None:
    path = await completed(ocriva, world, name="Words", resultFormat="html")

    assert (await read(ocriva, path))["resultFormat"] == "html"
    assert (await ocriva.get(f"{path}/result")).headers["content-type"] == "text/html"


async def test_an_image_is_what_only_a_template_can_ask_for(ocriva: httpx.AsyncClient, world: World) -> None:
    template = await templated(ocriva, world, name="Seen", resultFormat="image")
    sent = await uploaded(ocriva, world, templateId=template["templateId"])
    path = f"/processing-history/{sent['id']}"
    await world.complete(sent["id"])

    assert (template["resultFormat"], template["extractionMode"]) == ("image", "structured")
    assert (await read(ocriva, path))["resultFormat"] == "image"
    refused(
        await ocriva.get(f"{path}/result"), 400, "drawn from the document"
    )  # the fakes have none: see the flow
    assert (await ocriva.get(f"{path}/result", params={"format": "csv"})).status_code == 200


async def test_what_cannot_be_given_is_refused(ocriva: httpx.AsyncClient, world: World) -> None:
    waiting = await uploaded(ocriva, world, fileName="other.pdf")
    path = await completed(ocriva, world)

    refused(await ocriva.get(f"{path}/result", params={"format": "image"}), 400, "format must be one of")
    early = await ocriva.get(f"/processing-history/{waiting['id']}/result")
    refused(early, 409)
    assert early.json()["error"] == "Conflict"
