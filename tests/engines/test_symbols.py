"""The network that names symbols, and formulas read from pictures."""

from pathlib import Path

import numpy as np
import pytest

from octavo.adapters.engines.symbols import namer as module
from octavo.adapters.engines.symbols.namer import OnnxNamer, load_namer
from octavo.adapters.readers.table import open_source
from octavo.domain.document import BlockType, Line, Origin, ReadPage, Word
from octavo.domain.errors import EngineUnavailable
from octavo.domain.geometry import BBox
from octavo.pipeline.formulas.find import find_formula
from octavo.pipeline.formulas.picture.read import read_formula
from octavo.pipeline.sight import Sight
from octavo.ports.engines import PageImage
from octavo.ports.readers import LoadedPage

PDF = Path(__file__).parents[1] / "pipeline" / "formulas" / "formulas.pdf"
PICTURED = {
    1: r"\frac{a+b}{c-d}",
    2: r"\sum_{i=1}^{n}x_{i}^{2}=\frac{n(n+1)(2n+1)}{6}",
    6: r"\alpha_{1}+\beta^{2}\leq\gamma",
    8: r"\prod_{k=1}^{N}\left(1-\frac{1}{k}\right)",
    9: r"e^{i\pi}+1=0",
    14: r"\mathbb{R}^{n}\to\mathbb{C}",
}


@pytest.fixture(scope="module")
def named() -> OnnxNamer:
    return load_namer()


def picture(number: int, dpi: float = 220) -> PageImage:
    """The formula on that page and the white around it."""
    reader = open_source(PDF, "application/pdf")
    try:
        page = reader.load(number)
        assert isinstance(page, LoadedPage)
        image = page.render(dpi)
    finally:
        reader.close()
    inked = np.argwhere(image.pixels.min(axis=2) < 128)
    (top, left), (bottom, right) = inked.min(axis=0), inked.max(axis=0)
    return PageImage(image.pixels[top - 8 : bottom + 9, left - 8 : right + 9], dpi)


@pytest.mark.parametrize("number", sorted(PICTURED))
def test_a_formula_is_read_from_its_picture(named: OnnxNamer, number: int) -> None:
    seen = read_formula(picture(number), named)

    assert seen is not None
    assert seen.rebuilt.latex == PICTURED[number]
    assert seen.confidence > 0.75


def test_noise_is_no_formula(named: OnnxNamer) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (120, 300, 3)).astype(np.uint8)

    assert read_formula(PageImage(noise, 200), named) is None
    assert read_formula(PageImage(np.full((50, 50, 3), 255, np.uint8), 200), named) is None


def scanned(image: PageImage, *texts: str) -> tuple[ReadPage, Sight]:
    box = BBox(0.1, 0.1, 0.9, 0.9)
    lines = tuple(Line((Word(text, box, 0.5, Origin.OCR),), box) for text in texts)
    page = ReadPage(1, 200.0, 50.0, lines, engine="paper")
    return page, Sight(lambda _: image, tuple)


def test_a_picture_that_is_one_formula_becomes_a_formula(named: OnnxNamer) -> None:
    page, sight = scanned(picture(9), "ein+1=0")

    (found,) = find_formula(page, sight, named)

    assert found.type is BlockType.FORMULA
    assert found.body == {"latex": PICTURED[9], "display": True}
    assert found.lines == page.lines
    # Numbers of numpy cannot be stored.
    assert {type(side) for side in (found.bbox.x0, found.bbox.y0, found.bbox.x1, found.bbox.y1)} == {float}


def test_pages_of_text_and_digital_pages_are_not_looked_at(named: OnnxNamer) -> None:
    page, sight = scanned(picture(9), *["a line of text"] * 20)
    digital = ReadPage(1, 200.0, 50.0, page.lines[:1])

    assert find_formula(page, sight, named) == ()
    assert find_formula(digital, sight, named) == ()


def test_a_damaged_network_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "symbols.onnx"
    damaged.write_bytes(b"not the network")
    monkeypatch.setattr(module, "FILE", damaged)
    load_namer.cache_clear()
    try:
        with pytest.raises(EngineUnavailable, match="install Octavo again"):
            load_namer()
    finally:
        load_namer.cache_clear()


def test_every_label_has_its_measures(named: OnnxNamer) -> None:
    assert set(named.measures) <= set(named.labels)
    assert {"x", "rm:x", r"\alpha", r"\sum", "="} <= set(named.labels)
    assert named.measures["x"][0] == pytest.approx(0.44, abs=0.03), "the height of an x in Computer Modern"
