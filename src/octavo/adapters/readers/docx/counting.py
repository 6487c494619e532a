"""Numbers as lists write them: digits, letters, Roman and circled numbers (ECMA-376, `ST_NumberFormat`)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LARGEST_ROMAN = 3999
_MOST_LETTERS = 30
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_CHINESE = "〇一二三四五六七八九"
_ONES = (
    *("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_FOOTNOTE_MARKS = "*†‡§"


def spelled(number: int, form: str) -> str:
    """`number` in the format of that name; in digits where the format is of a language not known here."""
    if number < 0:
        return str(number)
    made = _spelled(number, form)
    return str(number) if made is None else made


def _spelled(number: int, form: str) -> str | None:
    if form in _ALPHABETS:
        return _letters(number, _ALPHABETS[form])
    if form in _CHINESE_FORMS:
        return _chinese(number) if number < 100 else None
    write = _FORMS.get(form)
    return write(number) if write else None


_ALPHABETS = {
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "hebrew1": _HEBREW,
    "hebrew2": _HEBREW,
    "russianLower": _RUSSIAN,
    "russianUpper": _RUSSIAN.upper(),
}
_CHINESE_FORMS = {
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "japaneseDigitalTenThousand",
}


def _roman(number: int) -> str | None:
    if not 0 < number <= _LARGEST_ROMAN:
        return None
    made = ""
    for value, digits in _ROMAN:
        made += digits * (number // value)
        number %= value
    return made


def _letters(number: int, alphabet: str) -> str | None:
    """From a to z, then aa, bb, … as Word counts, not aa, ab."""
    if number < 1 or (number - 1) // len(alphabet) >= _MOST_LETTERS:
        return None
    return alphabet[(number - 1) % len(alphabet)] * ((number - 1) // len(alphabet) + 1)


def _ordinal(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _cardinal_text(number: int) -> str | None:
    words = _words(number)
    return words.capitalize() if words else None


def _ordinal_text(number: int) -> str | None:
    """`Twenty-first`: only the last word is changed."""
    words = _words(number)
    if not words:
        return None
    head, hyphen, last = words.rpartition("-")
    changed = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{head}{hyphen}{changed}".capitalize()


def _words(number: int) -> str | None:
    """In English, up to ninety-nine."""
    if not 0 < number < 100:
        return None
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _CHINESE[ones]
    return ("" if tens == 1 else _CHINESE[tens]) + "十" + (_CHINESE[ones] if ones else "")


def _lower_roman(number: int) -> str | None:
    made = _roman(number)
    return made.lower() if made else None


def _circled(number: int) -> str | None:
    return chr(0x2460 + number - 1) if 0 < number <= 20 else None


def _footnote_mark(number: int) -> str | None:
    repeated = (number - 1) // len(_FOOTNOTE_MARKS) + 1
    if not 0 < repeated <= _MOST_LETTERS:
        return None
    return _FOOTNOTE_MARKS[(number - 1) % len(_FOOTNOTE_MARKS)] * repeated


_FORMS: Mapping[str, Callable[[int], str | None]] = MappingProxyType(
    {
        "upperRoman": _roman,
        "lowerRoman": _lower_roman,
        "decimalZero": "{:02d}".format,
        "ordinal": _ordinal,
        "cardinalText": _cardinal_text,
        "ordinalText": _ordinal_text,
        "decimalEnclosedCircle": _circled,
        "chicago": _footnote_mark,
        "numberInDash": "- {} -".format,
        "none": lambda _: "",
        "bullet": lambda _: "",
    }
)
