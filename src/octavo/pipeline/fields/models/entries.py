"""Which entry of a list the model means: its rows may be others than those that were found."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from octavo.domain.field import Field
from octavo.pipeline.fields.models.admit import Admitted, same_value

Entries = dict[int, list[Admitted]]
_ON_LINE = 2.0
"""What a value on the same line counts for, beside equal values."""


def placed_entries(
    said: Iterable[Admitted], found: Mapping[str, Field], complete: Iterable[str]
) -> Iterator[Admitted]:
    """The same values, those of lists with the number of the entry that they belong to.

    Entries that were not found come behind the others where most of their values are cited; those of a
    list in `complete`, whose entries add up, are left out.
    """
    lists: dict[str, Entries] = {}
    for one in said:
        name, position, _ = _split(one.field.path)
        if position is None:
            yield one
        else:
            lists.setdefault(name, {}).setdefault(position, []).append(one)
    for name, entries in lists.items():
        yield from _placed(name, entries, _entries_of(name, found), is_complete=name in set(complete))


def _placed(
    name: str, entries: Entries, found: dict[int, list[Field]], *, is_complete: bool
) -> Iterator[Admitted]:
    free = dict(found)
    following = max(found, default=-1) + 1
    for values in entries.values():
        best = max(free, key=lambda number: (_likeness(values, free[number]), -number), default=None)
        if best is not None and _likeness(values, free[best]) > 0:
            del free[best]
            yield from _moved(name, values, best)
        elif not found or (not is_complete and _mostly_cited(values)):
            yield from _moved(name, values, following)
            following += 1


def _moved(name: str, values: list[Admitted], number: int) -> Iterator[Admitted]:
    for one in values:
        _, _, rest = _split(one.field.path)
        path = f"{name}.{number}.{rest}" if rest else f"{name}.{number}"
        yield replace(one, field=replace(one.field, path=path))


def _mostly_cited(values: list[Admitted]) -> bool:
    return sum(one.is_cited for one in values) * 2 > len(values)


def _likeness(values: list[Admitted], entry: list[Field]) -> float:
    """Equal values of the same name count one each, lines in common as `_ON_LINE` says."""
    by_name = {_split(field.path)[2]: field for field in entry}
    equal = 0.0
    for one in values:
        other = by_name.get(_split(one.field.path)[2])
        if other is not None and same_value(other.value, one.field.value):
            equal += 1
    return equal + (_ON_LINE if _share_line(values, entry) else 0.0)


def _share_line(values: list[Admitted], entry: list[Field]) -> bool:
    bands = [(place.page, place.bbox) for field in entry for place in field.places if place.bbox]
    return any(
        place.page == page and place.bbox is not None and box.y0 < place.bbox.center[1] < box.y1
        for one in values
        for place in one.field.places
        for page, box in bands
    )


def _entries_of(name: str, found: Mapping[str, Field]) -> dict[int, list[Field]]:
    entries: dict[int, list[Field]] = {}
    for path, field in found.items():
        head, position, _ = _split(path)
        if head == name and position is not None:
            entries.setdefault(position, []).append(field)
    return entries


def _split(path: str) -> tuple[str, int | None, str]:
    """The list, the number in it and the rest; None where no list is in the path."""
    parts = path.split(".")
    at = next((place for place, part in enumerate(parts) if part.isdigit()), None)
    if at is None:
        return path, None, ""
    return ".".join(parts[:at]), int(parts[at]), ".".join(parts[at + 1 :])
