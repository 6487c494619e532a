"""Pictures of single symbols cut from the sheets, as a scan might show them; and the measures of each."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from tools.symbol_training.typeset import BASELINE_PT, PITCH_PT, SIZE_PT, Cell

from octavo.pipeline.formulas.picture.crops import SIDE, boxed

DPIS = (96, 110, 130, 150, 180, 200, 240, 300)
MEASURED_DPI = 600
DARK = 128


def measures(pdf: Path, cells: list[Cell]) -> dict[str, tuple[float, float]]:
    """Of each symbol set plainly: ink above and below the baseline, in font sizes."""
    found: dict[str, tuple[float, float]] = {}
    offset = _offset(pdf, cells)
    pages = {page: _render(pdf, page, MEASURED_DPI) for page in {cell.page for cell in cells}}
    scale = MEASURED_DPI / 72
    for cell in cells:
        if not cell.is_plain or cell.label in found:
            continue
        rows = np.flatnonzero((_cut(pages[cell.page], cell, scale) < DARK).any(axis=1))
        if len(rows):
            baseline = (PITCH_PT - BASELINE_PT + offset) * scale
            above = (baseline - rows[0]) / scale / SIZE_PT
            below = (rows[-1] + 1 - baseline) / scale / SIZE_PT
            found[cell.label] = (round(float(above), 4), round(float(below), 4))
    return found


def examples(pdf: Path, cells: list[Cell], seed: int) -> tuple[NDArray[np.uint8], list[str]]:
    """Count x SIDE x SIDE pictures (ink 255 on 0), and their labels."""
    random = np.random.default_rng(seed)
    pictures: list[NDArray[np.uint8]] = []
    labels: list[str] = []
    for dpi in DPIS:
        by_page: dict[int, list[Cell]] = defaultdict(list)
        for cell in cells:
            by_page[cell.page].append(cell)
        for number, listed in by_page.items():
            page = _render(pdf, number, dpi)
            for cell in listed:
                part = _cut(page, cell, dpi / 72)
                for _ in range(2):
                    crop = _crop(_worn(part, random))
                    if crop is not None and min(crop.shape) >= 2 and max(crop.shape) >= 4:
                        pictures.append(boxed(crop))
                        labels.append(cell.label)
    return np.stack(pictures), labels


def _worn(part: NDArray[np.uint8], random: Any) -> NDArray[np.uint8]:
    """A little turned, soft, noisy, thicker or thinner."""
    height, width = part.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), random.normal(0, 1.2), 1.0)
    matrix[0, 1] += random.normal(0, 0.03)
    image = np.asarray(cv2.warpAffine(part, matrix, (width, height), borderValue=(255,)), np.float64)
    sigma = abs(random.normal(0, 0.5))
    if sigma > 0.2:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.float64)
    image = 255 - (255 - image) * random.uniform(0.8, 1.25)
    return np.clip(image + random.normal(0, random.uniform(0, 10), image.shape), 0, 255).astype(np.uint8)


def _crop(part: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """The ink, 255 on 0, cut to its edges."""
    ink = 255 - part
    rows = np.flatnonzero((ink > 110).any(axis=1))
    columns = np.flatnonzero((ink > 110).any(axis=0))
    if not len(rows):
        return None
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _render(pdf: Path, number: int, dpi: float) -> NDArray[np.uint8]:
    document = pdfium.PdfDocument(pdf)
    try:
        picture = document[number - 1].render(scale=dpi / 72, grayscale=True).to_numpy()
        return np.asarray(picture, np.uint8).reshape(picture.shape[0], picture.shape[1]).copy()
    finally:
        document.close()


def _cut(page: NDArray[np.uint8], cell: Cell, scale: float) -> NDArray[np.uint8]:
    left, top = cell.column * PITCH_PT, cell.row * PITCH_PT
    return page[
        round(top * scale) : round((top + PITCH_PT) * scale),
        round(left * scale) : round((left + PITCH_PT) * scale),
    ]


def _offset(pdf: Path, cells: list[Cell]) -> float:
    """How much lower than planned the baselines are: that of `E` is its lower edge."""
    cell = next(cell for cell in cells if cell.is_plain and cell.label == "rm:E")
    scale = MEASURED_DPI / 72
    rows = np.flatnonzero((_cut(_render(pdf, cell.page, MEASURED_DPI), cell, scale) < DARK).any(axis=1))
    return float((rows[-1] + 1) / scale - (PITCH_PT - BASELINE_PT))


__all__ = ["SIDE", "examples", "measures"]
