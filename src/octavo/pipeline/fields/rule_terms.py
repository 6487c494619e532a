"""What a rule is made of once it is parsed. A value of None is one that nobody knows."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from octavo.domain.field import Scalar
from octavo.pipeline.fields.patterns import matches

CENT = 0.005 + 1e-9
AGGREGATES = frozenset({"sum", "count", "min", "max"})


@dataclass(frozen=True, slots=True)
class Lookup:
    """The values a rule is tried on; `position` is the entry that `*` stands for."""

    values: dict[str, Scalar]
    position: int | None

    def one(self, path: str) -> Scalar | None:
        return self.values.get(self._at(path))

    def every(self, path: str) -> list[Scalar]:
        """Of all entries; the `*` between a list and what is in it may be left out."""
        names = [re.escape(name) for name in path.split(".") if name != "*"]
        pattern = re.compile(r"(?:\.\d+)?\.".join(names) + r"(?:\.\d+)?")
        return [value for known, value in self.values.items() if pattern.fullmatch(known)]

    def named(self, path: str) -> list[str]:
        return [self._at(path)] if self.position is not None or ".*" not in path else []

    def _at(self, path: str) -> str:
        return path if self.position is None else path.replace("*", str(self.position), 1)


class Node(Protocol):
    def value(self, lookup: Lookup) -> Scalar | None: ...

    def paths(self) -> Iterator[str]: ...

    def array(self) -> str | None:
        """`line_items.`, where a `*` stands for each of its entries in turn."""
        ...


@dataclass(frozen=True, slots=True)
class Literal:
    said: Scalar

    def value(self, lookup: Lookup) -> Scalar | None:
        del lookup
        return self.said

    def paths(self) -> Iterator[str]:
        yield from ()

    def array(self) -> str | None:
        return None


@dataclass(frozen=True, slots=True)
class FieldAt:
    path: str

    def value(self, lookup: Lookup) -> Scalar | None:
        return lookup.one(self.path)

    def paths(self) -> Iterator[str]:
        yield self.path

    def array(self) -> str | None:
        head, star, _ = self.path.partition("*")
        return head if star else None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Over every entry; of no entries nothing is known but their count."""

    name: str
    path: str

    def value(self, lookup: Lookup) -> Scalar | None:
        found = lookup.every(self.path)
        if self.name == "count":
            return len(found)
        numbers = [number for value in found if (number := number_of(value)) is not None]
        return _OVER[self.name](numbers) if numbers else None

    def paths(self) -> Iterator[str]:
        yield self.path

    def array(self) -> str | None:
        return None


@dataclass(frozen=True, slots=True)
class Applied:
    """An operator or a function over its arguments; unknown where one of them is, unless it says otherwise."""

    apply: Callable[..., Scalar | None]
    arguments: tuple[Node, ...]
    takes_unknown: bool = False

    def value(self, lookup: Lookup) -> Scalar | None:
        given = [argument.value(lookup) for argument in self.arguments]
        if not self.takes_unknown and any(value is None for value in given):
            return None
        return self.apply(*given)

    def paths(self) -> Iterator[str]:
        for argument in self.arguments:
            yield from argument.paths()

    def array(self) -> str | None:
        return next((array for argument in self.arguments if (array := argument.array())), None)


_OVER: dict[str, Callable[[list[float]], float]] = {"sum": sum, "min": min, "max": max}


def number_of(value: Scalar) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def arithmetic(apply: Callable[[float, float], float]) -> Callable[[Scalar, Scalar], Scalar | None]:
    def checked(left: Scalar, right: Scalar) -> Scalar | None:
        one, other = number_of(left), number_of(right)
        if one is None or other is None:
            return None
        try:
            return apply(one, other)
        except (ZeroDivisionError, OverflowError):
            return None

    return checked


def equal(left: Scalar, right: Scalar) -> bool:
    one, other = number_of(left), number_of(right)
    if one is not None and other is not None:
        return abs(one - other) <= CENT
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold() == right.casefold()
    return left == right


def less(left: Scalar, right: Scalar) -> bool | None:
    """Numbers, or texts: dates are in order as they are written. Unknown for two of different kinds."""
    one, other = number_of(left), number_of(right)
    if one is not None and other is not None:
        return one < other - CENT
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    return None


def less_or_equal(left: Scalar, right: Scalar) -> bool | None:
    known = less(right, left)
    return None if known is None else not known


def both(left: Scalar | None, right: Scalar | None) -> Scalar | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def either(left: Scalar | None, right: Scalar | None) -> Scalar | None:
    if (left is not None and left is not False) or (right is not None and right is not False):
        return True
    return None if left is None or right is None else False


def matching(pattern: re.Pattern[str]) -> Callable[[Scalar], bool]:
    return lambda value: matches(pattern, str(value))
