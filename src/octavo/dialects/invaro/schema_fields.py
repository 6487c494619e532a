"""A schema as this vendor's users write it: as the fields of a template, and as the shape of its results.

    {"fields": ["invoice_number", "total_amount"]}
    {"vendor": {"name": "string"}, "items": [{"description": "", "total_price": 0}]}
    {"type": "object", "properties": {"GR_date": {"type": "string"}}}

No source says what a schema may look like beyond the first; names and example values of the second kind, and
JSON Schema, are taken too. A name we have another word for is read by the reader of ours (`schema_words`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from octavo.dialects.invaro.schema_words import ALIASES, ENTRY_ALIASES, GROUPS, PARTY_ALIASES
from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.errors import InvalidRequest
from octavo.domain.template import FieldSpec, FieldType

MAX_DEPTH = 4
MAX_FIELDS = 300
_WORDS = {
    **{kind.value: kind for kind in FieldType},
    "float": FieldType.NUMBER,
    "decimal": FieldType.NUMBER,
    "int": FieldType.INTEGER,
    "bool": FieldType.BOOLEAN,
    "list": FieldType.ARRAY,
    "amount": FieldType.MONEY,
}
_BY_NAME = (
    (re.compile(r"(^|_)(date|dated)(_|$)"), FieldType.DATE),
    (re.compile(r"(^|_)(percent|percentage)(_|$)"), FieldType.PERCENTAGE),
    (re.compile(r"(^|_)(amount|total|price|balance|cost|fee|subtotal)$"), FieldType.MONEY),
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NUMBERS = frozenset({FieldType.NUMBER, FieldType.INTEGER, FieldType.MONEY, FieldType.PERCENTAGE})


@dataclass(frozen=True, slots=True)
class SchemaField:
    """One field of a schema, and where its value stands in our tree."""

    name: str
    """As the schema writes it."""
    path: str
    """From the top; of an entry's field, from the entry. Empty: a group of fields that stand on top."""
    spec: FieldSpec
    fields: tuple["SchemaField", ...] = ()
    """Of an object or of an array's entries; empty where the schema does not say which."""

    @property
    def is_text(self) -> bool:
        return self.spec.type not in _NUMBERS and self.spec.type not in {
            FieldType.BOOLEAN,
            FieldType.OBJECT,
            FieldType.ARRAY,
        }


@dataclass(frozen=True, slots=True)
class _Given:
    name: str
    type: FieldType | None
    description: str
    members: Any
    """Of an object, or of one entry; None: not said."""
    entries: FieldType | None


def parse_schema(schema: Any, document_type: str) -> tuple[SchemaField, ...]:
    """Raises `InvalidRequest`."""
    known = DOCUMENT_TYPES[document_type].fields if document_type in DOCUMENT_TYPES else ()
    fields = tuple(_parse(_top(schema), _Place(document_type, known), 1))
    if not fields:
        raise _refused("the schema has no fields")
    if sum(1 for _ in _every(fields)) > MAX_FIELDS:
        raise _refused(f"a schema has at most {MAX_FIELDS} fields")
    return fields


def specs_of_schema(fields: tuple[SchemaField, ...]) -> tuple[FieldSpec, ...]:
    """The template's fields: objects where paths meet in one."""
    tree: dict[str, FieldSpec] = {}
    for field in _leaves(fields):
        _place(tree, field.path.split("."), _whole(field))
    return tuple(tree.values())


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in our tree the fields of a schema's object are looked for."""

    document_type: str
    known: tuple[FieldSpec, ...]
    """Ours there."""
    path: str = ""
    group: str = ""
    """The schema's own object, where we have none: fields we do not know stand under its name."""
    array: str = ""
    """Ours, whose entries these are."""

    def ours(self, word: str) -> tuple[str, FieldSpec] | None:
        for path in (self._aliased(word), word):
            spec = _spec_at(self.known, path)
            if spec is not None:
                return (f"{self.path}.{path}" if self.path else path), spec
        return None

    def own(self, word: str) -> str:
        return ".".join(filter(None, (self.path, self.group, word)))

    def _aliased(self, word: str) -> str:
        if self.array:
            return ENTRY_ALIASES.get(self.array, {}).get(word, word)
        if self.path:
            return PARTY_ALIASES.get(word, word)
        return ALIASES.get(self.document_type, {}).get(word, word)


def _parse(given: Iterator[_Given], place: _Place, depth: int) -> Iterator[SchemaField]:
    if depth > MAX_DEPTH:
        raise _refused(f"objects are nested at most {MAX_DEPTH} levels deep")
    seen: set[str] = set()
    for one in given:
        if one.name in seen:
            raise _refused(f"there are two fields {one.name[:80]!r}")
        seen.add(one.name)
        yield _field(one, place, depth)


def _field(one: _Given, place: _Place, depth: int) -> SchemaField:
    word = to_word(one.name)
    found = place.ours(word)
    if found is not None and _agree(one, found[1]):
        path, spec = found
        inner = _inside(one, _within(place, path, spec), depth)
        return SchemaField(one.name, path, spec, inner)
    if one.members is not None and one.type is not FieldType.ARRAY and word in GROUPS and not place.path:
        flat = _Place(place.document_type, place.known, group=word)
        inner = _inside(one, flat, depth)
        return SchemaField(one.name, "", FieldSpec(word, FieldType.OBJECT), inner)
    path = place.own(word)
    spec = _own_spec(one, word)
    return SchemaField(one.name, path, spec, _inside(one, _unknown(place, path, one), depth))


def _inside(one: _Given, place: _Place, depth: int) -> tuple[SchemaField, ...]:
    return tuple(_parse(_members(one.members), place, depth + 1)) if one.members else ()


def _within(place: _Place, path: str, spec: FieldSpec) -> _Place:
    if spec.type is FieldType.ARRAY:
        return _Place(place.document_type, spec.fields, array=spec.name)
    return _Place(place.document_type, spec.fields, path=path)


def _unknown(place: _Place, path: str, one: _Given) -> _Place:
    """An entry's fields are named from the entry, an object's from the top."""
    return _Place(place.document_type, (), path="" if one.type is FieldType.ARRAY else path)


def _agree(one: _Given, spec: FieldSpec) -> bool:
    """An array is no object, and neither is a single value."""
    if one.type is None or one.type is FieldType.STRING:
        return one.members is None or spec.type in {FieldType.OBJECT, FieldType.ARRAY}
    return (one.type is FieldType.ARRAY) is (spec.type is FieldType.ARRAY) and (
        one.type is FieldType.OBJECT
    ) is (spec.type is FieldType.OBJECT)


def _own_spec(one: _Given, word: str) -> FieldSpec:
    kind = one.type
    if kind in {None, FieldType.STRING}:
        kind = next((type_ for pattern, type_ in _BY_NAME if pattern.search(word)), FieldType.STRING)
        kind = kind if one.type is None or kind is FieldType.DATE else FieldType.STRING
    label = word.replace("_", " ")
    return FieldSpec(word, kind or FieldType.STRING, one.description, (label,), entries=one.entries)


def _top(schema: Any) -> Iterator[_Given]:
    if isinstance(schema, Mapping) and isinstance(schema.get("fields"), list | Mapping) and len(schema) <= 3:
        schema = schema["fields"]
    yield from _members(schema)


def _members(given: Any) -> Iterator[_Given]:
    if isinstance(given, Mapping) and given.get("type") == "object" and "properties" in given:
        given = given["properties"]
    if isinstance(given, list):
        for entry in given:
            name = (
                entry if isinstance(entry, str) else entry.get("name") if isinstance(entry, Mapping) else None
            )
            if not isinstance(name, str):
                raise _refused("a list of fields has names, or objects with a name")
            yield _given(name, None if isinstance(entry, str) else entry)
    elif isinstance(given, Mapping):
        for name, member in given.items():
            yield _given(str(name), member)
    else:
        raise _refused("fields are a list or an object")


def _given(name: str, member: Any) -> _Given:
    if not to_word(name):
        raise _refused(f"{name[:80]!r} is no name of a field")
    if isinstance(member, Mapping):
        return _described(name, member)
    if isinstance(member, list):
        first = member[0] if member else None
        members = first if isinstance(first, Mapping) else None
        return _Given(name, FieldType.ARRAY, "", members, None if members else _entry_type(first))
    return _plain(name, member)


def _described(name: str, member: Mapping[str, Any]) -> _Given:
    """An object that describes a field, else an object of the document."""
    word = member.get("type")
    if not isinstance(word, str) or word.strip().lower() not in _WORDS:
        return _Given(name, FieldType.OBJECT, "", member, None)
    kind = _WORDS[word.strip().lower()]
    description = member.get("description")
    inner = member.get("properties", member.get("fields"))
    entries = None
    if kind is FieldType.ARRAY:
        items = member.get("items", inner)
        is_plain = (
            isinstance(items, Mapping) and "properties" not in items and set(items) <= {"type", "description"}
        )
        inner = None if is_plain else items
        entries = _entry_type(items.get("type")) if is_plain and isinstance(items, Mapping) else None
    return _Given(name, kind, description[:2000] if isinstance(description, str) else "", inner, entries)


def _plain(name: str, member: Any) -> _Given:
    """A type's name, a description, or an example value."""
    if isinstance(member, bool):
        return _Given(name, FieldType.BOOLEAN, "", None, None)
    if isinstance(member, int | float):
        return _Given(name, FieldType.NUMBER, "", None, None)
    word = member.strip().lower() if isinstance(member, str) else ""
    if word in _WORDS:
        return _Given(name, _WORDS[word], "", None, None)
    return _Given(name, None, member[:2000] if isinstance(member, str) else "", None, None)


def _entry_type(given: Any) -> FieldType:
    if isinstance(given, int | float) and not isinstance(given, bool):
        return FieldType.NUMBER
    kind = _WORDS.get(str(given).strip().lower(), FieldType.STRING)
    return FieldType.STRING if kind in {FieldType.OBJECT, FieldType.ARRAY} else kind


def to_word(name: str) -> str:
    """`GR_date`, `grDate` and `GR date` are `gr_date`; empty where no letter or digit is in it."""
    parts = re.split(r"[^a-z0-9]+", _CAMEL.sub("_", name).lower())
    word = "_".join(filter(None, parts))[:60]
    return f"n_{word}" if word[:1].isdigit() else word


def _spec_at(specs: tuple[FieldSpec, ...], path: str) -> FieldSpec | None:
    found = None
    for name in path.split("."):
        found = next((spec for spec in specs if spec.name == name), None)
        if found is None:
            return None
        specs = found.fields
    return found


def _leaves(fields: tuple[SchemaField, ...]) -> Iterator[SchemaField]:
    """Single values, arrays, and objects whose fields are not said."""
    for field in fields:
        if field.spec.type is FieldType.OBJECT and field.fields:
            yield from _leaves(field.fields)
        else:
            yield field


def _whole(field: SchemaField) -> FieldSpec:
    """An array with the fields the schema asks for, else with all of ours."""
    spec = field.spec
    if not field.fields:
        return spec
    entries: dict[str, FieldSpec] = {}
    for inner in _leaves(field.fields):
        _place(entries, inner.path.split("."), _whole(inner))
    return FieldSpec(spec.name, spec.type, spec.description, spec.synonyms, fields=tuple(entries.values()))


def _place(tree: dict[str, FieldSpec], names: list[str], spec: FieldSpec) -> None:
    first, *rest = names
    if not rest:
        tree[first] = FieldSpec(
            first,
            spec.type,
            spec.description,
            spec.synonyms,
            values=spec.values,
            fields=spec.fields,
            entries=spec.entries,
        )
        return
    around = tree.get(first) or FieldSpec(first, FieldType.OBJECT)
    inner = {one.name: one for one in around.fields}
    _place(inner, rest, spec)
    tree[first] = FieldSpec(first, FieldType.OBJECT, around.description, fields=tuple(inner.values()))


def _every(fields: tuple[SchemaField, ...]) -> Iterator[SchemaField]:
    for field in fields:
        yield field
        yield from _every(field.fields)


def _refused(reason: str) -> InvalidRequest:
    return InvalidRequest(f"schema_string: {reason}.", option="schema_string")
