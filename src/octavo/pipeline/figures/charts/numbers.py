"""Numbers as charts print them."""

import re

_NUMBER = re.compile(
    r"^[^\w\d.,+\u2212\u2013-]{0,2}(?P<sign>[-+\u2212\u2013]?)[^\w\d.,+-]{0,2}"
    r"(?P<digits>\d[\d.,'\u2019\u00a0\u202f]*|[.,]\d+)"
    r"(?P<scale>[kKmMbB]|bn|Mio|Mrd|Tsd)?\.?(?P<unit>%|\u2030|\u20ac|\$|\u00a3|\u00a5|\u00b0[CF]?)?$"
)
_POWER = re.compile(
    r"^(?:(?P<factor>\d(?:\.\d+)?)[eE](?=[+-]?\d)|(?:(?P<times>[+-]?\d+(?:\.\d+)?)[\u00d7xX\u00b7\u22c5])?10\^)(?P<exponent>[+-]?\d{1,2})$"
)
_SCALES = {"k": 1e3, "tsd": 1e3, "m": 1e6, "mio": 1e6, "b": 1e9, "bn": 1e9, "mrd": 1e9}
_SMALL_M = re.compile(r"^[-+\u2212\u2013]?[\d.,]+m$")
_BRACKETS = re.compile(r"^\((.+)\)$")


def to_number(text: str, *, comma_is_decimal: bool | None = None, m_is_milli: bool = False) -> float | None:
    """The number that `text` is, and nothing else.

    Args:
        text: One word.
        comma_is_decimal: None: decided by this text alone; `1,234` is then taken for a whole number.
        m_is_milli: Whether `200m` is 0.2, as plotting libraries write; else it is millions.
    """
    text = text.strip()
    power = _POWER.match(text)
    if power:
        return float(power["factor"] or power["times"] or 1) * 10.0 ** int(power["exponent"])
    bracketed = _BRACKETS.match(text)
    if bracketed:
        inner = to_number(bracketed.group(1), comma_is_decimal=comma_is_decimal)
        return -inner if inner is not None else None
    match = _NUMBER.match(text)
    if not match:
        return None
    value = _digits(match["digits"], comma_is_decimal=comma_is_decimal)
    if value is None:
        return None
    written = match["scale"] or ""
    value *= 1e-3 if m_is_milli and written == "m" else _SCALES.get(written.lower(), 1.0)
    return -value if match["sign"] in {"-", "\u2212", "\u2013"} else value


def has_small_m(text: str) -> bool:
    """`200m` may be millions, thousandths or metres; with a sign of money it is millions."""
    return _SMALL_M.match(text.strip()) is not None


def is_percentage(text: str) -> bool:
    return text.rstrip(" .").endswith("%")


def _digits(text: str, *, comma_is_decimal: bool | None) -> float | None:
    text = re.sub("['\u2019\u00a0\u202f]", "", text).rstrip(".,")
    if comma_is_decimal is None:
        comma_is_decimal = _comma_is_decimal(text)
    text = text.replace(".", "").replace(",", ".") if comma_is_decimal else text.replace(",", "")
    try:
        return float(text)
    except ValueError:
        return None


def _comma_is_decimal(text: str) -> bool:
    """`1.234,5` and `4,5`, not `1,234` or `1,234.5`."""
    comma, point = text.rfind(","), text.rfind(".")
    if comma < 0:
        return False
    if point >= 0:
        return comma > point
    return text.count(",") == 1 and len(text) - comma - 1 != 3
