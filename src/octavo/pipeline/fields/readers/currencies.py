"""Signs and codes of currencies."""

import re
from functools import cache

from octavo.pipeline.fields.readers.convention import Locale

SIGNS: dict[str, str] = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "us$": "USD",
    "$us": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "can$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "nt$": "TWD",
    "s$": "SGD",
    "r$": "BRL",
    "mx$": "MXN",
    "¥": "JPY",
    "\uffe5": "JPY",  # as wide as a character of the script it stands in
    "円": "JPY",
    "元": "CNY",
    "₹": "INR",
    "rs": "INR",
    "rs.": "INR",
    "rm": "MYR",
    "zł": "PLN",
    "zl": "PLN",
    "kč": "CZK",
    "ft": "HUF",
    "lei": "RON",
    "лв": "BGN",
    "₽": "RUB",
    "руб": "RUB",  # noqa: RUF001
    "руб.": "RUB",  # noqa: RUF001
    "₴": "UAH",
    "грн": "UAH",
    "₺": "TRY",
    "tl": "TRY",
    "₩": "KRW",
    "฿": "THB",
    "₫": "VND",
    "rp": "IDR",
    "rp.": "IDR",
    "₱": "PHP",
    "php": "PHP",
    "s/": "PEN",
    "s/.": "PEN",
    "₪": "ILS",
    "₦": "NGN",
    "sfr": "CHF",
    "sfr.": "CHF",
    "fr": "CHF",
    "fr.": "CHF",
}
"""What one currency alone is written as; lower case."""
_SHARED: dict[str, dict[str, str]] = {
    "$": {
        "AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD", "MX": "MXN", "AR": "ARS",
        "CL": "CLP", "CO": "COP", "UY": "UYU", "JM": "JMD", "BB": "BBD", "TT": "TTD", "BS": "BSD", "FJ": "FJD",
    },
    "kr": {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"},
    "kr.": {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"},
    "r": {"ZA": "ZAR"},
    "₨": {"PK": "PKR", "LK": "LKR", "NP": "NPR", "IN": "INR"},
}  # fmt: skip
"""What several countries write; by country."""
_USUAL = {"$": "USD", "₨": "INR"}
_BY_LANGUAGE = {"sv": "SE", "nb": "NO", "no": "NO", "nn": "NO", "da": "DK", "is": "IS"}
_CODES = (
    "AED AFN ALL AMD AOA ARS AUD AZN BAM BBD BDT BGN BHD BND BOB BRL BSD BWP BYN CAD CDF CHF CLP CNY COP CRC CUP "
    "CZK DKK DOP DZD EGP ETB EUR FJD GBP GEL GHS GTQ HKD HNL HRK HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS "
    "KHR KRW KWD KZT LAK LBP LKR LYD MAD MDL MGA MKD MMK MNT MOP MUR MVR MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR "
    "PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SCR SDG SEK SGD SYP THB TJS TMT TND TOP TRY TTD TWD TZS "
    "UAH UGX USD UYU UZS VND XAF XCD XOF XPF YER ZAR ZMW"
)
CODES = frozenset(_CODES.split())
_WORDS = frozenset(
    {"all", "top", "try", "pen", "cup", "mad", "bam", "mop", "sos", "lak", "gel", "cad", "pab", "php"}
)
"""Codes that are words, too: only in capitals."""


def currency_of(sign: str, locale: Locale) -> str | None:
    """ISO 4217 of a sign, a code or a name in front of or behind a number; None where it is none."""
    bare = sign.strip()
    if bare in CODES:
        return bare
    lowered = bare.casefold()
    shared = _SHARED.get(lowered)
    if shared is not None:
        country = locale.country or _BY_LANGUAGE.get(locale.language, "")
        own = shared.get(country)
        return own or (locale.currency if locale.currency in shared.values() else _USUAL.get(lowered))
    if lowered in SIGNS:
        return SIGNS[lowered]
    return lowered.upper() if lowered.upper() in CODES and lowered not in _WORDS else None


@cache
def sign_pattern() -> re.Pattern[str]:
    """A sign at the start or the end of a word, longest first."""
    signs = sorted({*SIGNS, *_SHARED, *(code.lower() for code in CODES)}, key=len, reverse=True)
    return re.compile("|".join(re.escape(sign) for sign in signs), re.IGNORECASE)


_EURO = (
    "DE",
    "AT",
    "FR",
    "ES",
    "IT",
    "PT",
    "NL",
    "BE",
    "LU",
    "IE",
    "FI",
    "GR",
    "SK",
    "SI",
    "EE",
    "LV",
    "LT",
    "CY",
    "MT",
    "HR",
)
_COUNTRY_CURRENCIES = {
    "MY": "MYR", "US": "USD", "GB": "GBP", "CH": "CHF", "LI": "CHF", "PL": "PLN", "CZ": "CZK", "HU": "HUF", "RO": "RON",
    "SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK", "TR": "TRY", "IN": "INR", "SG": "SGD", "AU": "AUD", "NZ": "NZD",
    "CA": "CAD", "BR": "BRL", "MX": "MXN", "JP": "JPY", "CN": "CNY", "HK": "HKD", "TW": "TWD", "KR": "KRW", "TH": "THB",
    "VN": "VND", "ID": "IDR", "PH": "PHP", "ZA": "ZAR", "AE": "AED", "SA": "SAR", "IL": "ILS", "UA": "UAH", "RU": "RUB",
    "PE": "PEN", "CL": "CLP", "CO": "COP", "AR": "ARS", "NG": "NGN", "KE": "KES", "EG": "EGP", "PK": "PKR", "BD": "BDT",
    "RS": "RSD", "BG": "BGN", "LK": "LKR",
    **dict.fromkeys(
        _EURO, "EUR"
    ),
}  # fmt: skip


def currency_of_country(country: str | None) -> str | None:
    return _COUNTRY_CURRENCIES.get(country or "")


def sole_signs() -> list[tuple[str, str]]:
    """Signs, not letters, that only one currency has."""
    return [(sign, code) for sign, code in SIGNS.items() if len(sign) == 1 and not sign.isalpha()]
