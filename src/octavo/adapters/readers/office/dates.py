"""Serial numbers as dates and times: days since the end of 1899 (or since 1904)."""

from datetime import datetime, timedelta

from octavo.adapters.readers.office.number_codes import Section, Token

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no time zones
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LEAP_BUG_DAY = 60
"""Excel counts 29 February 1900, which never was; days before it are one further on."""
_LAST_DAY = 2_958_466
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def to_moment(serial: float, *, since_1904: bool = False) -> datetime | None:
    """None where no date has this number. Rounded to milliseconds; a number below 1 is a time of day."""
    if not 0 <= serial < _LAST_DAY:
        return None
    days = serial + 1 if not since_1904 and 1 <= serial < _LEAP_BUG_DAY else serial
    epoch = _EPOCH_1904 if since_1904 else _EPOCH
    return epoch + timedelta(milliseconds=round(days * 86_400_000))


def shown_date(section: Section, serial: float, moment: datetime) -> str:
    places = _fraction_places(section.tokens)
    moment = _rounded_to(moment, places)
    half_day = section.has("noon")
    out = []
    for index, token in enumerate(section.tokens):
        if token.kind == "date":
            out.append(
                _part(token.text, moment, half_day=half_day, minutes=_is_minutes(section.tokens, index))
            )
        elif token.kind == "elapsed":
            out.append(_elapsed(token.text, serial))
        elif token.kind == "noon":
            out.append(_noon(token.text, moment))
        elif token.kind == "digit":
            out.append(_thousandths(section.tokens, index, moment))
        else:
            out.append("." if token.kind == "point" else token.text)
    return "".join(out).strip()


def _part(code: str, moment: datetime, *, half_day: bool, minutes: bool) -> str:
    kind, width = code[0], len(code)
    if kind == "y":
        return f"{moment.year % 100:02d}" if width <= 2 else f"{moment.year:04d}"
    if kind == "m" and not minutes:
        return _month(moment.month, width)
    if kind == "d" and width > 2:
        name = _DAYS[moment.weekday()]
        return name[:3] if width == 3 else name
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    number = {"m": moment.minute, "d": moment.day, "h": hour, "s": moment.second}[kind]
    return f"{number:0{min(width, 2)}d}"


def _month(month: int, width: int) -> str:
    if width <= 2:
        return f"{month:0{width}d}"
    name = _MONTHS[month - 1]
    return {3: name[:3], 5: name[0]}.get(width, name)


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
    return name if len(code) > 3 else name[0]


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
