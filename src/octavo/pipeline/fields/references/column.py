"""One column of a table, ready to be asked which row a printed value means."""

from collections.abc import Iterable
from dataclasses import dataclass

from octavo.pipeline.fields.references.tables import Row, Table
from octavo.pipeline.fields.wording import folded

_LEAST_LETTERS = 5
"""Of what is compared by likeness."""
_LEAST_RATIO, _LEAD = 0.86, 0.05
_LONG_WORD = 4
_LEAST_KEY = 2


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    rows: tuple[Row, ...]
    """Those that say something in it."""
    said: tuple[str, ...]
    """What they say, folded."""
    places: dict[str, tuple[int, ...]]
    """The rows that say a folded value in any column."""
    words: tuple[frozenset[str], ...]

    def row(self, value: str) -> Row | None:
        """The only one it can mean: by this column, by another one, nearly, or by some of its words."""
        wanted = folded(value)
        if len(wanted) < _LEAST_KEY:
            return None
        known = self.places.get(wanted, ())
        same = [at for at in known if self.said[at] == wanted]
        if known:
            return self.rows[same[0]] if same else self._only(known)
        found = self._likest(wanted)
        return self._by_words(value) if found is None else found

    def exactly(self, value: str) -> Row | None:
        """The only one that says this here, but for case and what parts its words."""
        wanted = folded(value)
        return self._only(at for at in self.places.get(wanted, ()) if self.said[at] == wanted and wanted)

    def _only(self, places: Iterable[int]) -> Row | None:
        """Where all of them say the same here."""
        found = list(places)
        return self.rows[found[0]] if found and len({self.said[at] for at in found}) == 1 else None

    def _likest(self, wanted: str) -> Row | None:
        """A reader's slip away, with no other as near; digits are never guessed."""
        from rapidfuzz.distance import Indel
        from rapidfuzz.process import extract

        if len(wanted) < _LEAST_LETTERS:
            return None
        hits = extract(
            wanted, self.said, scorer=Indel.normalized_similarity, score_cutoff=_LEAST_RATIO - _LEAD, limit=10
        )
        if not hits or hits[0][1] < _LEAST_RATIO or _digits(hits[0][0]) != _digits(wanted):
            return None
        rivals = [score for said, score, _ in hits if said != hits[0][0]]
        return None if rivals and hits[0][1] - rivals[0] < _LEAD else self.rows[hits[0][2]]

    def _by_words(self, value: str) -> Row | None:
        """All words of the one are words of the other, a long one among them, and of no other row's."""
        wanted = _words(value)
        return self._only(
            at
            for at, said in enumerate(self.words)
            if said
            and (said <= wanted or wanted <= said)
            and any(len(word) >= _LONG_WORD for word in said & wanted)
            and _digits(self.said[at]) == _digits(value)
        )


def column_of(table: Table, name: str) -> Column:
    rows = tuple(row for row in table.rows if name in row)
    said = tuple(folded(str(row[name])) for row in rows)
    places: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        for cell in {folded(str(cell)) for cell in row.values()}:
            places.setdefault(cell, []).append(at)
    by_value = {cell: tuple(found) for cell, found in places.items()}
    return Column(name, rows, said, by_value, tuple(frozenset(_words(str(row[name]))) for row in rows))


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _words(text: str) -> set[str]:
    return {word for part in text.split() if (word := folded(part))}
