"""Charts and diagrams drawn for tests, with the words a reader would have read on them."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from octavo.domain.document import Line, Origin, ReadPage, Region, Word
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.sight import Sight
from octavo.ports.engines import PageImage

WIDTH, HEIGHT = 1000, 700
DPI = 150
Xy = tuple[float, float]


@dataclass
class Sheet:
    """A white page of 1000 x 700 pixels at 150 dpi; positions are pixels."""

    lines: list[Line] = field(default_factory=list)
    image: Image.Image = field(default_factory=lambda: Image.new("RGB", (WIDTH, HEIGHT), "white"))

    @property
    def draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def write(self, text: str, x: float, y: float, *, size: int = 18, colour: str = "black") -> None:
        """One line with its middle at `x`, `y`."""
        font = ImageFont.load_default(size=size)
        total = self.draw.textlength(text, font=font)
        place = x - total / 2
        words: list[Word] = []
        for word in text.split():
            left, top, right, bottom = self.draw.textbbox((place, y), word, font=font, anchor="lm")
            self.draw.text((place, y), word, font=font, anchor="lm", fill=colour)
            box = BBox.clamped(left / WIDTH, top / HEIGHT, right / WIDTH, bottom / HEIGHT)
            words.append(Word(word, box, 0.99, Origin.OCR))
            place += self.draw.textlength(word + " ", font=font)
        self.lines.append(Line(tuple(words), enclosing([word.bbox for word in words])))

    def lean(self, text: str, x: float, y: float, degrees: float, *, size: int = 18) -> None:
        """One line that rises by `degrees` and ends at `x`, `y`."""
        font = ImageFont.load_default(size=size)
        width, height = int(self.draw.textlength(text, font=font)) + 1, round(1.2 * size)
        strip = Image.new("L", (width, height), 255)
        ImageDraw.Draw(strip).text((0, height / 2), text, font=font, anchor="lm", fill=0)
        turned = strip.rotate(degrees, expand=True, fillcolor=255)
        left, top = round(x - turned.width), round(y)
        self.image.paste(turned.convert("RGB"), (left, top))
        box = BBox.clamped(left / WIDTH, top / HEIGHT, x / WIDTH, (top + turned.height) / HEIGHT)
        self.lines.append(Line((Word(text, box, 0.99, Origin.OCR),), box, size * 72 / DPI))

    def box(
        self,
        text: str,
        x: float,
        y: float,
        *,
        width: float = 150,
        height: float = 60,
        fill: str | None = None,
    ) -> None:
        corners = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        self.draw.rectangle(corners, outline="black", width=2, fill=fill)
        self.write(text, x, y)

    def arrow(self, *points: Xy, has_head: bool = True, dash: float | None = None) -> None:
        for start, end in pairwise(points):
            self._stroke(start, end, dash)
        if has_head:
            tip = np.array(points[-1])
            along = tip - np.array(points[-2])
            along = along / np.hypot(*along)
            across = np.array([-along[1], along[0]])
            head = [tip, tip - 16 * along + 7 * across, tip - 16 * along - 7 * across]
            self.draw.polygon([(float(x), float(y)) for x, y in head], fill="black")

    def _stroke(self, start: Xy, end: Xy, dash: float | None) -> None:
        if dash is None:
            self.draw.line((start, end), fill="black", width=2)
            return
        one, other = np.array(start), np.array(end)
        length = float(np.hypot(*(other - one)))
        for at in np.arange(0, length, 2 * dash):
            first, last = (
                one + (other - one) * at / length,
                one + (other - one) * min(at + dash, length) / length,
            )
            self.draw.line((tuple(first), tuple(last)), fill="black", width=2)

    def page(self, *, regions: tuple[Region, ...] = (), is_scan: bool = True) -> ReadPage:
        engine = "paper" if is_scan else None
        return ReadPage(1, WIDTH * 72 / DPI, HEIGHT * 72 / DPI, tuple(self.lines), regions, engine=engine)

    def sight(self) -> Sight:
        pixels = np.asarray(self.image, np.uint8).copy()
        return Sight(lambda _: PageImage(pixels, DPI), tuple)


AXIS_X, FLOOR, TOP = 150.0, 560.0, 160.0


def scale_left(sheet: Sheet, most: float, steps: int = 5) -> None:
    """An axis along y from 0 at `FLOOR` to `most` at `TOP`, with grid lines."""
    for step in range(steps + 1):
        y = FLOOR - (FLOOR - TOP) * step / steps
        sheet.draw.line((AXIS_X, y, 820, y), fill="#c8c8c8", width=1)
        sheet.write(f"{most * step / steps:g}", AXIS_X - 35, y)
    sheet.draw.line((AXIS_X, TOP, AXIS_X, FLOOR), fill="black", width=1)


def height_of(value: float, most: float) -> float:
    return FLOOR - (FLOOR - TOP) * value / most
