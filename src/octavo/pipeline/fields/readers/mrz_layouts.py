"""Where what stands in a machine-readable zone: the formats of ICAO Doc 9303, parts 4 to 7.

A span is `(line, start, stop)`, from 0, the stop not included.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Span = tuple[int, int, int]

FILLER = "<"


@dataclass(frozen=True, slots=True)
class MrzLayout:
    name: str
    lines: int
    width: int
    spans: Mapping[str, Span]
    """By what they hold. `document_number`, `date_of_birth`, `date_of_expiry` and `personal_number` may have a check digit."""
    digits: Mapping[str, Span]
    """The check digit of each that has one."""
    composite: Span | None = None
    covers: tuple[Span, ...] = ()
    """What the composite check digit is of, in its order."""
    visa: bool = False


def _fixed(**spans: Span) -> Mapping[str, Span]:
    return MappingProxyType(spans)


def _second_line(
    width: int, *, passport: bool, composite: bool
) -> tuple[Mapping[str, Span], Mapping[str, Span]]:
    """Passports, visas and the larger cards share it up to the optional data."""
    end = width - composite
    spans = _fixed(
        document_code=(0, 0, 2),
        issuing_country=(0, 2, 5),
        names=(0, 5, width),
        document_number=(1, 0, 9),
        nationality=(1, 10, 13),
        date_of_birth=(1, 13, 19),
        sex=(1, 20, 21),
        date_of_expiry=(1, 21, 27),
        personal_number=(1, 28, end - passport),
    )
    digits = {
        "document_number": (1, 9, 10),
        "date_of_birth": (1, 19, 20),
        "date_of_expiry": (1, 27, 28),
    }
    if passport:
        digits["personal_number"] = (1, 42, 43)
    return spans, MappingProxyType(digits)


def _two_lines(name: str, width: int, *, passport: bool = False, visa: bool = False) -> MrzLayout:
    spans, digits = _second_line(width, passport=passport, composite=not visa)
    if visa:
        return MrzLayout(name, 2, width, spans, digits, visa=True)
    covers = ((1, 0, 10), (1, 13, 20), (1, 21, width - 1))
    return MrzLayout(name, 2, width, spans, digits, (1, width - 1, width), covers)


TD1 = MrzLayout(
    "TD1",
    3,
    30,
    _fixed(
        document_code=(0, 0, 2),
        issuing_country=(0, 2, 5),
        document_number=(0, 5, 14),
        personal_number=(0, 15, 30),
        date_of_birth=(1, 0, 6),
        sex=(1, 7, 8),
        date_of_expiry=(1, 8, 14),
        nationality=(1, 15, 18),
        optional=(1, 18, 29),
        names=(2, 0, 30),
    ),
    _fixed(document_number=(0, 14, 15), date_of_birth=(1, 6, 7), date_of_expiry=(1, 14, 15)),
    (1, 29, 30),
    ((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)),
)
TD2 = _two_lines("TD2", 36)
TD3 = _two_lines("TD3", 44, passport=True)
MRV_A = _two_lines("MRV-A", 44, visa=True)
MRV_B = _two_lines("MRV-B", 36, visa=True)

LAYOUTS = (TD3, TD2, TD1, MRV_A, MRV_B)
