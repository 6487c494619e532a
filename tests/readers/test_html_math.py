"""MathML as LaTeX, one construct after another."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from octavo.adapters.readers.html.mathml import bare, to_latex


def latex(inside: str) -> str:
    node = LexborHTMLParser(f"<math>{inside}</math>").css_first("math")
    assert node is not None
    return to_latex(node)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<mi>x</mi><mo>=</mo><mn>2</mn>", "x=2"),
        ("<mi>&alpha;</mi><mi>x</mi>", r"\alpha x"),
        ("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>", r"\sin x"),
        ("<mi>rank</mi><mo>&#x2061;</mo><mi>A</mi>", r"\operatorname{rank}A"),
        ("<mi>speed</mi>", r"\mathrm{speed}"),
        ("<mi mathvariant='normal'>d</mi><mi mathvariant='double-struck'>R</mi>", r"\mathrm{d}\mathbb{R}"),
        ("<mi>a</mi><mo>&it;</mo><mi>b</mi>", "ab"),
        ("<mtext>if 5% </mtext><mi>x</mi>", r"\text{if 5\% }x"),
        ("<ms>s</ms><mspace width='1em'/><mi>x</mi>", r"\text{“s”}\quad x"),
        ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", r"\frac{a}{b+1}"),
        ("<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>", r"\genfrac{}{}{0pt}{}{n}{k}"),
        ("<mfrac bevelled='true'><mi>a</mi><mi>b</mi></mfrac>", "a/b"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", r"\sqrt{x+1}"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", r"\sqrt[3]{x}"),
        ("<msub><mi>x</mi><mi>i</mi></msub>", "x_{i}"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_{i}^{2}"),
        ("<msup><mi>f</mi><mo>&prime;</mo></msup>", "f'"),
        ("<msup><mrow><mi>a</mi><mi>b</mi></mrow><mn>2</mn></msup>", "{ab}^{2}"),
        ("<munderover><mo>&sum;</mo><mi>i</mi><mi>n</mi></munderover><mi>x</mi>", r"\sum_{i}^{n}x"),
        ("<munder><mi>lim</mi><mi>x</mi></munder>", r"\lim_{x}"),
        ("<mover accent='true'><mi>x</mi><mo>&#x5E;</mo></mover>", r"\hat{x}"),
        ("<mover><mrow><mi>A</mi><mi>B</mi></mrow><mo>&#xAF;</mo></mover>", r"\overline{AB}"),
        ("<munder><mi>x</mi><mo>&#x23DF;</mo></munder>", r"\underbrace{x}"),
        ("<mover><mo>=</mo><mtext>def</mtext></mover>", r"\overset{\text{def}}{=}"),
        (
            "<mmultiscripts><mi>C</mi><mn>1</mn><none/><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>",
            "{}_{6}^{14}C_{1}",
        ),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", r"\left( a,b \right)"),
        ("<mfenced open='[' close='' separators='|'><mi>a</mi><mi>b</mi></mfenced>", r"\left[ a|b \right."),
        (
            "<mrow><mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr></mtable><mo>)</mo></mrow>",
            r"\left( \begin{matrix} 1 & 0 \end{matrix} \right)",
        ),
        (
            "<mrow><mo>{</mo><mtable><mtr><mtd><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr></mtable></mrow>",
            r"\left\{ \begin{matrix} a \\ b \end{matrix} \right.",
        ),
        ("<menclose notation='box'><mi>x</mi></menclose>", r"\boxed{x}"),
        ("<menclose notation='updiagonalstrike downdiagonalstrike'><mi>x</mi></menclose>", r"\xcancel{x}"),
        ("<mphantom><mi>x</mi></mphantom>", r"\phantom{x}"),
        ("<mstyle><mi>x</mi></mstyle><maction><mi>a</mi><mi>b</mi></maction>", "xa"),
        ("<semantics><mi>x</mi><annotation encoding='application/x-tex'>x_1</annotation></semantics>", "x_1"),
        ("<semantics><mi>x</mi><annotation encoding='text/plain'>ex</annotation></semantics>", "x"),
        ("", ""),
    ],
)
def test_a_construct_as_latex(inside: str, expected: str) -> None:
    assert latex(inside) == expected


def test_the_bare_characters_are_without_annotations() -> None:
    node = LexborHTMLParser(
        "<math><semantics><mrow> <mi>x</mi> <mn>2</mn> </mrow><annotation>x^2</annotation></semantics></math>"
    ).css_first("math")

    assert node is not None
    assert bare(node) == "x2"
