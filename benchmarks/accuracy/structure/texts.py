"""When two texts count as the same, whoever wrote them down."""

import re
import unicodedata

from rapidfuzz.distance import Levenshtein

from benchmarks.accuracy.normalise import Rules, words

_BLANK = re.compile(r"\s+")
_NO_LETTER = re.compile(r"[\W_]+")
_HYPHEN = re.compile(r"(\w)[\u00ad\u2010-]\s*\n\s*(\w)")
_NUMBERING = re.compile(
    r"^\s*(?:(?:chapter|appendix|part|section|kapitel|chapitre)\s+)?(?:\d+|[A-Z]|[IVXLC]+)(?:\.\d+)*[.)]?\s+(?=\S)",
    re.IGNORECASE,
)


def dense(text: str) -> str:
    """For cells: compatibility forms, quotes, dashes and all white space do not count, capitals do."""
    return _BLANK.sub("", "".join(words(text, Rules())))


def letters(text: str) -> str:
    """For phrases in running text: letters and digits only, words hyphenated at line ends joined."""
    joined = _HYPHEN.sub(r"\1\2", text)
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", joined)).casefold()


def title(text: str) -> str:
    """For headings: as `letters`, without a leading number, which a bookmark may or may not have."""
    return letters(_NUMBERING.sub("", text, count=1)) or letters(text)


def likeness(one: str, other: str) -> float:
    """1.0 for equal texts, 0.0 for texts without anything in common."""
    return float(Levenshtein.normalized_similarity(one, other))
