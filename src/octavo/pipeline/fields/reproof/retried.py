"""What a retrial gives: the equations there are among the fields, and the values that follow from others."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from octavo.domain.field import Field, FieldCheck


@dataclass(slots=True)
class Retried:
    """All equations of a document, as its fields are now."""

    checks: list[FieldCheck]
    proofs: dict[tuple[str, str], bool] = field(default_factory=dict)
    """By path and code: whether an equation with that field holds now. What is not here was not tried."""


def judged_by(checks: list[FieldCheck]) -> Retried:
    """Where each equation names all its fields, these are what it proves."""
    proofs: dict[tuple[str, str], bool] = {}
    for check in checks:
        for path in check.paths:
            key = (path, check.code)
            proofs[key] = proofs.get(key, False) or check.passed
    return Retried(checks, proofs)


def entries_of(fields: Mapping[str, Field], array: str) -> list[dict[str, Field]]:
    """The entries of an array in their order, each by the names in it."""
    entries: dict[int, dict[str, Field]] = {}
    for path, one in fields.items():
        head, _, rest = path.partition(".")
        position, _, name = rest.partition(".")
        if head == array and position.isdigit():
            entries.setdefault(int(position), {})[name] = one
    return [entries.get(number, {}) for number in range(max(entries, default=-1) + 1)]
