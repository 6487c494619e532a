"""LaTeX against LaTeX: what is written differently and looks the same does not count."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.accuracy.structure.texts import likeness

_COMMENT = re.compile(r"(?<!\\)%.*")
_NUMBERED = re.compile(r"\\(?:label|tag|eqno)\s*\{[^{}]*\}|\\(?:nonumber|notag)\b")
_SPACING = re.compile(
    r"\\(?:[,;:!> ]|quad\b|qquad\b|hspace\s*\*?\{[^{}]*\}|vspace\s*\*?\{[^{}]*\}|hfill\b|/)|~"
)
_SIZING = re.compile(
    r"\\(?:displaystyle|textstyle|scriptstyle|limits|nolimits|left|right|bigg?[lr]?|Bigg?[lr]?|rm|mathrm|"
    r"textrm|text|mbox|operatorname)\b\*?\.?"
)
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[^\s]")
_SAME = {
    r"\le": r"\leq",
    r"\ge": r"\geq",
    r"\ne": r"\neq",
    r"\to": r"\rightarrow",
    r"\gets": r"\leftarrow",
    r"\dfrac": r"\frac",
    r"\tfrac": r"\frac",
    r"\lbrace": r"\{",
    r"\rbrace": r"\}",
    r"\vert": "|",
    r"\prime": "'",
    r"\ldots": r"\dots",
    r"\cdots": r"\dots",
    r"\bf": r"\mathbf",
    r"\boldsymbol": r"\mathbf",
    r"\over": r"\frac",
}


@dataclass(frozen=True, slots=True)
class FormulaScore:
    formulas: int
    answered: int
    """With LaTeX; the others are honestly null, or not seen."""
    exact: int
    likeness: float
    """Sum over the answered ones."""


def score_formulas(pairs: Iterable[tuple[str, str | None]]) -> FormulaScore:
    """Pairs of the truth and what was found for it."""
    count = answered = exact = 0
    total = 0.0
    for truth, found in pairs:
        count += 1
        if found is None:
            continue
        wanted, given = normalised(truth), normalised(found)
        answered += 1
        exact += wanted == given
        total += likeness(" ".join(wanted), " ".join(given))
    return FormulaScore(count, answered, exact, total)


def normalised(latex: str) -> tuple[str, ...]:
    """The tokens that make ink: no comments, spacing, sizes, fonts for upright text, braces or trailing stops."""
    text = latex.strip().strip("$").removeprefix(r"\[").removesuffix(r"\]")
    text = _SIZING.sub(" ", _SPACING.sub(" ", _NUMBERED.sub("", _COMMENT.sub("", text))))
    tokens = [_SAME.get(token, token) for token in _TOKEN.findall(text)]
    tokens = [token for token in tokens if token not in {"{", "}"}]
    while tokens and tokens[-1] in {",", ".", ";"}:
        tokens.pop()
    return tuple(tokens)
