"""Marks over and under an expression: combining characters, bars, braces, arrows."""
# ruff: noqa: RUF001 - these very characters are what is told apart here

from collections.abc import Mapping
from types import MappingProxyType

_OVER: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "\u0300": ("grave", "grave"),
        "\u0301": ("acute", "acute"),
        "\u0302": ("hat", "widehat"),
        "\u0303": ("tilde", "widetilde"),
        "\u0304": ("bar", "overline"),
        "\u0305": ("bar", "overline"),
        "\u0306": ("breve", "breve"),
        "\u0307": ("dot", "dot"),
        "\u0308": ("ddot", "ddot"),
        "\u030a": ("mathring", "mathring"),
        "\u030c": ("check", "widecheck"),
        "\u20db": ("dddot", "dddot"),
        "\u20dc": ("ddddot", "ddddot"),
        "\u20d0": ("overset{\\leftharpoonup}", "overset{\\leftharpoonup}"),
        "\u20d1": ("overset{\\rightharpoonup}", "overset{\\rightharpoonup}"),
        "\u20d6": ("overleftarrow", "overleftarrow"),
        "\u20d7": ("vec", "overrightarrow"),
        "\u20e1": ("overleftrightarrow", "overleftrightarrow"),
        "\u23de": ("overbrace", "overbrace"),
        "\u23b4": ("overbracket", "overbracket"),
        "\u23dc": ("overparen", "overparen"),
    }
)
"""Over one letter, over more."""
_SPACING: Mapping[str, str] = MappingProxyType(
    {
        "^": "\u0302",
        "ˆ": "\u0302",
        "~": "\u0303",
        "˜": "\u0303",
        "¯": "\u0304",
        "‾": "\u0305",
        "_": "\u0305",
        "―": "\u0305",
        "˘": "\u0306",
        "˙": "\u0307",
        ".": "\u0307",
        "¨": "\u0308",
        "˚": "\u030a",
        "ˇ": "\u030c",
        "´": "\u0301",
        "`": "\u0300",
        "⃛": "\u20db",
        "→": "\u20d7",
        "←": "\u20d6",
        "↔": "\u20e1",
        "⇀": "\u20d1",
        "↼": "\u20d0",
    }
)
"""What MathML writes over a letter instead of the combining mark."""
_UNDER: Mapping[str, str] = MappingProxyType(
    {
        "\u0331": "underline",
        "\u0332": "underline",
        "_": "underline",
        "¯": "underline",
        "‾": "underline",
        "\u23df": "underbrace",
        "\u23b5": "underbracket",
        "\u23dd": "underparen",
        "→": "underrightarrow",
        "←": "underleftarrow",
        "↔": "underleftrightarrow",
    }
)
LONG_ARROWS: Mapping[str, str] = MappingProxyType(
    {
        "→": "xrightarrow",
        "←": "xleftarrow",
        "↔": "xleftrightarrow",
        "⇒": "xRightarrow",
        "⇐": "xLeftarrow",
        "⇔": "xLeftrightarrow",
        "⟶": "xrightarrow",
        "⟵": "xleftarrow",
        "↦": "xmapsto",
        "⇌": "xrightleftharpoons",
    }
)
"""Arrows that grow under or over what is written at them."""


def over(mark: str, base: str, *, wide: bool) -> str | None:
    """`base` under the accent `mark`; None where LaTeX has no such accent."""
    names = _OVER.get(_SPACING.get(mark, mark))
    return f"\\{names[wide]}{{{base}}}" if names else None


def under(mark: str, base: str) -> str | None:
    name = _UNDER.get(mark)
    return f"\\{name}{{{base}}}" if name else None
