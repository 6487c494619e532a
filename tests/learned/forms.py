"""Made forms whose values only somebody who saw one before can find: labels are missing, far away, or lie."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import cos, radians, sin
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from octavo.domain.document import Block, BlockType, Line, Origin, Page, TextSource, Word
from octavo.domain.field import Field, FieldSource
from octavo.domain.geometry import BBox
from octavo.domain.ids import OrganizationId, ProjectId, TemplateId
from octavo.domain.template import Example, FieldSpec, FieldType, Template
from octavo.pipeline.fields.learned import anchors_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SIZE = (595.0, 842.0)
Values = Mapping[str, Any]
Text = tuple[float, float, str]
"""Left edge and baseline from the top in points, and the words; an edge below 0 is the right one."""


@dataclass(frozen=True)
class Form:
    """A layout, the fields of it, and values to fill it with."""

    draw: Callable[[Values], list[Text]]
    specs: tuple[FieldSpec, ...]
    first: Values
    second: Values
    said: Mapping[str, str | float | int]
    """What the second one says, by path."""
    taught: Mapping[str, str | float | int]
    """The same of the first."""


def _permit(values: Values) -> list[Text]:
    """No value has a label of its own: captions stand elsewhere on the page."""
    return [
        (60, 60, "Harbour Authority"),
        (60, 76, "Permit to moor a vessel at the northern quay"),
        (380, 60, values["serial"]),
        (380, 78, values["day"]),
        (80, 160, values["name"]),
        (80, 176, values["street"]),
        (330, 160, values["ship"]),
        (60, 240, "The holder may moor the vessel named above between sunrise and sunset"),
        (60, 256, "for the duty that is printed at the right edge of this line"),
        (-540, 256, values["duty"]),
        (60, 300, "Captions read from left to right are number then day then holder then vessel"),
        (60, 700, "Issued by the harbour master and valid without a signature"),
        (60, 716, "Keep this paper aboard"),
    ]


def _liar(values: Values) -> list[Text]:
    """Labels with a value that is not the one that is wanted."""
    return [
        (60, 60, "Transport Order"),
        (60, 100, "Reference: internal"),
        (200, 100, values["noise"]),
        (60, 120, "Total: see the tariff of"),
        (200, 120, values["tariff"]),
        (400, 100, values["reference"]),
        (-540, 420, values["total"]),
        (60, 420, "Amount as agreed by telephone"),
        (60, 440, "Carriage is paid by the sender"),
        (60, 460, "Goods are insured until handed over"),
        (60, 740, "Our general conditions apply to all orders"),
    ]


def _table(values: Values) -> list[Text]:
    """A table without heads; what is below it moves with its rows."""
    texts: list[Text] = [
        (60, 60, "Nursery of the Old Monastery"),
        (60, 80, "We delivered these plants in good order"),
        (60, 110, "to the garden of"),
        (200, 110, values["garden"]),
    ]
    y = 160.0
    for name, count, price in values["rows"]:
        texts += [(60, y, name), (-330, y, str(count)), (-460, y, f"{price:.2f}")]
        y += 18
    return [
        *texts,
        (60, y + 20, "Everything together comes to"),
        (-460, y + 20, f"{values['sum']:.2f}"),
        (60, y + 40, "Please water them in the evening"),
        (60, y + 56, "and not at noon"),
    ]


PERMIT = Form(
    _permit,
    (
        FieldSpec("serial", FieldType.IDENTIFIER),
        FieldSpec("issued", FieldType.DATE),
        FieldSpec("holder", FieldType.STRING),
        FieldSpec("address", FieldType.STRING),
        FieldSpec("vessel", FieldType.STRING),
        FieldSpec("duty", FieldType.MONEY),
    ),
    {"serial": "HA-2231/7", "day": "14 March 2025", "name": "Odile Brandt", "street": "Kelp Row 8",
     "ship": "Sea Thrift", "duty": "85.00"},
    {"serial": "HA-90417/12", "day": "2 November 2026", "name": "Maximilian van der Heide", "street": "Quay 1",
     "ship": "Eel", "duty": "1,240.50"},
    {"serial": "HA-90417/12", "issued": "2026-11-02", "holder": "Maximilian van der Heide", "address": "Quay 1",
     "vessel": "Eel", "duty": 1240.5},
    {"serial": "HA-2231/7", "issued": "2025-03-14", "holder": "Odile Brandt", "address": "Kelp Row 8",
     "vessel": "Sea Thrift", "duty": 85.0},
)  # fmt: skip
LIAR = Form(
    _liar,
    (FieldSpec("reference", FieldType.IDENTIFIER), FieldSpec("total", FieldType.MONEY)),
    {"noise": "X-1", "tariff": "10.00", "reference": "TO-4411", "total": "980.00"},
    {"noise": "X-2", "tariff": "12.50", "reference": "TO-87", "total": "11,200.75"},
    {"reference": "TO-87", "total": 11200.75},
    {"reference": "TO-4411", "total": 980.0},
)
TABLE = Form(
    _table,
    (
        FieldSpec("garden", FieldType.STRING),
        FieldSpec(
            "plants",
            FieldType.ARRAY,
            fields=(
                FieldSpec("kind", FieldType.STRING),
                FieldSpec("pieces", FieldType.INTEGER),
                FieldSpec("price", FieldType.MONEY),
            ),
        ),
        FieldSpec("sum", FieldType.MONEY),
    ),
    {"garden": "Hill House", "rows": [("Red rose", 3, 12.5), ("Lavender", 10, 4.2)], "sum": 79.5},
    {"garden": "Castle", "rows": [("White rose of York", 1, 19.0), ("Box", 40, 2.1), ("Yew tree", 2, 150.0),
                                  ("Thyme", 12, 1.8)], "sum": 424.6},
    {"garden": "Castle", "sum": 424.6,
     "plants.0.kind": "White rose of York", "plants.0.pieces": 1, "plants.0.price": 19.0,
     "plants.1.kind": "Box", "plants.1.pieces": 40, "plants.1.price": 2.1,
     "plants.2.kind": "Yew tree", "plants.2.pieces": 2, "plants.2.price": 150.0,
     "plants.3.kind": "Thyme", "plants.3.pieces": 12, "plants.3.price": 1.8},
    {"garden": "Hill House", "sum": 79.5,
     "plants.0.kind": "Red rose", "plants.0.pieces": 3, "plants.0.price": 12.5,
     "plants.1.kind": "Lavender", "plants.1.pieces": 10, "plants.1.price": 4.2},
)  # fmt: skip
FORMS = {"permit": PERMIT, "liar": LIAR, "table": TABLE}


@dataclass(frozen=True)
class Scan:
    """How a sheet lies on the glass: nothing of it, or a little of everything."""

    right: float = 0.0
    """Of the page's width."""
    down: float = 0.0
    stretch: float = 1.0
    lean: float = 0.0
    """Degrees."""


def page_of(texts: list[Text], scan: Scan = Scan(), *, number: int = 1) -> Page:
    """The words as an engine reads them from a scan."""
    lines = [_line(text, scan) for text in texts]
    blocks = tuple(
        Block(
            f"blk_{index}",
            BlockType.PARAGRAPH,
            number,
            line.bbox,
            index,
            line.text,
            TextSource.INFERRED,
            0.98,
            False,
            (line,),
        )
        for index, line in enumerate(lines)
    )
    return Page(number, *SIZE, blocks)


def _line(text: Text, scan: Scan) -> Line:
    left, y, said = text
    widths = [6.0 * len(word) for word in said.split()]
    x = left if left >= 0 else -left - sum(widths) - 4.0 * (len(widths) - 1)
    words = []
    for word, width in zip(said.split(), widths, strict=True):
        corners = [_seen(a, b, scan) for a, b in ((x, y - 9), (x + width, y))]
        words.append(Word(word, BBox.clamped(*corners[0], *corners[1]), 0.98, Origin.OCR))
        x += width + 4.0
    boxes = [word.bbox for word in words]
    whole = BBox(
        min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
    )
    return Line(tuple(words), whole, font_size=10.0)


def _seen(x: float, y: float, scan: Scan) -> tuple[float, float]:
    a, b = (x - SIZE[0] / 2) * scan.stretch, (y - SIZE[1] / 2) * scan.stretch
    turn = radians(scan.lean)
    u, v = a * cos(turn) - b * sin(turn), a * sin(turn) + b * cos(turn)
    return u / SIZE[0] + 0.5 + scan.right, v / SIZE[1] + 0.5 + scan.down


def pdf_of(texts: list[Text]) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=SIZE)
    canvas.setFont("Helvetica", 10)
    for x, y, said in texts:
        if x < 0:
            canvas.drawRightString(-x, SIZE[1] - y, said)
        else:
            canvas.drawString(x, SIZE[1] - y, said)
    canvas.save()
    return file.getvalue()


def template_for(form: Form, *examples: Example) -> Template:
    return Template(
        TemplateId("0" * 24), OrganizationId("1" * 24), ProjectId("2" * 24), 1, "made", None, form.specs, NOW, NOW,
        examples=examples,
    )  # fmt: skip


def example_of(form: Form, page: Page, said: Mapping[str, str | float | int] | None = None) -> Example:
    """Corrected by a person who says what, not where."""
    fields = tuple(Field(path, value, FieldSource.PERSON) for path, value in (said or form.taught).items())
    return Example("e" * 24, fields, anchors_of([page], fields), NOW)
