"""Formulas rebuilt from a text layer that TeX made, and from made glyphs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from octavo.adapters.readers.table import open_source
from octavo.domain.document import Block, BlockType, TextSource
from octavo.domain.drawing import Glyph
from octavo.domain.geometry import BBox, UprightTransform
from octavo.pipeline.formulas.rebuild import Rebuilt, rebuild
from octavo.pipeline.formulas.symbols import latex_of_glyph
from octavo.pipeline.formulas.write import with_latex
from octavo.pipeline.sight import Sight, sight_of
from octavo.ports.engines import PageImage
from octavo.ports.readers import LoadedPage, Reader

PDF = Path(__file__).parent / "formulas" / "formulas.pdf"
WHOLE = BBox(0, 0, 1, 1)
FORMULAS = [
    r"\frac{a+b}{c-d}",
    r"\sum_{i=1}^{n}x_{i}^{2}=\frac{n(n+1)(2n+1)}{6}",
    r"x=\frac{-b\pm\sqrt{b^{2}-4ac}}{2a}",
    r"\int_{0}^{\infty}e^{-x^{2}}dx=\frac{\sqrt{\pi}}{2}",
    r"\lim_{x\to0}\frac{\sin x}{x}=1",
    r"\alpha_{1}+\beta^{2}\leq\gamma",
    r"A_{ij}=\bar{z}",
    r"\prod_{k=1}^{N}\left(1-\frac{1}{k}\right)",
    r"e^{i\pi}+1=0",
    r"\frac{\partial u}{\partial t}=\nabla^{2}u",
    r"\|x\|_{2}=\sqrt{x_{1}^{2}+x_{2}^{2}}",
    r"P(A|B)=\frac{P(B|A)P(A)}{P(B)}",
    r"\max_{x\in X}f(x)\neq\hat{g}",
    r"\mathbb{R}^{n}\to\mathbb{C}",
    r"f(x)=\int_{\Sigma_{g}}\frac{1}{1+\frac{1}{x}}dx",
]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    opened = open_source(PDF, "application/pdf")
    yield opened
    opened.close()


def page(reader: Reader, number: int) -> LoadedPage:
    loaded = reader.load(number)
    assert isinstance(loaded, LoadedPage)
    return loaded


def read(reader: Reader, number: int) -> Rebuilt | None:
    loaded = page(reader, number)
    return rebuild(loaded.glyphs(WHOLE), loaded.paths(), loaded.width_pt, loaded.height_pt)


@pytest.mark.parametrize(("number", "latex"), list(enumerate(FORMULAS, start=1)))
def test_a_formula_of_tex_is_rebuilt(reader: Reader, number: int, latex: str) -> None:
    assert read(reader, number) == Rebuilt(latex, None)


def test_the_number_of_an_equation_is_no_part_of_it(reader: Reader) -> None:
    assert read(reader, 16) == Rebuilt("a^{2}+b^{2}=c^{2}", "(3.1)")


def test_lines_are_lined_up(reader: Reader) -> None:
    assert read(reader, 17) == Rebuilt(r"\begin{aligned}a&=b+c \\ &=d+e\end{aligned}", None)


def glyph(text: str, x: float, *, font: str = "CMMI10", unmapped: bool = False) -> Glyph:
    return Glyph(text, BBox(x, 0.5, x + 0.01, 0.51), x, 0.51, 10.0, font, unmapped)


def test_a_glyph_without_a_name_makes_no_formula() -> None:
    nameless = glyph("q", 0.14, font="Unheard", unmapped=True)

    assert latex_of_glyph(nameless) is None
    assert rebuild([glyph("a", 0.1), nameless], (), 600, 800) is None
    assert rebuild([], (), 600, 800) is None


@pytest.mark.parametrize(
    ("text", "font", "unmapped", "latex"),
    [
        ("Z", "CMEX10", True, r"\int"),
        ("\x12", "CMEX10", True, "("),
        ("6", "CMSY10", True, r"\not"),
        ("R", "MSBM10", False, r"\mathbb{R}"),
        ("L", "CMSY10", False, r"\mathcal{L}"),
        ("\u03b1", "CMMI10", False, r"\alpha"),
        ("\U0001d6fc", "CambriaMath", False, r"\alpha"),
        ("\U0001d465", "CambriaMath", False, "x"),
        ("\ue000", "CMMI10", False, None),
    ],
)
def test_glyphs_are_named_by_unicode_or_by_their_font(
    text: str, font: str, unmapped: bool, latex: str | None
) -> None:
    assert latex_of_glyph(glyph(text, 0.1, font=font, unmapped=unmapped)) == latex


def formula_block(box: BBox) -> Block:
    return Block("blk_1", BlockType.FORMULA, 1, box, 0, "x", TextSource.VERIFIED, 1.0, True)


def test_formula_blocks_get_their_latex(reader: Reader) -> None:
    loaded = page(reader, 9)
    sight = sight_of(loaded, UprightTransform())

    (block,) = with_latex((formula_block(WHOLE),), loaded.glyphs, sight, loaded.width_pt, loaded.height_pt)

    assert block.body == {"latex": "e^{i\\pi}+1=0", "display": True}


def test_a_formula_without_a_text_layer_says_that_its_latex_is_not_known() -> None:
    def blind(_: float) -> PageImage:
        raise AssertionError("nothing to look at")

    (block,) = with_latex((formula_block(WHOLE),), lambda _: (), Sight(blind, tuple), 600, 800)

    assert block.body == {"latex": None, "display": True}
