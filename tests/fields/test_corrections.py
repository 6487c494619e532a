"""Corrections as laws: what is set is there, what is cleared is not, and paths and values agree."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from octavo.domain.errors import InvalidRequest
from octavo.domain.field import Field, FieldCheck, Fields, FieldSource, nest
from octavo.domain.template import FieldRule, FieldSpec, FieldType
from octavo.exporters.fields_json import fields_from_json, fields_to_json, values_tree
from octavo.pipeline.fields.correct import Wish, correct, wishes_of

SPECS = (
    FieldSpec("number", FieldType.IDENTIFIER),
    FieldSpec("total", FieldType.MONEY),
    FieldSpec("seller", FieldType.OBJECT, fields=(FieldSpec("name", FieldType.STRING),)),
    FieldSpec(
        "lines",
        FieldType.ARRAY,
        fields=(FieldSpec("what", FieldType.STRING), FieldSpec("amount", FieldType.MONEY)),
    ),
    FieldSpec("tags", FieldType.ARRAY, entries=FieldType.STRING),
)
TEXTS = st.text("abcß ", min_size=1, max_size=5).map(str.strip).filter(bool)
MONEY = st.integers(-500, 500) | st.floats(-500, 500)
LINES = st.lists(st.fixed_dictionaries({"what": TEXTS, "amount": MONEY}), max_size=4)
TREES = st.fixed_dictionaries(
    {},
    optional={
        "number": TEXTS,
        "total": MONEY,
        "seller": st.fixed_dictionaries({"name": TEXTS}),
        "lines": LINES,
        "tags": st.lists(TEXTS, max_size=3),
    },
)
PATHS = st.sampled_from(
    [
        "number",
        "total",
        "seller",
        "seller.name",
        "lines",
        "lines.0",
        "lines.1",
        "lines.2.amount",
        "tags",
        "tags.0",
    ]
)


def fields_of(tree: dict[str, Any]) -> Fields:
    fields, _ = correct(Fields("x", None, ()), SPECS, wishes_of(tree, SPECS), rules=())
    return fields


def plain(tree: Any) -> Any:
    """Without what is missing."""
    if isinstance(tree, dict):
        return {name: found for name, value in tree.items() if (found := plain(value)) not in (None, {}, [])}
    return [plain(entry) for entry in tree] if isinstance(tree, list) else tree


@given(TREES)
def test_what_is_set_is_what_is_there(tree: dict[str, Any]) -> None:
    fields = fields_of(tree)

    assert plain(values_tree(fields.found, SPECS)) == plain(tree)
    assert all(field.source is FieldSource.PERSON and field.verified for field in fields.found)


@given(TREES, TREES)
def test_a_tree_is_merged(before: dict[str, Any], after: dict[str, Any]) -> None:
    fields, _ = correct(fields_of(before), SPECS, wishes_of(after, SPECS), rules=())

    assert plain(values_tree(fields.found, SPECS)) == plain(before | after)


@given(TREES, st.lists(PATHS, max_size=4))
def test_paths_and_positions_agree_whatever_is_cleared(tree: dict[str, Any], cleared: list[str]) -> None:
    fields = fields_of(tree)
    for path in cleared:
        try:
            fields, _ = correct(fields, SPECS, [Wish(path, None)], rules=())
        except InvalidRequest as refused:
            assert "entries" in refused.summary  # noqa: PT017 -- the reason of a refusal
    values = values_tree(fields.found, SPECS)

    for field in fields.found:
        node: Any = values
        for part in field.path.split("."):
            node = node[int(part)] if isinstance(node, list) else node[part]
        assert node == field.value


@given(TREES, TREES)
def test_changes_tell_every_value_that_is_another(before: dict[str, Any], after: dict[str, Any]) -> None:
    old = fields_of(before)
    new, changes = correct(old, SPECS, wishes_of(after, SPECS), rules=())
    known = {field.path: field.value for field in old.found}
    known |= {change.path: change.after for change in changes if change.after is not None}
    for change in changes:
        if change.after is None:
            del known[change.path]

    assert known == {field.path: field.value for field in new.found}


@given(TREES)
def test_fields_come_back_from_their_json(tree: dict[str, Any]) -> None:
    fields = fields_of(tree)

    assert fields_from_json(json.loads(json.dumps(fields_to_json(fields, SPECS)))) == fields


def test_checks_about_a_changed_value_go_and_rules_are_tried_anew() -> None:
    found = tuple(Field(path, value, FieldSource.OCR) for path, value in (("total", 5.0), ("number", "1")))
    checks = (FieldCheck("sum", True, "…", ("total",)), FieldCheck("check_digit", True, "…", ("number",)))
    rules = (FieldRule("total == 6"),)

    fields, _ = correct(Fields("x", None, found, checks), SPECS, [Wish("total", 6)], rules=rules)

    assert [(check.code, check.passed) for check in fields.checks] == [("check_digit", True), ("rule", True)]


def test_positions_that_are_missing_close_up_in_the_tree() -> None:
    assert nest([("a.3.b", 1), ("a.7.b", 2)]) == {"a": [{"b": 1}, {"b": 2}]}
