"""Rules between fields, in a small language of their own: parsed here, never run as code.

    total == subtotal + tax_total
    line_items.*.amount == line_items.*.quantity * line_items.*.unit_price
    abs(sum(line_items.*.amount) - subtotal) <= 0.02
    required(iban) or payment_method == "cash"
    matches(invoice_number, "RE-[0-9]{6}")

A `*` outside of `sum`, `count`, `min` and `max` stands for every entry in turn. A rule that needs a
value the document does not say is not tried; `required` and `missing` ask for just that. Numbers
are equal when they differ by less than a cent.
"""

from collections.abc import Iterable, Iterator

from octavo.domain.errors import InvalidRequest
from octavo.domain.field import Field, FieldCheck, Scalar
from octavo.domain.template import FieldRule
from octavo.pipeline.fields.rule_syntax import parse_rule
from octavo.pipeline.fields.rule_terms import Lookup, Node

RULE = "rule"
"""The code of its checks."""
MAX_ENTRIES = 10_000


def try_rules(rules: Iterable[FieldRule], found: Iterable[Field]) -> tuple[FieldCheck, ...]:
    """One check a rule that could be tried; a failed one names the fields of the entries it failed for.

    Rules were parsed when they were stored; one that no longer does is passed over.
    """
    values = {field.path: field.value for field in found}
    return tuple(check for rule in rules if (check := _try(rule, values)) is not None)


def _try(rule: FieldRule, values: dict[str, Scalar]) -> FieldCheck | None:
    try:
        node = parse_rule(rule.expression)
    except InvalidRequest:
        return None
    array = node.array()
    passed, failed = False, list[str]()
    for lookup in _lookups(array, values):
        verdict = node.value(lookup)
        if verdict is None:
            continue
        if verdict is not False:
            passed = True
            continue
        failed += [path for path in _paths(node, lookup) if path not in failed]
    if not passed and not failed:
        return None
    told = (rule.message if failed else "") or rule.expression
    return FieldCheck(RULE, not failed, told, tuple(failed or _paths(node, Lookup(values, None))))


def _lookups(array: str | None, values: dict[str, Scalar]) -> Iterator[Lookup]:
    if array is None:
        yield Lookup(values, None)
        return
    heads = {path.removeprefix(array).partition(".")[0] for path in values if path.startswith(array)}
    for position in sorted(int(head) for head in heads if head.isdigit())[:MAX_ENTRIES]:
        yield Lookup(values, position)


def _paths(node: Node, lookup: Lookup) -> list[str]:
    """Of the values that took part; `required` names what is missing, too."""
    return list(dict.fromkeys(path for asked in node.paths() for path in lookup.named(asked)))
