"""Pages with the boxes, types and reading order of their blocks drawn over them, to look at."""

import asyncio
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from octavo.cli.process.client import Client

DPI = 96
_COLOURS = {
    "heading": "#c1121f",
    "paragraph": "#1d4ed8",
    "list": "#0f766e",
    "caption": "#a16207",
    "footnote": "#7c5c3e",
    "page_header": "#6b7280",
    "page_footer": "#6b7280",
    "callout": "#be185d",
    "code": "#4d7c0f",
    "table": "#7e22ce",
    "image": "#ea580c",
    "diagram": "#ea580c",
    "chart": "#ea580c",
    "formula": "#0369a1",
}
_CELL = "#c4b5fd"
_ORDER = "#9ca3af"


async def draw_overlays(job: dict[str, Any], folder: Path, client: Client) -> list[Path]:
    """One PNG for each page that was read; pages of sources without a look of their own have none."""
    written: list[Path] = []
    async for number in client.page_numbers(job["id"]):
        picture = await client.page_picture(job["id"], number, DPI)
        if picture is None:
            continue
        page = await client.page(job["id"], number)
        target = folder / f"page-{number}.png"
        await asyncio.to_thread(_write, target, picture, page)
        written.append(target)
    return written


def _write(target: Path, picture: bytes, page: dict[str, Any]) -> None:
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(drawn(picture, page))


def drawn(picture: bytes, page: dict[str, Any]) -> bytes:
    """The picture of a page with its blocks drawn over it; `page` as the API gives it."""
    with Image.open(BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(12)
    last: tuple[float, float] | None = None
    for block in page["blocks"]:
        if block["bbox"] is None:
            continue
        x0, y0, x1, y1 = _pixels(block["bbox"], image)
        for cell in block.get("cells") or ():
            if cell.get("bbox"):
                draw.rectangle(_pixels(cell["bbox"], image), outline=_CELL)
        colour = _COLOURS.get(block["type"], "#000000")
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        if last is not None:
            draw.line([last, middle], fill=_ORDER)
        last = middle
        draw.rectangle((x0, y0, x1, y1), outline=colour, width=2)
        _label(draw, font, (x0, y0), f"{block['reading_order_index'] + 1} {_name(block)}", colour)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _name(block: dict[str, Any]) -> str:
    level = f" {block['level']}" if block.get("level") else ""
    return f"{block['type']}{level}"


def _label(draw: ImageDraw.ImageDraw, font: Any, place: tuple[float, float], text: str, colour: str) -> None:
    x, y = place[0], max(0.0, place[1] - 13)
    left, top, right, bottom = draw.textbbox((x + 2, y), text, font=font)
    draw.rectangle((left - 2, top - 1, right + 2, bottom + 1), fill=colour)
    draw.text((x + 2, y), text, fill="white", font=font)


def _pixels(box: list[float], image: Image.Image) -> tuple[float, float, float, float]:
    return (box[0] * image.width, box[1] * image.height, box[2] * image.width, box[3] * image.height)
