"""One page as JSON values, and back.

Keys that can be computed from the others (`text` of a line, `text_source_mix`) are
written for readers and not read back. Numbers are rounded to 5 digits: on A4 that is
a hundredth of a point.
"""

from typing import Any

from octavo.domain.document import (
    Block,
    BlockType,
    Line,
    Origin,
    Page,
    PageQuality,
    Picture,
    TextSource,
    Word,
)
from octavo.domain.geometry import BBox, UprightTransform
from octavo.domain.looks import Area
from octavo.exporters.looks_json import looks_from_json, looks_to_json

DIGITS = 5
_STEPS = 10**DIGITS

BLOCK_KEYS = frozenset(
    {
        "id",
        "type",
        "role",
        "level",
        "page",
        "bbox",
        "bbox_units",
        "reading_order_index",
        "text",
        "text_source",
        "confidence",
        "verified",
        "lines",
    }
)
"""What every block has; `Block.body` is written beside these and may not use their names."""


def page_to_json(page: Page) -> dict[str, Any]:
    """JSON values only; `number` is also written as `page`, as the blocks say it."""
    return {
        "page": page.number,
        "number": page.number,
        "width_pt": _rounded(page.width_pt),
        "height_pt": _rounded(page.height_pt),
        "transform": _transform_to_json(page.transform),
        "text_source_mix": {str(source): share for source, share in page.text_source_mix().items()},
        "quality": page.quality.value,
        "engine": page.engine,
        "language": page.language,
        "notes": list(page.notes),
        "duration_ms": page.duration_ms,
        "name": page.name,
        "pictures": [{**picture.to_body(), "size_bytes": len(picture.content)} for picture in page.pictures],
        "areas": [{"bbox": box_to_json(area.bbox), "color": area.color} for area in page.areas],
        "blocks": [block_to_json(block) for block in page.blocks],
    }


def page_from_json(values: dict[str, Any], pictures: bytes = b"") -> Page:
    """The page `page_to_json` wrote; exact where its numbers had no more than 5 digits.

    `pictures` are the bytes of its pictures one after another, which JSON does not hold.
    """
    return Page(
        number=values["number"],
        width_pt=values["width_pt"],
        height_pt=values["height_pt"],
        blocks=tuple(block_from_json(block) for block in values["blocks"]),
        transform=UprightTransform(**values["transform"]),
        quality=PageQuality(values["quality"]),
        engine=values["engine"],
        language=values["language"],
        notes=tuple(values["notes"]),
        duration_ms=values["duration_ms"],
        name=values["name"],
        pictures=_pictures_from_json(values["pictures"], pictures),
        areas=tuple(Area(BBox(*area["bbox"]), area["color"]) for area in values.get("areas", ())),
    )


def _pictures_from_json(entries: list[dict[str, Any]], content: bytes) -> tuple[Picture, ...]:
    found: list[Picture] = []
    offset = 0
    for entry in entries:
        end = offset + entry["size_bytes"]
        size = (entry["width_px"], entry["height_px"])
        found.append(Picture(entry["name"], entry["media_type"], content[offset:end], *size))
        offset = end
    return tuple(found)


def block_to_json(block: Block) -> dict[str, Any]:
    clash = BLOCK_KEYS & block.body.keys()
    if clash:
        raise ValueError(f"a block's body must not name {sorted(clash)}")
    return {
        "id": block.id,
        "type": block.type.value,
        "role": block.role,
        "level": block.level,
        "page": block.page,
        "bbox": box_to_json(block.bbox) if block.bbox else None,
        "bbox_units": "normalized",
        "reading_order_index": block.reading_order_index,
        "text": block.text,
        "text_source": block.text_source.value,
        "confidence": _rounded(block.confidence),
        "verified": block.verified,
        "lines": [_line_to_json(line) for line in block.lines],
        **block.body,
    }


def block_from_json(values: dict[str, Any]) -> Block:
    return Block(
        id=values["id"],
        type=BlockType(values["type"]),
        page=values["page"],
        bbox=BBox(*values["bbox"]) if values["bbox"] else None,
        reading_order_index=values["reading_order_index"],
        text=values["text"],
        text_source=TextSource(values["text_source"]),
        confidence=values["confidence"],
        verified=values["verified"],
        lines=tuple(_line_from_json(line) for line in values["lines"]),
        level=values["level"],
        role=values["role"],
        body={key: value for key, value in values.items() if key not in BLOCK_KEYS},
    )


def _line_to_json(line: Line) -> dict[str, Any]:
    place = box_to_json(line.bbox)
    return {
        "bbox": place,
        "font_size": _rounded(line.font_size),
        "bold": line.bold,
        "italic": line.italic,
        "monospace": line.monospace,
        **looks_to_json(line),
        "words": [
            {
                "text": word.text,
                # Words of a native source stand where their line does: a large sheet has a million of them.
                "bbox": place if word.bbox is line.bbox else box_to_json(word.bbox),
                "confidence": None if word.confidence is None else round(word.confidence, DIGITS),
                "origin": str(word.origin),
            }
            for word in line.words
        ],
    }


def _line_from_json(values: dict[str, Any]) -> Line:
    return Line(
        words=tuple(
            Word(word["text"], BBox(*word["bbox"]), word["confidence"], _ORIGINS[word["origin"]], look)
            for word, look in zip(values["words"], looks_from_json(values), strict=True)
        ),
        bbox=BBox(*values["bbox"]),
        font_size=values["font_size"],
        bold=values["bold"],
        italic=values["italic"],
        monospace=values["monospace"],
    )


_ORIGINS = {origin.value: origin for origin in Origin}


def _transform_to_json(transform: UprightTransform) -> dict[str, Any]:
    return {
        "rotation": transform.rotation,
        "deskew_degrees": _rounded(transform.deskew_degrees),
        "width": _rounded(transform.width),
        "height": _rounded(transform.height),
    }


def box_to_json(box: BBox) -> list[float]:
    x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
    is_rounded = (
        int(x0 * _STEPS + 0.5) / _STEPS == x0
        and int(y0 * _STEPS + 0.5) / _STEPS == y0
        and int(x1 * _STEPS + 0.5) / _STEPS == x1
        and int(y1 * _STEPS + 0.5) / _STEPS == y1
    )
    if is_rounded:
        return [x0, y0, x1, y1]  # as nearly all are; to round them again costs three times this test
    return [round(x0, DIGITS), round(y0, DIGITS), round(x1, DIGITS), round(y1, DIGITS)]


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, DIGITS)
