"""Listings: their text line by line, and the language where it is evident."""

import re

from octavo.pipeline.structure.rows import Row

LETTER_EM = 0.6
"""Width of a letter of a typewriter font."""
LEAST_SIGNS = 2
"""Different signs of a language, of which two are no accident; one is enough where the listing is short."""
SHORT = 3
"""Lines."""

_SIGNS: dict[str, tuple[str, ...]] = {
    "python": (r"^\s*def \w+\(.*\):", r"^\s*(?:from [\w.]+ )?import [\w.]+", r"^\s*(?:elif .*|else|try|class \w+.*):$", r"\bself\.", r"\bprint\(", r"^>>> "),
    "javascript": (r"\bfunction\b\s*\w*\(", r"\b(?:const|let|var) \w+ =", r"console\.log\(", r"=> ?[{(\w]", r"\brequire\("),
    "java": (r"\bpublic (?:static |final )*(?:class|void|int|String)\b", r"System\.out\.", r"^\s*import java", r"\bprivate \w+ \w+"),
    "c": (r"^\s*#include\s*[<\"]", r"\bint main\(", r"\bprintf\(", r"\b(?:char|int|void) \*?\w+\("),
    "sql": (r"\bSELECT\b.*", r"\bFROM\b\s+\w+", r"\b(?:INSERT INTO|CREATE (?:TABLE|INDEX|VIEW)|ALTER TABLE|DELETE FROM)\b", r"\bWHERE\b", r"\b(?:JOIN|GROUP BY|ORDER BY)\b"),
    "bash": (r"^\s*[$#] \w+", r"^\s*(?:sudo|apt(?:-get)?|cd|ls|export|echo|grep|pip|docker|git|make)\b", r"^#!/bin/(?:ba)?sh", r"\bfi$|\bdone$"),
    "json": (r"^\s*[{\[]\s*$", r"^\s*\"[\w-]+\":\s*[\"\d\[{tfn]", r"^\s*[}\]],?\s*$"),
    "xml": (r"^\s*<\?xml", r"</\w[\w:.-]*>", r"^\s*<\w[\w:.-]*(?:\s+\w[\w:.-]*=\"[^\"]*\")*\s*/?>"),
    "yaml": (r"^[\w-]+:\s*$", r"^\s*- \w+:", r"^---$"),
    "r": (r"<- ", r"\blibrary\(", r"\bfunction\(.*\) \{?$", r"^> \w+"),
}  # fmt: skip
_TESTS = {name: tuple(re.compile(sign, re.MULTILINE) for sign in signs) for name, signs in _SIGNS.items()}


def code_text(rows: list[Row]) -> str:
    """Line by line, indented as it stands."""
    left = min(row.x0 for row in rows)
    return "\n".join(
        " " * (round((row.x0 - left) / (LETTER_EM * row.size)) if row.size else 0) + row.text for row in rows
    )


def language_of(text: str) -> str | None:
    """None where no language, or more than one, is evident."""
    counts = {name: sum(sign.search(text) is not None for sign in signs) for name, signs in _TESTS.items()}
    first, second = sorted(counts.values(), reverse=True)[:2]
    least = 1 if text.count("\n") < SHORT else LEAST_SIGNS
    if first < least or first == second:
        return None
    return max(counts, key=lambda name: counts[name])
