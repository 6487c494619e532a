"""Documents as an office scanner delivers them: a little turned, shaded, noisy, compressed."""

import time
from io import BytesIO
from random import Random

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

_ALWAYS = time.gmtime(0)
"""The same seed gives the same bytes."""


def scanned(pdf: bytes, seed: int) -> bytes:
    """The same pages as a PDF of pictures."""
    random = Random(seed)
    document = pypdfium2.PdfDocument(pdf)
    dpi = random.choice((150, 200, 200, 300))
    pages = [_worn(page.render(scale=dpi / 72).to_pil(), random) for page in document]
    target = BytesIO()
    pages[0].save(
        target,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=dpi,
        quality=random.choice((55, 70, 85)),
        creationDate=_ALWAYS,
        modDate=_ALWAYS,
    )
    return target.getvalue()


def _worn(picture: Image.Image, random: Random) -> Image.Image:
    pixels: NDArray[np.float32] = np.asarray(picture.convert("L"), dtype=np.float32)
    height, width = pixels.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), random.uniform(-0.8, 0.8), 1.0)
    pixels = np.asarray(cv2.warpAffine(pixels, turn, (width, height), borderValue=255), dtype=np.float32)
    pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), random.uniform(0.3, 0.8)), dtype=np.float32)
    shade = np.linspace(1.0, random.uniform(0.88, 1.0), width, dtype=np.float32)[None, :]
    noise = np.random.default_rng(random.randint(0, 10**6)).normal(0, random.uniform(1, 7), pixels.shape)
    worn = np.clip(pixels * shade * 0.97 + random.uniform(0, 12) + noise, 0, 255)
    return Image.fromarray(worn.astype(np.uint8))
