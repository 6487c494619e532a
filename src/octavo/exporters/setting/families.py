"""Which font an office program is asked for, so that the page looks as it did wherever it is opened."""

import re
from functools import lru_cache

from octavo.exporters.setting.widths import MONO, SANS, SERIF

_SAME = {
    SANS: ("arial", "helvetica", "liberation sans", "nimbus sans", "arimo", "tex gyre heros", "free sans"),
    SERIF: (
        "times",
        "liberation serif",
        "nimbus rom",
        "tinos",
        "tex gyre termes",
        "free serif",
        "cmr",
        "sfrm",
    ),
    MONO: ("courier", "liberation mono", "nimbus mon", "cousine", "cmtt", "free mono", "sftt"),
}
"""Fonts of the same widths, or as good as."""
_KEPT = {
    "calibri": "Calibri",
    "carlito": "Calibri",
    "cambria": "Cambria",
    "caladea": "Cambria",
    "verdana": "Verdana",
    "deja vu sans": "Verdana",
    "bitstream vera sans": "Verdana",
}
"""Fonts that every machine has, or one of the same widths for: they fit by themselves. Any other may be missing where
the file is opened, and what would stand in for it has other widths."""
_SERIFED = re.compile(
    r"serif|roman|times|garamond|georgia|palat|minion|caslon|^cm(?!ss|tt)|^sf[rbst]|^lm|^ms[ab]m|^eu[fr]|^ec[rb]|century sch|bodoni|utopia|charter|"
    r"antiqua|book|merri|lora|termes|pagella|schola|baskerville|didot|^ptf|amiri|nimbus rom|plantin|sabon|swift|cambo",
    re.IGNORECASE,
)
_SANS_SERIF = re.compile(r"sans|grotes|gothic|futura|univers|frutiger", re.IGNORECASE)
_FIXED = re.compile(
    r"mono(?!type)|typewriter|consol|menlo|fixed|^cmtt|^sftt|source code|inconsol", re.IGNORECASE
)


@lru_cache(maxsize=512)
def office_family(name: str | None, default: str) -> str:
    """The family to ask for; `default` where the source does not say its name."""
    if not name:
        return default
    low = name.lower()
    kept = _KEPT.get(low)
    if kept:
        return kept
    for family, others in _SAME.items():
        if low.startswith(others):
            return SANS if family == SERIF and "sans" in low else family
    if _FIXED.search(name):
        return MONO
    return SERIF if _SERIFED.search(name) and not _SANS_SERIF.search(name) else SANS


def is_measured(family: str) -> bool:
    """Whether its widths are known, so that text can be made to fit."""
    return family in (SANS, SERIF, MONO)
