"""Pillow, kept from deciding for the whole process: limits are ours, warnings stay here."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pi_heif
from PIL import Image, ImageFile

from octavo.domain.errors import DocumentTooLarge, UnreadableDocument
from octavo.ports.readers import Limits

pi_heif.register_heif_opener()

REFUSALS = (
    OSError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    EOFError,
    SyntaxError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
    Image.DecompressionBombError,
)
"""What Pillow's plugins raise for a damaged file: they have no exception of their own for it."""

_LEAST_DECODED = 0.5
"""Share of the rows a truncated picture must still have: less is no page."""


@contextmanager
def quiet_pillow() -> Iterator[None]:
    """No warnings and no pixel limit of Pillow's own inside: the header is checked by `check_pixels`."""
    limit = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def open_image(path: Path, pillow_format: str, limits: Limits) -> Image.Image:
    """The header only, tried as this one format. Raises `UnreadableDocument`, `DocumentTooLarge`."""
    try:
        with quiet_pillow():
            image = Image.open(path, formats=(pillow_format,))
    except REFUSALS as error:
        raise damaged() from error
    try:
        check_pixels(image.size, limits, page=1)
    except (DocumentTooLarge, UnreadableDocument):
        image.close()
        raise
    return image


def check_pixels(size: tuple[int, int], limits: Limits, *, page: int) -> None:
    width, height = size
    if width <= 0 or height <= 0:
        raise damaged()
    if width * height > limits.max_pixels:
        raise DocumentTooLarge(
            f"The picture on page {page} is {width} x {height} = {width * height} pixels; "
            f"at most {limits.max_pixels} are read. Send it at a lower resolution.",
            page=page,
            pixels=width * height,
            max_pixels=limits.max_pixels,
        )


def decode(image: Image.Image) -> None:
    """Decode the current frame; a truncated one is kept when at least half of its rows are there.

    Raises one of REFUSALS.
    """
    try:
        image.load()
    except OSError as error:
        if "truncated" not in str(error).lower():
            raise
        _decode_what_is_there(image)


def _decode_what_is_there(image: Image.Image) -> None:
    strict = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        image.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = strict
    if _decoded_share(image) < _LEAST_DECODED:
        raise OSError("too little of the picture is there")


def _decoded_share(image: Image.Image) -> float:
    """Decoders fill what is missing with one colour: rows equal to the last one, from the bottom, are missing."""
    rows = np.asarray(image.convert("L"))
    differs = np.flatnonzero((rows != rows[-1]).any(axis=1))
    return float(differs[-1] + 1) / len(rows) if differs.size else 0.0


def damaged() -> UnreadableDocument:
    return UnreadableDocument(
        "This picture is damaged or incomplete. Open it in a viewer, save it again as PNG or TIFF, and send that."
    )
