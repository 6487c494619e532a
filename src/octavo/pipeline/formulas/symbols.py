"""What a glyph is called in LaTeX: by its Unicode, or by its code in the fonts of TeX.

TeX's symbol fonts often come without Unicode; their encodings (OMS, OMX, and those of the AMS
symbol fonts) are documented in the LaTeX font guide, appendix "Font encodings".
"""

import re
import unicodedata

from octavo.domain.drawing import Glyph

_UNICODE = {
    "−": "-", "∗": "*", "·": r"\cdot", "×": r"\times", "÷": r"\div", "±": r"\pm", "∓": r"\mp",
    "∘": r"\circ", "◦": r"\circ", "•": r"\bullet", "⊕": r"\oplus", "⊖": r"\ominus", "⊗": r"\otimes",
    "⊘": r"\oslash", "⊙": r"\odot", "∩": r"\cap", "∪": r"\cup", "∧": r"\wedge", "∨": r"\vee",
    "∖": r"\setminus", "\\": r"\setminus", "∼": r"\sim", "≃": r"\simeq", "≈": r"\approx", "≅": r"\cong",
    "≡": r"\equiv", "≠": r"\neq", "≤": r"\leq", "≥": r"\geq", "⩽": r"\leqslant", "⩾": r"\geqslant",
    "≪": r"\ll", "≫": r"\gg", "≺": r"\prec", "≻": r"\succ", "∝": r"\propto", "∈": r"\in", "∉": r"\notin",
    "∋": r"\ni", "⊂": r"\subset", "⊃": r"\supset", "⊆": r"\subseteq", "⊇": r"\supseteq", "⊊": r"\subsetneq",
    "∅": r"\emptyset", "∀": r"\forall", "∃": r"\exists", "¬": r"\neg", "⊥": r"\perp", "⊤": r"\top",
    "⊢": r"\vdash", "⊨": r"\models", "∥": r"\|", "∣": r"\mid", "‖": r"\|", "|": "|",
    "→": r"\to", "←": r"\leftarrow", "↔": r"\leftrightarrow", "⇒": r"\Rightarrow", "⇐": r"\Leftarrow",
    "⇔": r"\Leftrightarrow", "↦": r"\mapsto", "↑": r"\uparrow", "↓": r"\downarrow", "⟶": r"\longrightarrow",
    "∞": r"\infty", "∂": r"\partial", "∇": r"\nabla", "∆": r"\Delta", "ℏ": r"\hbar", "ℓ": r"\ell", "ℜ": r"\Re",
    "ℑ": r"\Im", "ℵ": r"\aleph", "′": "'", "″": "''", "…": r"\ldots", "⋯": r"\cdots", "⋮": r"\vdots",
    "⋱": r"\ddots", "{": r"\{", "}": r"\}", "⟨": r"\langle", "⟩": r"\rangle", "〈": r"\langle", "〉": r"\rangle",
    "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil", "∫": r"\int", "∬": r"\iint", "∮": r"\oint",
    "∑": r"\sum", "∏": r"\prod", "∐": r"\coprod", "⋃": r"\bigcup", "⋂": r"\bigcap", "⨁": r"\bigoplus",
    "⨂": r"\bigotimes", "√": r"\sqrt", "∠": r"\angle", "°": r"^{\circ}", "%": r"\%", "&": r"\&", "#": r"\#",
    "$": r"\$", "_": r"\_", "†": r"\dagger", "‡": r"\ddagger", "⋆": r"\star", "★": r"\star", "≜": r"\triangleq",
    "≐": r"\doteq", "⟹": r"\Longrightarrow", "⟺": r"\Longleftrightarrow", "\u0338": r"\not", "∴": r"\therefore", "∵": r"\because",
}  # fmt: skip
_GREEK = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "varepsilon",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "o",
    "pi",
    "rho",
    "varsigma",
    "sigma",
    "tau",
    "upsilon",
    "varphi",
    "chi",
    "psi",
    "omega",
]
_GREEK_CAPITALS = {
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma",
    "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "\u2126": "Omega", "\u2206": "Delta",
}  # fmt: skip
_GREEK_FORMS = {"ϕ": "phi", "ϵ": "epsilon", "ϑ": "vartheta", "ϱ": "varrho", "ϖ": "varpi", "µ": "mu"}
_OMS = {
    0x00: "-", 0x01: r"\cdot", 0x02: r"\times", 0x03: "*", 0x04: r"\div", 0x06: r"\pm", 0x07: r"\mp",
    0x08: r"\oplus", 0x09: r"\ominus", 0x0A: r"\otimes", 0x0C: r"\odot", 0x0E: r"\circ", 0x0F: r"\bullet",
    0x11: r"\equiv", 0x12: r"\subseteq", 0x13: r"\supseteq", 0x14: r"\leq", 0x15: r"\geq", 0x18: r"\sim",
    0x19: r"\approx", 0x1A: r"\subset", 0x1B: r"\supset", 0x1C: r"\ll", 0x1D: r"\gg", 0x20: r"\leftarrow",
    0x21: r"\to", 0x22: r"\uparrow", 0x23: r"\downarrow", 0x24: r"\leftrightarrow", 0x27: r"\simeq",
    0x28: r"\Leftarrow", 0x29: r"\Rightarrow", 0x2C: r"\Leftrightarrow", 0x2F: r"\propto", 0x30: "'",
    0x31: r"\infty", 0x32: r"\in", 0x33: r"\ni", 0x36: r"\not", 0x37: r"\mapstochar", 0x38: r"\forall",
    0x39: r"\exists", 0x3A: r"\neg", 0x3B: r"\emptyset", 0x3C: r"\Re", 0x3D: r"\Im", 0x3E: r"\top",
    0x3F: r"\perp", 0x40: r"\aleph", 0x5B: r"\cup", 0x5C: r"\cap", 0x5E: r"\wedge", 0x5F: r"\vee",
    0x60: r"\vdash", 0x62: r"\lfloor", 0x63: r"\rfloor", 0x64: r"\lceil", 0x65: r"\rceil", 0x66: r"\{",
    0x67: r"\}", 0x68: r"\langle", 0x69: r"\rangle", 0x6A: "|", 0x6B: r"\|", 0x6E: r"\setminus",
    0x70: r"\sqrt", 0x72: r"\nabla", 0x73: r"\int", 0x79: r"\dagger", 0x7A: r"\ddagger",
}  # fmt: skip
_OMX_PAIRS = {
    "(": (0x00, 0x10, 0x12, 0x20), ")": (0x01, 0x11, 0x13, 0x21), "[": (0x02, 0x14, 0x22, 0x68),
    "]": (0x03, 0x15, 0x23, 0x69), r"\lfloor": (0x04, 0x16, 0x24, 0x6A), r"\rfloor": (0x05, 0x17, 0x25, 0x6B),
    r"\lceil": (0x06, 0x18, 0x26, 0x6C), r"\rceil": (0x07, 0x19, 0x27, 0x6D), r"\{": (0x08, 0x1A, 0x28, 0x6E),
    r"\}": (0x09, 0x1B, 0x29, 0x6F), r"\langle": (0x0A, 0x1C, 0x2A, 0x44), r"\rangle": (0x0B, 0x1D, 0x2B, 0x45),
    "|": (0x0C,), r"\|": (0x0D,), "/": (0x0E, 0x1E, 0x2C, 0x2E), r"\oint": (0x48, 0x49),
    r"\bigodot": (0x4A, 0x4B), r"\bigoplus": (0x4C, 0x4D), r"\bigotimes": (0x4E, 0x4F), r"\sum": (0x50, 0x58),
    r"\prod": (0x51, 0x59), r"\int": (0x52, 0x5A), r"\bigcup": (0x53, 0x5B), r"\bigcap": (0x54, 0x5C),
    r"\bigwedge": (0x56, 0x5E), r"\bigvee": (0x57, 0x5F), r"\coprod": (0x60, 0x61),
    r"\widehat": (0x62, 0x63, 0x64), r"\widetilde": (0x65, 0x66, 0x67),
    r"\sqrt": (0x70, 0x71, 0x72, 0x73),
}  # fmt: skip
_OMX = {code: name for name, codes in _OMX_PAIRS.items() for code in codes}
_MSB = {0x28: r"\subsetneq", 0x3B: r"\varnothing", 0x7E: r"\hbar", 0x20: r"\nleq", 0x40: r"\nleqslant"}
_MSA = {0x36: r"\leqslant", 0x3E: r"\geqslant", 0x03: r"\square", 0x04: r"\blacksquare", 0x2C: r"\triangleq"}
_OML = {0x7E: r"\vec", 0x60: r"\ell", 0x7B: r"\imath", 0x7C: r"\jmath", 0x7D: r"\wp", 0x3F: r"\star"}
_OT1 = {0x13: r"\acute", 0x12: r"\grave", 0x14: r"\check", 0x15: r"\breve", 0x16: r"\bar", 0x5E: r"\hat",
        0x5F: r"\dot", 0x7E: r"\tilde", 0x7F: r"\ddot"}  # fmt: skip
_ACCENTS = {
    "ˆ": r"\hat", "˜": r"\tilde", "¯": r"\bar", "˙": r"\dot", "¨": r"\ddot", "ˇ": r"\check", "˘": r"\breve",
    "´": r"\acute", "`": r"\grave", "⃗": r"\vec", "ˉ": r"\bar", "̂": r"\hat", "̃": r"\tilde", "̄": r"\bar",
    "̇": r"\dot", "̈": r"\ddot",
}  # fmt: skip
ACCENTS = frozenset({*_ACCENTS.values(), r"\widehat", r"\widetilde"})
"""What stands over a symbol."""
_FONTS = (
    (re.compile(r"^(?:CM|LM|PX|TX)?(?:BX?)?(?:SY|MathSymbols|sy)", re.IGNORECASE), _OMS),
    (re.compile(r"^(?:CM|LM|PX|TX)?(?:EX|MathExtension|ex)", re.IGNORECASE), _OMX),
    (re.compile(r"^(?:CM|LM|PX|TX)?(?:MIB?\d|MathItalic)", re.IGNORECASE), _OML),
    (re.compile(r"^(?:CMR|CMBX|CMTI|LMRoman)", re.IGNORECASE), _OT1),
    (re.compile(r"^MSB", re.IGNORECASE), _MSB),
    (re.compile(r"^MSA", re.IGNORECASE), _MSA),
)
_DOUBLE_STRUCK = re.compile(r"^MSB|bbold|^BBM", re.IGNORECASE)
_FRAKTUR = re.compile(r"^EUF", re.IGNORECASE)
_SCRIPT = re.compile(r"^(?:CMSY|LMMathSymbols|RSFS|EUS)", re.IGNORECASE)
MATHS_FONT = re.compile(
    r"^(?:CM(?:MI|SY|EX|BSY|MIB)|LMMath|MS[AB]M|EUF|EUS|RSFS|(?:PX|TX)(?:MI|SY|EX)|rtxmi|MathJax|MTMI|MTSY|MTEX)"
    r"|Math|^Symbol",
    re.IGNORECASE,
)
BIG = frozenset(
    [
        r"\sum",
        r"\prod",
        r"\coprod",
        r"\int",
        r"\iint",
        r"\oint",
        r"\bigcup",
        r"\bigcap",
        r"\bigoplus",
        r"\bigotimes",
        r"\bigodot",
        r"\bigwedge",
        r"\bigvee",
    ]
)
"""Operators whose limits stand above and below."""
FUNCTIONS = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "sinh",
        "cosh",
        "tanh",
        "arcsin",
        "arccos",
        "arctan",
        "exp",
        "log",
        "ln",
        "lg",
        "lim",
        "max",
        "min",
        "sup",
        "inf",
        "det",
        "dim",
        "ker",
        "deg",
        "gcd",
        "Pr",
        "arg",
        "hom",
    ]
)


def latex_of_glyph(glyph: Glyph) -> str | None:
    """One character or command; None for a glyph nobody can name."""
    if glyph.is_unmapped:
        return _by_font(glyph.font, ord(glyph.text))
    text = unicodedata.normalize("NFKC", glyph.text) if ord(glyph.text) >= 0x1D400 else glyph.text
    if len(text) != 1:
        return None
    if "A" <= text <= "Z" and glyph.font:
        for pattern, command in ((_DOUBLE_STRUCK, "mathbb"), (_FRAKTUR, "mathfrak"), (_SCRIPT, "mathcal")):
            if pattern.search(glyph.font):
                return f"\\{command}{{{text}}}"
    return _by_unicode(text)


def _by_unicode(text: str) -> str | None:
    found = _ACCENTS.get(text) or _UNICODE.get(text) or _greek(text)
    if found:
        return found
    if text.isascii() and text.isprintable():
        return text
    return text if text.isalpha() and unicodedata.category(text) != "Co" else None


def _greek(text: str) -> str | None:
    if "α" <= text <= "ω":
        name = _GREEK[ord(text) - ord("α")]
        return name if name == "o" else "\\" + name
    name = _GREEK_CAPITALS.get(text) or _GREEK_FORMS.get(text) or ""
    return "\\" + name if name else None


def _by_font(font: str, code: int) -> str | None:
    for pattern, table in _FONTS:
        if pattern.search(font):
            return table.get(code)
    return None
