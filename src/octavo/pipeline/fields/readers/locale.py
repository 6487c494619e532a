"""How a document writes numbers and dates, guessed from all of it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from octavo.pipeline.fields.readers.convention import Locale
from octavo.pipeline.fields.readers.plain import plain_digits
from octavo.pipeline.fields.view import View

__all__ = ["Locale", "guess_locale", "locale_of"]

_MOST_LETTERS = 200_000
_BOTH = re.compile(r"(?<![\d.,])\d{1,3}(?:([.,])\d{3})+([.,])\d{1,3}(?![\d.,]*\d)")
_CENTS = re.compile(r"(?<![\d.,/-])\d+([.,])\d{2}(?![\d.,/-]*\d)")
_SPACED = re.compile("(?<![\\d.,])\\d{1,3}(?:([ \u00a0\u202f\u2009'\u2019])\\d{3})+[.,]\\d{2}(?!\\d)")
_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d|\2\d)")
_BESIDE = re.compile(
    r"(?<![^\W\d_])([A-Za-z]{0,3}\$|[A-Z]{2,3}|[Kk]r\.?|R[sp]\.?)\s{0,2}[-(]?\d[\d.,' ]*[.,]\d{2}(?!\d)"
    r"|\d[.,]\d{2}\s?([A-Z]{3}|kr|z\u0142|K\u010d|Ft|lei|RM|\$)(?![^\W\d_])"
    r"|(?:\(|[Cc]urrency\s?:?\s?|W\u00e4hrung\s?:?\s?|[Dd]evise\s?:?\s?)([A-Z]{3})\b"
)
"""A sign or a code in front of an amount, behind it, or alone in brackets or after its label."""
_YEAR_FIRST_COUNTRIES = frozenset({"CN", "JP", "KR", "TW", "HU", "LT", "SE", "CA"})
_YEAR_FIRST_LANGUAGES = frozenset({"zh", "ja", "ko", "hu", "lt"})


def guess_locale(view: View, hints: tuple[str, ...] = ()) -> Locale:
    """How this document writes; `hints` is what the caller says it is written in, BCP 47."""
    return locale_of(view.text, view.languages, hints)


def locale_of(text: str, languages: tuple[str, ...] = (), hints: tuple[str, ...] = ()) -> Locale:
    """The document's own numbers and dates count most, then its country, then its language.

    Args:
        text: All of the document, a line a row, see `View.text`.
        languages: Guessed, likeliest first, see `View.languages`.
        hints: What the caller says it is written in, BCP 47; a region in them is the country.
    """
    text = text[:_MOST_LETTERS]
    language = next((hint.split("-")[0].lower() for hint in hints), None) or next(iter(languages), "en")
    country = _region(hints) or _country(text)
    decimal, thousands = _marks(text, language, country)
    return Locale(
        language,
        decimal,
        thousands,
        _date_order(text, language, country),
        _currency(text, country),
        country,
    )


def _region(hints: Iterable[str]) -> str | None:
    for hint in hints:
        parts = hint.replace("_", "-").split("-")
        region = next((part for part in parts[1:] if len(part) == 2 and part.isalpha()), None)
        if region:
            return region.upper()
    return None


def _country(text: str) -> str | None:
    """The one with the most cues; None where two have as many."""
    from octavo.pipeline.fields.readers.locale_cues import ACCOUNTS, DIALLED, DIALLING, DOMAINS, TOP_DOMAINS

    votes: defaultdict[str, float] = defaultdict(float)
    lowered = text.casefold()
    for pattern, country in _cues():
        found = len(set(pattern.findall(text)))
        votes[country] += min(found, 3)
    for domain in set(DOMAINS.findall(lowered)):
        if domain in TOP_DOMAINS:
            votes[domain.upper()] += 1.5
    for code in set(DIALLING.findall(text)):
        called = DIALLED.get(code) or DIALLED.get(code[:2])
        if called:
            votes[called] += 1
    for code in set(ACCOUNTS.findall(text)):
        votes[code] += 1.5
    ranked = sorted(votes.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < 1 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


@cache
def _cues() -> tuple[tuple[re.Pattern[str], str], ...]:
    from octavo.pipeline.fields.readers.locale_cues import COUNTRY_WORDS

    return tuple((re.compile(pattern, re.IGNORECASE), country) for pattern, country in COUNTRY_WORDS)


def _marks(text: str, language: str, country: str | None) -> tuple[str, str]:
    """Decimal sign, and the sign between thousands."""
    usual_decimal, usual_thousands = _usual_marks(language, country)
    votes = {".": 0.0, ",": 0.0}
    grouped: defaultdict[str, int] = defaultdict(int)
    for group, point in _BOTH.findall(text):
        votes[point] += 3 * (group != point)
        grouped[group] += group != point
    for point in _CENTS.findall(text):
        votes[point] += 1
    for space in _SPACED.findall(text):
        grouped["'" if space in "'\u2019" else " "] += 1
    decimal = usual_decimal if votes["."] == votes[","] else max(votes, key=lambda sign: votes[sign])
    grouped.pop(decimal, None)
    if any(grouped.values()):
        return decimal, max(grouped, key=lambda sign: grouped[sign])
    if usual_thousands == decimal:
        usual_thousands = "." if decimal == "," else ","
    return decimal, usual_thousands


@cache
def _usual_marks(language: str, country: str | None) -> tuple[str, str]:
    from babel import Locale as Tables
    from babel import UnknownLocaleError

    for tag in (f"{language}_{country}" if country else language, language):
        try:
            symbols = Tables.parse(tag).number_symbols["latn"]
        except (UnknownLocaleError, ValueError, KeyError):
            continue
        group = plain_digits(symbols["group"])
        return plain_digits(
            symbols["decimal"]
        ), " " if group.isspace() else "'" if group == "\u2019" else group
    return ".", ","


def _date_order(text: str, language: str, country: str | None) -> str:
    votes = {"dmy": 0, "mdy": 0}
    for first, mark, second, year in _DAY.findall(text):
        if int(first) > 12 >= int(second):
            votes["dmy"] += 1
        elif int(second) > 12 >= int(first) and mark != "." and year != "00":  # 11.14.00 is a time
            votes["mdy"] += 1
    if votes["dmy"] != votes["mdy"]:
        return max(votes, key=lambda order: votes[order])
    if country == "US" or (country is None and language == "en" and "$" in text):
        return "mdy"
    if country in _YEAR_FIRST_COUNTRIES or (country is None and language in _YEAR_FIRST_LANGUAGES):
        return "ymd"
    return "dmy"


def _currency(text: str, country: str | None) -> str | None:
    """What stands beside amounts most often; else what the country has."""
    from octavo.pipeline.fields.readers.currencies import CODES, currency_of, currency_of_country, sole_signs

    own = currency_of_country(country)
    votes: defaultdict[str, int] = defaultdict(int)
    unknown = Locale(country=country, currency=own)
    for before, after, alone in _BESIDE.findall(text):
        written = before or after or alone
        code = currency_of(written, unknown) if not alone else alone if alone in CODES else None
        if code:
            votes[code] += 1
    for sign, code in sole_signs():
        votes[code] += text.count(sign)
    likely = [code for code in votes if votes[code]]
    return max(likely, key=lambda code: (votes[code], code == own)) if likely else own
