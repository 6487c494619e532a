"""What a booking is for, by the words of its description."""

import re
import unicodedata
from functools import lru_cache

from octavo.domain.document_types.bank_statement import CATEGORIES
from octavo.pipeline.fields.kinds.statement.category_words import BY_CHANNEL, CLEAR, EITHER, Rule

_PARTED = re.compile(r"[^\w]+|_+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def category_of(description: str, *, is_credit: bool) -> str | None:
    """One of `CATEGORIES`; None where no word tells.

    Args:
        description: All that the statement says of the booking, in any language.
        is_credit: Whether the money came in.
    """
    way = 1 if is_credit else -1
    texts = _forms(description)
    for rules in (CLEAR, BY_CHANNEL):
        hits = [(len(word), -at, name) for at, name, word in _hits(rules, texts, way)]
        if hits:
            return max(hits)[2]
    return None


def _hits(rules: tuple[Rule, ...], texts: set[str], way: int) -> list[tuple[int, str, str]]:
    """Place of the rule, its category, and the longest words of it that stand there."""
    found = []
    for at, (name, wanted, words) in enumerate(rules):
        if wanted in {EITHER, way}:
            hits = [match.group() for text in texts for match in _pattern(words).finditer(text)]
            if hits:
                found.append((at, name, max(hits, key=len)))
    return found


@lru_cache(maxsize=256)
def _pattern(words: str) -> re.Pattern[str]:
    """Whole words; scripts that part none are looked for anywhere."""
    parts = [_part(word) for word in words.split("|")]
    return re.compile("|".join(sorted(parts, key=len, reverse=True)))


def _part(word: str) -> str:
    core = re.escape(word.strip("*").casefold()).replace(r"\ ", " ")
    if not word.isascii() and not _has_parted_words(word):
        return core
    before = "" if word.startswith("*") else r"\b"
    after = r"\w*" if word.endswith("*") else r"\b"
    return before + core + after


def _has_parted_words(word: str) -> bool:
    return all("CYRILLIC" in unicodedata.name(char, "") for char in word if char.isalpha())


def _forms(description: str) -> set[str]:
    """Without case and accents; umlauts also as two letters are taken back to one."""
    small = unicodedata.normalize("NFC", description).casefold()
    bare = {_bare(small), _bare(small.translate(_UMLAUTS))}
    return bare | {_one_letter(text) for text in bare}


def _bare(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text)
    return _PARTED.sub(" ", "".join(char for char in spread if not unicodedata.combining(char))).strip()


def _one_letter(text: str) -> str:
    return text.replace("ae", "a").replace("oe", "o").replace("ue", "u")


assert {name for rules in (CLEAR, BY_CHANNEL) for name, _, _ in rules} <= set(CATEGORIES)  # noqa: S101 -- a table against a table
