"""Schemas as people write them: what is taken, what it becomes, what is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.errors import InvalidRequest
from octavo.domain.field_schema import to_json_schema
from octavo.domain.field_specs import MAX_DEPTH, MAX_FIELDS, parse_specs
from octavo.domain.template import FieldSpec, FieldType

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
PLAIN = st.sampled_from(
    [kind for kind in FieldType if kind not in (FieldType.OBJECT, FieldType.ARRAY, FieldType.ENUM)]
)
TEXTS = st.lists(
    st.text("abcäß .", min_size=1, max_size=8).map(str.strip).filter(bool), max_size=3, unique=True
)


def _leaf(name: str, kind: FieldType, required: bool, synonyms: list[str]) -> FieldSpec:
    return FieldSpec(name, kind, "What it is.", tuple(synonyms), required=required)


LEAVES = st.builds(_leaf, NAMES, PLAIN, st.booleans(), TEXTS)
ENUMS = st.builds(
    lambda name, values: FieldSpec(name, FieldType.ENUM, values=tuple(values)),
    NAMES,
    st.lists(st.sampled_from("ABCD"), min_size=1, unique=True),
)
GROUPS = st.lists(st.one_of(LEAVES, ENUMS), min_size=1, max_size=4, unique_by=lambda spec: spec.name).map(
    tuple
)
NESTED = st.one_of(
    st.builds(lambda name, fields: FieldSpec(name, FieldType.OBJECT, fields=fields), NAMES, GROUPS),
    st.builds(lambda name, fields: FieldSpec(name, FieldType.ARRAY, fields=fields), NAMES, GROUPS),
    st.builds(lambda name, kind: FieldSpec(name, FieldType.ARRAY, entries=kind), NAMES, PLAIN),
)
SCHEMAS = st.lists(
    st.one_of(LEAVES, ENUMS, NESTED), min_size=1, max_size=6, unique_by=lambda spec: spec.name
).map(tuple)


@given(SCHEMAS)
def test_a_schema_comes_back_from_json_schema_as_it_went(specs: tuple[FieldSpec, ...]) -> None:
    schema = to_json_schema(specs, title="t")

    Draft202012Validator.check_schema(schema)
    assert parse_specs(schema) == specs


@pytest.mark.parametrize("name", sorted(DOCUMENT_TYPES))
def test_every_document_type_has_a_json_schema_of_its_own(name: str) -> None:
    kind = DOCUMENT_TYPES[name]
    schema = to_json_schema(kind.fields, title=kind.title, description=kind.description)

    Draft202012Validator.check_schema(schema)
    assert [spec.name for spec in parse_specs(schema)] == [spec.name for spec in kind.fields]


def test_a_flat_map_a_list_and_a_schema_say_the_same() -> None:
    flat = {
        "number": "string",
        "total": {"type": "number", "description": "All"},
        "tags": {"type": "array", "items": "string"},
    }
    listed = [
        {"name": "number", "type": "string"},
        {"name": "total", "type": "number", "description": "All"},
        {"name": "tags", "type": "array", "entries": "string"},
    ]
    schema = {
        "type": "object",
        "properties": {
            "number": {"type": ["string", "null"]},
            "total": {"type": "number", "description": "All"},
            "tags": {"type": "array", "items": {"type": "string"}},
        },
    }

    assert parse_specs(flat) == parse_specs(listed) == parse_specs(schema)


def test_words_of_others_for_types_are_understood() -> None:
    assert [spec.type for spec in parse_specs({"a": "float", "b": "int", "c": "Bool", "d": "percent"})] == [
        FieldType.NUMBER,
        FieldType.INTEGER,
        FieldType.BOOLEAN,
        FieldType.PERCENTAGE,
    ]


def test_formats_of_json_schema_say_the_type() -> None:
    specs = parse_specs(
        {"type": "object", "properties": {"day": {"type": "string", "format": "date"}}, "required": ["day"]}
    )

    assert specs == (FieldSpec("day", FieldType.DATE, required=True),)


def test_a_field_named_type_is_a_field() -> None:
    assert parse_specs({"type": "string", "properties": "string"})[0].name == "type"


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        (7, "write a map"),
        ("string", "write a map"),
        ({"A": "string"}, "'A' is no field name"),
        ({"a b": "string"}, "no field name"),
        ({"a": 1}, "fields.a: this is no object"),
        ({"a": "blob"}, "fields.a: 'blob' is no type"),
        ([{"type": "string"}], "no field name"),
        ([{"name": "a"}, {"name": "a"}], "two fields 'a'"),
        ({"a": {"type": "object"}}, "an object says its fields"),
        ({"a": {"type": "array", "entries": "object"}}, "objects with fields"),
        ({"a": {"type": "string", "synonyms": "x"}}, "synonyms is a list"),
        ({"a": {"type": "string", "required": "yes"}}, "required is true or false"),
        ({"a": {"type": "string", "description": "x" * 3000}}, "description is a text"),
        ({"type": "object", "properties": {"a": {"type": ["string", "number"]}}}, "one type"),
        ({"type": "object", "properties": {"a": {"anyOf": []}}}, "'anyOf' is not supported"),
        ({"type": "object", "properties": {"a": {"$ref": "#/x"}}}, "'$ref' is not supported"),
        ({"type": "object", "properties": {"a": {"type": "string", "enum": [1]}}}, "texts"),
        ({f"f{n}": "string" for n in range(MAX_FIELDS + 1)}, f"at most {MAX_FIELDS}"),
    ],
)
def test_what_is_not_supported_is_refused_by_its_place(given_: Any, told: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_specs(given_)

    assert told in refused.value.summary


def test_objects_are_not_nested_without_end() -> None:
    deep: dict[str, Any] = {"a": "string"}
    for _ in range(MAX_DEPTH):
        deep = {"a": {"type": "object", "fields": deep}}

    with pytest.raises(InvalidRequest, match="levels deep"):
        parse_specs(deep)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=6)
    | st.sampled_from(["object", "array", "string"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "properties", "items", "fields", "enum", "required", "name", "a", "b", "entries"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_is_sent_is_a_schema_or_refused(given_: Any) -> None:
    try:
        specs = parse_specs(given_)
    except InvalidRequest:
        return
    assert all(isinstance(spec, FieldSpec) for spec in specs)
