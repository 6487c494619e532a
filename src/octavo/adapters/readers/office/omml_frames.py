"""What stands around or over an expression in OMML: delimiters, accents, bars, boxes, phantoms."""

from collections.abc import Callable

from octavo.adapters.readers.latex.accents import LONG_ARROWS, over, under
from octavo.adapters.readers.latex.symbols import FENCES
from octavo.adapters.readers.latex.writing import glued, math
from octavo.adapters.readers.office.omml_tree import child, flag, setting
from octavo.adapters.readers.office.xml import Element, local

_MATRICES = {
    ("(", ")"): "pmatrix",
    ("[", "]"): "bmatrix",
    ("{", "}"): "Bmatrix",
    ("|", "|"): "vmatrix",
    ("‖", "‖"): "Vmatrix",
}
_NEW_LINE = r" \\ "


def delimited(
    element: Element, arguments: list[str], only: Element | None, rows: Callable[[Element], list[list[str]]]
) -> str:
    r"""`m:d`.

    Args:
        element: The `m:d`.
        arguments: Its `m:e` as LaTeX.
        only: What its one `m:e` consists of, where that is a single thing.
        rows: The rows of a matrix, an equation array or a fraction.
    """
    properties = child(element, "dPr")
    left, right = _fence(properties, "begChr", "("), _fence(properties, "endChr", ")")
    special = _special(left, right, only, rows)
    if special is not None:
        return special
    separator = setting(properties, "sepChr")
    middle = "|" if separator is None else separator
    if not flag(properties, "grow", absent=True):
        return glued((_plain(left), math(middle).join(arguments), _plain(right)))
    between = f" \\middle{FENCES[middle]} " if middle in FENCES and middle else math(middle)
    return f"\\left{_sized(left)} {between.join(arguments)} \\right{_sized(right)}"


def _fence(properties: Element | None, name: str, absent: str) -> str:
    found = setting(properties, name)
    return absent if found is None else found


def _special(
    left: str, right: str, only: Element | None, rows: Callable[[Element], list[list[str]]]
) -> str | None:
    """Matrices in brackets, case distinctions and binomials have environments of their own."""
    kind = local(only) if only is not None else ""
    if only is None or kind not in {"m", "eqArr", "f"}:
        return None
    if kind == "f":
        no_bar = setting(child(only, "fPr"), "type") == "noBar"
        above, below = rows(only)
        return f"\\binom{{{above[0]}}}{{{below[0]}}}" if no_bar and (left, right) == ("(", ")") else None
    cells = [" & ".join(row) for row in rows(only)]
    name = _MATRICES.get((left, right)) if kind == "m" else None
    if (left, right) == ("{", "") and all(row.count("&") <= 1 for row in cells):
        name = "cases"
    return rf"\begin{{{name}}} {_NEW_LINE.join(cells)} \end{{{name}}}" if name else None


def _sized(fence: str) -> str:
    return FENCES.get(fence) or math(fence)


def _plain(fence: str) -> str:
    return _sized(fence) if fence else ""


def accent(element: Element, base: str) -> str:
    """`m:acc`."""
    char = setting(child(element, "accPr"), "chr")
    mark = "\u0302" if char is None else char
    found = over(mark, base, wide=not _is_short(base)) or under(mark, base)
    return found or (f"\\overset{{{math(mark)}}}{{{base}}}" if mark else base)


def _is_short(base: str) -> bool:
    """One letter or one command."""
    return len(base) <= 1 or (base.startswith("\\") and base[1:].isalpha())


def bar(element: Element, base: str) -> str:
    """`m:bar`; below unless it says otherwise."""
    above = setting(child(element, "barPr"), "pos") == "top"
    return f"\\{'overline' if above else 'underline'}{{{base}}}"


def grouping(element: Element, base: str) -> str:
    """`m:groupChr`: a brace, or an arrow that is as long as what is written at it."""
    properties = child(element, "groupChrPr")
    char = setting(properties, "chr")
    mark = "\u23df" if char is None else char
    above = setting(properties, "pos") == "top"
    if mark in LONG_ARROWS:
        return f"\\{LONG_ARROWS[mark]}[{base}]{{}}" if above else f"\\{LONG_ARROWS[mark]}{{{base}}}"
    found = over(mark, base, wide=True) if above else under(mark, base)
    return found or f"\\{'overset' if above else 'underset'}{{{math(mark)}}}{{{base}}}"


def boxed(element: Element, base: str) -> str:
    r"""`m:borderBox`: a frame unless all its sides are hidden, and strokes through it."""
    properties = child(element, "borderBoxPr")
    rising = flag(properties, "strikeBLTR", absent=False)
    falling = flag(properties, "strikeTLBR", absent=False)
    if rising or falling:
        base = f"\\{'xcancel' if rising and falling else 'cancel' if rising else 'bcancel'}{{{base}}}"
    sides = ("hideTop", "hideBot", "hideLeft", "hideRight")
    hidden = all(flag(properties, side, absent=False) for side in sides)
    return base if hidden else f"\\boxed{{{base}}}"


def phantom(element: Element, base: str) -> str:
    """`m:phant`: room for something that is not shown, in both directions or one; or shown without room."""
    properties = child(element, "phantPr")
    if flag(properties, "show", absent=properties is not None):
        return base
    no_height = flag(properties, "zeroAsc", absent=False) and flag(properties, "zeroDesc", absent=False)
    no_width = flag(properties, "zeroWid", absent=False)
    command = "hphantom" if no_height else "vphantom" if no_width else "phantom"
    return f"\\{command}{{{base}}}"
