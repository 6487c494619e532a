"""What every engine test needs: prepared models, real pages, pages we set ourselves."""

from pathlib import Path

import numpy as np
import pytest
import reportlab
from PIL import Image, ImageDraw, ImageFont

from octavo.adapters.engines.models import MANIFEST, default_models_dir
from octavo.ports.engines import PageImage

VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


@pytest.fixture(scope="session")
def models_dir() -> Path:
    folder = default_models_dir()
    if not (folder / MANIFEST).is_file():
        pytest.skip("the reading models are not prepared; run make setup")
    return folder


@pytest.fixture(scope="session")
def real_pages() -> Path:
    folder = Path(__file__).parents[3] / "shared" / "data" / "dev"
    if not folder.is_dir():
        pytest.skip("the folder of real documents is not here")
    return folder


def open_page(path: Path, dpi: float = 200) -> PageImage:
    with Image.open(path) as picture:
        return PageImage(np.asarray(picture.convert("RGB")), dpi)


def set_page(
    lines: list[str],
    *,
    dpi: float = 200,
    points: float = 12,
    font: Path = VERA,
    size: tuple[int, int] = (1240, 900),
) -> tuple[PageImage, dict[str, tuple[int, int, int, int]]]:
    """A white page with these lines, and where the ink of each different word is, in pixels."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    face = ImageFont.truetype(str(font), round(points * dpi / 72))
    boxes: dict[str, tuple[int, int, int, int]] = {}
    for number, line in enumerate(lines):
        x, y = 90.0, 80 + number * points * dpi / 72 * 1.8
        for word in line.split(" "):
            draw.text((x, y), word, font=face, fill="black")
            boxes.setdefault(word, _ink_of(word, (x, y), face, size))
            x += draw.textlength(word + " ", font=face)
    return PageImage(np.asarray(picture), dpi), boxes


def _ink_of(
    word: str, at: tuple[float, float], face: ImageFont.FreeTypeFont, size: tuple[int, int]
) -> tuple[int, int, int, int]:
    """Measured on a page of its own, because a font's boxes hold side bearings."""
    alone = Image.new("L", size, 0)
    ImageDraw.Draw(alone).text(at, word, font=face, fill=255)
    box = alone.point(lambda grey: 255 if grey > 96 else 0).getbbox()
    assert box is not None
    return box


def text_of(lines: tuple[object, ...]) -> str:
    return "\n".join(str(getattr(line, "text", "")) for line in lines)
