r"""MathML as LaTeX.

Where the author's own LaTeX is kept beside it (`annotation`), that is taken as it is.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from selectolax.lexbor import LexborNode

from octavo.adapters.readers.html.nodes import attribute, has
from octavo.adapters.readers.latex.accents import LONG_ARROWS, over, under
from octavo.adapters.readers.latex.symbols import FENCES, FUNCTIONS
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

_TEX = frozenset({"application/x-tex", "application/x-latex", "tex", "latex", "text/latex"})
_NEW_LINE = r" \\ "
_VARIANTS = {
    "bold": ("mathbf",),
    "bold-italic": ("boldsymbol",),
    "double-struck": ("mathbb",),
    "script": ("mathcal",),
    "bold-script": ("boldsymbol", "mathcal"),
    "fraktur": ("mathfrak",),
    "bold-fraktur": ("boldsymbol", "mathfrak"),
    "sans-serif": ("mathsf",),
    "bold-sans-serif": ("boldsymbol", "mathsf"),
    "monospace": ("mathtt",),
}
_NOTATIONS = {
    "box": "boxed",
    "roundedbox": "boxed",
    "circle": "boxed",
    "top": "overline",
    "bottom": "underline",
    "updiagonalstrike": "cancel",
    "downdiagonalstrike": "bcancel",
    "horizontalstrike": "cancel",
    "radical": "sqrt",
}
_EMPTY = frozenset({"none", "mprescripts", "annotation", "annotation-xml", "maligngroup", "malignmark"})


def to_latex(node: LexborNode) -> str:
    """Of a `math` element, without dollar signs; what is nested too deep to be meant is its bare text."""
    try:
        return (_own_tex(node) or _of(node)).strip()
    except RecursionError:
        return math(" ".join((node.text() or "").split()))


def bare(node: LexborNode) -> str:
    """The characters of the equation, without what is only noted beside it."""
    if node.tag in {"annotation", "annotation-xml"}:
        return ""
    texts = (
        (child.text_content or "").strip() if child.tag == "-text" else bare(child)
        for child in node.iter(include_text=True)
    )
    return "".join(texts)


def _own_tex(node: LexborNode) -> str | None:
    for note in node.css("annotation"):
        if attribute(note, "encoding").lower() in _TEX:
            latex = (note.text() or "").strip()
            wrapped = latex.startswith("{\\displaystyle") and latex.endswith("}")
            return latex.removeprefix("{\\displaystyle")[:-1].strip() if wrapped else latex or None
    return None


def _kids(node: LexborNode) -> list[LexborNode]:
    return [child for child in node.iter() if child.tag not in {"annotation", "annotation-xml"}]


def _of(node: LexborNode) -> str:
    if node.tag in _EMPTY:
        return ""
    convert = _CONVERTERS.get(node.tag or "")
    return convert(node) if convert else glued(_of(child) for child in _kids(node))


def _arguments(node: LexborNode, count: int) -> list[str]:
    found = [_of(child).strip() for child in _kids(node)[:count]]
    return found + [""] * (count - len(found))


def _words(node: LexborNode) -> str:
    return " ".join((node.text() or "").split())


def _identifier(node: LexborNode) -> str:
    text = _words(node)
    variant = attribute(node, "mathvariant").lower()
    if variant in _VARIANTS:
        return styled(math(text), _VARIANTS[variant])
    if text in FUNCTIONS and len(text) > 1:
        return "\\" + text
    if len(text) > 1 and text.isascii() and text.isalpha():
        return function_name(text) if _applies(node) else f"\\mathrm{{{text}}}"
    return (
        f"\\mathrm{{{math(text)}}}"
        if variant == "normal" and text.isascii() and text.isalpha()
        else math(text)
    )


def _applies(node: LexborNode) -> bool:
    """Whether the invisible sign of a function's application follows."""
    after = node.next
    while after is not None and after.tag == "-text":
        after = after.next
    return after is not None and (after.text() or "").strip() == "\u2061"


def _operator(node: LexborNode) -> str:
    text = _words(node)
    if text in FUNCTIONS and len(text) > 1:
        return "\\" + text
    if len(text) > 1 and text.isascii() and text.isalpha():
        return function_name(text)
    return math(text)


def _number(node: LexborNode) -> str:
    variant = attribute(node, "mathvariant").lower()
    return styled(math(_words(node)), _VARIANTS.get(variant, ()))


def _text(node: LexborNode) -> str:
    raw = (node.text() or "").replace("\n", " ")
    return plain_text(raw) if raw.strip() else " "


def _quoted(node: LexborNode) -> str:
    return plain_text(f"“{_words(node)}”")


def _space(node: LexborNode) -> str:
    width = attribute(node, "width").removesuffix("em")
    try:
        wide = float(width)
    except ValueError:
        return ""
    return r"\qquad " if wide >= 2 else r"\quad " if wide >= 0.9 else r"\;" if wide >= 0.2 else ""


def _fraction(node: LexborNode) -> str:
    above, below = _arguments(node, 2)
    if attribute(node, "linethickness").rstrip("pxemt%.") == "0":
        return f"\\genfrac{{}}{{}}{{0pt}}{{}}{{{above}}}{{{below}}}"
    if attribute(node, "bevelled") == "true":
        return f"{grouped(above)}/{grouped(below)}"
    return f"\\frac{{{above}}}{{{below}}}"


def _square_root(node: LexborNode) -> str:
    return f"\\sqrt{{{glued(_of(child) for child in _kids(node)).strip()}}}"


def _root(node: LexborNode) -> str:
    base, index = _arguments(node, 2)
    return f"\\sqrt[{index}]{{{base}}}"


def _scripted(node: LexborNode) -> str:
    base, *rest = _arguments(node, 3 if node.tag == "msubsup" else 2)
    sub = "" if node.tag == "msup" else rest[0]
    sup = "" if node.tag == "msub" else rest[-1]
    if node.tag == "msup" and sup.strip("'") == "" and sup:
        return base + sup
    return scripts(grouped(base) if base else "{}", sub, sup)


def _limits(node: LexborNode) -> str:
    """`munder`, `mover`, `munderover`: limits, accents, braces."""
    base, *rest = _arguments(node, 3 if node.tag == "munderover" else 2)
    below = rest[0] if node.tag != "mover" else ""
    above = rest[-1] if node.tag != "munder" else ""
    if takes_limits(base):
        return scripts(base, below, above)
    marks = [_words(child) for child in _kids(node)[1:]]
    if node.tag == "munderover":
        return f"\\overset{{{above}}}{{\\underset{{{below}}}{{{base}}}}}"
    mark = marks[0] if marks else ""
    if _words(_kids(node)[0]) in LONG_ARROWS and mark:
        arrow = LONG_ARROWS[_words(_kids(node)[0])]
        return f"\\{arrow}{{{above}}}" if above else f"\\{arrow}[{below}]{{}}"
    wide = len(_words(_kids(node)[0])) > 1
    accented = over(mark, base, wide=wide) if above else under(mark, base)
    return accented or (f"\\overset{{{above}}}{{{base}}}" if above else f"\\underset{{{below}}}{{{base}}}")


def _multiscripts(node: LexborNode) -> str:
    kids = _kids(node)
    if not kids:
        return ""
    at = next((i for i, child in enumerate(kids) if child.tag == "mprescripts"), len(kids))
    base = grouped(_of(kids[0]).strip())
    before = glued(_pairs(kids[at + 1 :], "{}"))
    return before + _pairs(kids[1:at], base) if before != "{}" else _pairs(kids[1:at], base)


def _pairs(nodes: list[LexborNode], base: str) -> str:
    texts = [_of(child).strip() for child in nodes]
    sub, sup = "".join(texts[::2]), "".join(texts[1::2])
    return scripts(base, sub, sup)


def _row(node: LexborNode) -> str:
    """Stretched brackets around a table are its own environment; others grow with what they hold."""
    kids = _kids(node)
    inner = kids[1:-1]
    fences = [_words(kids[0]), _words(kids[-1])] if len(kids) >= 2 and kids[0].tag == "mo" else []
    if len(inner) == 1 and inner[0].tag == "mtable" and kids[-1].tag == "mo" and fences[0] in FENCES:
        return f"\\left{FENCES[fences[0]]} {_of(inner[0])} \\right{FENCES.get(fences[1], '.')}"
    if len(kids) == 2 and kids[0].tag == "mo" and kids[1].tag == "mtable" and fences[0] == "{":
        return f"\\left\\{{ {_of(kids[1])} \\right."
    return glued(_of(child) for child in kids)


def _fenced(node: LexborNode) -> str:
    left = attribute(node, "open") if has(node, "open") else "("
    right = attribute(node, "close") if has(node, "close") else ")"
    marks = attribute(node, "separators") if has(node, "separators") else ","
    made = ""
    for at, child in enumerate(_kids(node)):
        separator = marks[min(at - 1, len(marks) - 1)] if at and marks.strip() else ""
        made = glued((made, math(separator), _of(child)))
    return f"\\left{FENCES.get(left) or math(left)} {made} \\right{FENCES.get(right) or math(right)}"


def _enclosed(node: LexborNode) -> str:
    inside = glued(_of(child) for child in _kids(node)).strip()
    notations = attribute(node, "notation").split() or ["longdiv"]
    if {"updiagonalstrike", "downdiagonalstrike"} <= set(notations):
        return f"\\xcancel{{{inside}}}"
    for name in notations:
        if name in _NOTATIONS:
            inside = f"\\{_NOTATIONS[name]}{{{inside}}}"
    return inside


def _phantom(node: LexborNode) -> str:
    return f"\\phantom{{{glued(_of(child) for child in _kids(node)).strip()}}}"


def _table(node: LexborNode) -> str:
    rows = [row for row in _kids(node) if row.tag in {"mtr", "mlabeledtr"}]
    lines = []
    for row in rows:
        cells = [cell for cell in _kids(row) if cell.tag == "mtd"]
        cells = cells[1:] if row.tag == "mlabeledtr" else cells
        lines.append(" & ".join(_of(cell).strip() for cell in cells))
    name = "aligned" if attribute(node, "columnalign").lower().startswith("right left") else "matrix"
    return rf"\begin{{{name}}} {_NEW_LINE.join(lines)} \end{{{name}}}"


def _first(node: LexborNode) -> str:
    """Of `maction` and `semantics`."""
    kids = _kids(node)
    return _of(kids[0]) if kids else ""


_CONVERTERS: Mapping[str, Callable[[LexborNode], str]] = MappingProxyType(
    {
        "mi": _identifier,
        "mn": _number,
        "mo": _operator,
        "mtext": _text,
        "ms": _quoted,
        "mspace": _space,
        "mrow": _row,
        "mfrac": _fraction,
        "msqrt": _square_root,
        "mroot": _root,
        "msub": _scripted,
        "msup": _scripted,
        "msubsup": _scripted,
        "munder": _limits,
        "mover": _limits,
        "munderover": _limits,
        "mmultiscripts": _multiscripts,
        "mfenced": _fenced,
        "menclose": _enclosed,
        "mphantom": _phantom,
        "mtable": _table,
        "maction": _first,
        "semantics": _first,
    }
)
"""What is not here (`math`, `mstyle`, `mpadded`, `merror`, …) is what is inside it."""
