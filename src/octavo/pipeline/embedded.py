"""The text inside pictures of a native source: a screenshot on a slide, a scan pasted into a letter."""

import io
import warnings
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from PIL import Image, UnidentifiedImageError

from octavo.domain.document import Block, BlockType, Picture
from octavo.pipeline.ink import looks_like_text, shrunk
from octavo.pipeline.recognise import recognise
from octavo.pipeline.structure.wording import clean
from octavo.ports.engines import PageImage, Recogniser

MAX_PIXELS = 40_000_000
"""Of one picture; it is decoded whole."""
LONGEST_PX = 2600
USUAL_DPI = 150.0
"""What a picture without paper is taken to be; only the size of letters in points hangs on it."""
LEAST_CONFIDENCE = 0.5
"""Of a line: what is read in leaves and clouds is less sure."""


def with_embedded_text(
    blocks: tuple[Block, ...], pictures: Iterable[Picture], recogniser: Recogniser
) -> tuple[Block, ...]:
    """The image blocks with `embedded_text` where something is written in their picture."""
    by_name = {picture.name: picture for picture in pictures}
    told: dict[str, str] = {}
    result = []
    for block in blocks:
        picture = by_name.get(block.body.get("image", {}).get("name", ""))
        if block.type is BlockType.IMAGE and picture is not None:
            if picture.name not in told:
                told[picture.name] = _text_in(picture, recogniser)
            if told[picture.name]:
                block = replace(block, body={**block.body, "embedded_text": told[picture.name]})  # noqa: PLW2901
        result.append(block)
    return tuple(result)


def _text_in(picture: Picture, recogniser: Recogniser) -> str:
    image = _decoded(picture)
    if image is None or not looks_like_text(shrunk(image)):
        return ""
    image = shrunk(image, LONGEST_PX)
    lines = recognise(image, shrunk(image), recogniser=recogniser)
    sure = [
        line for line in lines if _confidence([word.confidence for word in line.words]) >= LEAST_CONFIDENCE
    ]
    ordered = sorted(sure, key=lambda line: (round(line.bbox.center[1] / 0.02), line.bbox.x0))
    return clean("\n".join(line.text for line in ordered)).strip()


def _confidence(words: list[float | None]) -> float:
    known = [share for share in words if share is not None]
    return sum(known) / len(known) if known else 0.0


def _decoded(picture: Picture) -> PageImage | None:
    """None for what is no picture after all, or too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(picture.content)) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    return None
                return PageImage(np.asarray(_on_white(opened), np.uint8), USUAL_DPI)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _on_white(image: Image.Image) -> Image.Image:
    """What is see-through shows paper."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        opaque = Image.new("RGBA", image.size, "white")
        opaque.alpha_composite(image.convert("RGBA"))
        return opaque.convert("RGB")
    return image.convert("RGB")
