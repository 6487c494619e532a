"""What columns are called: the words above line items in several languages."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_NOT_A_LETTER = re.compile(r"[^\w%²³#]+")


def plain(text: str) -> str:
    """For comparing labels: lower case, no accents, no punctuation, single spaces; `ß` is `ss`."""
    stripped = "".join(
        char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char)
    )
    return " ".join(_NOT_A_LETTER.sub(" ", stripped.replace("º", "o").replace("°", "o")).split())


def split_phrases(text: str) -> tuple[str, ...]:
    """`a|b|c`, over several lines."""
    return tuple(phrase.strip() for phrase in text.replace("\n", "").split("|") if phrase.strip())


@dataclass(frozen=True)
class ColumnVocabulary:
    """Columns by name, each with what documents call it."""

    columns: Mapping[str, tuple[str, ...]]
    keys: frozenset[str] = frozenset({"quantity", "unit_price", "amount"})
    """Columns whose values make a row an entry of its own."""
    texts: frozenset[str] = frozenset({"description"})
    """Columns that run on over several lines."""
    needed: frozenset[str] = frozenset({"amount", "unit_price", "quantity"})
    """A header has one of these, at least."""
    telling: frozenset[str] = frozenset({"description"})
    """And one of these, unless it has both a quantity and a price."""
    numeric: frozenset[str] = frozenset(
        {
            "quantity",
            "unit_price",
            "price_unit",
            "tax_rate",
            "tax_amount",
            "discount",
            "amount",
            "gross_amount",
            "list_price",
        }
    )
    """Columns that hold numbers, with their unit or currency."""
    ends: tuple[str, ...] = ()
    """What the first row below the last entry begins with."""

    @cached_property
    def by_phrase(self) -> dict[str, str]:
        """Column by plain phrase; where two columns share a phrase, the first one has it."""
        found: dict[str, str] = {}
        for column, phrases in self.columns.items():
            for phrase in phrases:
                found.setdefault(plain(phrase), column)
        return found

    @cached_property
    def longest(self) -> int:
        """Words of the longest phrase."""
        return max(len(phrase.split()) for phrase in self.by_phrase)

    @cached_property
    def plain_ends(self) -> tuple[str, ...]:
        return tuple(plain(phrase) for phrase in self.ends)
