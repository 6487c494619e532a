"""Ink on paper, and what a scanner or a fax does to it. Everything is seeded: the same call, the same pixels."""

import subprocess
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Pixels = npt.NDArray[np.uint8]


@cache
def font_file(family: str, style: str = "Regular") -> str:
    """The file of an installed font, exactly that family; the samples use the Liberation fonts (OFL)."""
    asked = f"{family}:style={style}"
    found = subprocess.run(
        ["fc-match", "-f", "%{family}|%{file}", asked],  # noqa: S607  fontconfig is wherever PATH has it
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    name, _, file = found.partition("|")
    if family not in name:
        message = f"The font {family} is not installed (Debian: fonts-liberation)."
        raise SystemExit(message)
    return file


@cache
def font(family: str, size: int, style: str = "Regular") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file(family, style), size)


@dataclass
class Sheet:
    """A page being typed, and beside it the text that is on it."""

    width: int
    height: int
    margin: int
    family: str = "Liberation Mono"
    background: Any = 255
    mode: str = "L"
    y: float = 0.0
    truth: list[str] = field(default_factory=list)
    image: Image.Image = field(init=False)
    draw: ImageDraw.ImageDraw = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new(self.mode, (self.width, self.height), self.background)
        self.draw = ImageDraw.Draw(self.image)
        self.y = float(self.margin)

    def line(
        self, text: str, size: int, *, style: str = "Regular", align: str = "left", leading: float = 1.3
    ) -> None:
        """One line at the pen; `align` is left, center or right within the margins."""
        face = font(self.family, size, style)
        x = {
            "left": float(self.margin),
            "center": (self.width - face.getlength(text)) / 2,
            "right": self.width - self.margin - face.getlength(text),
        }[align]
        self.draw.text((x, self.y), text, fill=self.ink, font=face)
        self.truth.append(text)
        self.y += size * leading

    def columns(self, cells: list[tuple[float, str]], size: int, *, style: str = "Regular") -> None:
        """Texts on one baseline; each at a fraction of the text width, to the left of it when negative."""
        face = font(self.family, size, style)
        usable = self.width - 2 * self.margin
        for at, text in cells:
            x = self.margin + abs(at) * usable - (face.getlength(text) if at < 0 else 0)
            self.draw.text((x, self.y), text, fill=self.ink, font=face)
        self.truth.append(" ".join(text for _, text in cells))
        self.y += size * 1.3

    def paragraph(self, text: str, size: int, *, leading: float = 1.35) -> None:
        """Filled to the margin; the truth keeps it as one line."""
        face = font(self.family, size)
        usable = self.width - 2 * self.margin
        row = ""
        for word in text.split():
            longer = f"{row} {word}".strip()
            if face.getlength(longer) > usable:
                self._put(row, face, size * leading)
                row = word
            else:
                row = longer
        self._put(row, face, size * leading)
        self.truth.append(text)

    def rule(self, *, thickness: int = 2, gap: float = 10.0) -> None:
        self.y += gap
        self.draw.rectangle(
            (self.margin, self.y, self.width - self.margin, self.y + thickness - 1), fill=self.ink
        )
        self.y += gap + thickness

    def skip(self, pixels: float) -> None:
        self.y += pixels

    @property
    def ink(self) -> Any:
        return 0 if self.mode == "L" else (25, 25, 30)

    @property
    def text(self) -> str:
        return "\n".join(self.truth)

    def _put(self, row: str, face: ImageFont.FreeTypeFont, advance: float) -> None:
        self.draw.text((self.margin, self.y), row, fill=self.ink, font=face)
        self.y += advance


def scanned(image: Image.Image, *, seed: int, skew_degrees: float, wear: float = 1.0) -> Pixels:
    """The sheet as a flatbed sees it, grey: slightly turned, soft, uneven ink, paper grain, specks."""
    rng = np.random.default_rng(seed)
    page: Any = np.asarray(image.convert("L")).astype(np.float32)
    height, width = page.shape
    uneven: Any = cv2.resize(
        rng.random((40, 30)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    page = 255 - (255 - page) * (1 - 0.22 * wear * uneven)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew_degrees, 1.0)
    page = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    page = cv2.GaussianBlur(page, (0, 0), 0.6 + 0.35 * wear)
    page -= 10 * wear * uneven[::-1]
    page += rng.normal(0, 6 * wear, page.shape).astype(np.float32)
    for _ in range(int(60 * wear)):
        spot = (int(rng.integers(width)), int(rng.integers(height)))
        cv2.circle(page, spot, int(rng.integers(1, 3)), float(rng.integers(0, 140)), -1)
    return to_pixels(page)


def bilevel(page: Pixels, *, threshold: int = 150) -> Image.Image:
    """Black and white, as a fax or an office scanner stores it."""
    return Image.fromarray(page >= threshold)


def to_pixels(values: Any) -> Pixels:
    """Whole numbers from 0 to 255, cut and not wrapped."""
    whole: Pixels = np.clip(values, 0, 255).astype(np.uint8)
    return whole
