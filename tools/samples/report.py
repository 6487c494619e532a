"""`water-report.pdf`: a digital report with headings, two columns, a ruled table and an open one."""

from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from tools.samples import report_text as words
from tools.samples.paper import font_file

HEADER = "Kirkwater Rural Supply"
INK = colors.HexColor("#1c2733")
BLUE = colors.HexColor("#1f5a8a")


def _styles() -> dict[str, ParagraphStyle]:
    body = ParagraphStyle("body", fontName="Serif", fontSize=11.5, leading=15.6, spaceAfter=7, textColor=INK)
    return {
        "title": ParagraphStyle("title", fontName="Sans-Bold", fontSize=22, leading=27, textColor=BLUE),
        "subtitle": ParagraphStyle("subtitle", fontName="Sans", fontSize=12, leading=16, textColor=INK),
        "h1": ParagraphStyle(
            "h1", fontName="Sans-Bold", fontSize=14, leading=18, spaceBefore=10, spaceAfter=4, textColor=BLUE
        ),
        "h2": ParagraphStyle(
            "h2", fontName="Sans-Bold", fontSize=11, leading=14, spaceBefore=6, spaceAfter=3, textColor=INK
        ),
        "p": body,
        "bullet": ParagraphStyle("bullet", parent=body, leftIndent=12, bulletIndent=2, spaceAfter=3),
        "caption": ParagraphStyle(
            "caption", parent=body, fontName="Sans", fontSize=8.5, leading=11, spaceBefore=8, spaceAfter=4
        ),
    }


def register_fonts() -> None:
    for name, family, style in (
        ("Serif", "Liberation Serif", "Regular"),
        ("Sans", "Liberation Sans", "Regular"),
        ("Sans-Bold", "Liberation Sans", "Bold"),
    ):
        pdfmetrics.registerFont(TTFont(name, font_file(family, style)))


def write_report(out: Path, _folder: Path) -> dict[str, Any]:
    """The story is kept page by page, so that the truth says what stands on which page."""
    register_fonts()
    story: list[Flowable] = []
    for number, page in enumerate(words.PAGES):
        if number:
            story += [NextPageTemplate(page["layout"]), PageBreak()]
        story += _flowables(page["pieces"])
    document = _template(out)
    document.build(story)
    if document.page != len(words.PAGES):
        message = f"The report flowed onto {document.page} pages; its text is written for {len(words.PAGES)}."
        raise SystemExit(message)
    return {"pages": [_page_text(page) for page in words.PAGES], **_structure()}


def _template(out: Path) -> BaseDocTemplate:
    width, height = A4
    left, right, top, bottom = 22 * mm, 22 * mm, 24 * mm, 22 * mm
    inner, column = width - left - right, (width - left - right - 8 * mm) / 2
    plain: dict[str, Any] = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    body = height - top - bottom

    def columns(upper: float) -> list[Frame]:
        return [
            Frame(left, bottom, column, body - upper, id="left", **plain),
            Frame(left + column + 8 * mm, bottom, column, body - upper, id="right", **plain),
        ]

    head = 34 * mm
    document = BaseDocTemplate(
        str(out), pagesize=A4, title=words.TITLE, author=HEADER, subject="Annual report", invariant=1
    )
    document.addPageTemplates(
        [
            PageTemplate(
                "title", [Frame(left, height - top - head, inner, head, **plain), *columns(head)], _furniture
            ),
            PageTemplate("two", columns(0), _furniture),
            PageTemplate("one", [Frame(left, bottom, inner, body, **plain)], _furniture),
        ]
    )
    return document


def _furniture(canvas: Any, document: Any) -> None:
    width, height = A4
    canvas.saveState()
    canvas.setFont("Sans", 8)
    canvas.setFillColor(colors.HexColor("#555555"))
    canvas.drawString(22 * mm, height - 14 * mm, HEADER)
    canvas.drawRightString(width - 22 * mm, height - 14 * mm, words.RUNNING_TITLE)
    canvas.setStrokeColor(colors.HexColor("#9aa7b3"))
    canvas.line(22 * mm, height - 16 * mm, width - 22 * mm, height - 16 * mm)
    canvas.drawCentredString(width / 2, 12 * mm, f"Page {document.page} of {len(words.PAGES)}")
    canvas.restoreState()


def _flowables(pieces: list[tuple[str, Any]]) -> list[Flowable]:
    styles, made = _styles(), list[Flowable]()
    for kind, content in pieces:
        if kind == "table":
            made.append(_table(content))
        elif kind == "break":
            made.append(FrameBreak())
        elif kind == "space":
            made.append(Spacer(1, content))
        elif kind == "bullet":
            made.append(Paragraph(content, styles["bullet"], bulletText="•"))
        else:
            made.append(Paragraph(content, styles[kind]))
    return made


def _table(content: dict[str, Any]) -> Table:
    """Ruled: every cell has its lines. Open: rules above, under the head and below, as books do it."""
    rows = content["rows"]
    rules: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), "Sans", 9.5),
        ("FONT", (0, 0), (-1, 0), "Sans-Bold", 9.5),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
    ]
    if content["ruled"]:
        rules += [
            ("GRID", (0, 0), (-1, -1), 0.6, colors.HexColor("#6b7885")),
            ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e6edf3")),
        ]
    else:
        rules += [
            ("LINEABOVE", (0, 0), (-1, 0), 1.1, INK),
            ("LINEBELOW", (0, 0), (-1, 0), 0.6, INK),
            ("LINEBELOW", (0, -1), (-1, -1), 1.1, INK),
        ]
    return Table(
        rows, colWidths=[w * mm for w in content["widths_mm"]], style=TableStyle(rules), hAlign="LEFT"
    )


def _page_text(page: dict[str, Any]) -> str:
    """What a person reads on the page, in reading order; the running lines stand in `furniture`."""
    said = []
    for kind, content in page["pieces"]:
        if kind == "table":
            said += [" ".join(row) for row in content["rows"]]
        elif kind not in {"break", "space"}:
            said.append(content)
    return "\n".join(said)


def _structure() -> dict[str, Any]:
    levels = {"title": 1, "h1": 2, "h2": 3}
    headings, tables = [], []
    for number, page in enumerate(words.PAGES, 1):
        for kind, content in page["pieces"]:
            if kind in levels:
                headings.append({"page": number, "level": levels[kind], "text": content})
            elif kind == "table":
                tables.append({"page": number, "ruled": content["ruled"], "rows": content["rows"]})
    furniture = [HEADER, words.RUNNING_TITLE, f"Page {{number}} of {len(words.PAGES)}"]
    return {"headings": headings, "tables": tables, "furniture": furniture}
