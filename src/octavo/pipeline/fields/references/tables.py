"""A reference file as tables, as far as it is one: JSON, CSV, Markdown's tables and lists, lines of `key: value`.

    [{"code": "WDG", "name": "Widget"}]          a table `products` of the file `products.json`
    {"departments": {"MKT": "Marketing"}}        a table `departments` of keys and what they mean
    MKT = Marketing                              the same, named as the file

Running text gives no table: it is for language models alone.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from octavo.domain.errors import InvalidRequest
from octavo.domain.field import Scalar

KEY, VALUE = "key", "value"
MAX_ROWS = 20_000
"""Of one file; further ones are not looked at."""
_PAIR = re.compile(
    r"^\s*(?:[-*+]\s+)?[*_`]{0,2}(?P<key>[^:=|]{1,80}?)[*_`]{0,2}\s*(?:->|=>|→|=|:|\s[\u2013\u2014]\s)\s*(?P<value>\S.{0,200})$"
)
_RULE = re.compile(r"^[\s|:+-]+$")
_LEAST_SHARE = 0.8
"""Of a file's lines that must be pairs, or have as many cells as the first, to be taken for a table."""
_LONGEST_ENTRY = 80
_SEPARATORS = "\t;|,"
Row = Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of named values."""

    name: str
    rows: tuple[Row, ...]
    is_mapping: bool = False
    """Each row is a `KEY` and the `VALUE` that it stands for."""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(column for row in self.rows for column in row))


def tables_of(filename: str, text: str) -> tuple[Table, ...]:
    """In the file's order. Raises `InvalidRequest` for JSON that is none."""
    path = PurePath(filename)
    name, ending = path.stem, path.suffix.lower()
    if ending == ".json":
        found = _of_json(name, _parsed(text))
    elif ending in {".csv", ".tsv"}:
        found = _of_lines(name, text.splitlines(), bare=False)
    elif ending == ".md":
        found = _of_markdown(name, text)
    else:
        found = _of_lines(name, text.splitlines(), bare=True)
    return tuple(_cut(found))


def _cut(found: Iterator[Table]) -> Iterator[Table]:
    left = MAX_ROWS
    for table in found:
        rows = table.rows[:left]
        left -= len(rows)
        if rows:
            yield Table(table.name, rows, table.is_mapping)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise InvalidRequest("A reference file that ends in .json has JSON in it.", option="file") from None


def _of_json(name: str, found: Any) -> Iterator[Table]:
    if isinstance(found, list):
        rows = [_flat(one) for one in found if isinstance(one, dict)]
        singles = [{name: one} for one in found if _is_scalar(one)]
        yield Table(name, tuple(row for row in (*rows, *singles) if row))
    elif isinstance(found, dict):
        yield from _of_object(name, found)


def _of_object(name: str, found: dict[str, Any]) -> Iterator[Table]:
    pairs = tuple({KEY: key, VALUE: value} for key, value in found.items() if _is_scalar(value))
    if pairs:
        yield Table(name, pairs, is_mapping=True)
    objects = {key: value for key, value in found.items() if isinstance(value, dict)}
    if (
        objects
        and all(_has_only_scalars(value) for value in objects.values())
        and _are_alike(objects.values())
    ):
        yield Table(name, tuple({KEY: key, **_flat(value)} for key, value in objects.items()))
    else:
        for key, value in objects.items():
            yield from _of_object(key, value)
    for key, value in found.items():
        if isinstance(value, list):
            yield from _of_json(key, value)


def _are_alike(objects: Any) -> bool:
    """They share a name for something: entries of one list, and no lists of their own."""
    names = [set(one) for one in objects]
    return len(names) > 1 and bool(set.intersection(*names))


def _has_only_scalars(value: dict[str, Any]) -> bool:
    return all(_is_scalar(inner) or isinstance(inner, list) for inner in value.values())


def _flat(found: dict[str, Any], above: str = "") -> dict[str, Scalar]:
    """Inner objects by dotted names; of a list, each entry by its place."""
    row: dict[str, Scalar] = {}
    for key, value in found.items():
        if _is_scalar(value):
            row[above + key] = value
        elif isinstance(value, dict):
            row |= _flat(value, f"{above}{key}.")
        elif isinstance(value, list):
            row |= {f"{above}{key}.{at}": one for at, one in enumerate(value) if _is_scalar(one)}
    return row


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | int | float | bool) and value != ""


def _of_markdown(name: str, text: str) -> Iterator[Table]:
    """Its tables; what else is in lines of pairs."""
    lines, rest = text.splitlines(), []
    at = 0
    while at < len(lines):
        if "|" in lines[at] and at + 1 < len(lines) and "-" in lines[at + 1] and _RULE.match(lines[at + 1]):
            end = at + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            yield _from_cells(name, [_cells(line) for line in (lines[at], *lines[at + 2 : end])])
            at = end
        else:
            rest.append(lines[at])
            at += 1
    pairs = [line for line in rest if not line.startswith("#")]
    yield from _pairs(name, pairs)


def _cells(line: str) -> list[str]:
    return [cell.strip(" *_`") for cell in line.strip().strip("|").split("|")]


def _of_lines(name: str, lines: Sequence[str], *, bare: bool) -> Iterator[Table]:
    """`bare`: it may be something else than cells."""
    kept = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    separator = _separator(kept)
    if separator:
        yield _from_cells(name, list(csv.reader(io.StringIO("\n".join(kept)), delimiter=separator)))
        return
    if not bare:
        yield _listed(name, kept[1:])
        return
    pairs = tuple(_pairs(name, kept))
    if pairs:
        yield from pairs
    elif kept and all(len(line.strip()) <= _LONGEST_ENTRY for line in kept) and not _is_prose(kept):
        yield _listed(name, kept)


def _separator(lines: Sequence[str]) -> str | None:
    """That parts nearly all lines into as many cells as the first has."""
    if len(lines) < 2:
        return None
    for separator in _SEPARATORS:
        wanted = lines[0].count(separator)
        alike = sum(line.count(separator) >= wanted for line in lines)
        if wanted and alike >= _LEAST_SHARE * len(lines):
            return separator
    return None


def _is_prose(lines: Sequence[str]) -> bool:
    return sum(line.rstrip().endswith((".", "!", "?", ":")) for line in lines) > len(lines) / 2


def _listed(name: str, lines: Sequence[str]) -> Table:
    return Table(name, tuple({name: line.strip().lstrip("-*+ ")} for line in lines if line.strip()))


def _from_cells(name: str, cells: Sequence[Sequence[str]]) -> Table:
    heads = [head.strip() for head in cells[0]]
    rows = [
        {head: cell.strip() for head, cell in zip(heads, row, strict=False) if head and cell.strip()}
        for row in cells[1:]
    ]
    return Table(name, tuple(row for row in rows if row))


def _pairs(name: str, lines: Sequence[str]) -> Iterator[Table]:
    """Where nearly all lines are pairs."""
    said = [line for line in lines if line.strip()]
    found = [match for line in said if (match := _PAIR.match(line))]
    if found and len(found) >= _LEAST_SHARE * len(said):
        rows = tuple({KEY: match["key"].strip(), VALUE: match["value"].strip()} for match in found)
        yield Table(name, rows, is_mapping=True)
