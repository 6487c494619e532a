"""Scans made for tests: pictures of text, with no text layer."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def spelled(number: int) -> str:
    return " ".join(NUMBERS[int(digit)] for digit in str(number))


def write_scan(path: Path, *, pages: int) -> None:
    """A PDF of picture pages; page n says its number in words on a few lines."""
    canvas = Canvas(str(path), pagesize=(420, 595))
    for number in range(1, pages + 1):
        canvas.drawImage(ImageReader(_page(number)), 0, 0, 420, 595)
        canvas.showPage()
    canvas.save()


def _page(number: int) -> BytesIO:
    image = Image.new("L", (875, 1240), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(34)
    for line in range(6):
        draw.text(
            (80, 100 + 70 * line), f"This is page {spelled(number)} line {spelled(line)}", fill=0, font=font
        )
    content = BytesIO()
    image.save(content, "PNG")
    content.seek(0)
    return content
