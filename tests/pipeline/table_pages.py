"""Pages with tables, made for one question each: words where a test puts them, rules drawn or in ink."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from tests.pipeline.fakes import HEIGHT, WIDTH, line_of

from octavo.domain.document import Line, Origin, ReadPage, Word
from octavo.domain.drawing import Path
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.sight import Sight
from octavo.pipeline.structure.found import Found
from octavo.pipeline.tables.find import find_tables
from octavo.ports.engines import PageImage

BLACK = (0, 0, 0)
LETTER_EM = 0.5


@dataclass
class Sheet:
    """A page of A4 that is filled cell by cell; points, from the top."""

    size: float = 10.0
    origin: Origin = Origin.TEXT_LAYER
    lines: list[Line] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def text(self, text: str, x: float, y: float, *, bold: bool = False, right: bool = False) -> None:
        """`x` is where it begins, or ends where `right`."""
        confidence = 0.9 if self.origin is Origin.OCR else None
        line = line_of(text, x, y, size=self.size, bold=bold, origin=self.origin, confidence=confidence)
        if right:
            line = _moved(line, x / WIDTH - line.bbox.x1)
        self.lines.append(line)

    def rows(
        self,
        rows: Sequence[Sequence[str]],
        xs: Sequence[float],
        y: float,
        *,
        step: float = 16.0,
        bold_rows: int = 0,
    ) -> float:
        """Cells that begin at `xs`; gives back where the next row would stand."""
        for number, row in enumerate(rows):
            for text, x in zip(row, xs, strict=True):
                if text:
                    self.text(text, x, y + step * number, bold=number < bold_rows)
        return y + step * len(rows)

    def across(self, x0: float, x1: float, *ys: float) -> None:
        for y in ys:
            points = ((x0 / WIDTH, y / HEIGHT), (x1 / WIDTH, y / HEIGHT))
            self.paths.append(Path(points, is_closed=False, stroke=BLACK, fill=None, width_pt=0.5))

    def mitred(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A side of a border as browsers fill it: the inner edge is shorter than the outer."""
        cut = min(x1 - x0, y1 - y0)
        if x1 - x0 > y1 - y0:
            corners = ((x0, y0), (x1, y0), (x1 - cut, y1), (x0 + cut, y1))
        else:
            corners = ((x0, y0), (x0, y1), (x1, y1 - cut), (x1, y0 + cut))
        points = tuple((x / WIDTH, y / HEIGHT) for x, y in corners)
        self.paths.append(Path(points, is_closed=True, stroke=None, fill=BLACK, width_pt=0.0))

    def down(self, y0: float, y1: float, *xs: float) -> None:
        for x in xs:
            points = ((x / WIDTH, y0 / HEIGHT), (x / WIDTH, y1 / HEIGHT))
            self.paths.append(Path(points, is_closed=False, stroke=BLACK, fill=None, width_pt=0.5))

    def area(self, x0: float, y0: float, x1: float, y1: float, fill: tuple[int, int, int]) -> None:
        corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
        points = tuple((x / WIDTH, y / HEIGHT) for x, y in corners)
        self.paths.append(Path(points, is_closed=True, stroke=None, fill=fill, width_pt=0.0))

    @property
    def page(self) -> ReadPage:
        return ReadPage(1, WIDTH, HEIGHT, tuple(self.lines))

    def tables(self, *, scanned: bool = False) -> tuple[Found, ...]:
        """What is found; `scanned` has the rules only in the picture."""
        return find_tables(self.page, Sight(self._image, tuple if scanned else self._paths))

    def table(self, *, scanned: bool = False) -> Found:
        (found,) = self.tables(scanned=scanned)
        return found

    def _paths(self) -> tuple[Path, ...]:
        self.asked.append("paths")
        return tuple(self.paths)

    def _image(self, dpi: float) -> PageImage:
        self.asked.append("image")
        pixels = np.full((round(HEIGHT * dpi / 72), round(WIDTH * dpi / 72), 3), 250, np.uint8)
        height, width = pixels.shape[:2]
        for path in self.paths:
            (x0, y0), (x1, y1) = path.points[0], path.points[1]
            top, left = int(y0 * height), int(x0 * width)
            pixels[top : int(y1 * height) + 2, left : int(x1 * width) + 2] = 60
        return PageImage(pixels, dpi)


def _moved(line: Line, by: float) -> Line:
    words = tuple(replace(word, bbox=_shifted(word.bbox, by)) for word in line.words)
    return replace(line, words=words, bbox=enclosing([word.bbox for word in words]))


def _shifted(box: BBox, by: float) -> BBox:
    return BBox.clamped(box.x0 + by, box.y0, box.x1 + by, box.y1)


def grid_of(found: Found) -> list[list[str]]:
    """Header rows and body rows as they stand."""
    body = found.body
    grid = [["" for _ in range(body["n_cols"])] for _ in range(body["n_rows"])]
    for cell in body["cells"]:
        grid[cell["row"]][cell["col"]] = cell["text"]
    return grid


def words_of(lines: Iterable[Line]) -> list[Word]:
    return [word for line in lines for word in line.words]
