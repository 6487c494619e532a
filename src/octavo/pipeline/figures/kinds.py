"""What kind of picture it is, where a look is enough to be sure."""

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.inked import ink_of
from octavo.pipeline.figures.view import View

_PHOTO_TONES = 60
_PHOTO_SMOOTH = 0.25
_MANY_STROKES = 12
"""Paths of a figure that is no chart and no diagram."""
_MISREAD = 2
"""Words that an engine reads into a signature."""
_ICON_PT = 40.0
_LETTERHEAD = 0.2
_LOGO_PT = 220.0
_LOGO_WORDS = 6
_BETWEEN = 0.2
"""Share of grey pixels: the smoothed borders of a code's squares, not the tones of a photograph."""


def image_type(view: View) -> str | None:
    """`photo`, `qr_code`, `barcode`, `stamp`, `signature`, `icon`, `logo`, `drawing`; None where a look does not tell."""
    if len(view.strokes) >= _MANY_STROKES:
        return "drawing"
    pixels = view.pixels
    gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    if _is_qr(gray):
        return "qr_code"
    if _is_barcode(gray):
        return "barcode"
    if _is_photo(gray):
        return "photo"
    return _by_ink(view)


def _by_ink(view: View) -> str | None:
    """What stands on paper or has none: told by the shape of its ink, its size and its place."""
    ink = ink_of(view)
    if ink.is_stamp:
        return "stamp"
    if ink.is_signature and len(view.labels) <= _MISREAD:
        return "signature"
    sides = view.width / view.scale, view.height / view.scale
    if max(sides) <= _ICON_PT and max(sides) <= 1.5 * min(sides) and not view.labels:
        return "icon"
    at_top = view.frame.y1 <= _LETTERHEAD and max(sides) <= _LOGO_PT
    return "logo" if at_top and ink.is_flat and len(view.labels) <= _LOGO_WORDS else None


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
