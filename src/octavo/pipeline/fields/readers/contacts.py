"""E-mail addresses, telephone numbers and web addresses."""

import re
from dataclasses import dataclass

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?![\w-])")
_URL = re.compile(
    r"(?<![\w@.])(?:https?://[^\s,;()<>]+|www\.[^\s,;()<>]+\.[a-z]{2,}[^\s,;()<>]*"
    r"|[a-z0-9-]+\.(?:com|de|fr|eu|net|org|io|shop|co\.uk|nl|es|it|pt|ch|at|be)(?:/[^\s,;()<>]*)?)(?![\w@-])",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?"


@dataclass(frozen=True, slots=True)
class ContactReading:
    value: str
    raw_text: str
    start: int
    end: int


def emails_in(text: str) -> list[ContactReading]:
    """In lower case."""
    return [_reading(match.group().lower(), match) for match in _EMAIL.finditer(text)]


def urls_in(text: str) -> list[ContactReading]:
    """As they are printed, without full stops at the end."""
    found = []
    for match in _URL.finditer(text):
        bare = match.group().rstrip(_TRAILING)
        found.append(ContactReading(bare, bare, match.start(), match.start() + len(bare)))
    return found


def phones_in(text: str, country: str | None = None) -> list[ContactReading]:
    """E.164 where the country is known or printed, else digits as they are.

    Args:
        text: A run or a row; a label like `Tel` may be in it.
        country: ISO 3166-1 alpha-2, for numbers without a code in front.
    """
    import phonenumbers

    found = []
    for match in phonenumbers.PhoneNumberMatcher(
        text, country or "ZZ", leniency=phonenumbers.Leniency.POSSIBLE
    ):
        value = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        found.append(ContactReading(value, match.raw_string, match.start, match.end))
    return found


def _reading(value: str, match: re.Match[str]) -> ContactReading:
    return ContactReading(value, match.group(), match.start(), match.end())
