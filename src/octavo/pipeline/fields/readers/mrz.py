"""The machine-readable zone of passports, identity cards and visas, from lines as they were recognised."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from octavo.pipeline.fields.readers.check_digits import mrz_digit
from octavo.pipeline.fields.readers.mrz_layouts import FILLER, LAYOUTS, MrzLayout
from octavo.pipeline.fields.readers.mrz_repair import (
    as_letters,
    composite_holds,
    cut,
    fitted,
    plain,
    settle,
)

_SLACK = 5
"""Fillers a reader may drop or add in one line."""
_LEAST = 24
_BEGINS = {False: re.compile(r"[PIAC][A-Z<][A-Z<]{3}"), True: re.compile(r"V[A-Z<][A-Z<]{3}")}
_ADULT_PASSPORT_YEARS = 10
_COST_OF_CHECK = 3.0
_MOST_ROUND = 8


@dataclass(frozen=True, slots=True)
class MrzReading:
    layout: str
    lines: tuple[str, ...]
    """As they should be: full width, only A-Z, 0-9 and `<`."""
    rows: tuple[int, ...]
    """Which of the given lines they were."""
    values: dict[str, str]
    """As `identity_document` names them; dates `YYYY-MM-DD`."""
    passed: tuple[str, ...]
    failed: tuple[str, ...]
    """Names of what a check digit agrees with or not; `composite` is the one over all."""
    parts: dict[str, int]
    """The line of each value, from 0; those of an empty part too."""
    covered: frozenset[str]
    """Names of the values that check digits are of, that over all among them."""
    unsure: frozenset[str]
    """Of these the check digit agrees as well where letters O are noughts: one shape in many fonts."""
    changed: int = field(default=0, compare=False)
    """Characters that differ from what was recognised."""


def read_mrz(texts: Sequence[str], printed: frozenset[str] = frozenset()) -> MrzReading | None:
    """The zone among lines of text in their order down the page; None where there is none.

    Args:
        texts: Lines as recognised; words of one line may be joined in any way.
        printed: Words in capital letters from the rest of the page: of several readings that the
            check digits allow, one that stands there is preferred.
    """
    found = list(_readings(texts, printed))
    if not found:
        return None
    cost, reading = min(found, key=lambda pair: pair[0])
    enough = len(reading.passed) >= 2 and len(reading.passed) > len(reading.failed)
    return reading if enough and cost < 20 else None


def _readings(texts: Sequence[str], printed: frozenset[str]) -> Iterator[tuple[float, MrzReading]]:
    lines = [(number, plain(text)) for number, text in enumerate(texts)]
    lines = [(number, line) for number, line in lines if len(line) >= _LEAST]
    for layout in LAYOUTS:
        for first in range(len(lines) - layout.lines + 1):
            chosen = lines[first : first + layout.lines]
            if _may_be(layout, [line for _, line in chosen]):
                yield _read(layout, chosen, printed)


def _may_be(layout: MrzLayout, lines: list[str]) -> bool:
    if any(abs(len(line) - layout.width) > _SLACK for line in lines):
        return False
    return bool(_BEGINS[layout.visa].match(as_letters(lines[0][:5]))) and any(
        FILLER in line for line in lines
    )


def _read(
    layout: MrzLayout, chosen: list[tuple[int, str]], printed: frozenset[str]
) -> tuple[float, MrzReading]:
    named = layout.spans["names"][0]
    ways = [
        fitted(line, layout.width, names=index == named)[:4]
        or [line[: layout.width].ljust(layout.width, FILLER)]
        for index, (_, line) in enumerate(chosen)
    ]
    settled = [settle(lines, layout, printed) for lines in product(*ways)]
    lines, cost = min(settled, key=lambda pair: pair[1])
    passed, failed = _checks(lines, layout)
    slack = sum(abs(len(line) - layout.width) for _, line in chosen)
    reading = MrzReading(
        layout.name,
        lines,
        tuple(number for number, _ in chosen),
        _values(lines, layout, printed),
        passed,
        failed,
        _parts(layout),
        _covered(layout),
        frozenset(name for name in layout.digits if _is_unsure(cut(lines, layout.spans[name]))),
        sum(_differences(line, read) for line, (_, read) in zip(lines, chosen, strict=True)),
    )
    return cost + 0.2 * slack + _COST_OF_CHECK * (len(failed) - len(passed)), reading


def _parts(layout: MrzLayout) -> dict[str, int]:
    parts = {name: line for name, (line, _, _) in layout.spans.items()}
    names = parts.pop("names")
    return {**parts, "document_type": parts.pop("document_code"), "surname": names, "given_names": names}


def _covered(layout: MrzLayout) -> frozenset[str]:
    """An optional part of a visa has no check digit, and neither have names, countries and the sex."""
    return frozenset(
        name
        for name, (line, start, stop) in layout.spans.items()
        if name in layout.digits or any(line == at and a <= start and stop <= b for at, a, b in layout.covers)
    )


def _is_unsure(text: str) -> bool:
    """Any choice of O and 0 in it, other than this one, has the same check digit."""
    if not any(character.isalpha() for character in text):
        return False
    places = [at for at, character in enumerate(text) if character in "O0"][:_MOST_ROUND]
    due = mrz_digit(text)
    for letters in product("O0", repeat=len(places)):
        other = list(text)
        for at, letter in zip(places, letters, strict=True):
            other[at] = letter
        if "".join(other) != text and mrz_digit("".join(other)) == due:
            return True
    return False


def _differences(line: str, read: str) -> int:
    return sum(a != b for a, b in zip(line, read, strict=False)) + abs(len(line) - len(read))


def _checks(lines: tuple[str, ...], layout: MrzLayout) -> tuple[tuple[str, ...], tuple[str, ...]]:
    verdicts = {}
    for name, span in layout.digits.items():
        text, digit = cut(lines, layout.spans[name]), cut(lines, span)
        if name == "document_number" and digit == FILLER:
            text, digit = _long_number(lines, layout)
        if digit == FILLER and not text.strip(FILLER):
            continue
        verdicts[name] = mrz_digit(text) == digit
    if layout.composite is not None:
        verdicts["composite"] = composite_holds(lines, layout)
    return (
        tuple(name for name, holds in verdicts.items() if holds),
        tuple(name for name, holds in verdicts.items() if not holds),
    )


def _long_number(lines: tuple[str, ...], layout: MrzLayout) -> tuple[str, str]:
    """A number of more than nine characters goes on in the optional data, its check digit last."""
    rest = cut(lines, layout.spans["personal_number"]).split(FILLER, maxsplit=1)[0]
    return cut(lines, layout.spans["document_number"]) + rest[:-1], rest[-1:]


def _values(lines: tuple[str, ...], layout: MrzLayout, printed: frozenset[str]) -> dict[str, str]:
    values = {name: _spaced(cut(lines, span)) for name, span in layout.spans.items()}
    surname, _, given = cut(lines, layout.spans["names"]).partition(FILLER * 2)
    values |= {"surname": _spaced(surname), "given_names": _spaced(given)}
    values["document_type"] = values.pop("document_code")
    if "document_number" in layout.digits and cut(lines, layout.digits["document_number"]) == FILLER:
        values["document_number"] = _long_number(lines, layout)[0].replace(FILLER, "")
        values["personal_number"] = _spaced(cut(lines, layout.spans["personal_number"]).partition(FILLER)[2])
    values["document_number"] = values["document_number"].replace(" ", "")
    values["sex"] = values["sex"] or "X"
    expiry = _date(values.get("date_of_expiry", ""), 2000)
    born = _born(values.get("date_of_birth", ""), expiry, printed)
    for name, found in (("date_of_expiry", expiry), ("date_of_birth", born)):
        values[name] = found.isoformat() if found else ""
    del values["names"]
    return {name: text for name, text in values.items() if text}


def _spaced(text: str) -> str:
    return " ".join(text.replace(FILLER, " ").split())


def _date(text: str, century: int) -> date | None:
    if len(text) != 6 or not text.isdigit():
        return None
    year = century + int(text[:2])
    try:
        return date(year, int(text[2:4]), int(text[4:]))
    except ValueError:
        return None


def _born(text: str, expiry: date | None, printed: frozenset[str]) -> date | None:
    """Two digits of a year: what the page prints decides, else nobody is born after the paper was issued."""
    late, early = _date(text, 2000), _date(text, 1900)
    if late is None or early is None:
        return late or early
    said = " ".join(printed)
    if str(early.year) in said and str(late.year) not in said:
        return early
    if expiry is None:
        return early
    newborn = expiry.year - (0 if str(late.year) in said else _ADULT_PASSPORT_YEARS // 2)
    return late if late.year <= newborn else early
