"""Serial numbers as dates and times: days since the end of 1899 (or since 1904)."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

from octavo.adapters.readers.office.number_codes import Section, Token

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no time zones
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LEAP_BUG_DAY = 60
"""Excel counts 29 February 1900, which never was; days before it are one further on."""
_LAST_DAY = 2_958_466
_HOME = "en_US"
_WITHOUT_STOP = ("da", "de", "nb", "nl", "pt", "sv")
"""Languages whose short names Excel writes without the stop that CLDR has."""
_Width = Literal["abbreviated", "wide"]


def to_moment(serial: float, *, since_1904: bool = False) -> datetime | None:
    """None where no date has this number. Rounded to milliseconds; a number below 1 is a time of day."""
    if not 0 <= serial < _LAST_DAY:
        return None
    days = serial + 1 if not since_1904 and 1 <= serial < _LEAP_BUG_DAY else serial
    epoch = _EPOCH_1904 if since_1904 else _EPOCH
    return epoch + timedelta(milliseconds=round(days * 86_400_000))


def shown_date(section: Section, serial: float, moment: datetime, *, since_1904: bool = False) -> str:
    places = _fraction_places(section.tokens)
    moment = _rounded_to(moment, places)
    half_day = section.has("noon")
    day = _day(serial, moment, since_1904=since_1904)
    names = section.language or _HOME
    out = []
    for index, token in enumerate(section.tokens):
        if token.kind == "date":
            if token.text[0] in "ymd" and not _is_minutes(section.tokens, index):
                out.append(_day_part(token.text, day, moment, names))
            else:
                out.append(_time_part(token.text, moment, half_day=half_day))
        elif token.kind == "elapsed":
            out.append(_elapsed(token.text, serial))
        elif token.kind == "noon":
            out.append(_noon(token.text, moment))
        elif token.kind == "digit":
            out.append(_thousandths(section.tokens, index, moment))
        else:
            out.append("." if token.kind == "point" else token.text)
    return "".join(out).strip()


def _day(serial: float, moment: datetime, *, since_1904: bool) -> tuple[int, int, int]:
    """Year, month and day as Excel counts them: it begins with day 0, and has 29 February 1900."""
    if not since_1904 and serial < 1:
        return 1900, 1, 0
    if not since_1904 and int(serial) == _LEAP_BUG_DAY:
        return 1900, 2, 29
    return moment.year, moment.month, moment.day


def _day_part(code: str, day: tuple[int, int, int], moment: datetime, names: str) -> str:
    kind, width = code[0], len(code)
    year, month, number = day
    if kind == "y":
        return f"{year % 100:02d}" if width <= 2 else f"{year:04d}"
    if width <= 2:
        return f"{month if kind == 'm' else number:0{width}d}"
    found = _names(kind, "abbreviated" if width == 3 else "wide", names)
    name = found[month - 1 if kind == "m" else moment.weekday()]
    return name[0] if kind == "m" and width == 5 else name


def _time_part(code: str, moment: datetime, *, half_day: bool) -> str:
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    number = {"m": moment.minute, "h": hour, "s": moment.second}[code[0]]
    return f"{number:0{min(len(code), 2)}d}"


@lru_cache(maxsize=256)
def _names(kind: str, width: _Width, language: str) -> tuple[str, ...]:
    """Of the months, or of the days from Monday on."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(_HOME)
    found = (locale.months if kind == "m" else locale.days)["format"][width]
    names = tuple(str(found[at]) for at in sorted(found))
    return tuple(name.rstrip(".") for name in names) if language.startswith(_WITHOUT_STOP) else names


def _is_minutes(tokens: tuple[Token, ...], index: int) -> bool:
    """`m` means minutes after hours and before seconds."""
    if tokens[index].text[0] != "m" or len(tokens[index].text) > 2:
        return False
    before = next((t.text[0] for t in reversed(tokens[:index]) if t.kind in {"date", "elapsed"}), "")
    after = next((t.text[0] for t in tokens[index + 1 :] if t.kind in {"date", "elapsed"}), "")
    return before == "h" or after == "s"


def _elapsed(code: str, serial: float) -> str:
    seconds = round(serial * 86_400)
    count = seconds // {"h": 3600, "m": 60, "s": 1}[code[0]]
    return f"{count:0{len(code)}d}"


def _noon(code: str, moment: datetime) -> str:
    name = "AM" if moment.hour < 12 else "PM"
    if len(code) > 3:
        return name
    return name[0].lower() if code[0].islower() else name[0]


def _fraction_places(tokens: tuple[Token, ...]) -> int:
    """How many digits of a second are shown."""
    point = next((index for index, token in enumerate(tokens) if token.kind == "point"), None)
    return 0 if point is None else sum(token.kind == "digit" for token in tokens[point:])


def _thousandths(tokens: tuple[Token, ...], index: int, moment: datetime) -> str:
    """The one digit of a second's fraction that stands at `index`."""
    place = 0
    while index - place - 1 >= 0 and tokens[index - place - 1].kind == "digit":
        place += 1
    return f"{moment.microsecond:06d}"[place] if place < 6 else "0"


def _rounded_to(moment: datetime, places: int) -> datetime:
    step = 10 ** (6 - min(places, 6))
    over = moment.microsecond % step
    return moment + timedelta(microseconds=step - over if over * 2 >= step else -over)
