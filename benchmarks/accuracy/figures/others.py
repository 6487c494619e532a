"""Pages that look like figures and are none: windows, forms, tiles, calendars, keys, maps."""

from collections.abc import Callable
from io import BytesIO
from random import Random

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from benchmarks.accuracy.figures.made import MadeFigure

_SIZE = (640, 440)
_WORDS = (
    "Inbox",
    "Drafts",
    "Archive",
    "Settings",
    "Users",
    "Reports",
    "Billing",
    "Help",
    "Search",
    "Profile",
)
_BLUE, _GREY, _LIGHT = HexColor("#2d7ff9"), HexColor("#888888"), HexColor("#e8eaee")


def _window(canvas: Canvas, random: Random) -> None:
    """Fields and buttons."""
    canvas.setStrokeColor(_GREY)
    canvas.roundRect(40, 40, 560, 360, 8)
    canvas.setFillColor(_LIGHT)
    canvas.rect(40, 372, 560, 28, fill=1)
    canvas.setFillColor(HexColor("#000000"))
    canvas.drawString(52, 382, random.choice(_WORDS))
    for row, name in enumerate(random.sample(_WORDS, 5)):
        canvas.drawString(70, 330 - 50 * row, name)
        canvas.roundRect(180, 320 - 50 * row, 240, 24, 3)
        canvas.drawString(188, 328 - 50 * row, f"value {random.randint(1, 999)}")
    for at, name in enumerate(("Save", "Cancel", "Apply")):
        canvas.setFillColor(_BLUE)
        canvas.roundRect(70 + 110 * at, 60, 90, 28, 5, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#ffffff"))
        canvas.drawString(92 + 110 * at, 69, name)


def _tiles(canvas: Canvas, random: Random) -> None:
    """Numbers of a dashboard, and bars of progress without a scale."""
    for at, name in enumerate(random.sample(_WORDS, 4)):
        canvas.setStrokeColor(_GREY)
        canvas.roundRect(30 + 150 * at, 300, 130, 90, 8)
        canvas.setFontSize(10)
        canvas.drawString(42 + 150 * at, 368, name)
        canvas.setFontSize(22)
        canvas.drawString(42 + 150 * at, 328, f"{random.randint(100, 99999):,}")
    canvas.setFontSize(10)
    for row, name in enumerate(random.sample(_WORDS, 4)):
        canvas.setFillColor(HexColor("#000000"))
        canvas.drawString(40, 240 - 40 * row, name)
        canvas.setFillColor(_BLUE)
        canvas.roundRect(140, 236 - 40 * row, random.randint(60, 420), 14, 7, stroke=0, fill=1)


def _calendar(canvas: Canvas, random: Random) -> None:
    for row in range(5):
        for column in range(7):
            canvas.rect(40 + 80 * column, 330 - 70 * row, 80, 70)
            canvas.drawString(46 + 80 * column, 384 - 70 * row, str(7 * row + column + 1))
            if random.random() < 0.2:
                canvas.drawString(46 + 80 * column, 350 - 70 * row, random.choice(_WORDS))


def _keys(canvas: Canvas, random: Random) -> None:
    for row, letters in enumerate(("1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")):
        for at, letter in enumerate(letters):
            canvas.roundRect(40 + 56 * at + 14 * row, 320 - 62 * row, 46, 50, random.choice((4, 6)))
            canvas.drawString(58 + 56 * at + 14 * row, 340 - 62 * row, letter)


def _map(canvas: Canvas, random: Random) -> None:
    """Districts and two roads."""
    rim = ((0, 0), (90, -8), (180, 4), (184, 70), (178, 150), (88, 154), (2, 148), (-6, 74))
    for row in range(2):
        for column in range(3):
            x, y = 40 + 190 * column, 60 + 170 * row
            path = canvas.beginPath()
            points = [(x + dx + random.randint(-18, 18), y + dy + random.randint(-18, 18)) for dx, dy in rim]
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            path.close()
            canvas.setFillColor(random.choice((_LIGHT, HexColor("#dff0d8"), HexColor("#fcf8e3"))))
            canvas.drawPath(path, fill=1)
            canvas.setFillColor(HexColor("#000000"))
            canvas.drawString(
                x + 60, y + 70, random.choice(("Northside", "Old Town", "Harbour", "Riverside"))
            )
    canvas.setLineWidth(3)
    canvas.setStrokeColor(HexColor("#cc3333"))
    canvas.line(60, 20, 400, 300)
    canvas.line(400, 300, 620, 120)


KINDS: dict[str, Callable[[Canvas, Random], None]] = {
    "window": _window,
    "tiles": _tiles,
    "calendar": _calendar,
    "keys": _keys,
    "map": _map,
}


def make_other(seed: int) -> MadeFigure:
    """Kinds take turns."""
    kind = list(KINDS)[seed % len(KINDS)]
    target = BytesIO()
    canvas = Canvas(target, pagesize=_SIZE, invariant=1)
    KINDS[kind](canvas, Random(seed))
    canvas.save()
    return MadeFigure(f"other-{seed:04}-{kind}", target.getvalue())
