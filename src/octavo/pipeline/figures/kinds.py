"""What kind of picture it is, where a look is enough to be sure."""

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.view import View

_PHOTO_TONES = 60
_PHOTO_SMOOTH = 0.25
_BETWEEN = 0.2
"""Share of grey pixels: the smoothed borders of a code's squares, not the tones of a photograph."""


def image_type(view: View) -> str | None:
    """`photo`, `signature`, `qr_code`, `barcode`, `icon` or None: the last where a look does not tell."""
    pixels = view.pixels
    gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    if _is_qr(gray):
        return "qr_code"
    if _is_barcode(gray):
        return "barcode"
    if _is_photo(gray):
        return "photo"
    return None


def _is_photo(gray: NDArray[np.uint8]) -> bool:
    """Many grey levels, none of them most of the picture, and soft changes between neighbours."""
    counts = np.bincount(gray.reshape(-1), minlength=256) / gray.size
    tones = int((counts > 0.0008).sum())
    steps = np.abs(np.diff(gray.astype(np.int16), axis=1))
    soft = float(((steps > 0) & (steps < 16)).mean())
    return tones >= _PHOTO_TONES and float(counts.max()) < 0.3 and soft > _PHOTO_SMOOTH


def _is_qr(gray: NDArray[np.uint8]) -> bool:
    height, width = gray.shape
    if not 0.7 <= width / height <= 1.4 or min(height, width) < 40:
        return False
    small = cv2.resize(gray, (400, round(400 * height / width)), interpolation=cv2.INTER_AREA)
    if float(((small > 70) & (small < 185)).mean()) > _BETWEEN:
        return False
    found, corners = cv2.QRCodeDetector().detect(small)
    return bool(found) and corners is not None


def _is_barcode(gray: NDArray[np.uint8]) -> bool:
    """Upright bars that are the same in most rows, many of them, of black and white."""
    height, width = gray.shape
    if width < 60 or height < 12:
        return False
    middle = gray[height // 5 : max(height // 5 + 1, height - height * 2 // 5)]
    bits = middle < 128
    profile = bits.mean(axis=0)
    sure = float(((profile < 0.15) | (profile > 0.85)).mean())
    changes = int((np.diff((profile > 0.5).astype(np.int8)) != 0).sum())
    return sure > 0.85 and changes >= 40 and 0.2 < float(bits.mean()) < 0.75
