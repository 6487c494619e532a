"""Labels compared as people compare them: without case, accents, spaces and points, and with a reader's slips."""

import re
import unicodedata
from functools import lru_cache

_KEPT = re.compile(r"[^\w#%]+|_+")
_SHORT, _MIDDLING = 5, 9
_LEAST_RATIO = 0.84


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Letters and digits in lower case, nothing between words: `Invoice No.:` is `invoiceno`."""
    spread = unicodedata.normalize(
        "NFKD", text.casefold().replace("ß", "ss").replace("№", "no").replace("°", "o")
    )
    return _KEPT.sub("", "".join(char for char in spread if not unicodedata.combining(char)))


@lru_cache(maxsize=50_000)
def likeness(read: str, label: str) -> float:
    """1.0 for the same folded text, 0.0 for another one; short labels must be exact."""
    if read == label:
        return 1.0
    if len(label) < _SHORT or abs(len(read) - len(label)) > 2:
        return 0.0
    from rapidfuzz.distance import OSA

    distance = OSA.distance(read, label, score_cutoff=2)
    most = 1 if len(label) < _MIDDLING else 2
    ratio = 1 - distance / max(len(read), len(label))
    if distance > most or (ratio < _LEAST_RATIO and distance > 1) or not _alike_in_digits(read, label):
        return 0.0
    return ratio


def _alike_in_digits(read: str, label: str) -> bool:
    """A slip may make a letter a digit, but not a number a word."""
    return sum(char.isdigit() for char in read) <= 1 + sum(char.isdigit() for char in label)
