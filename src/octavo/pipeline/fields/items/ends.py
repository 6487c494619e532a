"""Rows that are no entries: sums below the table, sums carried to the next page, what is taken off."""

import re

from octavo.pipeline.fields.items.numerals import is_number
from octavo.pipeline.fields.items.vocabulary import ColumnVocabulary, plain
from octavo.pipeline.fields.tokens import Row

_CARRIED = (
    "ubertrag", "zwischensumme ubertrag", "carried forward", "brought forward", "carry forward", "balance forward",
    "carried over", "subtotal carried", "page total", "page subtotal", "seitensumme", "a reporter", "report",
    "report page", "total page", "suma y sigue", "suma anterior", "a transportar", "transporte", "riporto", "da riportare",
    "transport", "te transporteren", "transportbedrag", "do przeniesienia", "z przeniesienia", "continued",
    "total a reporter", "vortrag",
)  # fmt: skip
_ALSO_GOODS = frozenset({"transport", "transporte", "report", "continued"})
"""Carried only where they are all of the label: `Transport pauschal` is an entry."""
_OFF = (
    "rabatt", "nachlass", "abschlag", "abzgl", "abzuglich", "discount", "less", "remise", "rabais", "descuento", "dto",
    "sconto", "desconto", "korting", "rabat", "upust", "sleva", "allowance", "kedvezmeny", "alennus", "reduction",
)  # fmt: skip
_TOTALS = frozenset(
    {
        "total",
        "totals",
        "grand total",
        "summe",
        "gesamt",
        "gesamtsumme",
        "totale",
        "totaal",
        "suma",
        "razem",
        "totaux",
    }
)
_SUMMED = frozenset(
    {
        "subtotal",
        "zwischensumme",
        "subtotaal",
        "subtotale",
        "delsumma",
        "nettobetrag",
        "gesamtbetrag",
        "imponibile",
    }
)
_FEW = 2
"""Words of an entry: more beside such a label are of something else."""
_CODE = re.compile(r"[A-Z]{3}|[€$£]")
_ASIDE = 3
"""Runs of a row that has other text left of a sum and its label."""
_LONGEST_LABEL = 7
"""Words of the label of a sum; more is a sentence or the description of an entry."""


def label_of(row: Row) -> str:
    """The words before the first number."""
    words: list[str] = []
    for token in row.tokens:
        if is_number(token.text) or any(char.isdigit() for char in token.text):
            break
        words.append(token.text)
        if token.text.endswith(":"):
            break
    return plain(" ".join(words))


def is_carried(row: Row) -> bool:
    label = label_of(row)
    return any(
        label == phrase or (phrase not in _ALSO_GOODS and label.startswith(phrase + " "))
        for phrase in _CARRIED
    )


def is_taken_off(row: Row) -> bool:
    words = plain(row.text).split()
    return any(word.startswith(phrase) for word in words for phrase in _OFF)


def is_total(row: Row) -> bool:
    """`Total  180 PCS  1,38,915.00`: the quantities are summed up, too."""
    return label_of(row) in _TOTALS


def _ends_beside(row: Row, vocabulary: ColumnVocabulary) -> bool:
    """A sum with its label in a run of its own, right of other text: `We debit your account on …   Net total   2,090.00`."""
    segments = [one for one in row.segments if not _CODE.fullmatch(one.text)]
    if len(segments) < _ASIDE:
        return False
    before, label, amount = segments[-3:]
    said = plain(label.text)
    return (
        (len(said.split()) > 1 or said in _SUMMED)
        and said in vocabulary.plain_ends
        and len(before.tokens) > (1 if len(said.split()) > 1 else _FEW)
        and is_number(amount.tokens[0].text)
    )


def ends_table(row: Row, vocabulary: ColumnVocabulary) -> bool:
    """Whether the row begins as a sum does, or is the heading of what follows."""
    label = label_of(row)
    words = label.split()
    if _ends_beside(row, vocabulary):
        return True
    if not words or len(words) > _LONGEST_LABEL:
        return False
    numbers = sum(is_number(token.text) for token in row.tokens)
    alone = plain(row.text) == label
    for phrase in vocabulary.plain_ends:
        if label == phrase:
            return numbers > 0 or alone
        if label.startswith(phrase + " ") and (numbers > 0 or row.text.rstrip().endswith(":")):
            return True
    return bool(re.match(r"(total|summe|gesamt|subtotal|net |netto)", label)) and 0 < numbers <= 3
