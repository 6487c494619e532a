"""Pictures beside results, and blocks drawn over pages."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from octavo.cli.process.client import Client
from octavo.cli.process.overlay import draw_overlays, drawn
from octavo.cli.process.pictures import save_pictures

JOB = "job_" + "0" * 24
NAME = "1-0123456789ab"


def png(size: tuple[int, int] = (200, 300)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "white").save(file, "PNG")
    return file.getvalue()


def block(kind: str, box: list[float] | None, index: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "bbox": box, "reading_order_index": index, "level": None, **more}


PAGE = {"blocks": [block("heading", [0.1, 0.1, 0.9, 0.2], 0), block("table", [0.1, 0.5, 0.9, 0.9], 1)]}


async def picture(_: Request) -> Response:
    return Response(png(), media_type="image/png")


async def pages(_: Request) -> Response:
    statuses = ((1, "read"), (2, "failed"), (3, "read"))
    rows = [{"number": number, "status": status} for number, status in statuses]
    return JSONResponse({"pages": rows, "next_cursor": None})


async def page_picture(request: Request) -> Response:
    if request.path_params["number"] == "3":
        return JSONResponse({"detail": "This page has no picture."}, 404)
    return Response(png(), media_type="image/png")


async def page(_: Request) -> Response:
    return JSONResponse(PAGE)


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    app = Starlette(
        routes=[
            Route("/v1/jobs/{id}/images/{name}", picture),
            Route("/v1/jobs/{id}/pages", pages),
            Route("/v1/jobs/{id}/pages/{number}", page),
            Route("/v1/jobs/{id}/pages/{number}/image", page_picture),
        ]
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://octavo.test") as http:
        yield Client(http)


async def test_pictures_are_saved_beside_the_result_which_names_them(client: Client, tmp_path: Path) -> None:
    result = tmp_path / "letter.md"
    result.write_text(f"![boat](/v1/jobs/{JOB}/images/{NAME}) and again /v1/jobs/{JOB}/images/{NAME}.")

    count = await save_pictures(result, tmp_path / "letter.images", client)

    assert count == 1
    assert result.read_text() == f"![boat](letter.images/{NAME}.png) and again letter.images/{NAME}.png."
    assert (tmp_path / "letter.images" / f"{NAME}.png").read_bytes() == png()


async def test_a_result_without_pictures_makes_no_folder(client: Client, tmp_path: Path) -> None:
    result = tmp_path / "letter.md"
    result.write_text("Nothing to see.")

    assert await save_pictures(result, tmp_path / "letter.images", client) == 0
    assert not (tmp_path / "letter.images").exists()


async def test_pages_that_were_read_and_have_a_look_are_drawn(client: Client, tmp_path: Path) -> None:
    written = await draw_overlays({"id": JOB}, tmp_path / "letter.overlay", client)

    assert [path.name for path in written] == ["page-1.png"]


def test_each_block_has_its_box_in_the_colour_of_its_type() -> None:
    with Image.open(BytesIO(drawn(png(), PAGE))) as image:
        assert image.getpixel((180, 50)) == (0xC1, 0x12, 0x1F), "the right edge of the heading"
        assert image.getpixel((180, 250)) == (0x7E, 0x22, 0xCE), "the right edge of the table"
        assert image.getpixel((100, 100)) == (0x9C, 0xA3, 0xAF), "the line from one to the next"
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_blocks_without_a_place_are_not_drawn() -> None:
    nowhere = {"blocks": [block("paragraph", None, 0)]}

    with Image.open(BytesIO(drawn(png(), nowhere))) as image:
        assert image.convert("L").getextrema() == (255, 255)
