"""Rules between fields: what they mean, and what they refuse."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.domain.errors import InvalidRequest
from octavo.domain.field import Field, FieldSource, Scalar
from octavo.domain.template import FieldRule
from octavo.pipeline.fields.patterns import MAX_PATTERN, matches, parse_pattern
from octavo.pipeline.fields.rule_syntax import parse_rule
from octavo.pipeline.fields.rules import try_rules

VALUES: dict[str, Scalar] = {
    "number": "RE-000017",
    "date": "2026-03-01",
    "due_date": "2026-03-31",
    "subtotal": 100.0,
    "tax_total": 19.0,
    "total": 119.0,
    "paid": True,
    "lines.0.amount": 60.0,
    "lines.0.quantity": 3,
    "lines.0.price": 20.0,
    "lines.1.amount": 40.0,
    "lines.1.quantity": 4,
    "lines.1.price": 10.004,
}
FOUND = [Field(path, value, FieldSource.OCR) for path, value in VALUES.items()]


def verdict(expression: str) -> bool | None:
    """None where it was not tried."""
    checks = try_rules([FieldRule(expression)], FOUND)
    return checks[0].passed if checks else None


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("total == subtotal + tax_total", True),
        ("total == subtotal - tax_total", False),
        ("total - 0.004 == subtotal + tax_total", True),
        ("total != 119", False),
        ("total > 118.99 and total < 119.01", True),
        ("total >= 119 or missing_field > 2", True),
        ("not total > 200", True),
        ("2 + 3 * 4 == 14", True),
        ("(2 + 3) * 4 == 20", True),
        ("-total + 119 == 0", True),
        ("10 - 4 - 3 == 3", True),
        ("abs(subtotal - total) == 19", True),
        ("round(total / 3, 1) == 39.7", True),
        ("sum(lines.*.amount) == subtotal", True),
        ("sum(lines.amount) == subtotal", True),
        ("count(lines.*.amount) == 2", True),
        ("max(lines.*.amount) == 60 and min(lines.*.amount) == 40", True),
        ("lines.*.amount == lines.*.quantity * lines.*.price", False),
        ("lines.*.amount - lines.*.quantity * lines.*.price < 0.1", True),
        ("lines.0.amount == 60", True),
        ('matches(number, "RE-[0-9]{6}")', True),
        ("matches(number, 'RE')", False),
        ("date <= due_date", True),
        ('number == "re-000017"', True),
        ("paid == true", True),
        ("required(number)", True),
        ("required(iban)", False),
        ("missing(iban)", True),
        ("required(iban) or paid == true", True),
        ("iban == 3", None),
        ("total == subtotal + unknown", None),
        ("sum(nothing.*.amount) == 0", None),
        ("count(nothing.*.amount) == 0", True),
        ("total / 0 == 1", None),
        ("number + 1 == 2", None),
        ("number < total", None),
    ],
)
def test_a_rule_means_what_it_says(expression: str, expected: bool | None) -> None:
    assert verdict(expression) is expected


def test_a_failed_rule_names_the_entries_it_failed_for() -> None:
    rule = FieldRule("lines.*.amount == lines.*.quantity * lines.*.price", "Quantity times price.")

    (check,) = try_rules([rule], FOUND)

    assert (check.code, check.passed, check.detail) == ("rule", False, "Quantity times price.")
    assert check.paths == ("lines.1.amount", "lines.1.quantity", "lines.1.price")


def test_a_rule_that_passes_names_its_fields() -> None:
    (check,) = try_rules([FieldRule("total == subtotal + tax_total")], FOUND)

    assert check.paths == ("total", "subtotal", "tax_total")


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("", "instead of the end"),
        ("total ==", "instead of the end"),
        ("total == 3 4", "an operator instead of '4'"),
        ("total = 3", "'=' means nothing here"),
        ("__import__('os')", "no function '__import__'"),
        ("open(total)", "no function 'open'"),
        ("total.__class__ == 3; 1", "';' means nothing here"),
        ("sum(3)", "a field instead of '3'"),
        ("matches(total, 3)", "a pattern in quotes"),
        ("matches(total, '(a+)+b')", "too long"),
        ("(" * 40 + "1" + ")" * 40, "less nesting"),
        ("not " * 60 + "true", "less nesting"),
        ("-" * 60 + "1 == 1", "less nesting"),
        ("a.*.b == c.*.d", "two lists"),
        ("1 == 1 and " * 60 + "1 == 1", "at most 500"),
    ],
)
def test_what_is_no_rule_is_refused_with_the_place(expression: str, told: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_rule(expression)

    assert told in refused.value.summary


@given(st.text(alphabet="abtol_.*()+-/<>=!0123456789\"', andornt", max_size=60))
def test_whatever_is_written_is_a_rule_or_refused(text: str) -> None:
    try:
        parse_rule(text)
    except InvalidRequest:
        return
    assert verdict(text) in {True, False, None}


@pytest.mark.parametrize(
    "pattern", ["RE-[0-9]{6}", "[A-Z]{2}\\d+", "(RE|GS)-\\d+", "a?b*", "(?:x|y)?z", "[(+]+\\)"]
)
def test_everyday_patterns_are_taken(pattern: str) -> None:
    assert parse_pattern(pattern).pattern == pattern


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a*)*b",
        "(a|a)*b",
        "((a+)b)+",
        "(a{2,})+",
        "([a-z]+)*",
        "(a+){10}",
        "(x)\\1",
        "a*a*a*a*a*b",
        "(",
        "a" * 201,
    ],
)
def test_patterns_that_could_run_for_years_are_refused(pattern: str) -> None:
    with pytest.raises(InvalidRequest):
        parse_pattern(pattern)


@given(st.text(alphabet="ab()*+?|{}[]2,\\", max_size=24))
def test_no_pattern_that_is_taken_takes_long(pattern: str) -> None:
    try:
        known = parse_pattern(pattern)
    except InvalidRequest:
        return
    began = time.process_time()
    matches(known, "ab" * 40 + "!")
    assert time.process_time() - began < 2.0
    assert len(pattern) <= MAX_PATTERN


def test_a_bracket_in_brackets_is_a_pattern_like_any_other() -> None:
    assert matches(parse_pattern("[[a]"), "[")
