"""Pages drawn as pixels: rows of letter-like shapes, photographs, blank paper."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from octavo.ports.engines import PageImage

TEXT = (
    "It is a truth universally acknowledged, that a single man in possession",
    "of a good fortune, must be in want of a wife. However little known the",
    "feelings or views of such a man may be on his first entering a",
)


def letter_page(rows: int = 30, *, width: int = 850, height: int = 1100) -> PageImage:
    """A letter whose ink turns from red at the top to blue at the bottom."""
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=18)
    for row in range(rows):
        draw.text((80, 80 + row * 26), TEXT[row % len(TEXT)], fill=(160 - 5 * row, 0, 5 * row), font=font)
    return PageImage(np.asarray(picture, np.uint8).copy(), 100)


def photograph(seed: int = 0, *, margin: int = 120) -> PageImage:
    """Soft blobs of light and shade with grain, on white paper."""
    noise = np.random.default_rng(seed)
    page: NDArray[np.uint8] = np.full((1100, 850, 3), 255, np.uint8)
    coarse = noise.integers(0, 255, (12, 9, 3), dtype=np.uint8)
    size = (850 - 2 * margin, 1100 - 2 * margin)
    photo = np.asarray(Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC), np.int16)
    grain = noise.normal(0, 12, photo.shape).astype(np.int16)
    page[margin : 1100 - margin, margin : 850 - margin] = np.clip(photo + grain, 0, 255).astype(np.uint8)
    return PageImage(page, 100)


def dusty_paper() -> PageImage:
    noise = np.random.default_rng(1)
    page = np.clip(noise.normal(245, 3, (1100, 850, 3)), 0, 255).astype(np.uint8)
    for y, x in noise.integers(40, 800, (25, 2)):
        page[y, x] = 90
    return PageImage(page, 100)
