"""Check digits of papers that travel: machine-readable zones, containers, air waybills."""

import re

_MRZ_WEIGHTS = (7, 3, 1)
_CONTAINER = re.compile(r"[A-Z]{3}[UJZ]\d{7}")
_AIR_WAYBILL = re.compile(r"\d{11}")


def mrz_digit(text: str) -> str:
    """Of ICAO Doc 9303 part 3, 4.9: digits count as themselves, A-Z as 10-35, fillers as 0."""
    return str(sum(_mrz_value(c) * _MRZ_WEIGHTS[i % 3] for i, c in enumerate(text)) % 10)


def _mrz_value(character: str) -> int:
    if character.isdigit():
        return int(character)
    return ord(character) - ord("A") + 10 if "A" <= character <= "Z" else 0


def is_container(number: str) -> bool:
    """ISO 6346: owner and category (4 letters), serial (6 digits), check digit; no spaces."""
    return bool(_CONTAINER.fullmatch(number)) and container_digit(number[:10]) == number[10]


def container_digit(stem: str) -> str:
    """Letters count from 10, the multiples of 11 left out; the digit at place i weighs 2^i."""
    total = sum(_container_value(c) << i for i, c in enumerate(stem))
    return str(total % 11 % 10)


def _container_value(character: str) -> int:
    if character.isdigit():
        return int(character)
    value = ord(character) - ord("A") + 10
    return value + (value - 1) // 10


def is_air_waybill(number: str) -> bool:
    """IATA: 3 digits of the airline, 7 of the serial, which modulo 7 gives the last; no spaces."""
    return bool(_AIR_WAYBILL.fullmatch(number)) and int(number[3:10]) % 7 == int(number[10])
