"""From glyphs and bars to LaTeX.  Start reading here.

From the outside in: lines first, then what a bar divides (fractions, roots, overlines), then rows
of symbols with their scripts and limits. Every glyph is used once; where something has no name
or no place, there is no formula, for a wrong one is worse than its picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from octavo.domain.drawing import Glyph, Path
from octavo.pipeline.formulas.atoms import (
    Atom,
    Bar,
    accented,
    around,
    atoms_of,
    bars_of,
    concatenated,
    negated,
    stretched,
    words_joined,
)

NEAR_BAR = 1.6
"""Of the font size: no further than this is the nearest part of a fraction from its bar."""
LINE_GAP = 0.45
"""Of the font size: white between two lines of a formula."""
NUMBER_GAP = 2.0
"""Of the font size: white before the number of an equation."""
SMALLER = 0.88
"""Of the row's size: a script."""
RAISED, LOWERED = 0.16, 0.08
"""Of the row's size, above and below its baseline."""
WIDE_SPACE = 0.9
"""Of the font size: `\\quad`."""
MOST_ATOMS = 600
SHORT_BAR = 0.7
"""Of the font size: `\\bar` has one length, an overline that of what it covers."""
AXIS = 0.25
"""Of the font size: fraction bars stand this high above the baseline."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    latex: str
    number: str | None
    """Of the equation, as printed: `(3.1)`."""


def rebuild(
    glyphs: Sequence[Glyph], paths: Sequence[Path], width_pt: float, height_pt: float
) -> Rebuilt | None:
    """LaTeX of one displayed formula; None where it cannot be known.

    Args:
        glyphs: All characters of the formula and nothing else.
        paths: What is drawn in its place.
        width_pt: Of the page.
        height_pt: Of the page.
    """
    atoms = atoms_of(glyphs, width_pt, height_pt)
    return put_together(atoms, bars_of(paths, width_pt, height_pt)) if atoms else None


def put_together(atoms: list[Atom], bars: list[Bar]) -> Rebuilt | None:
    """`rebuild` with the names known: points, or any unit that places, sizes and bars share."""
    if not atoms or len(atoms) > MOST_ATOMS:
        return None
    atoms = accented(negated(atoms))
    frame = around(atoms)
    bars = [bar for bar in bars if _within(bar, frame)]
    atoms, number = _without_number(atoms, bars)
    if not atoms:
        return None
    lines = [_built(part, part_bars) for part, part_bars in _lines(atoms, bars)]
    latex = lines[0].latex if len(lines) == 1 else _aligned([line.latex for line in lines])
    return Rebuilt(latex, number) if latex else None


def _within(bar: Bar, frame: Atom) -> bool:
    edge = frame.size
    return (
        frame.x0 - edge <= bar.x0
        and bar.x1 <= frame.x1 + edge
        and frame.y0 - edge <= bar.y <= frame.y1 + edge
    )


def _without_number(atoms: list[Atom], bars: list[Bar]) -> tuple[list[Atom], str | None]:
    """Without `(3.1)` far to the right, or far to the left."""
    ordered = sorted(atoms, key=lambda atom: atom.x0)
    size = around(atoms).size
    reach = ordered[0].x1
    for position, (one, other) in enumerate(pairwise(ordered), start=1):
        reach = max(reach, one.x1)
        bridged = any(bar.x0 < other.x0 and bar.x1 > reach for bar in bars)
        if other.x0 - reach > NUMBER_GAP * size and not bridged:
            before, after = ordered[:position], ordered[position:]
            for label, rest in ((after, before), (before, after)):
                text = "".join(atom.latex for atom in label)
                if _is_number(text):
                    return rest, text
    return atoms, None


def _is_number(text: str) -> bool:
    inner = text[1:-1]
    return (
        len(text) <= 12
        and text[:1] in {"(", "["}
        and text[-1:] in {")", "]"}
        and bool(inner)
        and (inner.replace(".", "").replace("-", "").isalnum() or inner == "*")
    )


def _lines(atoms: list[Atom], bars: list[Bar]) -> list[tuple[list[Atom], list[Bar]]]:
    """Parts with white across the whole width between them; a bar holds its two sides together."""
    size = around(atoms).size
    spans = [(atom.y0, atom.y1) for atom in atoms]
    spans += [(bar.y - 0.7 * size, bar.y + 0.7 * size) for bar in bars]
    spans.sort()
    cuts: list[float] = []
    low = spans[0][1]
    for top, bottom in spans[1:]:
        if top - low > LINE_GAP * size:
            cuts.append((top + low) / 2)
        low = max(low, bottom)
    parts = []
    for upper, lower in pairwise([float("-inf"), *cuts, float("inf")]):
        inside = [atom for atom in atoms if upper <= atom.center_y < lower]
        if inside:
            parts.append((inside, [bar for bar in bars if upper <= bar.y < lower]))
    return parts


def _aligned(lines: list[str]) -> str:
    """Lined up at their first `=`, where each has one."""
    if all("=" in line for line in lines):
        lines = [line.replace("=", "&=", 1) for line in lines]
    return r"\begin{aligned}" + r" \\ ".join(lines) + r"\end{aligned}"


def _built(atoms: list[Atom], bars: list[Bar]) -> Atom:
    """One atom for all of them."""
    rest, left = list(atoms), sorted(bars, key=lambda bar: bar.x1 - bar.x0, reverse=True)
    while left:
        bar = left.pop(0)
        whole, used, inner = _divided(bar, rest, left)
        if whole is None:
            continue
        rest = [atom for atom in rest if not any(atom is one for one in used)] + [whole]
        left = [other for other in left if not any(other is one for one in inner)]
    return _row(rest)


def _divided(bar: Bar, atoms: list[Atom], bars: list[Bar]) -> tuple[Atom | None, list[Atom], list[Bar]]:
    """What the bar makes of its neighbours, with those it takes; None where it is no part of the formula."""
    edge = 0.12 * around(atoms).size if atoms else 0.0
    inside = [atom for atom in atoms if bar.x0 - edge <= atom.center_x <= bar.x1 + edge]
    above = [atom for atom in inside if atom.center_y < bar.y]
    below = [atom for atom in inside if atom.center_y >= bar.y]
    root = next((atom for atom in atoms if _is_root_of(atom, bar)), None)
    if root is not None:
        below = [atom for atom in below if atom is not root and atom.center_y <= root.y1 + root.size]
        return _root(root, below, bar, bars)
    if above and below and _touch(above, below, bar):
        return _fraction(above, below, bar, bars)
    if below and not above:
        return _overline(below, bar, bars)
    return None, [], []


def _inner(bars: list[Bar], atoms: list[Atom]) -> list[Bar]:
    if not atoms:
        return []
    frame = around(atoms)
    slack = 0.4 * frame.size
    return [
        bar
        for bar in bars
        if frame.x0 - slack <= bar.x0
        and bar.x1 <= frame.x1 + slack
        and frame.y0 - slack <= bar.y <= frame.y1 + slack
    ]


def _touch(above: list[Atom], below: list[Atom], bar: Bar) -> bool:
    upper, lower = around(above), around(below)
    reach = NEAR_BAR * max(upper.size, lower.size)
    return bar.y - upper.y1 < reach and lower.y0 - bar.y < reach


def _fraction(
    above: list[Atom], below: list[Atom], bar: Bar, bars: list[Bar]
) -> tuple[Atom, list[Atom], list[Bar]]:
    over, under = _inner(bars, above), _inner(bars, below)
    upper, lower = _built(above, over), _built(below, under)
    size = max(upper.size, lower.size)
    whole = around([upper, lower], f"\\frac{{{upper.latex}}}{{{lower.latex}}}")
    whole = replace(whole, x0=min(whole.x0, bar.x0), x1=max(whole.x1, bar.x1))
    return replace(whole, baseline=bar.y + AXIS * size, size=size), above + below, over + under


def _is_root_of(atom: Atom, bar: Bar) -> bool:
    near = 0.4 * atom.size
    return atom.latex == r"\sqrt" and abs(atom.x1 - bar.x0) < near and abs(atom.y0 - bar.y) < near


def _root(
    root: Atom, below: list[Atom], bar: Bar, bars: list[Bar]
) -> tuple[Atom | None, list[Atom], list[Bar]]:
    if not below:
        return None, [], []
    inner = _inner(bars, below)
    content = _built(below, inner)
    whole = around([root, content], f"\\sqrt{{{content.latex}}}")
    whole = replace(whole, x1=max(whole.x1, bar.x1), baseline=content.baseline, size=content.size)
    return whole, [root, *below], inner


def _overline(below: list[Atom], bar: Bar, bars: list[Bar]) -> tuple[Atom | None, list[Atom], list[Bar]]:
    size = around(below).size
    near = [atom for atom in below if atom.y0 - bar.y < 0.5 * size and atom.center_y - bar.y < 1.2 * size]
    if not near:
        return None, [], []
    inner = _inner(bars, near)
    content = _built(near, inner)
    name = r"\bar" if len(near) == 1 and bar.x1 - bar.x0 < SHORT_BAR * size else r"\overline"
    return replace(content, latex=f"{name}{{{content.latex}}}"), near, inner


def _row(atoms: list[Atom]) -> Atom:
    """Symbols side by side, with scripts and limits."""
    frame = around(atoms)
    atoms = words_joined(atoms)
    size = _main_size(atoms)
    baseline = _main_baseline(atoms, size)
    atoms = stretched(_with_limits(atoms, size, baseline), size)
    parts: list[str] = []
    raised: list[Atom] = []
    lowered: list[Atom] = []
    last: Atom | None = None
    reach = 0.0
    for atom in atoms:
        side = _side(atom, size, baseline)
        if side > 0 and (last is not None or raised or lowered or len(atoms) > 1):
            raised.append(atom)
            reach = max(reach, atom.x1)
            continue
        if side < 0 and last is not None:
            lowered.append(atom)
            reach = max(reach, atom.x1)
            continue
        parts.append(_scripts(raised, lowered))
        raised, lowered = [], []
        if last is not None and atom.x0 - reach > WIDE_SPACE * size:
            parts.append(r"\quad ")
        parts.append(atom.latex)
        last, reach = atom, atom.x1
    parts.append(_scripts(raised, lowered))
    latex = _polished(concatenated(parts))
    return replace(frame, latex=latex, baseline=baseline, size=size)


def _main_size(atoms: list[Atom]) -> float:
    plain = [atom.size for atom in atoms if not atom.is_big]
    return max(plain or [atom.size for atom in atoms])


def _main_baseline(atoms: list[Atom], size: float) -> float:
    large = [atom for atom in atoms if atom.size >= SMALLER * size and not atom.is_big and not _hangs(atom)]
    if not large:
        large = [atom for atom in atoms if not atom.is_big] or atoms
    ordered = sorted(atom.baseline for atom in large)
    return ordered[len(ordered) // 2]


def _hangs(atom: Atom) -> bool:
    """Delimiters and operators of TeX's extension font hang from their baseline."""
    return atom.y1 - atom.y0 > 1.15 * atom.size or atom.y0 > atom.baseline - 0.05 * atom.size


def _side(atom: Atom, size: float, baseline: float) -> int:
    """1 raised, -1 lowered, 0 on the row."""
    if atom.is_big or (_hangs(atom) and atom.size >= SMALLER * size):
        return 0
    rise = (baseline - atom.baseline) / size
    is_small = atom.size < SMALLER * size
    if rise > (RAISED if is_small else 2.5 * RAISED):
        return 1
    if -rise > (LOWERED if is_small else 3.0 * LOWERED):
        return -1
    return 0


def _scripts(raised: list[Atom], lowered: list[Atom]) -> str:
    text = ""
    if lowered:
        text += f"_{{{_row(lowered).latex}}}"
    if raised:
        primes = "".join(atom.latex for atom in raised)
        text += primes if set(primes) == {"'"} else f"^{{{_row(raised).latex}}}"
    return text


def _with_limits(atoms: list[Atom], size: float, baseline: float) -> list[Atom]:
    """Big operators and `lim` with what stands above and below them."""
    result = list(atoms)
    for operator in atoms:
        if not (operator.is_big or operator.latex in {r"\lim", r"\max", r"\min", r"\sup", r"\inf"}):
            continue
        reach = 0.6 * size
        near = [
            atom
            for atom in result
            if atom is not operator
            and atom.size < SMALLER * size
            and operator.x0 - reach <= atom.center_x <= operator.x1 + reach
        ]
        over = [atom for atom in near if atom.y1 <= operator.y0 + 0.1 * size and atom.baseline < baseline]
        under = [atom for atom in near if atom.y0 >= operator.y1 - 0.1 * size]
        over, under = _centred(over, result, operator), _centred(under, result, operator)
        if not over and not under:
            continue
        latex = operator.latex
        latex += f"_{{{_row(under).latex}}}" if under else ""
        latex += f"^{{{_row(over).latex}}}" if over else ""
        whole = replace(operator, latex=latex, baseline=baseline, size=size)
        whole = replace(
            whole,
            x0=min(atom.x0 for atom in [operator, *over, *under]),
            x1=max(atom.x1 for atom in [operator, *over, *under]),
        )
        taken = {id(atom) for atom in [*over, *under]}
        result = [whole if atom is operator else atom for atom in result if id(atom) not in taken]
    return result


def _centred(limit: list[Atom], atoms: list[Atom], operator: Atom) -> list[Atom]:
    """The whole limit; nothing where it stands to the right of its operator, as a script does."""
    whole = _grown(limit, atoms, operator)
    if not whole or abs(around(whole).center_x - operator.center_x) > 0.4 * operator.size:
        return []
    return whole


def _grown(limit: list[Atom], atoms: list[Atom], operator: Atom) -> list[Atom]:
    """A limit may be wider than its operator: what touches it on its line belongs to it."""
    found = list(limit)
    grew = bool(found)
    while grew:
        grew = False
        frame = around(found)
        for atom in atoms:
            if atom is operator or any(atom is one for one in found):
                continue
            level = frame.y0 - 0.2 * frame.size <= atom.center_y <= frame.y1 + 0.2 * frame.size
            beside = atom.x0 - frame.x1 < 0.3 * frame.size and frame.x0 - atom.x1 < 0.3 * frame.size
            if level and beside and atom.size <= 1.05 * frame.size:
                found.append(atom)
                grew = True
    return found


def _polished(latex: str) -> str:
    """Signs that TeX draws of two pieces."""
    for drawn, meant in (
        (r"\mapstochar\to", r"\mapsto"),
        ("...", r"\ldots "),
        (r"\cdot\cdot\cdot", r"\cdots "),
    ):
        latex = latex.replace(drawn, meant)
    return latex
