"""The grammar of rules, by descent.

rule       = or
or         = and { "or" and }
and        = not { "and" not }
not        = "not" not | comparison
comparison = sum [ ("==" | "!=" | "<" | "<=" | ">" | ">=") sum ]
sum        = product { ("+" | "-") product }
product    = unary { ("*" | "/") unary }
unary      = "-" unary | primary
primary    = number | text | "true" | "false" | name "(" arguments ")" | path | "(" or ")"
"""

import operator
import re
from collections.abc import Callable
from functools import lru_cache

from octavo.domain.errors import InvalidRequest
from octavo.pipeline.fields.patterns import parse_pattern
from octavo.pipeline.fields.rule_terms import (
    AGGREGATES,
    Aggregate,
    Applied,
    FieldAt,
    Literal,
    Node,
    arithmetic,
    both,
    either,
    equal,
    less,
    less_or_equal,
    matching,
)

MAX_RULE = 500
MAX_DEPTH = 32
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>\d+(?:\.\d+)?)
      | (?P<text>"[^"]*"|'[^']*')
      | (?P<path>[a-z_][a-z0-9_]*(?:\.(?:[a-z_][a-z0-9_]*|\d+|\*))*)
      | (?P<sign>==|!=|<=|>=|[<>+\-*/(),])
    )""",
    re.VERBOSE,
)
_COMPARISONS: dict[str, Callable[..., bool | None]] = {
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": less,
    "<=": less_or_equal,
    ">": lambda left, right: less(right, left),
    ">=": lambda left, right: less_or_equal(right, left),
}
_SIGNS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
_FUNCTIONS = ("sum", "count", "min", "max", "abs", "round", "matches", "required", "missing")


@lru_cache(maxsize=512)
def parse_rule(text: str) -> Node:
    """Raises `InvalidRequest` that says where it is wrong."""
    if len(text) > MAX_RULE:
        raise InvalidRequest(f"A rule has at most {MAX_RULE} characters.", option="rules")
    reading = _Reading(text)
    node = reading.either(0)
    if reading.token:
        raise reading.refused("an operator")
    arrays = {path.partition("*")[0] for path in _turning(node)}
    if len(arrays) > 1:
        raise InvalidRequest(
            f"In {text!r} the * stands for entries of two lists; write one rule for each.", option="rules"
        )
    return node


def _turning(node: Node) -> list[str]:
    """Paths whose `*` stands for one entry at a time."""
    if isinstance(node, Applied):
        return [path for argument in node.arguments for path in _turning(argument)]
    return [node.path] if isinstance(node, FieldAt) and "*" in node.path else []


class _Reading:
    """The tokens of one rule, one in sight."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.token = self.kind = ""
        self._advance()

    def either(self, depth: int) -> Node:
        node = self._both(depth)
        while self._take("or"):
            node = Applied(either, (node, self._both(depth)), takes_unknown=True)
        return node

    def refused(self, wanted: str) -> InvalidRequest:
        found = repr(self.token) if self.token else "the end"
        return InvalidRequest(f"In the rule {self._text!r}: {wanted} instead of {found}.", option="rules")

    def _both(self, depth: int) -> Node:
        node = self._negated(depth)
        while self._take("and"):
            node = Applied(both, (node, self._negated(depth)), takes_unknown=True)
        return node

    def _negated(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self.refused("less nesting")
        if self._take("not"):
            return Applied(lambda value: value is False, (self._negated(depth + 1),))
        return self._comparison(depth)

    def _comparison(self, depth: int) -> Node:
        node = self._sum(depth)
        if self.token in _COMPARISONS:
            compare = _COMPARISONS[self._advance()]
            return Applied(compare, (node, self._sum(depth)))
        return node

    def _sum(self, depth: int) -> Node:
        node = self._product(depth)
        while self.token in ("+", "-"):
            node = Applied(arithmetic(_SIGNS[self._advance()]), (node, self._product(depth)))
        return node

    def _product(self, depth: int) -> Node:
        node = self._unary(depth)
        while self.token in ("*", "/"):
            node = Applied(arithmetic(_SIGNS[self._advance()]), (node, self._unary(depth)))
        return node

    def _unary(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self.refused("less nesting")
        if self._take("-"):
            return Applied(arithmetic(operator.sub), (Literal(0), self._unary(depth + 1)))
        return self._primary(depth)

    def _primary(self, depth: int) -> Node:
        kind = self.kind
        if kind == "number":
            return Literal(float(self._advance()))
        if kind == "text":
            return Literal(self._advance()[1:-1])
        if kind == "path":
            name = self._advance()
            if self._take("("):
                return self._call(name, depth)
            return Literal(name == "true") if name in ("true", "false") else FieldAt(name)
        if self._take("("):
            node = self.either(depth + 1)
            self._expect(")")
            return node
        raise self.refused("a field, a number or a text")

    def _call(self, name: str, depth: int) -> Node:
        if name not in _FUNCTIONS:
            raise InvalidRequest(
                f"There is no function {name!r} for rules. Functions: {', '.join(_FUNCTIONS)}.",
                option="rules",
            )
        if name in ("abs", "round"):
            node = self._number_function(name, depth)
        else:
            path = self._path()
            node = Aggregate(name, path) if name in AGGREGATES else self._question(name, path)
        self._expect(")")
        return node

    def _number_function(self, name: str, depth: int) -> Node:
        inner = self.either(depth + 1)
        if name == "abs":
            return Applied(arithmetic(lambda value, _: abs(value)), (inner, Literal(0)))
        digits = 0
        if self._take(","):
            if self.kind != "number":
                raise self.refused("a number of digits")
            digits = int(float(self._advance()))
        return Applied(arithmetic(lambda value, places: round(value, int(places))), (inner, Literal(digits)))

    def _question(self, name: str, path: str) -> Node:
        if name == "matches":
            self._expect(",")
            if self.kind != "text":
                raise self.refused("a pattern in quotes")
            return Applied(matching(parse_pattern(self._advance()[1:-1], "rules")), (FieldAt(path),))
        wanted = name == "required"
        return Applied(lambda value: (value is not None) is wanted, (FieldAt(path),), takes_unknown=True)

    def _path(self) -> str:
        if self.kind != "path":
            raise self.refused("a field")
        return self._advance()

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self.refused(repr(sign))

    def _take(self, token: str) -> bool:
        if self.token == token and self.kind != "text":
            self._advance()
            return True
        return False

    def _advance(self) -> str:
        """To the next token; the one that was in sight."""
        last = self.token
        match = _TOKEN.match(self._text, self._at)
        if match is None and self._text[self._at :].strip():
            raise InvalidRequest(
                f"In the rule {self._text!r}: {self._text[self._at :].strip()[0]!r} means nothing here.",
                option="rules",
            )
        self.token = match[match.lastgroup or 0] if match else ""
        self.kind = (match.lastgroup if match else "") or ""
        self._at = match.end() if match else len(self._text)
        return last
