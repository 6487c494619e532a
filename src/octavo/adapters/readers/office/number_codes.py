"""Number format codes taken apart: sections, tokens, and the codes that have numbers instead of names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from locale import windows_locale
from types import MappingProxyType

GENERAL = "General"
BUILTIN: Mapping[int, str] = MappingProxyType(
    {
        0: GENERAL,
        1: "0",
        2: "0.00",
        3: "#,##0",
        4: "#,##0.00",
        5: '"$"#,##0_);("$"#,##0)',
        6: '"$"#,##0_);[Red]("$"#,##0)',
        7: '"$"#,##0.00_);("$"#,##0.00)',
        8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
        9: "0%",
        10: "0.00%",
        11: "0.00E+00",
        12: "# ?/?",
        13: "# ??/??",
        14: "m/d/yyyy",
        15: "d-mmm-yy",
        16: "d-mmm",
        17: "mmm-yy",
        18: "h:mm AM/PM",
        19: "h:mm:ss AM/PM",
        20: "h:mm",
        21: "h:mm:ss",
        22: "m/d/yyyy h:mm",
        **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-mm-dd"),
        **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm:ss"),
        37: "#,##0_);(#,##0)",
        38: "#,##0_);[Red](#,##0)",
        39: "#,##0.00_);(#,##0.00)",
        40: "#,##0.00_);[Red](#,##0.00)",
        41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
        42: '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)',
        43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
        44: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
        45: "mm:ss",
        46: "[h]:mm:ss",
        47: "mm:ss.0",
        48: "##0.0E+0",
        49: "@",
    }
)
"""ISO 29500-1 §18.8.30, as Excel shows them in the United States; 27-36 and 50-58 are East Asian dates and times."""

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | \\(?P<escaped>.)
    | _(?P<space>.)
    | \*(?P<fill>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>general)
    | (?P<noon>am/pm|a/p)
    | (?P<exponent>e[+-])
    | (?P<date>y+|m+|d+|h+|s+)
    | (?P<digit>[0\#?])
    | (?P<point>\.)
    | (?P<comma>,)
    | (?P<percent>%)
    | (?P<text>@)
    | (?P<slash>/)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_ELAPSED = re.compile(r"(h+|m+|s+)$", re.IGNORECASE)
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{2,8}")
_MOST_SECTIONS = 4
_OF_DATES = frozenset({"date", "elapsed", "noon"})
_LONGEST_CODE = 1000


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    """`literal`, `general`, `date`, `elapsed`, `noon`, `exponent`, `digit`, `point`, `comma`, `percent`, `text`, `slash`."""
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    kinds: frozenset[str] = frozenset()
    """Of the tokens: asked for with every cell."""
    language: str | None = None
    """Of the names of months and days: `de_DE` for `[$-407]`. None for that of the United States."""

    def has(self, kind: str) -> bool:
        return kind in self.kinds

    @property
    def is_date(self) -> bool:
        return not self.kinds.isdisjoint(_OF_DATES)


@lru_cache(maxsize=2048)
def sections_of(code: str) -> tuple[Section, ...]:
    """Up to four, parted by semicolons."""
    parts: list[list[tuple[str, str]]] = [[]]
    for match in _TOKEN.finditer(code[:_LONGEST_CODE]):
        kind = match.lastgroup or "other"
        text = match[kind]
        if kind == "other" and text == ";":
            parts.append([])
        else:
            parts[-1].append((kind, text))
    return tuple(_section(part) for part in parts[:_MOST_SECTIONS])


def is_date_code(code: str) -> bool:
    """Whether numbers are shown as dates or times by it."""
    return sections_of(code)[0].is_date


def _section(pieces: list[tuple[str, str]]) -> Section:
    condition: tuple[str, float] | None = None
    language: str | None = None
    tokens: list[Token] = []
    for kind, text in pieces:
        if kind == "bracket":
            found = _CONDITION.match(text)
            condition = (found[1], float(found[2])) if found else condition
            language = _language(text) or language
            tokens.extend(_bracketed(text))
        elif kind != "fill":  # it pads a cell to its width
            tokens.append(_token(kind, text))
    return Section(tuple(tokens), condition, frozenset(token.kind for token in tokens), language)


def _language(bracketed: str) -> str | None:
    """Of `$€-407` or `$-x-sysdate`: what Windows calls so; the upper half of the number says how digits look."""
    code = bracketed.partition("-")[2]
    if not bracketed.startswith("$") or not _HEXADECIMAL.fullmatch(code):
        return None
    return windows_locale.get(int(code, 16) & 0xFFFF)


def _bracketed(text: str) -> list[Token]:
    """Elapsed time, or the currency sign of `[$€-407]`; colours and conditions show nothing."""
    if _ELAPSED.match(text):
        return [Token("elapsed", text.lower())]
    if text.startswith("$"):
        return [Token("literal", text[1:].partition("-")[0])]
    return []


def _token(kind: str, text: str) -> Token:
    if kind == "space":
        return Token("literal", " ")
    if kind in {"quoted", "escaped", "other"}:
        return Token("literal", text)
    return Token(kind, text.lower() if kind in {"date", "general"} else text)
