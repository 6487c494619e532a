"""`pump-inspection.pdf`: typed text with photographs of text in it, then a page that is only a scan."""

from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from tools.samples.paper import Pixels, Sheet, font, scanned, to_pixels
from tools.samples.report import register_fonts

FINDINGS = (
    "1. Shaft seal of pump 2 worn; leakage 12 drops per minute at rest.",
    "2. Impeller of pump 2 pitted at the leading edges, deepest pit 1.8 mm.",
    "3. Bearing temperature 61 °C after one hour, vibration 3.2 mm/s: acceptable.",
    "4. Coupling guard missing one of four bolts; replaced during the visit.",
)

INTRODUCTION = (
    "The station was inspected on 3 March 2025 at the request of the owner. Both pumps",
    "were opened, measured and run. The rating plate below was photographed on site.",
)

CLOSING = (
    "Pump 2 may stay in service at reduced load until the seal and the impeller have been",
    "replaced, at the latest by 30 April 2025. The calibration certificate of the vibration",
    "meter follows on the next page.",
)

PLATE = (
    "NORTHERN PUMP & FOUNDRY",
    "TYPE  NPF 220-48",
    "SERIAL No.  71846",
    "YEAR  2009",
    "Q 185 m3/h    H 42 m",
    "P 30 kW    n 1470 rpm",
)

CERTIFICATE = (
    ("Instrument:", "Vibration meter VM-31"),
    ("Serial number:", "20418"),
    ("Customer:", "Moray Machine Inspection"),
    ("Date of calibration:", "11 November 2024"),
    ("Next due:", "11 November 2025"),
    ("Reference:", "Accelerometer 8305, No. 2214"),
    ("Temperature:", "21.5 degrees C"),
)


def write_inspection(out: Path, _folder: Path) -> list[str]:
    register_fonts()
    canvas = Canvas(str(out), pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle("Inspection of Dale pumping station")
    first = _typed_page(canvas)
    canvas.showPage()
    certificate = _certificate()
    width, height = A4
    grey = Image.fromarray(scanned(certificate.image, seed=31, skew_degrees=0.9, wear=0.8))
    canvas.drawImage(_jpeg(grey, 70), 0, 0, width, height)
    canvas.showPage()
    canvas.save()
    return [first, certificate.text]


def _typed_page(canvas: Canvas) -> str:
    _width, height = A4
    left, y = 25 * mm, height - 30 * mm
    said: list[str] = []

    def say(text: str, size: float = 10.5, face: str = "Serif", gap: float = 5.2) -> None:
        nonlocal y
        canvas.setFont(face, size)
        canvas.drawString(left, y, text)
        said.append(text)
        y -= gap * mm

    say("Moray Machine Inspection", 9, "Sans", 9)
    say("Inspection of Dale pumping station", 18, "Sans-Bold", 8)
    say("Report 25-0303, pumps 1 and 2", 11, "Sans", 12)
    for line in INTRODUCTION:
        say(line)
    y -= 3 * mm
    plate_width, plate_height = 92 * mm, 62 * mm
    canvas.drawImage(
        _jpeg(Image.fromarray(_plate()), 80), left + 34 * mm, y - plate_height, plate_width, plate_height
    )
    said.extend(PLATE)
    y -= plate_height + 6 * mm
    say("Figure 1: Rating plate of pump 2", 9, "Sans", 11)
    say("Findings", 13, "Sans-Bold", 7.5)
    for line in FINDINGS:
        say(line, gap=6)
    y -= 4 * mm
    say("Conclusion", 13, "Sans-Bold", 7.5)
    for line in CLOSING:
        say(line)
    y -= 14 * mm
    say("R. Gunn, inspecting engineer", gap=5)
    say("Elgin, 5 March 2025")
    return "\n".join(said)


def _plate() -> Pixels:
    """An engraved steel plate, photographed a little from the side."""
    rng = np.random.default_rng(23)
    width, height = 1104, 744
    steel = 168 + 22 * cv2.resize(rng.random((height, 8)).astype(np.float32), (width, height))
    picture = Image.fromarray(steel.astype(np.uint8))
    sheet = Sheet(width, height, margin=90, family="Liberation Sans", background=0)
    sheet.draw.rounded_rectangle((34, 34, width - 34, height - 34), 26, outline=255, width=5)
    sheet.y = 84
    for row, text in enumerate(PLATE):
        sheet.draw.text(
            (90, sheet.y), text, fill=255, font=font("Liberation Sans", 62 if row == 0 else 54, "Bold")
        )
        sheet.y += 98
    engraved = np.asarray(sheet.image).astype(np.float32) / 255
    cut: Any = np.asarray(picture).astype(np.float32)
    edge = np.roll(engraved, (2, 2), axis=(0, 1))
    cut = cut * (1 - 0.78 * engraved) + 36 * np.clip(edge - engraved, 0, 1)
    for x, y in ((58, 58), (width - 58, 58), (58, height - 58), (width - 58, height - 58)):
        cv2.circle(cut, (x, y), 15, 92.0, -1)
        cv2.circle(cut, (x - 3, y - 3), 9, 205.0, -1)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen_from = np.array(
        [[26, 40], [width - 12, 14], [width - 34, height - 22], [14, height - 8]], np.float32
    )
    cut = cv2.warpPerspective(
        cut, cv2.getPerspectiveTransform(corners, seen_from), (width, height), borderValue=70
    )
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    cut *= 0.86 + 0.26 * np.exp(-(((x - 760) / 420) ** 2 + ((y - 200) / 260) ** 2))
    cut = cv2.GaussianBlur(cut, (0, 0), 1.1) + rng.normal(0, 4, cut.shape)
    warm = np.stack([cut * 1.01, cut, cut * 0.95], axis=2)
    return to_pixels(warm)


def _certificate() -> Sheet:
    sheet = Sheet(1240, 1754, margin=150)
    sheet.skip(60)
    sheet.line("CALDER LABORATORY", 50, style="Bold", align="center")
    sheet.line("Unit 6, Forres Industrial Park", 28, align="center")
    sheet.rule(thickness=3, gap=24)
    sheet.line("CERTIFICATE OF CALIBRATION", 44, style="Bold", align="center")
    sheet.line("No. 24-11873", 34, align="center")
    sheet.skip(60)
    for label, value in CERTIFICATE:
        sheet.columns([(0.0, label), (0.42, value)], 30)
        sheet.skip(14)
    sheet.skip(40)
    for text in (
        (
            "The instrument was compared with the reference at 40, 80, 160 and 320 Hz. The greatest deviation was "
            "2.1 percent of reading, at 320 Hz. The permitted deviation is 5 percent."
        ),
        (
            "The expanded uncertainty of measurement is 1.2 percent (k = 2). This certificate may only be reproduced "
            "in full."
        ),
    ):
        sheet.paragraph(text, 30)
        sheet.skip(28)
    sheet.skip(90)
    sheet.columns([(0.0, "Calibrated by: I. Mackay"), (0.58, "Checked by: A. Bain")], 28)
    return sheet


def _jpeg(picture: Image.Image, quality: int) -> Any:
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality)
    file.seek(0)
    return ImageReader(file)
