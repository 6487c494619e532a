"""What the sample documents are put together from."""

import struct
import zlib
from typing import Any

from octavo.domain.document import Block, BlockType, Line, Origin, TextSource, Word
from octavo.domain.geometry import BBox


def png(width: int = 24, height: int = 16) -> bytes:
    """A gradient. Stored, not compressed, so that every zlib makes the same bytes."""
    rows = b"".join(
        b"\0" + b"".join(bytes((x * 255 // width, y * 255 // height, 128)) for x in range(width))
        for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )


def placed(
    kind: BlockType,
    text: str,
    *,
    id_: str,
    page: int,
    index: int,
    box: tuple[float, float, float, float],
    **more: Any,
) -> Block:
    """A block whose lines share its height evenly, and whose words share their line's width."""
    whole = BBox.clamped(*box)
    rows = text.split("\n") if text else []
    height = whole.height / len(rows) if rows else 0.0
    lines = (
        _line(row, BBox.clamped(whole.x0, whole.y0 + at * height, whole.x1, whole.y0 + (at + 1) * height))
        for at, row in enumerate(rows)
    )
    return Block(
        id=f"blk_{id_.rjust(12, '0')}",
        type=kind,
        page=page,
        bbox=whole,
        reading_order_index=index,
        text=text,
        text_source=TextSource.INFERRED if text else TextSource.DERIVED,
        confidence=0.97 if text else None,
        verified=False,
        lines=tuple(line for line in lines if line.words),
        **more,
    )


def _line(text: str, box: BBox) -> Line:
    words = text.split()
    step = box.width / max(1, len(words))
    found = (
        Word(
            word,
            BBox.clamped(box.x0 + at * step, box.y0, box.x0 + (at + 0.9) * step, box.y1),
            0.97,
            Origin.OCR,
        )
        for at, word in enumerate(words)
    )
    return Line(tuple(found), box, font_size=10.5, bold=False, italic=False, monospace=False)


def table_body(
    rows: list[list[str]], header_rows: int, box: tuple[float, ...], **more: Any
) -> dict[str, Any]:
    """Without spans; every cell has its even share of the box."""
    wide, high = (box[2] - box[0]) / len(rows[0]), (box[3] - box[1]) / len(rows)
    cells = [
        {
            "row": row,
            "col": col,
            "row_span": 1,
            "col_span": 1,
            "text": text,
            "header": row < header_rows,
            "bbox": [
                round(box[0] + col * wide, 5),
                round(box[1] + row * high, 5),
                round(box[0] + (col + 1) * wide, 5),
                round(box[1] + (row + 1) * high, 5),
            ],
            "confidence": 0.9,
        }
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
    ]
    return {
        "n_rows": len(rows),
        "n_cols": len(rows[0]),
        "header_rows": header_rows,
        "headers": rows[0] if header_rows else [],
        "rows": rows[header_rows:],
        "cells": cells,
        "checks": [{"code": "column_count", "passed": True, "detail": "Every row has as many cells."}],
        "kind": "ruled",
        **more,
    }
