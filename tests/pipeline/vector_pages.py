"""Pages drawn with paths and a text layer, as programs export charts and diagrams; nobody may look at their pixels."""

from dataclasses import dataclass, field
from math import cos, radians, sin

from octavo.domain.document import Line, Origin, ReadPage, Word
from octavo.domain.drawing import Colour, Path
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.sight import Sight
from octavo.ports.engines import PageImage

WIDTH, HEIGHT = 600.0, 400.0
BLACK: Colour = (0, 0, 0)
GREY: Colour = (190, 190, 190)
BLUE: Colour = (68, 114, 196)
ORANGE: Colour = (237, 125, 49)
GREEN: Colour = (112, 173, 71)
Xy = tuple[float, float]


@dataclass
class Plan:
    """A page of 600 x 400 points; positions are points from its upper left corner."""

    lines: list[Line] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)

    def write(self, text: str, x: float, y: float, *, size: float = 10.0) -> None:
        """One line with its middle at `x`, `y`."""
        letter = 0.5 * size
        place = x - letter * len(text) / 2
        words: list[Word] = []
        for word in text.split():
            words.append(_word(word, place, y - size / 2, place + letter * len(word), y + size / 2))
            place += letter * (len(word) + 1)
        self._add(words)

    def write_leaning(self, text: str, x: float, y: float, *, size: float = 10.0) -> None:
        """One word that runs up at 45 degrees and ends at `x`, `y`."""
        reach = 0.5 * size * len(text) * 0.71 + 0.5 * size
        self._add([_word(text, x - reach, y, x, y + reach)])

    def _add(self, words: list[Word]) -> None:
        self.lines.append(Line(tuple(words), enclosing([word.bbox for word in words])))

    def draw(
        self, *points: Xy, stroke: Colour | None = BLACK, fill: Colour | None = None, closed: bool = False
    ) -> None:
        placed = tuple((x / WIDTH, y / HEIGHT) for x, y in points)
        self.paths.append(Path(placed, closed, stroke, fill, 1.0 if stroke else 0.0))

    def paint(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        self.draw((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0), stroke=None, fill=colour, closed=True)

    def wedge(self, x: float, y: float, radius: float, start: float, span: float, colour: Colour) -> None:
        """A sector; degrees clockwise from the top."""
        arc = [radians(start + span * step / 24) for step in range(25)]
        rim = [(x + radius * sin(angle), y - radius * cos(angle)) for angle in arc]
        self.draw((x, y), *rim, (x, y), stroke=None, fill=colour, closed=True)

    def box(self, text: str, x: float, y: float) -> None:
        """80 x 30 points, with its words in the middle."""
        corners = ((x - 40, y - 15), (x + 40, y - 15), (x + 40, y + 15), (x - 40, y + 15), (x - 40, y - 15))
        self.draw(*corners, closed=True)
        self.write(text, x, y)

    def arrow_head(self, x: float, y: float, way: Xy) -> None:
        """Its tip at `x`, `y`, pointing along `way`, a unit vector."""
        across = (-way[1], way[0])
        base = (x - 8 * way[0], y - 8 * way[1])
        corners = [(base[0] + side * across[0], base[1] + side * across[1]) for side in (3, -3)]
        self.draw((x, y), *corners, (x, y), stroke=None, fill=BLACK, closed=True)

    def page(self) -> ReadPage:
        return ReadPage(1, WIDTH, HEIGHT, tuple(self.lines), ())

    def sight(self) -> Sight:
        return Sight(_never, lambda: tuple(self.paths))


def _never(_: float) -> PageImage:
    raise AssertionError("a drawn figure was rendered")


def _word(text: str, x0: float, y0: float, x1: float, y1: float) -> Word:
    return Word(text, BBox.clamped(x0 / WIDTH, y0 / HEIGHT, x1 / WIDTH, y1 / HEIGHT), None, Origin.NATIVE)


FLOOR, TOP, LEFT, RIGHT = 320.0, 80.0, 80.0, 440.0


def axis_left(plan: Plan, most: float, steps: int = 4) -> None:
    """From 0 at `FLOOR` to `most` at `TOP`, with grid lines and tick marks."""
    for step in range(steps + 1):
        y = FLOOR - (FLOOR - TOP) * step / steps
        plan.draw((LEFT, y), (RIGHT, y), stroke=GREY)
        plan.draw((LEFT - 4, y), (LEFT, y))
        plan.write(f"{most * step / steps:g}", LEFT - 16, y + 0.7)
    plan.draw((LEFT, TOP), (LEFT, FLOOR))


def height_of(value: float, most: float) -> float:
    return FLOOR - (FLOOR - TOP) * value / most


def legend(plan: Plan, x: float, y: float, entries: dict[str, Colour]) -> None:
    for index, (name, colour) in enumerate(entries.items()):
        plan.paint(x, y + 16 * index - 4, x + 8, y + 16 * index + 4, colour)
        plan.write(name, x + 14 + 2.5 * len(name), y + 16 * index)
