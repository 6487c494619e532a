r"""Office equations (OMML, ECMA-376 part 1, chapter 22) as LaTeX.

Everything is taken over as written: nothing is simplified, and what LaTeX has no
command for stays as the character itself.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from octavo.adapters.readers.latex.symbols import FUNCTIONS, INTEGRALS
from octavo.adapters.readers.latex.writing import (
    function_name,
    glued,
    grouped,
    math,
    plain_text,
    scripts,
    styled,
    takes_limits,
)
from octavo.adapters.readers.office.omml_frames import (
    accent,
    bar,
    boxed,
    delimited,
    grouping,
    phantom,
)
from octavo.adapters.readers.office.omml_tree import (
    child,
    flag,
    is_properties,
    kids,
    setting,
    text_of,
)
from octavo.adapters.readers.office.xml import Element, local

_SCRIPTS = {
    "script": "mathcal",
    "fraktur": "mathfrak",
    "double-struck": "mathbb",
    "sans-serif": "mathsf",
    "monospace": "mathtt",
}
_NEW_LINE = r" \\ "
_CELL_MARK = "\0&\0"
"""`&` in a run of an equation array is where its lines are aligned."""


def to_latex(element: Element) -> str:
    r"""`m:oMath` or `m:oMathPara` as LaTeX, without dollar signs; empty for an empty one.

    Several equations of one `m:oMathPara` stand under one another in `gathered`, and the lines of
    an equation that was broken by hand in `aligned`. One that is nested too deep to be meant is its
    bare characters.
    """
    try:
        return _to_latex(element)
    except RecursionError:
        return math("".join(found.text or "" for found in element.iter() if local(found) == "t"))


def _to_latex(element: Element) -> str:
    if local(element) == "oMathPara":
        equations = [found for one in each_equation(element) if (found := _to_latex(one))]
        if len(equations) < 2:
            return "".join(equations)
        return rf"\begin{{gathered}} {_NEW_LINE.join(equations)} \end{{gathered}}"
    lines = _broken_lines(element)
    if len(lines) < 2:
        return lines[0].replace("\0", "").strip() if lines else ""
    return rf"\begin{{aligned}} {_NEW_LINE.join(lines)} \end{{aligned}}".replace("\0", "&")


def each_equation(paragraph: Element) -> Iterable[Element]:
    """The `m:oMath` of an `m:oMathPara`, those that were deleted left out."""
    for found in kids(paragraph):
        if local(found) == "oMath":
            yield found


def _broken_lines(equation: Element) -> list[str]:
    """What stands between breaks; NUL where the lines are aligned."""
    lines: list[list[str]] = [[]]
    for part in kids(equation):
        if _breaks_before(part):
            lines.append([])
        if child(child(part, "rPr"), "aln") is not None:
            lines[-1].append("\0")
        lines[-1].append(_of(part))
        if local(part) == "r":
            lines.extend([] for _ in part.iterchildren("{*}br"))
    return [line for pieces in lines if (line := glued(pieces).strip())]


def _breaks_before(part: Element) -> bool:
    properties = child(part, "rPr") if local(part) == "r" else child(part, "boxPr")
    return child(properties, "brk") is not None


def _inside(element: Element | None, *, aligned: bool = False) -> str:
    """An argument: `m:e`, `m:num`, `m:sub`, …"""
    if element is None:
        return ""
    return glued(
        _run(part, aligned=True) if aligned and local(part) == "r" else _of(part) for part in kids(element)
    ).strip()


def _of(element: Element) -> str:
    name = local(element)
    if is_properties(name):
        return ""
    convert = _CONVERTERS.get(name)
    return convert(element) if convert else _inside(element)


def _argument(element: Element, name: str) -> str:
    return _inside(child(element, name))


def _run(run: Element, *, aligned: bool = False) -> str:
    text = text_of(run)
    properties = child(run, "rPr")
    if flag(properties, "nor", absent=False):
        return plain_text(text)
    if aligned:
        return glued(_CELL_MARK.join(_in_style(part, properties) for part in text.split("&")).split("\0"))
    return _in_style(text, properties)


def _in_style(text: str, properties: Element | None) -> str:
    if properties is None or not text.strip():
        return math(text)
    style, script = setting(properties, "sty"), setting(properties, "scr")
    commands = [command] if (command := _SCRIPTS.get(script or "")) else []
    if style in {"b", "bi"}:
        commands.insert(0, "mathbf" if style == "b" and not commands else "boldsymbol")
    elif style == "p" and not commands and any(char.isascii() and char.isalpha() for char in text):
        return _upright(text)
    return styled(math(text), commands)


def _upright(text: str) -> str:
    word = text.strip()
    if word in FUNCTIONS and len(word) > 1:
        return "\\" + word
    return f"\\mathrm{{{math(text)}}}"


def _fraction(element: Element) -> str:
    above, below = _argument(element, "num"), _argument(element, "den")
    kind = setting(child(element, "fPr"), "type")
    if kind == "lin":
        return f"{grouped(above)}/{grouped(below)}"
    if kind == "skw":
        return f"{{}}^{{{above}}}\\!/_{{{below}}}"
    if kind == "noBar":
        return f"\\genfrac{{}}{{}}{{0pt}}{{}}{{{above}}}{{{below}}}"
    return f"\\frac{{{above}}}{{{below}}}"


def _radical(element: Element) -> str:
    degree = _argument(element, "deg")
    hidden = flag(child(element, "radPr"), "degHide", absent=False)
    index = f"[{degree}]" if degree and not hidden else ""
    return f"\\sqrt{index}{{{_argument(element, 'e')}}}"


def _scripted(element: Element) -> str:
    base = grouped(_argument(element, "e"))
    return scripts(base, _argument(element, "sub"), _argument(element, "sup"))


def _prescripted(element: Element) -> str:
    before = scripts("{}", _argument(element, "sub"), _argument(element, "sup"))
    return glued((before, grouped(_argument(element, "e"))))


def _n_ary(element: Element) -> str:
    properties = child(element, "naryPr")
    char = setting(properties, "chr")
    sign = math("∫" if char is None else char)
    place = setting(properties, "limLoc")
    limits = ""
    if place is not None and (place == "undOvr") == (sign in INTEGRALS):
        limits = r"\limits" if place == "undOvr" else r"\nolimits"
    below = "" if flag(properties, "subHide", absent=False) else _argument(element, "sub")
    above = "" if flag(properties, "supHide", absent=False) else _argument(element, "sup")
    return glued((scripts(sign + (limits if below or above else ""), below, above), _argument(element, "e")))


def _delimiters(element: Element) -> str:
    arguments = [one for one in kids(element) if local(one) == "e"]
    only = _only_part(arguments[0]) if len(arguments) == 1 else None
    return delimited(element, [_inside(one) for one in arguments], only, _rows)


def _only_part(argument: Element) -> Element | None:
    parts = [part for part in kids(argument) if not is_properties(local(part))]
    return parts[0] if len(parts) == 1 else None


def _rows(element: Element) -> list[list[str]]:
    """The cells of an `m:m`, the lines of an `m:eqArr`, numerator and denominator of an `m:f`."""
    if local(element) == "f":
        return [[_argument(element, "num")], [_argument(element, "den")]]
    if local(element) == "m":
        return [
            [_inside(cell) for cell in kids(row) if local(cell) == "e"]
            for row in kids(element)
            if local(row) == "mr"
        ]
    return [[_inside(line, aligned=True)] for line in kids(element) if local(line) == "e"]


def _matrix(element: Element) -> str:
    rows = _NEW_LINE.join(" & ".join(row) for row in _rows(element))
    columns = _column_places(element)
    if set(columns) <= {"c"}:
        return rf"\begin{{matrix}} {rows} \end{{matrix}}"
    return rf"\begin{{array}}{{{columns}}} {rows} \end{{array}}"


def _column_places(element: Element) -> str:
    places = ""
    for column in kids(child(child(element, "mPr"), "mcs")):
        properties = child(column, "mcPr")
        count = setting(properties, "count") or "1"
        place = (setting(properties, "mcJc") or "center")[0]
        places += (place if place in "lcr" else "c") * (min(int(count), 64) if count.isdecimal() else 1)
    return places


def _equation_array(element: Element) -> str:
    lines = [row[0] for row in _rows(element)]
    if len(lines) == 1 and "&" not in lines[0].replace("\\&", ""):
        return lines[0]
    rows = _NEW_LINE.join(lines)
    return rf"\begin{{aligned}} {rows} \end{{aligned}}"


def _limit(element: Element) -> str:
    """`m:limLow` and `m:limUpp`."""
    base, limit = _argument(element, "e"), _argument(element, "lim")
    below = local(element) == "limLow"
    if takes_limits(base):
        base = f"\\{base}" if base.isalpha() else base
        return scripts(base, limit, "") if below else scripts(base, "", limit)
    return f"\\{'underset' if below else 'overset'}{{{limit}}}{{{base}}}"


def _function(element: Element) -> str:
    name = child(element, "fName")
    return glued((_name(name), " ", _argument(element, "e"))).strip()


def _name(element: Element | None) -> str:
    r"""`\operatorname{rank}` for a word in upright type; whatever else was written as it is."""
    parts = [part for part in kids(element) if not is_properties(local(part))]
    if not parts or any(local(part) != "r" for part in parts):
        return _inside(element)
    word = "".join(text_of(part) for part in parts).strip()
    slanted = setting(child(parts[0], "rPr"), "sty") in {"i", "bi", "b"}
    if slanted or len(word) < 2 or not (word.isascii() and word.isalpha()):
        return _inside(element)
    return function_name(word)


def _accented(element: Element) -> str:
    return accent(element, _argument(element, "e"))


def _barred(element: Element) -> str:
    return bar(element, _argument(element, "e"))


def _grouped_by_mark(element: Element) -> str:
    return grouping(element, _argument(element, "e"))


def _boxed(element: Element) -> str:
    return boxed(element, _argument(element, "e"))


def _phantom(element: Element) -> str:
    return phantom(element, _argument(element, "e"))


_CONVERTERS: Mapping[str, Callable[[Element], str]] = MappingProxyType(
    {
        "r": _run,
        "f": _fraction,
        "rad": _radical,
        "sSup": _scripted,
        "sSub": _scripted,
        "sSubSup": _scripted,
        "sPre": _prescripted,
        "nary": _n_ary,
        "d": _delimiters,
        "m": _matrix,
        "eqArr": _equation_array,
        "limLow": _limit,
        "limUpp": _limit,
        "func": _function,
        "acc": _accented,
        "bar": _barred,
        "groupChr": _grouped_by_mark,
        "borderBox": _boxed,
        "phant": _phantom,
    }
)
"""What is not here (`m:box`, `m:e`, content controls, smart tags) is what is inside it."""
