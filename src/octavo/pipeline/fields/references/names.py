"""Which column of a table is about which field."""

import re
from collections.abc import Iterable

from octavo.pipeline.fields.other_names import PATHS
from octavo.pipeline.fields.references.tables import Table
from octavo.pipeline.fields.wording import folded

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MAIN = frozenset({"name", "title", "label", "description", "value"})
"""Columns that say what a row is: of a table of vendors, `name` is the vendor."""
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("s", ""))


def names_of_field(path: str) -> frozenset[str]:
    """`seller.name` and `line_items.0.sku`: by itself and with what it stands in, also under other names."""
    parts = [part for part in path.split(".") if not part.isdigit()]
    own = {parts[-1]} | ({"_".join(parts[-2:])} if len(parts) > 1 else set())
    return _known(own)


def names_of_column(table: Table, column: str) -> frozenset[str]:
    """`id` of a table `vendors` is `id` and `vendor_id`; its `name` is `vendor`, too."""
    word, about = _word(column), singular(_word(table.name))
    names = {word, f"{about}_{word}"} | ({about} if word in _MAIN else set())
    return _known(names)


def names_of_table(table: Table) -> frozenset[str]:
    about = _word(table.name)
    return _known({about, singular(about)})


def singular(word: str) -> str:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and not word.endswith(("ss", "us", "is")):
            return word[: -len(ending)] + instead
    return word


def _word(name: str) -> str:
    """`vendorName` and `Vendor name` as `vendor_name`."""
    return re.sub(r"[\W_]+", "_", _HUMP.sub("_", name).casefold()).strip("_")


def _known(names: Iterable[str]) -> frozenset[str]:
    """Compared without what parts their words; with the paths of ours that people call so."""
    found: set[str] = set()
    for name in names:
        found |= {folded(name), *(folded(path) for path in PATHS.get(name, ()))}
    return frozenset(found - {""})
