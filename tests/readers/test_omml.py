"""Office equations as LaTeX, one construct after another."""

# ruff: noqa: RUF001 - mathematical letters are what is tested

import pytest
from lxml import etree

from octavo.adapters.readers.office.omml import to_latex
from octavo.adapters.readers.office.xml import NAMESPACES

_NAMESPACES = f'xmlns:m="{NAMESPACES["m"]}" xmlns:w="{NAMESPACES["w"]}"'


def latex(inside: str, around: str = "oMath") -> str:
    return to_latex(etree.fromstring(f"<m:{around} {_NAMESPACES}>{inside}</m:{around}>"))


def r(text: str, properties: str = "") -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<m:r>{f"<m:rPr>{properties}</m:rPr>" if properties else ""}<m:t xml:space="preserve">{escaped}</m:t></m:r>'


def part(name: str, *inside: str) -> str:
    return f"<m:{name}>{''.join(inside)}</m:{name}>"


def e(*inside: str) -> str:
    return part("e", *inside)


PLAIN = '<m:sty m:val="p"/>'
A, B, N, X = r("a"), r("b"), r("n"), r("x")
F = part("f", part("num", A), part("den", B))


def of_kind(name: str, setting: str, *inside: str) -> str:
    return part(name, part(f"{name}Pr", setting), *inside)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (r("αx+1"), r"\alpha x+1"),
        (r("a≤b"), r"a\leq b"),
        (r("x \u2013 y^2"), "x - y^2"),
        (r("50% {a} #_"), r"50\% \{a\} \#\_"),
        (r("a²"), "a^{2}"),
        (r("∀𝒙∈ℝ"), r"\forall\boldsymbol{x}\in\mathbb{R}"),
        (r("if ", "<m:nor/>") + X, r"\text{if }x"),
        (r("50 %", "<m:nor/>"), r"\text{50 \%}"),
        (r("d", PLAIN) + X, r"\mathrm{d}x"),
        (r("12", PLAIN), "12"),
        (r("L", '<m:scr m:val="script"/>'), r"\mathcal{L}"),
        (r("R", '<m:scr m:val="double-struck"/>'), r"\mathbb{R}"),
        (r("v", '<m:sty m:val="b"/>'), r"\mathbf{v}"),
        (r("v", '<m:sty m:val="bi"/>'), r"\boldsymbol{v}"),
        (r("Größe"), r"Gr\text{ö}\text{ß}e"),
    ],
)
def test_characters_and_styles_of_a_run(inside: str, expected: str) -> None:
    assert latex(inside) == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (F, r"\frac{a}{b}"),
        (of_kind("f", '<m:type m:val="lin"/>', part("num", A), part("den", B)), "a/b"),
        (of_kind("f", '<m:type m:val="skw"/>', part("num", A), part("den", B)), r"{}^{a}\!/_{b}"),
        (
            of_kind("f", '<m:type m:val="noBar"/>', part("num", A), part("den", B)),
            r"\genfrac{}{}{0pt}{}{a}{b}",
        ),
        (part("rad", part("deg"), e(X)), r"\sqrt{x}"),
        (of_kind("rad", '<m:degHide m:val="1"/>', part("deg"), e(X)), r"\sqrt{x}"),
        (part("rad", part("deg", r("3")), e(X)), r"\sqrt[3]{x}"),
        (part("sSup", e(X), part("sup", r("2"))), "x^{2}"),
        (part("sSub", e(r("ab")), part("sub", r("i"))), "{ab}_{i}"),
        (part("sSubSup", e(r("α")), part("sub", r("i")), part("sup", r("2"))), r"\alpha_{i}^{2}"),
        (part("sPre", part("sub", r("1")), part("sup", r("2")), e(X)), "{}_{1}^{2}x"),
        (part("sSup", e(F), part("sup", r("2"))), r"{\frac{a}{b}}^{2}"),
    ],
)
def test_fractions_radicals_and_scripts(inside: str, expected: str) -> None:
    assert latex(inside) == expected


@pytest.mark.parametrize(
    ("settings", "sub", "sup", "expected"),
    [
        ('<m:chr m:val="∑"/>', r("n=1"), r("∞"), r"\sum_{n=1}^{\infty}x"),
        ("", r("0"), r("1"), r"\int_{0}^{1}x"),
        ('<m:chr m:val="∑"/><m:limLoc m:val="undOvr"/>', r("i"), "", r"\sum_{i}x"),
        ('<m:chr m:val="∑"/><m:limLoc m:val="subSup"/>', r("i"), "", r"\sum\nolimits_{i}x"),
        ('<m:limLoc m:val="undOvr"/>', r("D"), "", r"\int\limits_{D}x"),
        ('<m:chr m:val="⋃"/><m:subHide m:val="1"/><m:supHide m:val="on"/>', "", "", r"\bigcup x"),
    ],
)
def test_n_ary_operators(settings: str, sub: str, sup: str, expected: str) -> None:
    assert latex(of_kind("nary", settings, part("sub", sub), part("sup", sup), e(X))) == expected


def matrix(*rows: str) -> str:
    return part("m", *(part("mr", *(e(r(cell)) for cell in row)) for row in rows))


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (part("d", e(X)), r"\left( x \right)"),
        (of_kind("d", '<m:begChr m:val="["/><m:endChr m:val="["/>', e(X)), r"\left[ x \right["),
        (
            of_kind("d", '<m:begChr m:val="⟨"/><m:endChr m:val="⟩"/>', e(A), e(B)),
            r"\left\langle a \middle| b \right\rangle",
        ),
        (of_kind("d", '<m:sepChr m:val=","/>', e(A), e(B)), r"\left( a,b \right)"),
        (of_kind("d", '<m:begChr m:val=""/><m:endChr m:val="|"/>', e(A)), r"\left. a \right|"),
        (of_kind("d", '<m:grow m:val="0"/>', e(A)), "(a)"),
        (
            part("d", e(of_kind("f", '<m:type m:val="noBar"/>', part("num", N), part("den", r("k"))))),
            r"\binom{n}{k}",
        ),
        (matrix("ab", "cd"), r"\begin{matrix} a & b \\ c & d \end{matrix}"),
        (part("d", e(matrix("ab"))), r"\begin{pmatrix} a & b \end{pmatrix}"),
        (
            of_kind("d", '<m:begChr m:val="|"/><m:endChr m:val="|"/>', e(matrix("a", "b"))),
            r"\begin{vmatrix} a \\ b \end{vmatrix}",
        ),
        (
            of_kind(
                "d",
                '<m:begChr m:val="{"/><m:endChr m:val=""/>',
                e(part("eqArr", e(r("1,&x>0")), e(r("0,&x<0")))),
            ),
            r"\begin{cases} 1,&x>0 \\ 0,&x<0 \end{cases}",
        ),
        (part("eqArr", e(r("a&=b")), e(r("c&=d"))), r"\begin{aligned} a&=b \\ c&=d \end{aligned}"),
    ],
)
def test_delimiters_matrices_and_arrays(inside: str, expected: str) -> None:
    assert latex(inside) == expected


def test_columns_of_a_matrix_that_are_not_centred_are_named() -> None:
    left = part("mPr", part("mcs", part("mc", part("mcPr", '<m:count m:val="2"/><m:mcJc m:val="left"/>'))))

    assert latex(part("m", left, part("mr", e(A), e(B)))) == r"\begin{array}{ll} a & b \end{array}"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (part("acc", e(X)), r"\hat{x}"),
        (of_kind("acc", '<m:chr m:val="\u20d7"/>', e(r("AB"))), r"\overrightarrow{AB}"),
        (of_kind("acc", '<m:chr m:val="\u0307"/>', e(r("θ"))), r"\dot{\theta}"),
        (of_kind("bar", '<m:pos m:val="top"/>', e(X)), r"\overline{x}"),
        (part("bar", e(X)), r"\underline{x}"),
        (part("groupChr", e(X)), r"\underbrace{x}"),
        (
            part(
                "limUpp",
                e(of_kind("groupChr", '<m:chr m:val="⏞"/><m:pos m:val="top"/>', e(X))),
                part("lim", N),
            ),
            r"\overbrace{x}^{n}",
        ),
        (of_kind("groupChr", '<m:chr m:val="→"/>', e(A)), r"\xrightarrow{a}"),
        (of_kind("groupChr", '<m:chr m:val="→"/><m:pos m:val="top"/>', e(A)), r"\xrightarrow[a]{}"),
        (part("borderBox", e(X)), r"\boxed{x}"),
        (
            of_kind(
                "borderBox",
                "<m:strikeBLTR/>"
                + "".join(f'<m:hide{side} m:val="1"/>' for side in ("Top", "Bot", "Left", "Right")),
                e(X),
            ),
            r"\cancel{x}",
        ),
        (part("box", e(X)), "x"),
        (of_kind("phant", '<m:show m:val="0"/>', e(X)), r"\phantom{x}"),
        (of_kind("phant", '<m:show m:val="0"/><m:zeroWid m:val="1"/>', e(X)), r"\vphantom{x}"),
    ],
)
def test_accents_bars_boxes_and_phantoms(inside: str, expected: str) -> None:
    assert latex(inside) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (r("sin", PLAIN), r"\sin x"),
        (r("rank", PLAIN), r"\operatorname{rank} x"),
        (r("f"), "f x"),
        (part("limLow", e(r("lim", PLAIN)), part("lim", r("n→∞"))), r"\lim_{n\rightarrow\infty} x"),
        (part("limLow", e(r("argmax", PLAIN)), part("lim", N)), r"\underset{n}{\mathrm{argmax}} x"),
        (part("sSup", e(r("cos", PLAIN)), part("sup", r("2"))), r"\cos^{2} x"),
    ],
)
def test_functions_and_limits(name: str, expected: str) -> None:
    assert latex(part("func", part("fName", name), e(X))) == expected


def test_a_limit_without_a_function_around_it_is_one() -> None:
    limit = part("limLow", e(r("lim")), part("lim", r("n→∞")))

    assert latex(limit) == r"\lim_{n\rightarrow\infty}"


def test_what_was_deleted_is_gone_and_what_was_inserted_is_there() -> None:
    assert latex(f"<w:ins>{A}</w:ins><w:del>{B}</w:del>") == "a"


def test_lines_that_were_broken_by_hand_stand_aligned() -> None:
    equals = "<m:r><m:rPr><m:aln/></m:rPr><m:t>=b</m:t><w:br/></m:r>"
    again = "<m:r><m:rPr><m:aln/></m:rPr><m:t>=c</m:t></m:r>"

    assert latex(A + equals + again) == r"\begin{aligned} a&=b \\ &=c \end{aligned}"
    assert latex("<m:r><m:rPr><m:aln/></m:rPr><m:t>b</m:t></m:r>") == "b"


def test_several_equations_of_one_paragraph_stand_under_one_another() -> None:
    two = part("oMath", A) + part("oMath", B)

    assert latex(two, "oMathPara") == r"\begin{gathered} a \\ b \end{gathered}"
    assert latex(part("oMath", A), "oMathPara") == "a"
    assert latex("", "oMathPara") == ""


def test_a_series_as_word_writes_it() -> None:
    inside = (
        r("f")
        + part("d", e(X))
        + r("=")
        + part("sSub", e(A), part("sub", r("0")))
        + r("+")
        + of_kind(
            "nary",
            '<m:chr m:val="∑"/>',
            part("sub", r("n=1")),
            part("sup", r("∞")),
            e(
                part(
                    "d",
                    e(
                        part("sSub", e(A), part("sub", N))
                        + part(
                            "func",
                            part("fName", r("cos", PLAIN)),
                            e(part("f", part("num", r("nπx")), part("den", r("L")))),
                        )
                    ),
                )
            ),
        )
    )

    assert latex(inside) == (
        r"f\left( x \right)=a_{0}+\sum_{n=1}^{\infty}\left( a_{n}\cos \frac{n\pi x}{L} \right)"
    )
