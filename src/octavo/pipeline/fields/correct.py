"""Values that a person sets or clears, put into the fields of a document."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from octavo.domain.correction import FieldChange
from octavo.domain.errors import InvalidRequest
from octavo.domain.field import Alternative, Field, Fields, FieldSource, Place
from octavo.domain.template import FieldRule, FieldSpec, FieldType
from octavo.pipeline.fields.reproof.again import prove_again
from octavo.pipeline.fields.rules import RULE, try_rules
from octavo.pipeline.fields.values import entry_of, require_value, spec_at

MAX_FIELDS = 100_000
SAID = "person"
"""The check a value has passed that a person said."""
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """What one place of the schema is to say."""

    path: str
    value: Any
    """A JSON value; None clears whatever is there. An object or a list takes the place of all that is there."""
    places: tuple[Place, ...] | None = None
    """Where the document says it; None: where it was read before."""


def wishes_of(tree: dict[str, Any], specs: tuple[FieldSpec, ...], above: str = "") -> list[Wish]:
    """A tree that is merged, as single wishes: objects are gone into, all else takes the place of what is there."""
    wishes = []
    for name, value in tree.items():
        path = f"{above}{name}"
        spec = spec_at(specs, path)
        if isinstance(value, dict) and spec is not None and spec.type is FieldType.OBJECT:
            wishes += wishes_of(value, specs, f"{path}.")
        else:
            wishes.append(Wish(path, value))
    return wishes


def correct(
    fields: Fields, specs: tuple[FieldSpec, ...], wishes: Sequence[Wish], *, rules: tuple[FieldRule, ...]
) -> tuple[Fields, tuple[FieldChange, ...]]:
    """The fields with what the wishes say, in their order, and every value that is another now.

    What follows from a changed value changes with it; arithmetic and `rules` are tried anew: what adds up
    now is verified, and what no longer does is not, save what a person or the file's own data said.

    Raises:
        InvalidRequest: the schema has no such field, or its value is of another type.
    """
    found = {field.path: field for field in fields.found}
    for wish in wishes:
        _grant(wish, specs, found)
    changes = tuple(_changes(fields.found, found))
    if not changes:
        return fields, ()
    changed = frozenset(change.path for change in changes)
    checks = [check for check in fields.checks if check.code != RULE]
    proven, checks = prove_again(fields.document_type, found, checks, changed)
    followed = [
        change
        for change in _changes(tuple(found.values()), proven)
        if change.before != change.after and change.path not in changed
    ]
    kept = tuple(proven.values())
    return replace(fields, found=kept, checks=(*checks, *try_rules(rules, kept))), (*changes, *followed)


def _grant(wish: Wish, specs: tuple[FieldSpec, ...], found: dict[str, Field]) -> None:
    spec = spec_at(specs, wish.path)
    if spec is None:
        known = ", ".join(spec.name for spec in specs)
        raise InvalidRequest(
            f"There is no field {wish.path[:_SHOWN]!r} in this schema. It has: {known}.",
            option=wish.path[:_SHOWN],
        )
    _require_no_gap(wish.path, found)
    if wish.value is None:
        _clear(wish.path, found)
        return
    leaves = list(_leaves(wish.path, wish.value, spec))
    before = dict(found)
    if spec.type in (FieldType.OBJECT, FieldType.ARRAY):
        for path in [path for path in found if path.startswith(f"{wish.path}.")]:
            del found[path]
    for path, value in leaves:
        found[path] = _said(path, value, before.get(path), wish.places)
    if len(found) > MAX_FIELDS:
        raise InvalidRequest(f"A document has at most {MAX_FIELDS} fields.", limit=MAX_FIELDS)


def _said(path: str, value: Any, before: Field | None, places: tuple[Place, ...] | None) -> Field:
    """What was read stays beside it: the picture of the words is the evidence that a person looked at."""
    if before is None:
        return Field(
            path, value, FieldSource.PERSON, None, places or (), confidence=1.0, verified=True, checks=(SAID,)
        )
    others = before.alternatives
    if before.value != value and before.source is not FieldSource.PERSON:
        read = Alternative(before.value, before.raw_text, before.places, before.confidence, "corrected")
        others = (read, *others)
    return Field(
        path,
        value,
        FieldSource.PERSON,
        before.raw_text,
        before.places if places is None else places,
        confidence=1.0,
        verified=True,
        checks=(SAID,),
        alternatives=others,
    )


def _leaves(path: str, value: Any, spec: FieldSpec) -> Iterator[tuple[str, Any]]:
    """Every single value below, by its path. Raises `InvalidRequest`."""
    if spec.type is FieldType.OBJECT and isinstance(value, dict):
        known = {inner.name: inner for inner in spec.fields}
        for name, inner in value.items():
            if name not in known:
                raise InvalidRequest(
                    f"There is no field {f'{path}.{name}'[:_SHOWN]!r} in this schema. It has: {', '.join(known)}.",
                    option=f"{path}.{name}"[:_SHOWN],
                )
            if inner is not None:
                yield from _leaves(f"{path}.{name}", inner, known[name])
    elif spec.type is FieldType.ARRAY and isinstance(value, list):
        for position, entry in enumerate(value):
            yield from _leaves(f"{path}.{position}", entry, entry_of(spec))
    else:
        yield path, require_value(path, value, spec)


def _clear(path: str, found: dict[str, Field]) -> None:
    """Nothing is left there; the entries behind a cleared one move up."""
    for below in [known for known in found if known == path or known.startswith(f"{path}.")]:
        del found[below]
    array, _, position = path.rpartition(".")
    if not position.isdigit():
        return
    moved: dict[str, Field] = {}
    for known, field in found.items():
        head, _, rest = known.removeprefix(f"{array}.").partition(".")
        if known.startswith(f"{array}.") and head.isdigit() and int(head) > int(position):
            known = ".".join(part for part in (array, str(int(head) - 1), rest) if part)  # noqa: PLW2901 -- it moves
        moved[known] = replace(field, path=known)
    found.clear()
    found.update(moved)


def _require_no_gap(path: str, found: Iterable[str]) -> None:
    """A new entry comes behind the last. Raises `InvalidRequest`."""
    parts = path.split(".")
    for at, part in enumerate(parts):
        if not part.isdigit():
            continue
        array = ".".join(parts[:at]) + "."
        positions = {
            known.removeprefix(array).partition(".")[0] for known in found if known.startswith(array)
        }
        if part != str(int(part)) or int(part) > len(positions):
            raise InvalidRequest(
                f"{array[:-1]} has {len(positions)} entries; the next is {array}{len(positions)}.",
                option=path[:_SHOWN],
            )


def _changes(before: tuple[Field, ...], after: dict[str, Field]) -> Iterator[FieldChange]:
    """In the order of what was there, new ones last; also a value that a person only confirmed."""
    known = {field.path: field for field in before}
    for path in dict.fromkeys([*known, *after]):
        old, new = known.get(path), after.get(path)
        if old != new:
            yield FieldChange(path, old.value if old else None, new.value if new else None)
