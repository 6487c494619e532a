"""Names of months in the languages documents are written in."""

import unicodedata
from functools import cache

LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "cs", "sk", "sl", "hr", "hu", "ro", "bg",
    "el", "tr", "ru", "uk", "et", "lv", "lt", "id", "ms", "ca", "vi", "is",
)  # fmt: skip
_EXTRA = {"sept": 9, "juil": 7, "jly": 7, "maerz": 3, "jaenner": 1, "mrt": 3, "okt": 10, "dic": 12, "set": 9}
"""Short forms in use that the tables leave out."""
_SHORTEST, _SHORTEST_ABROAD = 2, 3
"""Letters, in the document's own language and in any other."""


@cache
def months_of(language: str) -> dict[str, int]:
    """Names and short forms, folded as `fold` does; empty for a language without tables."""
    from babel import Locale, UnknownLocaleError

    try:
        tables = Locale.parse(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in tables[form][width].items():
                folded = fold(name)
                if len(folded) >= _SHORTEST and not folded.isdigit():
                    found.setdefault(folded, number)
    return found


@cache
def _all_months() -> dict[str, int]:
    """Of all languages; the earlier language wins where two disagree."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for name, number in months_of(language).items():
            found.setdefault(name, number)
    return {**_EXTRA, **found}


def month_number(name: str, language: str) -> int | None:
    """1-12; the document's own language first, since `mar` and `set` are not the same everywhere."""
    folded = fold(name)
    if len(folded) < _SHORTEST:
        return None
    own = months_of(language).get(folded)
    return own or (_all_months().get(folded) if len(folded) >= _SHORTEST_ABROAD else None)


def fold(name: str) -> str:
    """Lower case without accents and full stops."""
    spread = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    return "".join(char for char in spread if char.isalnum())
