"""Numbers as a spreadsheet shows them.

Points, commas and the names of months are those of the United States: a file
does not say in which country it will be opened. Colours are left out, and cells
are as wide as they need to be.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from math import isfinite

from octavo.adapters.readers.office.dates import shown_date, to_moment
from octavo.adapters.readers.office.number_codes import GENERAL, Section, Token, sections_of

_PLAIN = re.compile(r"(?P<groups>#,##)?0(?:\.(?P<places>0{1,9}))?(?P<percent>%)?\Z")
_EXACT = 1e12
"""Numbers below have room for nine places in a decimal number."""
_EXCEL_DIGITS = 15
"""More than these it shows of no number."""
_GENERAL_DIGITS = 11
"""What Excel shows of a number without a format, its point included."""


@lru_cache(maxsize=16_384)
def shown(value: float, code: str, *, since_1904: bool = False) -> str:
    """The text of a number in a cell with this format code."""
    if not isfinite(value):
        return repr(value)
    if code in {"", GENERAL}:
        return general(value)
    plain = _plain(code)
    if plain is not None and abs(value) < _EXACT:
        return _plainly(value, plain)
    section, signed = _choose(value, sections_of(code or GENERAL))
    if section is None:
        return general(value)
    if section.is_date:
        moment = to_moment(value, since_1904=since_1904)
        text = shown_date(section, value, moment, since_1904=since_1904) if moment is not None else None
        return text if text is not None else general(value)
    magnitude = abs(value) if signed else value
    return _number(magnitude, section).strip()


@lru_cache(maxsize=2048)
def _plain(code: str) -> tuple[int, bool, bool] | None:
    """Places, whether thousands are grouped, and whether it is a percentage; None for codes that say more.

    Most cells of large sheets have such a code, and need not be filled digit by digit.
    """
    match = _PLAIN.match(code)
    return (
        (len(match["places"] or ""), match["groups"] is not None, match["percent"] is not None)
        if match
        else None
    )


def _plainly(value: float, plain: tuple[int, bool, bool]) -> str:
    places, is_grouped, is_percentage = plain
    rounded = _rounded(value, places, shift=2 if is_percentage else 0)
    text = f"{abs(rounded):,f}" if is_grouped else f"{abs(rounded):f}"
    return f"{'-' if rounded < 0 else ''}{text}{'%' if is_percentage else ''}"


def shown_text(text: str, code: str) -> str:
    """The text of a text cell: a fourth section, or a lone `@`, may say more around it."""
    sections = sections_of(code or GENERAL)
    section = sections[-1]
    if not section.has("text"):
        return text
    return "".join(text if token.kind == "text" else token.text for token in section.tokens).strip()


def general(value: float) -> str:
    """Up to 11 characters of digits, then by powers of ten."""
    if value == int(value) and abs(value) < 10**_GENERAL_DIGITS:
        return str(int(value))
    if 1e-4 <= abs(value) < 10**_GENERAL_DIGITS:
        whole = len(str(int(abs(value))))
        rounded = _rounded(value, max(0, _GENERAL_DIGITS - 1 - whole))
        text = f"{rounded:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
    mantissa, _, power = f"{value:.5E}".partition("E")
    mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}E{power[0]}{power[1:].zfill(2)}"


def to_iso(value: float, *, since_1904: bool = False) -> str | None:
    """A date, a time or both, as ISO 8601; None where the number is neither."""
    moment = to_moment(value, since_1904=since_1904)
    if moment is None:
        return None
    if value < 1:
        return moment.time().isoformat(timespec="seconds")
    if moment.time() == time():
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds")


def from_iso(text: str) -> float | None:
    """The serial number of a cell that holds its date as text; None where it is none."""
    try:
        moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        return None
    return (moment.replace(tzinfo=None) - datetime.combine(date(1899, 12, 30), time())) / timedelta(days=1)


def _choose(value: float, sections: tuple[Section, ...]) -> tuple[Section | None, bool]:
    """The section for a number, and whether the section itself shows the sign."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        found = next((section for section in numeric if _holds(section, value)), None)
        if found is None or value >= 0:
            return found, False
        return found, found is not numeric[0] or _is_for_negatives(found)
    if len(numeric) == 1 and numeric[0].has("text") and not numeric[0].has("digit"):
        return None, False
    if value < 0 and len(numeric) > 1:
        return numeric[1], True
    if value == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], False


def _is_for_negatives(section: Section) -> bool:
    """Such a section writes the sign itself, if it wants one."""
    return section.condition is not None and section.condition[0] in {"<", "<="} and section.condition[1] <= 0


def _holds(section: Section, value: float) -> bool:
    if section.condition is None:
        return True
    sign, limit = section.condition
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _number(value: float, section: Section) -> str:
    if section.has("general"):
        parts = [general(value) if token.kind == "general" else token.text for token in section.tokens]
        return "".join(parts)
    if not section.has("digit"):
        literal = "".join(token.text for token in section.tokens)
        return f"-{literal}" if value < 0 and literal else literal
    if section.has("exponent"):
        return _scientific(value, section)
    if section.has("slash"):
        return _fraction(value, section)
    return _decimal(value, section)


def _decimal(value: float, section: Section) -> str:
    tokens = section.tokens
    digits = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    point = next((index for index, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    places = sum(index > point for index in digits)
    last = digits[-1]
    trailing = 0
    while last + trailing + 1 < len(tokens) and tokens[last + trailing + 1].kind == "comma":
        trailing += 1
    grouped = any(
        digits[0] < index < min(point, last) for index, token in enumerate(tokens) if token.kind == "comma"
    )
    percents = sum(token.kind == "percent" for token in tokens)
    rounded = _rounded(value, places, shift=2 * percents - 3 * trailing)
    whole, _, part = f"{abs(rounded):f}".partition(".")
    text = _filled(tokens, point, whole.lstrip("0"), part, grouped=grouped)
    return f"-{text.lstrip()}" if rounded < 0 else text


def _filled(tokens: tuple[Token, ...], point: int, whole: str, part: str, *, grouped: bool) -> str:
    """Digits put in their places: whole ones from the point leftwards, the others rightwards."""
    left = _whole(tokens[:point], whole, grouped=grouped)
    right, used = [], 0
    optional = part.rstrip("0")
    for token in tokens[point + 1 :]:
        if token.kind == "digit":
            digit = part[used : used + 1]
            right.append(
                digit if used < len(optional) or token.text == "0" else " " if token.text == "?" else ""
            )
            used += 1
        elif token.kind in {"literal", "percent", "slash"}:
            right.append(token.text)
    has_point = point < len(tokens)
    return left + ("." if has_point else "") + "".join(right)


def _whole(tokens: tuple[Token, ...], digits: str, *, grouped: bool) -> str:
    places = sum(token.kind == "digit" for token in tokens)
    out: list[str] = []
    written = 0
    for token in reversed(tokens):
        if token.kind != "digit":
            out.extend(token.text[::-1] if token.kind in {"literal", "percent", "slash"} else "")
            continue
        places -= 1
        take = len(digits) if places == 0 else min(1, len(digits))
        found = digits[len(digits) - take :] or {"0": "0", "?": " "}.get(token.text, "")
        digits = digits[: len(digits) - take]
        for char in reversed(found):
            if grouped and written and written % 3 == 0 and char != " ":
                out.append(",")
            out.append(char)
            written += 1
    return "".join(reversed(out))


def _scientific(value: float, section: Section) -> str:
    at = next(index for index, token in enumerate(section.tokens) if token.kind == "exponent")
    mantissa, rest = section.tokens[:at], section.tokens[at + 1 :]
    point = next((index for index, token in enumerate(mantissa) if token.kind == "point"), len(mantissa))
    step = max(1, sum(token.kind == "digit" for token in mantissa[:point]))
    places = sum(token.kind == "digit" for token in mantissa[point:])
    power = Decimal(repr(value)).adjusted() if value else 0
    power = power // step * step
    scaled = _rounded(value, places, shift=-power)
    if abs(scaled) >= 10**step:
        power, scaled = power + step, _rounded(value, places, shift=-power - step)
    width = sum(token.kind == "digit" for token in rest)
    sign = "-" if power < 0 else "+" if section.tokens[at].text[1] == "+" else ""
    tail = "".join(token.text for token in rest if token.kind == "literal")
    return f"{scaled:.{places}f}E{sign}{abs(power):0{width}d}{tail}"


def _fraction(value: float, section: Section) -> str:
    """`# ?/?`, or a fixed denominator as in `# ?/8`."""
    at = next(index for index, token in enumerate(section.tokens) if token.kind == "slash")
    before, after = section.tokens[:at], section.tokens[at + 1 :]
    fixed = "".join(token.text for token in after).strip()
    if fixed.isdecimal() and int(fixed) > 0:
        bottom = int(fixed)
        top = int(_rounded(abs(value) * bottom, 0))
    else:
        width = min(7, sum(token.kind == "digit" for token in after))
        near = Fraction(abs(value)).limit_denominator(max(1, 10**width - 1))
        top, bottom = near.numerator, near.denominator
    sign = "-" if value < 0 and top else ""
    is_mixed = sum(token.kind == "literal" and token.text == " " for token in before) > 0
    whole, rest = divmod(top, bottom) if is_mixed else (0, top)
    if not rest and is_mixed:
        return f"{sign}{whole}"
    return f"{sign}{whole} {rest}/{bottom}" if whole else f"{sign}{rest}/{bottom}"


def _rounded(value: float, places: int, shift: int = 0) -> Decimal:
    """`value` x 10^shift, halves away from zero as Excel rounds them."""
    exact = Decimal(f"{value:.{_EXCEL_DIGITS}g}").scaleb(shift)
    try:
        return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except InvalidOperation:
        return exact
