"""The symbols, as LaTeX: label -> how it is typeset. The label is what a reader writes for it."""

import string

GREEK = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "varepsilon",
    "zeta",
    "eta",
    "theta",
    "vartheta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "pi",
    "varpi",
    "rho",
    "varrho",
    "sigma",
    "varsigma",
    "tau",
    "upsilon",
    "phi",
    "varphi",
    "chi",
    "psi",
    "omega",
    "Gamma",
    "Delta",
    "Theta",
    "Lambda",
    "Xi",
    "Pi",
    "Sigma",
    "Upsilon",
    "Phi",
    "Psi",
    "Omega",
]
SIGNS = [
    "pm",
    "mp",
    "times",
    "div",
    "ast",
    "circ",
    "bullet",
    "cdot",
    "cap",
    "cup",
    "wedge",
    "vee",
    "setminus",
    "oplus",
    "ominus",
    "otimes",
    "oslash",
    "odot",
    "dagger",
    "leq",
    "geq",
    "equiv",
    "sim",
    "simeq",
    "approx",
    "cong",
    "propto",
    "neq",
    "ll",
    "gg",
    "subset",
    "supset",
    "subseteq",
    "supseteq",
    "in",
    "ni",
    "notin",
    "perp",
    "mid",
    "parallel",
    "to",
    "leftarrow",
    "Rightarrow",
    "Leftarrow",
    "leftrightarrow",
    "Leftrightarrow",
    "mapsto",
    "uparrow",
    "downarrow",
    "infty",
    "partial",
    "nabla",
    "forall",
    "exists",
    "neg",
    "emptyset",
    "Re",
    "Im",
    "aleph",
    "hbar",
    "ell",
    "ldots",
    "cdots",
    "vdots",
    "ddots",
    "prime",
    "langle",
    "rangle",
    "lfloor",
    "rfloor",
    "lceil",
    "rceil",
    "star",
]
BIG = [
    "sum",
    "prod",
    "coprod",
    "int",
    "oint",
    "bigcup",
    "bigcap",
    "bigoplus",
    "bigotimes",
    "bigwedge",
    "bigvee",
]
DELIMITERS = {"(": "(", ")": ")", "[": "[", "]": "]", r"\{": r"\{", r"\}": r"\}", r"\langle": r"\langle",
              r"\rangle": r"\rangle", "|": "|", "/": "/"}  # fmt: skip
ACCENTS = {r"\hat": r"\hat{\phantom{x}}", r"\tilde": r"\tilde{\phantom{x}}", r"\vec": r"\vec{\phantom{x}}",
           r"\widehat": r"\widehat{\phantom{xx}}", r"\widetilde": r"\widetilde{\phantom{xx}}",
           r"\check": r"\check{\phantom{x}}", r"\breve": r"\breve{\phantom{x}}"}  # fmt: skip
PLAIN = {"+": "+", "=": "=", "-": "-", "<": "<", ">": ">", ",": ",", ";": ";", ":": ":", ".": ".", "!": "!",
         "?": "?", "*": "*", r"\&": r"\&", r"\%": r"\%", r"\#": r"\#"}  # fmt: skip
ROMAN = "rm:"
"""Before the label of an upright letter."""


def symbols() -> dict[str, list[str]]:
    """Label -> the ways it is set."""
    found: dict[str, list[str]] = {}
    for letter in string.ascii_letters:
        found[letter] = [letter]
        found[ROMAN + letter] = [rf"\mathrm{{{letter}}}", rf"\mathbf{{{letter}}}"]
    for digit in string.digits:
        found[digit] = [digit, rf"\mathbf{{{digit}}}"]
    for letter in string.ascii_uppercase:
        found[rf"\mathcal{{{letter}}}"] = [rf"\mathcal{{{letter}}}"]
        found[rf"\mathbb{{{letter}}}"] = [rf"\mathbb{{{letter}}}"]
    for name in (*GREEK, *SIGNS):
        found["\\" + name] = ["\\" + name]
    for name in BIG:
        found["\\" + name] = [rf"\displaystyle\{name}", rf"\textstyle\{name}"]
    for label, latex in DELIMITERS.items():
        found[label] = [latex, rf"\big{latex}", rf"\Big{latex}", rf"\bigg{latex}", rf"\Bigg{latex}"]
    found |= {label: [latex] for label, latex in {**PLAIN, **ACCENTS}.items()}
    return found
