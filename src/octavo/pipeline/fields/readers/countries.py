"""Names of countries in the languages documents are written in."""

from functools import cache

from octavo.pipeline.fields.readers.months import LANGUAGES, fold

_EXTRA = {
    "uk": "GB",
    "usa": "US",
    "us": "US",
    "uae": "AE",
    "england": "GB",
    "scotland": "GB",
    "holland": "NL",
}


@cache
def _names(language: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {fold(name): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}


def country_of(name: str, language: str = "en") -> str | None:
    """ISO 3166-1 alpha-2 of a name or of a code; None where it is none."""
    bare = name.strip(" .,;:")
    if len(bare) == 2 and bare.isupper() and bare in set(_names("en").values()):
        return bare
    folded = fold(bare)
    if folded in _EXTRA:
        return _EXTRA[folded]
    for tongue in dict.fromkeys((language, "en", *LANGUAGES)):
        code = _names(tongue).get(folded)
        if code:
            return code
    return None
