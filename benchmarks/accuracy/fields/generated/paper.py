"""A sheet to write on: reportlab with fonts of this machine, measured from the top left in points."""

import subprocess
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

_WANTED = (
    "Liberation Sans", "DejaVu Sans", "Carlito", "Inter", "Liberation Serif", "Lato", "Open Sans", "Noto Sans", "Roboto", "Gentium",
    "DejaVu Sans Mono", "Liberation Mono", "Cantarell", "Charis SIL",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    regular: str
    bold: str
    mono: bool = False


@lru_cache(maxsize=1)
def faces() -> tuple[Face, ...]:
    """TrueType families of this machine that have a bold; where there are none, the fonts every reader has."""
    found = []
    for family in _WANTED:
        regular, bold = _file(family, "Regular"), _file(family, "Bold")
        if regular and bold and regular != bold:
            name = family.replace(" ", "")
            try:
                pdfmetrics.registerFont(TTFont(name, regular))
                pdfmetrics.registerFont(TTFont(f"{name}-Bold", bold))
            except (TTFError, OSError):
                continue
            found.append(Face(name, f"{name}-Bold", "Mono" in name))
    return tuple(found) or (Face("Helvetica", "Helvetica-Bold"), Face("Times-Roman", "Times-Bold"))


def font_file(family: str) -> str:
    """A TrueType file of the family, or of one every machine with fonts has."""
    found = _file(family, "Regular") or _file("Liberation Mono", "Regular") or _file("DejaVu Sans", "Book")
    if found is None:
        raise FileNotFoundError(f"no TrueType font like {family} on this machine")
    return found


def _file(family: str, style: str) -> str | None:
    command = ["fc-match", "-f", "%{family}|%{file}", f"{family}:style={style}"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    name, _, path = answer.partition("|")
    return path if family in name and Path(path).suffix == ".ttf" else None


@dataclass(slots=True)
class Sheet:
    """One document being written. `y` grows downwards."""

    random: Random
    letter: bool = False
    size: float = 9.0
    face: Face = field(default_factory=lambda: Face("Helvetica", "Helvetica-Bold"))
    pages: int = 1
    _target: BytesIO = field(default_factory=BytesIO)
    _canvas: Canvas = field(init=False)

    def __post_init__(self) -> None:
        self._canvas = Canvas(self._target, pagesize=LETTER if self.letter else A4, invariant=1)

    @property
    def width(self) -> float:
        return float((LETTER if self.letter else A4)[0])

    @property
    def height(self) -> float:
        return float((LETTER if self.letter else A4)[1])

    def text(self, x: float, y: float, text: str, *, bold: bool = False, size: float | None = None, right: bool = False,
             grey: float = 0.0, center: bool = False) -> None:  # fmt: skip
        font, size = (self.face.bold if bold else self.face.regular), size or self.size
        self._canvas.setFont(font, size)
        self._canvas.setFillGray(grey)
        width = pdfmetrics.stringWidth(text, font, size)
        start = x - width if right else x - width / 2 if center else x
        self._canvas.drawString(start, self.height - y, text)
        self._canvas.setFillGray(0)

    def measure(self, text: str, *, bold: bool = False, size: float | None = None) -> float:
        return float(
            pdfmetrics.stringWidth(text, self.face.bold if bold else self.face.regular, size or self.size)
        )

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5, grey: float = 0.4) -> None:
        self._canvas.setLineWidth(width)
        self._canvas.setStrokeGray(grey)
        self._canvas.line(x0, self.height - y0, x1, self.height - y1)

    def box(
        self, x0: float, y0: float, x1: float, y1: float, *, fill: float | None = None, stroke: bool = True
    ) -> None:
        self._canvas.setLineWidth(0.5)
        self._canvas.setStrokeGray(0.3)
        if fill is not None:
            self._canvas.setFillGray(fill)
        self._canvas.rect(
            x0, self.height - y1, x1 - x0, y1 - y0, fill=int(fill is not None), stroke=int(stroke)
        )
        self._canvas.setFillGray(0)

    def colour_bar(self, y0: float, y1: float, rgb: tuple[float, float, float]) -> None:
        self._canvas.setFillColorRGB(*rgb)
        self._canvas.rect(0, self.height - y1, self.width, y1 - y0, fill=1, stroke=0)
        self._canvas.setFillGray(0)

    def wrapped(self, text: str, width: float, *, bold: bool = False, size: float | None = None) -> list[str]:
        lines: list[str] = []
        for word in text.split():
            if lines and self.measure(f"{lines[-1]} {word}", bold=bold, size=size) <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines

    def turn(self) -> None:
        self._canvas.showPage()
        self.pages += 1

    def finish(self) -> bytes:
        self._canvas.showPage()
        self._canvas.save()
        return self._target.getvalue()


@dataclass(frozen=True, slots=True)
class Made:
    """A document and the truth about it."""

    name: str
    document_type: str
    pdf: bytes
    fields: dict[str, Any]
    """As `nest` shows them: only what the document says."""
    language: str
    layout: str
    """By which some are held out while rules are tuned."""
