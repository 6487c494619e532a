"""Draw the picture of the flow: `python -m tools.make_flow` writes `docs/flow.svg`.

With `--pdf FILE` the same drawing is written as a PDF too, to look at it.
"""

import argparse
from itertools import pairwise
from pathlib import Path
from typing import Any

from reportlab.graphics import renderPDF, renderSVG
from reportlab.graphics.shapes import Drawing, Line, Polygon, Rect, String
from reportlab.lib.colors import HexColor

WIDTH, HEIGHT = 960, 470
_PLAIN = "font-family: Helvetica, Arial, sans-serif;"
_BOLD = f"font-weight: bold; {_PLAIN}".removesuffix(";")
INK, BLUE, GREY = HexColor("#1c2733"), HexColor("#1f5a8a"), HexColor("#5b6b7a")
FILLS = {
    name: HexColor(value) for name, value in (("plain", "#f4f6f8"), ("ours", "#e3eef7"), ("kept", "#fdf3dc"))
}


BOXES: tuple[tuple[int, int, int, int, str, str, list[str]], ...] = (
    (20, 300, 150, 110, "plain", "You", ["curl, your program", "octavo process"]),
    (300, 300, 190, 110, "ours", "API", ["checks the key", "looks into the document", "answers and streams"]),
    (640, 355, 300, 95, "kept", "Blob store", ["sources, pages, documents", "a folder, or S3-compatible"]),
    (
        640,
        195,
        300,
        115,
        "kept",
        "PostgreSQL",
        ["jobs, pages, events, keys, counters", "and the queue itself", "embedded, or your server"],
    ),
    (
        300,
        20,
        190,
        120,
        "ours",
        "Workers",
        ["plan: cut into slices", "read: slice by slice", "assemble: one document"],
    ),
    (
        640,
        20,
        300,
        120,
        "ours",
        "Child processes",
        [
            "reader: text layer or picture",
            "engine: words from ink",
            "structure: blocks, reading order",
            "limits on time and memory; killable",
        ],
    ),
)
"""Left, bottom, width, height, fill, title, lines."""

ARROWS: tuple[tuple[list[tuple[int, int]], tuple[int, int], list[str]], ...] = (
    ([(170, 375), (300, 375)], (181, 381), ["1  document"]),
    ([(490, 392), (640, 392)], (498, 398), ["2  bytes, durable"]),
    ([(490, 345), (622, 345), (622, 285), (640, 285)], (498, 330), ["3  one commit:", "job, queue, event"]),
    ([(300, 335), (170, 335)], (181, 341), ["4  202, job id"]),
    ([(640, 235), (395, 235), (395, 140)], (402, 241), ["5  a slice at a time, shared fairly"]),
    ([(490, 95), (640, 95)], (498, 101), ["6  pages to read"]),
    ([(640, 55), (490, 55)], (498, 61), ["7  pages read"]),
    ([(455, 140), (455, 205), (640, 205)], (462, 187), ["8  kept page by page", "(bytes, then one commit)"]),
    (
        [(345, 300), (345, 255), (95, 255), (95, 300)],
        (101, 241),
        ["9  progress, events, result:", "JSON, Markdown, text"],
    ),
)
"""The corners it goes through, where its words begin, and the words."""


def draw() -> Drawing:
    picture = Drawing(WIDTH, HEIGHT)
    picture.add(_rectangle(0, 0, WIDTH, HEIGHT, fillColor=HexColor("#ffffff"), strokeColor=None))
    for box in BOXES:
        _box(picture, *box)
    for points, at, words in ARROWS:
        _arrow(picture, points, at, words)
    return picture


def _box(
    picture: Drawing, x: int, y: int, width: int, height: int, fill: str, title: str, lines: list[str]
) -> None:
    style = {"rx": 8, "ry": 8, "fillColor": FILLS[fill], "strokeColor": GREY, "strokeWidth": 1}
    picture.add(_rectangle(x, y, width, height, **style))
    _text(picture, x + 14, y + height - 24, title, size=16, bold=True)
    for row, line in enumerate(lines):
        _text(picture, x + 14, y + height - 46 - 18 * row, line, colour=GREY)


def _rectangle(x: int, y: int, width: int, height: int, **style: Any) -> Rect:
    return Rect(x, y, width, height, **style)


def _arrow(picture: Drawing, points: list[tuple[int, int]], at: tuple[int, int], words: list[str]) -> None:
    for (x0, y0), (x1, y1) in pairwise(points):
        picture.add(Line(x0, y0, x1, y1, strokeColor=BLUE, strokeWidth=1.6))
    (x0, y0), (x1, y1) = points[-2:]
    dx, dy = (x1 > x0) - (x1 < x0), (y1 > y0) - (y1 < y0)
    bx, by = x1 - 10 * dx, y1 - 10 * dy
    picture.add(
        Polygon(
            [x1, y1, bx + 4 * dy, by + 4 * dx, bx - 4 * dy, by - 4 * dx], fillColor=BLUE, strokeColor=BLUE
        )
    )
    for row, line in enumerate(words):
        _text(picture, at[0] + (14 if row else 0), at[1] - 15 * row, line, colour=BLUE)


def _text(
    picture: Drawing, x: float, y: float, text: str, *, size: int = 13, bold: bool = False, colour: Any = INK
) -> None:
    face = "Helvetica-Bold" if bold else "Helvetica"
    picture.add(String(x, y, text, fontName=face, fontSize=size, fillColor=colour))


def render() -> str:
    """The SVG; reportlab names a font that only PDF knows, and leaves its title empty."""
    svg = renderSVG.drawToString(draw()).replace(
        "<title>...</title>", "<title>How a document is read</title>"
    )
    svg = svg.replace("<desc>...</desc>", "").replace("font-family: Helvetica-Bold", _BOLD)
    return svg.replace("font-family: Helvetica;", _PLAIN)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdf", type=Path)
    asked = parser.parse_args()
    (Path(__file__).parents[1] / "docs" / "flow.svg").write_text(render(), encoding="utf-8")
    if asked.pdf:
        renderPDF.drawToFile(draw(), str(asked.pdf))


if __name__ == "__main__":
    main()
