"""The pieces a formula is put together from: glyphs with a name, bars, and what was already put together."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from octavo.domain.drawing import Glyph, Path
from octavo.pipeline.formulas.symbols import ACCENTS, BIG, FUNCTIONS, MATHS_FONT, latex_of_glyph

TALL = 1.3
"""Of the font size; a bracket of the line itself has 1.0."""
NEGATED = {"=": r"\neq", r"\in": r"\notin"}
OPENING = frozenset({"(", "[", r"\{", r"\langle", r"\lfloor", r"\lceil"})
CLOSING = frozenset({")", "]", r"\}", r"\rangle", r"\rfloor", r"\rceil"})
THINNEST_BAR = 2.0
"""Times as long as it is thick, at least."""


@dataclass(frozen=True, slots=True)
class Atom:
    """Something with a place on the page; points, origin top-left."""

    latex: str
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float
    """Of its font; of something put together, of its largest part."""
    is_letter: bool = False
    """Upright: part of a word."""

    @property
    def center_x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def center_y(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def is_big(self) -> bool:
        return self.latex in BIG


@dataclass(frozen=True, slots=True)
class Bar:
    x0: float
    x1: float
    y: float
    thickness: float


def atoms_of(glyphs: Iterable[Glyph], width_pt: float, height_pt: float) -> list[Atom] | None:
    """None where one of the glyphs has no name."""
    found: list[Atom] = []
    for glyph in glyphs:
        latex = latex_of_glyph(glyph)
        if latex is None:
            return None
        box = glyph.bbox
        is_upright = not MATHS_FONT.search(glyph.font)
        found.append(
            Atom(
                latex,
                box.x0 * width_pt,
                box.y0 * height_pt,
                box.x1 * width_pt,
                box.y1 * height_pt,
                glyph.baseline * height_pt,
                glyph.size_pt,
                is_letter=is_upright and latex.isalpha() and latex.isascii(),
            )
        )
    return found


def bars_of(paths: Iterable[Path], width_pt: float, height_pt: float) -> list[Bar]:
    """Level strokes and thin filled boxes."""
    found: list[Bar] = []
    for path in paths:
        box = path.bbox
        x0, x1 = box.x0 * width_pt, box.x1 * width_pt
        y0, y1 = box.y0 * height_pt, box.y1 * height_pt
        thickness = max(y1 - y0, path.width_pt if path.stroke else 0.0)
        if x1 - x0 >= THINNEST_BAR * max(thickness, 0.2) and thickness <= 2.0 and x1 - x0 >= 2.0:
            found.append(Bar(x0, x1, (y0 + y1) / 2, thickness))
    return found


def words_joined(atoms: list[Atom]) -> list[Atom]:
    r"""Upright letters side by side: `sin` becomes `\sin`, other words text, one letter stays roman.

    Limits below a word stand between its letters from left to right, and do not part them.
    """
    result = [atom for atom in atoms if not atom.is_letter]
    runs: list[list[Atom]] = []
    for atom in sorted((atom for atom in atoms if atom.is_letter), key=lambda atom: atom.x0):
        run = next((run for run in runs if _is_next(run[-1], atom)), None)
        if run is None:
            runs.append([atom])
        else:
            run.append(atom)
    return sorted([*result, *map(_word, runs)], key=lambda atom: (atom.x0, atom.y0))


def accented(atoms: list[Atom]) -> list[Atom]:
    """Accents put over what stands below them."""
    result = [atom for atom in atoms if atom.latex not in ACCENTS]
    for accent in (atom for atom in atoms if atom.latex in ACCENTS):
        reach = max(0.5 * accent.size, (accent.x1 - accent.x0) / 2)
        below = [
            atom
            for atom in result
            if abs(atom.center_x - accent.center_x) < reach
            and -0.2 * accent.size < atom.y0 - accent.y0 < accent.size
        ]
        if not below:
            result.append(accent)
            continue
        base = min(below, key=lambda atom: abs(atom.center_x - accent.center_x))
        whole = replace(
            base, latex=f"{accent.latex}{{{base.latex}}}", y0=min(base.y0, accent.y0), is_letter=False
        )
        result[next(at for at, atom in enumerate(result) if atom is base)] = whole
    return result


def _is_next(one: Atom, other: Atom) -> bool:
    near = other.x0 - one.x1 < 0.18 * one.size
    level = abs(one.baseline - other.baseline) < 0.1 * one.size
    return near and level and abs(one.size - other.size) < 0.1 * one.size


def _word(run: list[Atom]) -> Atom:
    text = "".join(atom.latex for atom in run)
    if text.lower() in FUNCTIONS and (text in FUNCTIONS or len(text) > 2):
        # In a picture, `o` and `O` of a name differ in size only.
        latex = "\\" + (text if text in FUNCTIONS else text.lower())
    elif len(text) == 1:
        latex = f"\\mathrm{{{text}}}"
    else:
        latex = f"\\text{{{text}}}"
    return replace(around(run), latex=latex, baseline=run[0].baseline, size=run[0].size)


def around(atoms: list[Atom], latex: str = "") -> Atom:
    """One atom in the place of several."""
    return Atom(
        latex,
        min(atom.x0 for atom in atoms),
        min(atom.y0 for atom in atoms),
        max(atom.x1 for atom in atoms),
        max(atom.y1 for atom in atoms),
        max(atoms, key=lambda atom: atom.size).baseline,
        max(atom.size for atom in atoms),
    )


def negated(atoms: list[Atom]) -> list[Atom]:
    """The stroke through a sign joined with the sign."""
    result = [atom for atom in atoms if atom.latex != r"\not"]
    for stroke in (atom for atom in atoms if atom.latex == r"\not"):
        struck = [atom for atom in result if _overlap(stroke, atom) > 0.4 * min(_width(stroke), _width(atom))]
        if not struck:
            result.append(stroke)
            continue
        sign = min(struck, key=lambda atom: abs(atom.center_x - stroke.center_x))
        whole = replace(sign, latex=NEGATED.get(sign.latex, rf"\not{sign.latex}"))
        result[next(at for at, atom in enumerate(result) if atom is sign)] = whole
    return result


def _overlap(one: Atom, other: Atom) -> float:
    level = min(one.y1, other.y1) > max(one.y0, other.y0)
    return min(one.x1, other.x1) - max(one.x0, other.x0) if level else 0.0


def _width(atom: Atom) -> float:
    return max(0.1, atom.x1 - atom.x0)


def stretched(atoms: list[Atom], size: float) -> list[Atom]:
    r"""`\left` and `\right` at delimiters taller than a line; only where each has its partner.

    Args:
        atoms: Of one row, from left to right.
        size: Of the row's font, points.
    """
    tall = [at for at, atom in enumerate(atoms) if atom.y1 - atom.y0 > TALL * size]
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at in tall:
        latex = atoms[at].latex
        if latex in OPENING:
            opened.append(at)
        elif latex in CLOSING and opened:
            pairs.append((opened.pop(), at))
    result = list(atoms)
    for first, last in pairs:
        result[first] = replace(atoms[first], latex=rf"\left{atoms[first].latex}")
        result[last] = replace(atoms[last], latex=rf"\right{atoms[last].latex}")
    return result


_COMMAND_END = re.compile(r"\\[A-Za-z]+$")


def concatenated(parts: Iterable[str]) -> str:
    """With a space where a command would run into a letter."""
    text = ""
    for part in parts:
        if part and text and _COMMAND_END.search(text) and part[0].isalpha():
            text += " "
        text += part
    return text
