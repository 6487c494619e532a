"""Which Unicode character is which LaTeX command.

The names are those of LaTeX with `amsmath` and `amssymb`, which MathJax and KaTeX also know.
"""

# ruff: noqa: RUF001 - these very characters are what is told apart here

from collections.abc import Mapping
from types import MappingProxyType

_GREEK = (
    "αalpha βbeta γgamma δdelta ϵepsilon εvarepsilon ζzeta ηeta θtheta ϑvartheta ιiota κkappa ϰvarkappa "
    "λlambda μmu µmu νnu ξxi πpi ϖvarpi ρrho ϱvarrho σsigma ςvarsigma τtau υupsilon ϕphi φvarphi χchi ψpsi "
    "ωomega ΓGamma ΔDelta ΘTheta ϴTheta ΛLambda ΞXi ΠPi ΣSigma ΥUpsilon ϒUpsilon ΦPhi ΨPsi ΩOmega ΩOmega "
    "∆Delta ϝdigamma"
)
_OPERATORS = (
    "×times ÷div ±pm ∓mp ·cdot ⋅cdot ∙bullet •bullet ∘circ ⋆star ∗ast ⊕oplus ⊖ominus ⊗otimes ⊘oslash ⊙odot "
    "∪cup ∩cap ⊎uplus ⊔sqcup ⊓sqcap ∨vee ∧wedge ∖setminus ≀wr ⋄diamond †dagger ‡ddagger ⨿amalg △triangle "
    "◁triangleleft ▷triangleright ⊞boxplus ⊟boxminus ⊠boxtimes ⊡boxdot ⋉ltimes ⋊rtimes ⋈bowtie √surd"
)
_RELATIONS = (
    "≤leq ≥geq ≦leqq ≧geqq ⩽leqslant ⩾geqslant ≠neq ≈approx ≡equiv ∼sim ≃simeq ≅cong ∝propto ≪ll ≫gg ⋘lll "
    "⋙ggg ≺prec ≻succ ⪯preceq ⪰succeq ≼preccurlyeq ≽succcurlyeq ≲lesssim ≳gtrsim ≶lessgtr ≷gtrless ∈in ∉notin "
    "∋ni ⊂subset ⊃supset ⊆subseteq ⊇supseteq ⊊subsetneq ⊋supsetneq ⊏sqsubset ⊐sqsupset ⊑sqsubseteq ⊒sqsupseteq "
    "∣mid ∤nmid ∥parallel ∦nparallel ⊥perp ⟂perp ⊢vdash ⊣dashv ⊨models ⊩Vdash ⊪Vvdash ≍asymp ≐doteq ≑doteqdot "
    "≜triangleq ≔coloneqq ≕eqqcolon ⌣smile ⌢frown ≮nless ≯ngtr ≰nleq ≱ngeq ≉napprox ≁nsim ≇ncong ⊄nsubset "
    "⊈nsubseteq ⊉nsupseteq ≢not\\equiv ∌not\\ni ⊅not\\supset"
)
_ARROWS = (
    "→rightarrow ←leftarrow ↔leftrightarrow ⇒Rightarrow ⇐Leftarrow ⇔Leftrightarrow ↑uparrow ↓downarrow "
    "↕updownarrow ⇑Uparrow ⇓Downarrow ⇕Updownarrow ↦mapsto ↪hookrightarrow ↩hookleftarrow ⟶longrightarrow "
    "⟵longleftarrow ⟷longleftrightarrow ⟹Longrightarrow ⟸Longleftarrow ⟺Longleftrightarrow ⟼longmapsto "
    "↗nearrow ↘searrow ↙swarrow ↖nwarrow ⇀rightharpoonup ⇁rightharpoondown ↼leftharpoonup ↽leftharpoondown "
    "⇌rightleftharpoons ⇋leftrightharpoons ⇄rightleftarrows ⇆leftrightarrows ⇉rightrightarrows ↠twoheadrightarrow "
    "↞twoheadleftarrow ↣rightarrowtail ⇝rightsquigarrow ↺circlearrowleft ↻circlearrowright ↛nrightarrow "
    "↚nleftarrow ⇏nRightarrow ⇍nLeftarrow"
)
_LARGE = (
    "∑sum ∏prod ∐coprod ∫int ∬iint ∭iiint ⨌iiiint ∮oint ∯oiint ∰oiiint ⋃bigcup ⋂bigcap ⋁bigvee ⋀bigwedge "
    "⨁bigoplus ⨂bigotimes ⨀bigodot ⨄biguplus ⨆bigsqcup"
)
_OTHERS = (
    "∞infty ∂partial ∇nabla ∀forall ∃exists ∄nexists ∅varnothing ⌀varnothing ¬neg ⊤top ∠angle ∡measuredangle "
    "∢sphericalangle ∴therefore ∵because …ldots ⋯cdots ⋮vdots ⋱ddots ℏhbar ℓell ℘wp ℵaleph ℶbeth ℷgimel ℸdaleth "
    "ℜRe ℑIm ıimath ȷjmath ðeth ℧mho Ⅎfinv ⅁Game ∁complement □square ■blacksquare ◊lozenge ⧫blacklozenge "
    "▲blacktriangle ▽triangledown ▼blacktriangledown ★bigstar ♠spadesuit ♡heartsuit ♢diamondsuit ♣clubsuit "
    "♭flat ♮natural ♯sharp ✓checkmark ∎blacksquare £pounds ©copyright ®circledR ¶P §S"
)
_FENCES = (
    "⟨langle ⟩rangle 〈langle 〉rangle ⌈lceil ⌉rceil ⌊lfloor ⌋rfloor ‖| ⟦llbracket ⟧rrbracket ⟮lgroup ⟯rgroup"
)


def _commands(*tables: str) -> dict[str, str]:
    return {entry[0]: "\\" + entry[1:] for table in tables for entry in table.split()}


COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        **_commands(_GREEK, _OPERATORS, _RELATIONS, _ARROWS, _LARGE, _OTHERS, _FENCES),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "ABEZHIKMNOPTXo", strict=True)),
        **{mark: "\\" + mark for mark in "#$%&_{}"},
        **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014", "-"),
        "\\": r"\backslash",
        "~": r"\sim",
        "^": r"\wedge",
        "∶": ":",
        "⁄": "/",
        "∕": "/",
        "′": "'",
        "″": "''",
        "‴": "'''",
        "⁗": "''''",
        "°": r"^{\circ}",
        "℃": r"^{\circ}\mathrm{C}",
        "℉": r"^{\circ}\mathrm{F}",
        "ℎ": "h",
        "Å": r"\mathring{A}",
        "‰": r"\text{‰}",
        "\u00a0": "~",
        "\u2002": r"\enspace ",
        "\u2003": r"\quad ",
        "\u2004": r"\;",
        "\u2005": r"\:",
        "\u205f": r"\:",
        "\u2006": r"\,",
        "\u2009": r"\,",
        "\u202f": r"\,",
        "\u200a": r"\,",
        "\t": r"\quad ",
        "\n": " ",
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\ufe00\ufe0e", ""),
    }
)
"""What a character is in math mode. The invisible operators of MathML and joiners are nothing."""

SUPERSCRIPTS: Mapping[str, str] = MappingProxyType(
    dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+-=()ni", strict=True))
)
SUBSCRIPTS: Mapping[str, str] = MappingProxyType(dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()", strict=True)))

LARGE_OPERATORS = frozenset(_commands(_LARGE).values())
INTEGRALS = frozenset([r"\int", r"\iint", r"\iiint", r"\iiiint", r"\oint", r"\oiint", r"\oiiint"])
LIMIT_FUNCTIONS = frozenset(
    ["lim", "limsup", "liminf", "max", "min", "sup", "inf", "det", "gcd", "Pr", "injlim", "projlim"]
)
"""Functions whose subscript stands below them."""
FUNCTIONS = LIMIT_FUNCTIONS | frozenset(
    [
        "arccos",
        "arcsin",
        "arctan",
        "arg",
        "cos",
        "cosh",
        "cot",
        "coth",
        "csc",
        "deg",
        "dim",
        "exp",
        "hom",
        "ker",
        "lg",
        "ln",
        "log",
        "sec",
        "sin",
        "sinh",
        "tan",
        "tanh",
    ]
)

TEXT_ESCAPES: Mapping[str, str] = MappingProxyType(
    {
        **{mark: "\\" + mark for mark in "#$%&_{}"},
        "\\": r"\textbackslash{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "\u00a0": "~",
        "\n": " ",
        "\t": " ",
    }
)
"""What has a meaning of its own inside `\\text{}`."""

FENCES: Mapping[str, str] = MappingProxyType(
    {
        **_commands(_FENCES),
        **{mark: mark for mark in "()[]|/"},
        "": ".",
        "{": r"\{",
        "}": r"\}",
        "<": r"\langle",
        ">": r"\rangle",
        "\\": r"\backslash",
        "∣": "|",
        "∥": r"\|",
        "↑": r"\uparrow",
        "↓": r"\downarrow",
        "↕": r"\updownarrow",
        "⎰": r"\lmoustache",
        "⎱": r"\rmoustache",
        "⌜": r"\ulcorner",
        "⌝": r"\urcorner",
        "⌞": r"\llcorner",
        "⌟": r"\lrcorner",
    }
)
"""What may stand behind `\\left`, `\\middle` and `\\right`."""
