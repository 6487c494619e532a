"""What a line of a machine-readable zone must have said: letters and digits that scanners confuse.

Places that hold only letters or only digits decide themselves. Elsewhere a check digit must agree,
and of the readings that do, the one with the fewest changes is taken.
"""

import unicodedata
from collections.abc import Iterator
from itertools import combinations, product

from octavo.pipeline.fields.readers.check_digits import mrz_digit
from octavo.pipeline.fields.readers.mrz_layouts import FILLER, MrzLayout, Span

_TO_LETTER = str.maketrans("0158264379", "OISBZGAEYP")
_TO_DIGIT = str.maketrans("OQDUCILJTSBZGAEYP", "00000111758264379"[:17])
_ALIKE = (
    "O0QD",
    "I1LT",
    "B8",
    "S5",
    "Z2",
    "G6C",
    "A4",
    "UV",
    "YV",
    "K<",
    "MN",
    "EF",
    "7T1",
    "3B8",
    "6S5",
    "9P",
    "CG",
)
_READ_AS = {
    "«": "<<",
    "\u2039": "<",
    "〈": "<",
    "《": "<<",
    "\uff1c": "<",
    "≪": "<<",
    "≤": "<",
    "(": "<",
    "[": "<",
    "{": "<",
    "Ł": "L",
    "Ø": "O",
    "|": "I",
    "!": "I",
    "$": "S",
    "\u222a": "U",
    "\u2282": "C",
}
_NAMES = {"names"}
_LETTERS = {"issuing_country", "nationality"}
_DATES = {"date_of_birth", "date_of_expiry"}
_MOST_CHANGES = 3
_KEPT = 6
"""Readings of one part that go into the search for the whole."""

Option = tuple[float, str, str]
"""What it costs, the text, its check digit."""


def plain(text: str) -> str:
    """Capital letters, digits and fillers only; what cannot be one of them is left out."""
    found = []
    for character in unicodedata.normalize("NFD", text).upper():
        meant = _READ_AS.get(character, character)
        found.append("".join(c for c in meant if c == FILLER or (c.isascii() and c.isalnum())))
    return "".join(found)


def fitted(line: str, width: int, *, names: bool) -> list[str]:
    """The line at its full width: fillers are what readers drop or see too many of."""
    if names:
        return [names_of(line, width)]
    missing = width - len(line)
    if missing == 0:
        return [line]
    runs = _runs(line)
    if missing > 0:
        return [line[:at] + FILLER * missing + line[at:] for at, _ in runs]
    return [line[:at] + line[at - missing :] for at, length in runs if length >= -missing]


def _runs(line: str) -> list[tuple[int, int]]:
    """Where fillers stand, longest run first, with how many."""
    runs, at = [], 0
    while at < len(line):
        stop = at
        while stop < len(line) and line[stop] == FILLER:
            stop += 1
        if stop > at:
            runs.append((at, stop - at))
        at = max(stop, at + 1)
    return sorted(runs, key=lambda run: -run[1])


def names_of(line: str, width: int) -> str:
    """A line that ends in names: nothing but fillers follows three of them."""
    tail = line.find(FILLER * 3, 5)
    kept = (line if tail < 0 else line[:tail]).rstrip(FILLER)
    return kept[:width].ljust(width, FILLER)


def as_letters(text: str) -> str:
    return text.translate(_TO_LETTER)


def as_digits(text: str) -> str:
    return text.translate(_TO_DIGIT)


def cut(lines: tuple[str, ...], span: Span) -> str:
    line, start, stop = span
    return lines[line][start:stop]


def options(name: str, lines: tuple[str, ...], layout: MrzLayout, printed: frozenset[str]) -> list[Option]:
    """Readings of a part that its check digit allows, likeliest first; as read where none is."""
    text = cut(lines, layout.spans[name])
    if name in _NAMES | _LETTERS:
        return [(0.0, as_letters(text), "")]
    if name == "sex":
        return [(0.0, _sex(text), "")]
    if name not in layout.digits:
        return [(0.0, text, "")]
    digit = cut(lines, layout.digits[name])
    if name in _DATES:
        return _proven(name, [(0.0, as_digits(text))], digit, printed)
    return _proven(name, list(_variants(text)), digit, printed)


def _sex(text: str) -> str:
    return {"H": "M", "N": "M", "P": "F", "E": "F", "K": FILLER, "X": FILLER}.get(text, text)


def _proven(
    name: str, variants: list[tuple[float, str]], digit: str, printed: frozenset[str]
) -> list[Option]:
    read = digit if digit == FILLER else as_digits(digit)
    found = []
    for cost, text in variants:
        due = mrz_digit(text)
        empty = not text.strip(FILLER)
        if read == due or (read == FILLER and (empty or name == "document_number")):
            found.append((cost - 1.5 * (text.strip(FILLER) in printed), text, read))
    if found:
        return sorted(found)[:_KEPT]
    return [(9.0, variants[0][1], read)]


def _variants(text: str) -> Iterator[tuple[float, str]]:
    """The text, then with up to three characters exchanged for what they are mistaken for."""
    yield 0.0, text
    places = [(i, _mistaken(c)) for i, c in enumerate(text) if _mistaken(c)]
    for count in range(1, _MOST_CHANGES + 1):
        for chosen in combinations(places, count):
            if count > 1 and not all(text[i] in "0O1IQD" for i, _ in chosen):
                continue
            for letters in product(*(others for _, others in chosen)):
                changed = list(text)
                cost = 0.0
                for (i, others), letter in zip(chosen, letters, strict=True):
                    changed[i] = letter
                    cost += 1.0 + 0.1 * others.index(letter)
                yield cost, "".join(changed)


def _mistaken(character: str) -> str:
    groups = [group.replace(character, "") for group in _ALIKE if character in group]
    return "".join(dict.fromkeys("".join(groups)))


def settle(
    lines: tuple[str, ...], layout: MrzLayout, printed: frozenset[str]
) -> tuple[tuple[str, ...], float]:
    """The lines with every part as its check digit and the composite one allow, and what that cost."""
    names = list(layout.spans)
    choices = [options(name, lines, layout, printed) for name in names]
    best: tuple[float, tuple[str, ...]] | None = None
    for combined in product(*choices):
        written = _written(lines, layout, dict(zip(names, combined, strict=True)))
        cost = sum(option[0] for option in combined) + 4.0 * (not composite_holds(written, layout))
        if best is None or cost < best[0]:
            best = cost, written
        if cost <= 0:
            break
    assert best is not None  # noqa: S101 - every part has an option
    return best[1], best[0]


def _written(lines: tuple[str, ...], layout: MrzLayout, chosen: dict[str, Option]) -> tuple[str, ...]:
    rows = [list(line) for line in lines]
    for name, (_, text, digit) in chosen.items():
        line, start, stop = layout.spans[name]
        rows[line][start:stop] = text
        if name in layout.digits:
            line, start, stop = layout.digits[name]
            rows[line][start:stop] = digit
    if layout.composite is not None:
        line, start, stop = layout.composite
        rows[line][start:stop] = as_digits("".join(rows[line][start:stop]))
    rows[0][:1] = as_letters(rows[0][0])
    return tuple("".join(row) for row in rows)


def composite_holds(lines: tuple[str, ...], layout: MrzLayout) -> bool:
    if layout.composite is None:
        return True
    return mrz_digit("".join(cut(lines, span) for span in layout.covers)) == cut(lines, layout.composite)
