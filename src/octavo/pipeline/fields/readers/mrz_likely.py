"""The likeliest machine-readable zone, given how likely each character is at each of its places.

Places that the standard reserves for letters or digits hold no other; names follow their grammar; and of
all strings whose check digits agree the one with the highest probability is found exactly, because a
check digit knows its text only by a sum modulo ten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.fields.readers.mrz_layouts import MrzLayout, Span
from octavo.pipeline.fields.readers.mrz_repair import as_digits, as_letters

ALPHABET = "<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The index of a character is its column; what it counts for in a check digit follows from it."""
_VALUES = np.array([0, *range(10), *range(10, 36)])
_WEIGHTS = (7, 3, 1)
_DIGITS = frozenset("0123456789")
_LETTERS = frozenset(ALPHABET) - _DIGITS
_FIRST = {False: frozenset("PIAC"), True: frozenset("V")}
_DAY = ("0123456789", "0123456789", "01", "0123456789", "0123", "0123456789")
"""What may stand at each place of YYMMDD; months and days that are not known are fillers."""
_LOOKS = 0.9
"""What a look-alike counts, against the character itself."""
_SAME = {frozenset("O0"): 0.2}
_ALIKE = 0.01
"""The same where both may stand: many fonts have one shape for O and 0; networks are sure of either."""
_HOPELESS = 8.0
"""Natural logarithm below the best at its place: not tried."""

Chances = NDArray[np.float64]
Chosen = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Likely:
    lines: tuple[str, ...]
    loss: float
    """How much less likely (natural logarithm) than the best that ignores the check digits; infinite where none agrees."""


def likeliest(layout: MrzLayout, chances: Chances, *, proven: bool = True) -> Likely:
    """The lines of a zone.

    Args:
        layout: Of the zone.
        chances: Logarithms, places of all lines one after the other x `ALPHABET`.
        proven: Only strings whose check digits agree, where there are any.
    """
    allowed = np.where(_mask(layout), chances, -np.inf)
    free = allowed.argmax(axis=1)
    names = _names_in(layout, allowed)
    free[names[0] : names[0] + len(names[1])] = names[1]
    agreeing, loss = _proven(layout, allowed, free) if proven else (None, np.inf)
    chosen = free if agreeing is None else agreeing
    text = "".join(ALPHABET[index] for index in chosen)
    lines = tuple(text[start : start + layout.width] for start in range(0, len(text), layout.width))
    return Likely(lines, loss)


def possible(layout: MrzLayout, probabilities: Chances) -> Chances:
    """Where only letters or only digits may stand, what looks like one counts for it, such as 0 for O.

    Args:
        layout: Of the zone.
        probabilities: Places of all lines one after the other x `ALPHABET`.
    """
    allowed = _mask(layout)
    counted = probabilities.copy()
    for column, character in enumerate(ALPHABET):
        for meant in (as_letters(character), as_digits(character)):
            target = ALPHABET.index(meant)
            if target != column:
                mistaken = allowed[:, target] & ~allowed[:, column]
                share = np.where(mistaken, _LOOKS, _SAME.get(frozenset((character, meant)), _ALIKE))
                counted[:, target] += share * probabilities[:, column]
    return np.minimum(counted, 1.0)


def _places(layout: MrzLayout, span: Span) -> range:
    line, start, stop = span
    return range(line * layout.width + start, line * layout.width + stop)


def _mask(layout: MrzLayout) -> NDArray[np.bool_]:
    """True where a character may stand."""
    allowed = np.ones((layout.lines * layout.width, len(ALPHABET)), dtype=np.bool_)
    rules = [
        (place, _at(name, at))
        for name, span in layout.spans.items()
        for at, place in enumerate(_places(layout, span))
    ]
    rules += [
        (_places(layout, span).start, _DIGITS | ({"<"} if name in _MAY_LACK else set()))
        for name, span in layout.digits.items()
    ]
    if layout.composite is not None:
        rules.append((_places(layout, layout.composite).start, _DIGITS))
    for place, characters in [*rules, (0, _FIRST[layout.visa])]:
        allowed[place] = [character in characters for character in ALPHABET]
    return allowed


def _at(name: str, at: int) -> frozenset[str]:
    """What may stand at a place of a part."""
    if name in {"names", "issuing_country", "nationality", "document_code"}:
        return _LETTERS
    if name in {"date_of_birth", "date_of_expiry"}:
        return frozenset(_DAY[at] + "<")
    return frozenset("MF<") if name == "sex" else frozenset(ALPHABET)


_MAY_LACK = frozenset({"document_number", "personal_number"})
"""A filler instead of the check digit: of nothing, or of a number that goes on elsewhere."""
_NAME_MOVES: Mapping[int, tuple[int, int]] = {
    0: (0, 1),
    1: (0, 2),
    2: (3, 5),
    3: (3, 4),
    4: (3, 5),
    5: (-1, 5),
}
"""From a state, by a letter and by a filler: surname, one filler, two fillers, given names, one filler, the rest."""


def _names_in(layout: MrzLayout, allowed: Chances) -> tuple[int, Chosen]:
    """Where names begin, and the likeliest that two fillers part once and nothing follows."""
    places = _places(layout, layout.spans["names"])
    part = allowed[places.start : places.stop]
    letters = part[:, 1:].argmax(axis=1) + 1
    best = np.array([0.0, *[-np.inf] * 5])
    came: list[list[tuple[int, int]]] = []
    for at, letter in enumerate(letters):
        following, source = np.full(6, -np.inf), [(0, 0)] * 6
        for state, moves in _NAME_MOVES.items():
            for index, target in ((int(letter), moves[0]), (0, moves[1])):
                score = best[state] + part[at, index]
                if target >= 0 and score > following[target]:
                    following[target], source[target] = score, (state, index)
        best = following
        came.append(source)
    state = int(best.argmax())
    found = []
    for source in reversed(came):
        state, index = source[state]
        found.append(index)
    return places.start, np.array(found[::-1])


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the check digits of a layout are of; places are counted over all lines."""

    field: dict[int, int]
    """Weight of a place in the sum of its field."""
    starts: frozenset[int]
    ends: dict[int, str]
    """The check digit of each field, by its place."""
    whole: dict[int, int]
    """Weight of a place in the sum over all."""
    last: int
    """The place of the check digit over all; -1 where there is none."""


def _sums(layout: MrzLayout) -> _Sums:
    field: dict[int, int] = {}
    for name in layout.digits:
        field |= _weighted(_places(layout, layout.spans[name]))
    return _Sums(
        field,
        frozenset(_places(layout, layout.spans[name]).start for name in layout.digits),
        {_places(layout, span).start: name for name, span in layout.digits.items()},
        _weighted([place for span in layout.covers for place in _places(layout, span)]),
        -1 if layout.composite is None else _places(layout, layout.composite).start,
    )


def _weighted(places: Sequence[int]) -> dict[int, int]:
    return {place: _WEIGHTS[at % 3] for at, place in enumerate(places)}


def _proven(layout: MrzLayout, allowed: Chances, free: Chosen) -> tuple[Chosen | None, float]:
    """The best whose check digits agree; `free` stays where no check digit looks."""
    sums = _sums(layout)
    best = np.full((10, 10), -np.inf)
    best[0, 0] = 0.0
    steps: list[tuple[Chosen, Chosen]] = []
    for place, scores in enumerate(allowed):
        forgotten = best.argmax(axis=0)
        if place in sums.starts:  # the sum of a new field is nothing yet
            best = np.vstack([best.max(axis=0), np.full((9, 10), -np.inf)])
        summed = place in sums.field or place in sums.whole or place in sums.ends or place == sums.last
        tried = np.flatnonzero(scores > scores.max() - _HOPELESS) if summed else free[place : place + 1]
        following, choice = np.full((10, 10), -np.inf), np.zeros((10, 10), dtype=np.intp)
        for index in tried:
            moved = _moved(_kept(best, int(index), place, sums), int(index), place, sums) + scores[index]
            better = moved > following
            following[better], choice[better] = moved[better], index
        best = following
        steps.append((choice, forgotten))
    if not np.isfinite(best.max()):
        return None, np.inf
    unbound = float(allowed[np.arange(len(free)), free].sum())
    return _walked_back(best, steps, sums), unbound - float(best.max())


def _kept(best: Chances, index: int, place: int, sums: _Sums) -> Chances:
    """The states that the character agrees with, where it is a check digit."""
    if place not in sums.ends and place != sums.last:
        return best
    kept = np.full((10, 10), -np.inf)
    if place == sums.last:
        kept[:, index - 1] = best[:, index - 1]
    elif index:
        kept[index - 1] = best[index - 1]
    elif sums.ends[place] == "document_number":
        return best
    else:
        kept[0] = best[0]
    return kept


def _moved(best: Chances, index: int, place: int, sums: _Sums) -> Chances:
    value = int(_VALUES[index])
    steps = sums.field.get(place, 0) * value, sums.whole.get(place, 0) * value
    return np.roll(best, steps, axis=(0, 1)) if any(steps) else best


def _walked_back(best: Chances, steps: list[tuple[Chosen, Chosen]], sums: _Sums) -> Chosen:
    a, b = (int(one) for one in np.unravel_index(best.argmax(), best.shape))
    found = []
    for place in reversed(range(len(steps))):
        choice, forgotten = steps[place]
        index = int(choice[a, b])
        found.append(index)
        value = int(_VALUES[index])
        a = (a - sums.field.get(place, 0) * value) % 10
        b = (b - sums.whole.get(place, 0) * value) % 10
        if place in sums.starts:
            a = int(forgotten[b])
    return np.array(found[::-1])
