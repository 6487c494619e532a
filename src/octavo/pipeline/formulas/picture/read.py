"""From a picture of one formula to LaTeX.  Start reading here.

Ink is cut into pieces, pieces are named by the network, look-alikes told apart by the size of the
font, and what comes of it goes the way of a text layer's glyphs. Where a symbol stays doubtful
there is no formula.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from octavo.pipeline.formulas.atoms import Atom, Bar
from octavo.pipeline.formulas.picture.crops import boxed
from octavo.pipeline.formulas.picture.parts import (
    Piece,
    Root,
    pieces_of,
    stacks,
    union,
    with_enclosed,
    without_roots,
)
from octavo.pipeline.formulas.picture.sizes import (
    BRACKETS,
    SIGNS,
    Guess,
    Measures,
    chosen,
    main_size,
    step_of_height,
    step_of_width,
)
from octavo.pipeline.formulas.rebuild import Rebuilt, put_together
from octavo.pipeline.ink import to_gray
from octavo.ports.engines import PageImage, SymbolNamer

LEAST_CHANCE = 0.2
"""Of every symbol."""
SURE_MEAN = 0.8
"""Of all symbols of a formula that is believed."""
LEAST_MEAN = 0.65
"""Of one that may be a formula, whatever it says."""
STACKED = 0.6
"""Of a symbol of several parts, to be taken for one."""
CANDIDATES = 6
DOT = 0.19
"""Of the font size; a comma is 0.3 high, a bullet 0.4."""
ROMAN = "rm:"
SEVERAL = frozenset(
    {
        *("i", "j", "rm:i", "rm:j", "=", ":", ";", "!", "?", r"\%", r"\leq", r"\geq", r"\equiv", r"\simeq"),
        *(
            r"\approx",
            r"\cong",
            r"\div",
            r"\Xi",
            r"\subseteq",
            r"\supseteq",
            r"\pm",
            r"\mp",
            r"\vdots",
            r"\ddots",
        ),
    }
)
"""Symbols whose parts stand above each other."""
_PLACED = frozenset({".", r"\cdot", ","})
_MEANT = {r"\prime": "'", r"\mid": "|", r"\parallel": r"\|", r"\ast": "*"}


@dataclass(frozen=True, slots=True)
class Seen:
    rebuilt: Rebuilt
    confidence: float
    """Mean over its symbols."""
    symbols: int
    is_sure: bool
    """Else it is a formula at best, and what it says is not known."""


@dataclass(frozen=True, slots=True)
class _Named:
    piece: Piece
    guesses: tuple[Guess, ...]


def read_formula(image: PageImage, namer: SymbolNamer) -> Seen | None:
    """The one formula in the picture; None where there is none to be made out."""
    pieces = pieces_of(to_gray(image))
    if not pieces:
        return None
    rest, roots = without_roots(pieces)
    named = _with_stacks(_named(with_enclosed(rest), namer), namer)
    size = main_size([(entry.guesses, entry.piece.height) for entry in named], namer.measures)
    if size is None:
        return None
    atoms, bars, chances = _atoms(named, size, namer.measures)
    for root in roots:
        atoms.append(_sign(root, size))
        bars.append(Bar(root.bar_x0, root.bar_x1, root.bar_y, 1.0))
    mean = sum(chances) / len(chances) if chances else 0.0
    rebuilt = put_together(atoms, bars) if mean >= LEAST_MEAN else None
    if rebuilt is None:
        return None
    is_sure = min(chances) >= LEAST_CHANCE and mean >= SURE_MEAN
    return Seen(rebuilt, round(mean, 4), len(atoms), is_sure)


def _named(pieces: Sequence[Piece], namer: SymbolNamer) -> list[_Named]:
    if not pieces:
        return []
    shown = np.stack([boxed(piece.ink) for piece in pieces])[:, None] / np.float32(255)
    chances = namer.chances(np.asarray(shown, np.float32))
    likeliest = np.argsort(-chances, axis=1)[:, :CANDIDATES]
    return [
        _Named(piece, tuple(Guess(namer.labels[label], float(row[label])) for label in best))
        for piece, row, best in zip(pieces, chances, likeliest, strict=True)
    ]


def _with_stacks(named: list[_Named], namer: SymbolNamer) -> list[_Named]:
    """Parts above each other are one symbol where the network says so more surely than of the parts."""
    groups = stacks([entry.piece for entry in named])
    wholes = _named([union(group) for group in groups], namer)
    result = list(named)
    for group, whole in zip(groups, wholes, strict=True):
        best = whole.guesses[0]
        is_there = all(any(entry.piece is part for entry in result) for part in group)
        if is_there and best.label in SEVERAL and best.chance >= STACKED:
            result = [entry for entry in result if not any(entry.piece is part for part in group)]
            result.append(whole)
    return result


def _atoms(named: list[_Named], size: float, measures: Measures) -> tuple[list[Atom], list[Bar], list[float]]:
    """Symbols as atoms, flat pieces with something above or below them as bars."""
    atoms: list[Atom] = []
    bars: list[Bar] = []
    chances: list[float] = []
    for entry in named:
        piece = entry.piece
        if piece.is_flat and _may_divide(entry, size) and _divides(entry, named, size):
            bars.append(Bar(piece.x0, piece.x1, piece.center_y, float(piece.height)))
            continue
        if _is_dot(piece, size):
            atoms.append(_atom(piece, ".", size, measures))
            continue
        guess, own_size = chosen(entry.guesses, piece.height, size, measures)
        if guess.label in SIGNS:
            own_size = step_of_width(piece.width, size)
        elif guess.label in BRACKETS:
            own_size = step_of_height(guess.label, piece.height, size, measures)
        chances.append(_together(entry.guesses, guess))
        atoms.append(_atom(piece, guess.label, own_size, measures))
    return _with_dots(atoms, size), bars, chances


def _is_dot(piece: Piece, size: float) -> bool:
    """Small and round: the network sees no size, and a dot enlarged is any blob."""
    small = max(piece.width, piece.height) <= DOT * size
    return small and piece.width <= 1.7 * piece.height and piece.height <= 1.7 * piece.width


def _may_divide(entry: _Named, size: float) -> bool:
    """A bar is long, or looks like a minus; a tilde does not."""
    likeliest = entry.guesses[0]
    return entry.piece.width > 1.2 * size or likeliest.label == "-" or likeliest.chance < 0.3


def _together(guesses: Sequence[Guess], best: Guess) -> float:
    """Look-alikes in another size or slant share their chances."""
    shape = best.label.removeprefix(ROMAN).lower()
    return sum(guess.chance for guess in guesses if guess.label.removeprefix(ROMAN).lower() == shape)


def _divides(entry: _Named, named: list[_Named], size: float) -> bool:
    """A fraction has ink near on both sides; an overline has it close below, and is as wide."""
    bar = entry.piece
    over = [
        other.piece
        for other in named
        if other is not entry and bar.x0 - 0.1 * size <= other.piece.center_x <= bar.x1 + 0.1 * size
    ]
    above = [piece for piece in over if piece.y1 <= bar.y0 + 1 and bar.y0 - piece.y1 < 0.6 * size]
    below = [piece for piece in over if piece.y0 >= bar.y1 - 1 and piece.y0 - bar.y1 < 0.6 * size]
    if above and below:
        return True
    is_high = bool(below) and all(piece.y0 - bar.y1 < 0.3 * size for piece in below)
    return is_high and bar.width > 0.2 * size


def _atom(piece: Piece, label: str, size: float, measures: Measures) -> Atom:
    below = measures.get(label, (0.0, 0.0))[1]
    is_letter = label.startswith(ROMAN)
    latex = label.removeprefix(ROMAN)
    baseline = piece.y1 - below * size
    return Atom(
        _MEANT.get(latex, latex),
        float(piece.x0),
        float(piece.y0),
        float(piece.x1),
        float(piece.y1),
        baseline,
        size,
        is_letter=is_letter,
    )


def _sign(root: Root, size: float) -> Atom:
    sign = root.sign
    return Atom(
        r"\sqrt",
        float(sign.x0),
        root.bar_y,
        float(sign.x1),
        float(sign.y1),
        float(sign.y1),
        size,
        is_letter=False,
    )


def _with_dots(atoms: list[Atom], size: float) -> list[Atom]:
    """Dots and commas by their place: on a baseline, on its axis, or over a letter."""
    plain = [atom for atom in atoms if atom.latex not in _PLACED]
    return [_placed(atom, plain, size) if atom.latex in _PLACED else atom for atom in atoms]


def _placed(atom: Atom, others: list[Atom], size: float) -> Atom:
    near = [other for other in others if abs(other.center_x - atom.center_x) < 2.5 * size]
    below = [
        other
        for other in near
        if abs(other.center_x - atom.center_x) < 0.3 * size and 0 < other.y0 - atom.y1 < 0.35 * size
    ]
    if atom.latex != "," and below:
        return replace(atom, latex=r"\dot", size=below[0].size, baseline=below[0].baseline)
    near.sort(key=lambda other: abs(other.center_x - atom.center_x))
    foot = atom.y1 - (0.19 * size if atom.latex == "," else 0.0)
    for other in near:
        if abs(other.baseline - foot) < 0.12 * other.size:
            return replace(
                atom, latex="," if atom.latex == "," else ".", size=other.size, baseline=other.baseline
            )
    for other in near:
        if atom.latex != "," and abs(other.baseline - 0.25 * other.size - atom.center_y) < 0.12 * other.size:
            return replace(atom, latex=r"\cdot", size=other.size, baseline=other.baseline)
    return atom
