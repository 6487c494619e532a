# ruff: noqa: RUF001, SIM905 -- signs of many scripts; the same draws every time
"""How one generated document is set: drawn once, the same on all its pages."""

import random
from dataclasses import dataclass
from typing import Any

from tools.layout_training.figures import picture_url
from tools.layout_training.wording import Writer

SERIF = (
    "Liberation Serif|DejaVu Serif|EB Garamond|Linux Libertine O|Latin Modern Roman|Caladea|TeX Gyre Pagella|"
    "TeX Gyre Termes|TeX Gyre Schola|TeX Gyre Bonum|CMU Serif|Charis SIL|Gentium|Junicode|Old Standard TT|"
    "Noto Serif|GFS Didot|Nimbus Roman|C059|P052"
).split("|")
SANS = (
    "Liberation Sans|DejaVu Sans|Lato|Roboto|Open Sans|Carlito|Cantarell|Inter|Noto Sans|Nimbus Sans|"
    "TeX Gyre Heros|Liberation Sans Narrow|URW Gothic|DejaVu Sans Condensed|Linux Biolinum O|CMU Sans Serif"
).split("|")
MONO = "Liberation Mono|DejaVu Sans Mono|Latin Modern Mono|Fira Code|Inconsolata|Courier Prime|Nimbus Mono PS".split(
    "|"
)
STAND_IN = "\u25b0"
"""Stands where a private letter will: no font here draws those, and Chromium drops what it cannot draw."""
TYPEWRITTEN = 0.05
"""Of the documents: a fixed pitch makes no listing of them."""
PAPER = ((794, 1123), (816, 1056), (560, 794), (665, 945), (816, 1344), (700, 1000))
"""CSS pixels: A4, letter, A5, B5, legal, a book."""
DARK = ("#1a3c6e", "#7a1f1f", "#1f5f3a", "#444444", "#0a6ebd", "#5a2a7a", "#b34700", "#000000")


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes in CSS pixels unless a unit is said."""

    width: int
    height: int
    margin: tuple[int, int, int, int]
    """Top, right, bottom, left."""
    columns: int
    gap: int
    body: str
    head: str
    mono: str
    size: float
    leading: float
    indent: float
    """Of a first line, in em; 0 where paragraphs are parted by white."""
    spacing: float
    """Between paragraphs, in em."""
    align: str
    colour: str
    numbering: int
    """0 none, 1 `1.2`, 2 `1.2.`, 3 letters and Roman numbers, 4 `(1)`, 5 `Chapter 1`."""
    h_ratio: float
    """How much larger a heading of one level is than the next."""
    h_weight: str
    h_style: str
    h_case: str
    h_align: str
    h_extra: str
    h_above: float
    h_below: float
    caption: str
    caption_above: bool
    caption_mark: str
    small: float
    """Size of footnotes and the like, times the body's."""
    footnote_rule: bool
    bullet: str
    list_gap: float
    list_indent: float
    list_number: str
    table: str
    code: str
    callout: str
    seed: int


def any_style(rng: random.Random, writer: Writer, *, columns: int | None = None) -> Style:
    """Letters of a script come from a font that has them."""
    fonts = writer.language.font.split("|") if writer.language.font else rng.choice((SERIF, SERIF, SANS))
    if not writer.language.font and rng.random() < TYPEWRITTEN:
        fonts = MONO
    body = rng.choice(fonts)
    head = body if rng.random() < 0.6 or writer.language.font else rng.choice(SANS)
    width, height = rng.choices(PAPER, (5, 4, 1, 1, 0.4, 1))[0]
    side = rng.uniform(0.06, 0.17)
    size = rng.triangular(10, 18, 13.3) * (0.85 if width < 600 else 1)
    is_dense = (columns or 1) > 1
    is_indented = rng.random() < 0.45
    return Style(
        width=width,
        height=height,
        margin=(
            int(height * rng.uniform(0.06, 0.13)),
            int(width * side * (0.75 if is_dense else 1)),
            int(height * rng.uniform(0.07, 0.14)),
            int(width * side * (0.75 if is_dense else rng.choice((1, 1, 1.4, 2)))),
        ),
        columns=columns or rng.choices((1, 2, 3), (6, 3, 0.6))[0],
        gap=rng.randint(14, 36),
        body=body,
        head=head,
        mono=rng.choice(MONO),
        size=size * (0.85 if is_dense else 1),
        leading=rng.triangular(1.08, 1.9, 1.25),
        indent=rng.uniform(0.8, 2.5) if is_indented else 0.0,
        spacing=rng.choice((0, 0, 0.3)) if is_indented else rng.triangular(0.15, 1.6, 0.6),
        align=rng.choice(("justify", "justify", "left")),
        colour=rng.choice(DARK),
        **_heading_looks(rng),
        **_detail_looks(rng),
        seed=rng.randrange(1 << 30),
    )


def _heading_looks(rng: random.Random) -> dict[str, Any]:
    """The fields of `Style` for headings."""
    return {
        "numbering": rng.choices((0, 1, 2, 3, 4, 5), (9, 6, 3, 1, 1, 1))[0],
        "h_ratio": rng.choice((1.0, 1.0, rng.uniform(1.05, 1.2), rng.uniform(1.1, 1.4))),
        "h_weight": rng.choices(("700", "400", "600"), (8, 2.5, 1))[0],
        "h_style": rng.choices(("normal", "italic"), (10, 1))[0],
        "h_case": rng.choices(("none", "uppercase", "small-caps"), (9, 1.5, 0.7))[0],
        "h_align": rng.choices(("left", "center"), (8, 1.5))[0],
        "h_extra": rng.choices(
            (
                "",
                "border-bottom:1px solid #555",
                "background:#ddd;padding:2px 6px",
                "text-decoration:underline",
                f"background:url({picture_url(rng, pale=True)});background-size:100% 100%;padding:.3em .5em",
            ),
            (14, 1.5, 1, 1, 1),
        )[0],
        "h_above": rng.triangular(0.3, 2.6, 1.2),
        "h_below": rng.triangular(0.05, 1.3, 0.45),
    }


def _detail_looks(rng: random.Random) -> dict[str, Any]:
    """The fields of `Style` for all that is neither text nor heading."""
    return {
        "caption": _caption_css(rng),
        "caption_above": rng.random() < 0.5,
        "caption_mark": rng.choice((":", ".", " |", " –", "", ")")),
        "small": rng.uniform(0.72, 0.92),
        "footnote_rule": rng.random() < 0.6,
        "bullet": rng.choice("•••••••••••••–▪◦■►*-●○➢·✓◆»→qlnuØü§" + 8 * STAND_IN),
        "list_gap": rng.choice((0, 0, 0.2, 0.5, 0.9)),
        "list_indent": rng.choice((0, 0, 1, 1.5, 2.5)),
        "list_number": rng.choice(("1.", "1)", "(1)", "a)", "(a)", "a.", "i.", "[1]", "(i)", "1")),
        "table": rng.choice(("ruled", "booktabs", "plain", "zebra", "horizontal", "head", "framed")),
        "code": rng.choice(
            (
                "",
                "background:#f2f2f2",
                "border:1px solid #888",
                "background:#272822;color:#eee",
                "border-left:3px solid #999",
            )
        ),
        "callout": rng.choice(
            (
                "background:#e8f0fa",
                "border:1px solid #666",
                "border-left:4px solid #d80",
                "background:#fff3cd;border:1px solid #ca3",
                "border-top:1px solid;border-bottom:1px solid",
                "",
                f"background:url({picture_url(rng, pale=True)});background-size:100% 100%",
            )
        ),
    }


def _caption_css(rng: random.Random) -> str:
    size = rng.choice((0.8, 0.85, 0.9, 1.0, 1.0))
    weight = rng.choice(("400", "400", "400", "700"))
    slant = rng.choice(("normal", "normal", "italic"))
    align = rng.choice(("left", "center", "justify"))
    return f"font-size:{size}em;font-weight:{weight};font-style:{slant};text-align:{align}"


def css(style: Style, *, from_right: bool) -> str:
    """The sheet of a document; classes are named in `elements`."""
    return f"""
@page {{ size: {style.width}px {style.height}px; margin: 0 }}
* {{ box-sizing: border-box }}
body {{ margin: 0; direction: {"rtl" if from_right else "ltr"} }}
.page {{ position: relative; width: {style.width}px; height: {style.height}px; overflow: hidden;
  page-break-after: always; font: {style.size:.2f}px/{style.leading:.3f} "{style.body}"; }}
.flow {{ position: absolute; overflow: hidden; column-gap: {style.gap}px; column-fill: auto }}
p {{ margin: 0 0 {style.spacing:.2f}em; text-indent: {style.indent:.2f}em; text-align: {style.align}; hyphens: auto }}
.h + p, p.first, .box p, td p {{ text-indent: 0 }}
.h {{ font-family: "{style.head}"; font-weight: {style.h_weight}; font-style: {style.h_style};
  text-align: {style.h_align}; margin: {style.h_above:.2f}em 0 {style.h_below:.2f}em; break-after: avoid;
  {"font-variant: small-caps" if style.h_case == "small-caps" else f"text-transform: {style.h_case}"};
  {style.h_extra}; line-height: 1.2 }}
.cap {{ {style.caption}; margin: .4em 0 1em; line-height: 1.25 }}
.fn {{ font-size: {style.small:.2f}em; line-height: 1.2; margin: 0 0 .15em; text-align: {style.align} }}
.li {{ text-align: {style.align}; margin-bottom: {style.list_gap}em }}
.mk {{ display: inline-block; text-indent: 0 }}
pre {{ font-family: "{style.mono}"; font-size: {0.85 if style.seed % 3 else 0.78}em; line-height: 1.25; margin: .7em 0;
  padding: .5em; white-space: pre; overflow: hidden; {style.code} }}
code {{ font-family: "{style.mono}"; font-size: .9em }}
.box {{ padding: .6em .8em; margin: .8em 0; {style.callout} }}
.fig {{ margin: .8em 0; text-align: center; break-inside: avoid }}
table {{ border-collapse: collapse; margin: .5em auto; font-size: {style.small:.2f}em; line-height: 1.25; break-inside: avoid }}
td, th {{ padding: 2px 7px; vertical-align: top; text-align: start }}
math {{ font-size: 1.05em }}
"""
