"""One small document of each kind, made as its own program would make it."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw, ImageOps

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

WORDS = "Pumps of the northern plant"
"""In every document here."""
ROWS = (
    ("Pump", "Hours", "Litres"),
    ("North", "120", "4800"),
    ("South", "95", "3900"),
    ("West", "40", "1500"),
)
FORMULAS = Path(__file__).parents[1] / "pipeline" / "formulas" / "formulas.pdf"


def picture() -> BytesIO:
    """A PNG that is a picture of something: hills under a sun."""
    image = Image.new("RGB", (320, 200), (150, 190, 230))
    draw = ImageDraw.Draw(image)
    draw.ellipse((230, 20, 290, 80), fill=(250, 220, 90))
    draw.polygon([(0, 200), (90, 70), (170, 160), (240, 90), (320, 200)], fill=(70, 120, 60))
    file = BytesIO()
    image.save(file, "PNG")
    file.seek(0)
    return file


def write_pptx(target: Path) -> None:
    """Two slides: text with a table, then a chart and a picture."""
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = WORDS
    table = slide.shapes.add_table(len(ROWS), 3, Inches(1), Inches(2), Inches(7), Inches(2)).table
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Hours and litres"
    chart: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    chart.categories = [row[0] for row in ROWS[1:]]
    chart.add_series("Hours", [float(row[1]) for row in ROWS[1:]])
    place = (Inches(0.5), Inches(2), Inches(5), Inches(4))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, chart)
    slide.shapes.add_picture(picture(), Inches(6), Inches(2), Inches(3))
    deck.save(str(target))


def write_docx(target: Path) -> None:
    """A heading, a list, a table and a picture."""
    from docx import Document
    from docx.shared import Inches

    document = Document()
    document.add_heading(WORDS, 1)
    document.add_paragraph("Each pump was looked at once in the year.")
    for text in ("Open the valve.", "Start the motor."):
        document.add_paragraph(text, style="List Bullet")
    table = document.add_table(len(ROWS), 3)
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.add_picture(picture(), width=Inches(3))
    document.save(str(target))


def write_xlsx(target: Path) -> None:
    """A table of numbers with a formula, and a chart of it."""
    from openpyxl import Workbook
    from openpyxl.chart import BarChart, Reference

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Pumps"
    sheet["A1"] = WORDS
    for row, texts in enumerate(ROWS, start=3):
        for column, text in enumerate(texts, start=1):
            sheet.cell(row, column, float(text) if text.isdigit() else text)
    chart: Any = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=3, max_row=6), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=4, max_row=6))
    sheet.add_chart(chart, "F3")
    book.create_sheet("Notes")["A1"] = "Nothing to report."
    book.save(str(target))


def write_html(target: Path) -> None:
    cells = [
        [f"<{tag}>{text}</{tag}>" for text in row]
        for tag, row in zip(("th", "td", "td", "td"), ROWS, strict=True)
    ]
    rows = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    target.write_text(
        f"<!doctype html><html lang=en><head><title>{WORDS}</title></head><body><h1>{WORDS}</h1>"
        f"<p>Each pump was looked at.</p><ol><li>Open the valve.<li>Start the motor.</ol><table>{rows}</table>"
        "<pre><code>pump --start</code></pre></body></html>",
        encoding="utf-8",
    )


def write_text(target: Path) -> None:
    target.write_text(f"# {WORDS}\n\nEach pump was looked at.\n\n- Open the valve.\n- Start the motor.\n")


def write_pdf(target: Path) -> None:
    """Two pages: a ruled table, then a picture and a chart drawn with paths."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    paper = Canvas(str(target), pagesize=A4)
    paper.setFont("Helvetica-Bold", 20)
    paper.drawString(72, 760, WORDS)
    paper.setFont("Helvetica", 11)
    paper.drawString(72, 730, "Each pump was looked at once in the year, and what it gave was measured.")
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            paper.rect(72 + 120 * column, 640 - 24 * row, 120, 24)
            paper.drawString(80 + 120 * column, 648 - 24 * row, text)
    paper.showPage()
    paper.setFont("Helvetica", 11)
    paper.drawString(72, 760, "What the hills look like, and how long each pump ran.")
    paper.drawImage(ImageReader(picture()), 72, 540, 320, 200)
    paper.drawString(72, 520, "Figure 1: The hills behind the plant.")
    _bars(paper)
    paper.save()


def _bars(paper: "Canvas") -> None:
    """Hours by pump, from 0 at y=240 to 150 at y=440."""
    paper.setFont("Helvetica-Bold", 12)
    paper.drawCentredString(250, 465, "Hours by pump")
    paper.setFont("Helvetica", 9)
    for hours in range(0, 151, 50):
        y = 240 + hours * 200 / 150
        paper.drawRightString(94, y - 3, str(hours))
        paper.setStrokeGray(0.8)
        paper.line(100, y, 400, y)
    paper.setStrokeGray(0)
    paper.line(100, 240, 400, 240)
    paper.line(100, 240, 100, 440)
    paper.setFillColorRGB(0.2, 0.4, 0.7)
    for number, row in enumerate(ROWS[1:]):
        paper.rect(125 + 100 * number, 240, 50, int(row[1]) * 200 / 150, stroke=0, fill=1)
    paper.setFillGray(0)
    for number, row in enumerate(ROWS[1:]):
        paper.drawCentredString(150 + 100 * number, 226, row[0])


def write_formula(target: Path) -> None:
    """A formula cut out of a page, as a picture: the sum of the first squares."""
    import pypdfium2

    document = pypdfium2.PdfDocument(FORMULAS)
    page = document[1].render(scale=200 / 72).to_pil().convert("L")
    document.close()
    left, top, right, bottom = ImageOps.invert(page).getbbox() or (0, 0, *page.size)
    page.crop((left - 20, top - 20, right + 20, bottom + 20)).save(target, dpi=(200, 200))


def locked(source: Path, password: str) -> bytes:
    """An Office document under a password, as Office locks it."""
    import msoffcrypto

    sealed = BytesIO()
    with source.open("rb") as file:
        msoffcrypto.OfficeFile(file).encrypt(password, sealed)
    return sealed.getvalue()


KINDS: dict[str, Callable[[Path], None]] = {
    "pumps.pptx": write_pptx,
    "pumps.docx": write_docx,
    "pumps.xlsx": write_xlsx,
    "pumps.html": write_html,
    "pumps.txt": write_text,
    "pumps.pdf": write_pdf,
    "formula.png": write_formula,
}
