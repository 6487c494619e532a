"""How large a formula's font is, and which of several look-alikes a symbol is, told by that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

Measures = Mapping[str, tuple[float, float]]
"""Of each symbol: its ink above and below the baseline, in font sizes."""

STEPS = (1.0, 0.7, 0.5)
"""Font sizes of a formula: its rows, their scripts, the scripts of those."""
TIGHT = 0.09
"""How far, as a logarithm, a size may be from its step before it counts against a symbol."""
UNMEASURED = frozenset(
    {
        "-",
        ".",
        ",",
        r"\cdot",
        "|",
        "/",
        "(",
        ")",
        "[",
        "]",
        r"\{",
        r"\}",
        r"\langle",
        r"\rangle",
        r"\prime",
        ":",
        "=",
    }
)
"""Flat, tiny, or of any height: they say nothing of the font's size."""
LEAST_HEIGHT = 0.15
SIGN_WIDTH = 0.66
"""Font sizes."""
RARE = (0.0, 0.6, 1.2)
"""How much less is expected of each step, as a logarithm."""
SIGNS = frozenset({"-", "="})
BRACKETS = frozenset({"|", "/", "(", ")", "[", "]", r"\{", r"\}", r"\langle", r"\rangle"})


@dataclass(frozen=True, slots=True)
class Guess:
    label: str
    chance: float


def implied(label: str, height: float, measures: Measures) -> float | None:
    """The font size in which the symbol is so many pixels high; None where that cannot be told."""
    if label in UNMEASURED or label not in measures:
        return None
    tall = sum(measures[label])
    return height / tall if tall >= LEAST_HEIGHT else None


def main_size(guesses: Sequence[tuple[Sequence[Guess], float]], measures: Measures) -> float | None:
    """The font size of the formula's rows, pixels: the one that explains most symbols, by its steps.

    Args:
        guesses: Of each symbol, the likeliest names first, and its height in pixels.
        measures: See `Measures`.
    """
    known = [
        size
        for named, height in guesses
        if named and named[0].chance > 0.6 and (size := implied(named[0].label, height, measures))
    ]
    if not known:
        return None
    return max(known, key=lambda size: (_explained(size, known), size))


def _explained(size: float, known: list[float]) -> float:
    """Rows count most: a formula is not all scripts."""
    return sum(
        weight
        for other in known
        for step, weight in zip(STEPS, (1.0, 0.9, 0.6), strict=True)
        if abs(log(other / (step * size))) < 1.2 * TIGHT
    )


def chosen(named: Sequence[Guess], height: float, size: float, measures: Measures) -> tuple[Guess, float]:
    """The name that fits best with its font size, pixels."""
    best = max(named, key=lambda guess: log(max(guess.chance, 1e-6)) - _misfit(guess, height, size, measures))
    return best, _step(best.label, height, size, measures)


def step_of_width(width: float, size: float) -> float:
    """Of a minus or an equals sign, which are as wide as they are in every font."""
    return size * min(STEPS, key=lambda step: abs(log(width / (SIGN_WIDTH * step * size))))


def step_of_height(label: str, height: float, size: float, measures: Measures) -> float:
    """Of brackets: those of a script are smaller than a row's; larger ones have grown."""
    tall = sum(measures.get(label, (0.75, 0.25)))
    if height >= 0.86 * tall * size:
        return size
    return size * min(STEPS, key=lambda step: abs(log(height / (tall * step * size))))


def _misfit(guess: Guess, height: float, size: float, measures: Measures) -> float:
    found = implied(guess.label, height, measures)
    if found is None:
        return 0.0
    return min(
        min(4.0, 0.5 * (log(found / (step * size)) / TIGHT) ** 2) + rare
        for step, rare in zip(STEPS, RARE, strict=True)
    )


def _step(label: str, height: float, size: float, measures: Measures) -> float:
    found = implied(label, height, measures)
    if found is None:
        return size
    return size * min(STEPS, key=lambda step: abs(log(found / (step * size))))
