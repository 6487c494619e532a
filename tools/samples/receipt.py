"""`receipt-photo.jpg`: a till receipt lying on a desk, as a phone takes it. The shop does not exist."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image
from tools.samples.paper import Pixels, Sheet, to_pixels

ITEMS = (
    ("2 x Sourdough loaf", "7.80"),
    ("1 x Rye crispbread", "3.25"),
    ("6 x Free range eggs", "2.95"),
    ("0.412 kg Comte @ 24.90", "10.26"),
    ("1 x Olive oil 500 ml", "8.40"),
    ("3 x Oat milk", "5.85"),
    ("1 x Paper bag", "0.15"),
)


def write_receipt(out: Path, _folder: Path) -> list[str]:
    receipt = _receipt()
    rng = np.random.default_rng(7)
    paper = _thermal(np.asarray(receipt.image), rng)
    photo = _photographed(paper, rng)
    # A phone writes where and when into EXIF; this photo has been nowhere, so it has none.
    Image.fromarray(photo).save(out, "JPEG", quality=84, subsampling=2)
    return [receipt.text]


def _receipt() -> Sheet:
    sheet = Sheet(760, 1290, margin=58)
    sheet.skip(10)
    sheet.line("LINDEN & SON GROCERS", 42, style="Bold", align="center")
    sheet.line("27 Quay Road, Port Ellery", 30, align="center")
    sheet.line("Tel 01632 960 417", 30, align="center")
    sheet.line("VAT Reg GB 999 0012 47", 30, align="center")
    sheet.skip(26)
    sheet.columns([(0.0, "07/11/2025"), (-1.0, "16:42")], 32)
    sheet.columns([(0.0, "Till 03"), (-1.0, "Receipt 004817")], 32)
    sheet.rule(gap=14)
    for name, amount in ITEMS:
        sheet.columns([(0.0, name), (-1.0, amount)], 34)
        sheet.skip(6)
    sheet.rule(gap=14)
    sheet.columns([(0.0, "Subtotal"), (-1.0, "38.66")], 34)
    sheet.columns([(0.0, "Discount 5 %"), (-1.0, "-1.93")], 34)
    sheet.skip(12)
    sheet.columns([(0.0, "TOTAL GBP"), (-1.0, "36.73")], 48, style="Bold")
    sheet.skip(16)
    sheet.columns([(0.0, "Visa ****4402"), (-1.0, "36.73")], 34)
    sheet.columns([(0.0, "Auth code 081263"), (-1.0, "Contactless")], 30)
    sheet.rule(gap=14)
    sheet.line("VAT included 0.00 (zero rated)", 30)
    sheet.skip(22)
    sheet.line("Thank you for shopping local!", 32, align="center")
    sheet.line("Returns within 14 days", 30, align="center")
    sheet.line("with this receipt", 30, align="center")
    return sheet


def _thermal(page: Pixels, rng: np.random.Generator) -> Pixels:
    """Grey thermal ink with faint bands across the print head, on slightly blue paper with two folds."""
    height, width = page.shape
    ink: Any = (255 - page.astype(np.float32)) / 255
    ink = cv2.GaussianBlur(ink, (0, 0), 0.9)
    bands: Any = cv2.GaussianBlur(rng.random((height, 1)).astype(np.float32), (1, 0), 0, sigmaY=6)
    columns = rng.uniform(0.86, 1.0, (1, width)).astype(np.float32)
    ink *= (0.78 + 0.5 * (bands - bands.mean())) * columns
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    light = 240 + 6 * np.sin(y / 190) + 4 * np.sin((x + y / 3) / 150)
    for fold, depth in ((height * 0.36, 26), (height * 0.71, 20)):
        slope = y - fold - 8 * np.sin(x / 120)
        light += depth * np.exp(-((slope - 5) ** 2) / 40) * 0.5 - depth * np.exp(-((slope + 5) ** 2) / 90)
    tone = np.stack([light - 4, light - 1, light - 3], axis=2)
    inked = tone * (1 - ink[..., None]) + np.array([62, 60, 74], np.float32) * ink[..., None]
    return to_pixels(inked)


def _desk(width: int, height: int, rng: np.random.Generator) -> Pixels:
    """Oiled oak: boards, grain along them, a few pores."""
    grain = rng.random((height // 3, 14)).astype(np.float32)
    fine = rng.random((height, 60)).astype(np.float32)
    field: Any = cv2.resize(grain, (width, height), interpolation=cv2.INTER_CUBIC)
    field = 0.65 * field + 0.35 * cv2.resize(fine, (width, height), interpolation=cv2.INTER_CUBIC)
    field = cv2.GaussianBlur(field, (0, 0), sigmaX=9, sigmaY=1.2)
    rings = 0.5 + 0.5 * np.sin(field * 26 + np.linspace(0, 5, height)[:, None])
    shade = (0.82 + 0.3 * (field - 0.5) + 0.07 * rings)[..., None]
    for board in (0.21, 0.57, 0.9):
        row = int(board * height)
        shade[row - 2 : row + 2] *= 0.55
    return to_pixels(np.array([142, 98, 62], np.float32) * shade)


def _photographed(paper: Pixels, rng: np.random.Generator) -> Pixels:
    """Held by hand over the desk: perspective, curl, window light from the left, the phone's own shadow."""
    width, height = 1512, 2016
    curled = _curl(paper)
    source_height, source_width = curled.shape[:2]
    corners = np.array(
        [[0, 0], [source_width, 0], [source_width, source_height], [0, source_height]], np.float32
    )
    placed = np.array([[352, 228], [1150, 290], [1226, 1742], [262, 1672]], np.float32)
    view = cv2.getPerspectiveTransform(corners, placed)
    seen = cv2.warpPerspective(curled, view, (width, height), flags=cv2.INTER_AREA)
    mask: Any = cv2.warpPerspective(np.full(curled.shape[:2], 255, np.uint8), view, (width, height)) / 255.0
    shadow: Any = cv2.GaussianBlur(np.roll(mask, (16, 20), axis=(0, 1)), (0, 0), 16)
    desk = _desk(width, height, rng).astype(np.float32) * (1 - 0.5 * shadow * (1 - mask))[..., None]
    soft = cv2.GaussianBlur(mask, (0, 0), 1.0)[..., None]
    photo: Any = desk * (1 - soft) + seen.astype(np.float32) * soft
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    window = 1.04 - 0.30 * (x / width) ** 1.4 - 0.16 * (y / height)
    phone = 1 - 0.20 / (1 + np.exp(-(x * 0.9 + y * 0.55 - 1750) / 90))
    photo *= (window * phone)[..., None] * np.array([1.02, 0.98, 0.90], np.float32)
    photo = cv2.GaussianBlur(photo, (0, 0), 0.9)
    photo += cv2.GaussianBlur(rng.normal(0, 9, photo.shape).astype(np.float32), (0, 0), 0.7)
    return to_pixels(photo)


def _curl(paper: Pixels) -> Pixels:
    """The roll it was torn from still shows: lines bow a few pixels, the foot more than the head."""
    height, width = paper.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    bow = (4 + 9 * y / height) * np.sin(np.pi * x / width)
    return cv2.remap(paper, x, y + bow - 5, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)
