"""Measures that are shares: what was got, of how much, added up over documents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Name of the measure -> (got, of). Names keep the order in which they came."""

    shares: dict[str, tuple[float, float]] = field(default_factory=dict)

    def add(self, name: str, got: float, of: float = 1.0) -> None:
        before = self.shares.get(name, (0.0, 0.0))
        self.shares[name] = before[0] + got, before[1] + of

    def add_f1(self, name: str, matched: float, true: float, found: float) -> None:
        """2 x matched of true + found: added up, that is the F1 over all documents."""
        self.add(name, 2 * matched, true + found)

    def include(self, other: "Tally") -> None:
        for name, (got, of) in other.shares.items():
            self.add(name, got, of)

    def ratio(self, name: str) -> float | None:
        """None where there was nothing to get."""
        got, of = self.shares.get(name, (0.0, 0.0))
        return got / of if of else None


def total(tallies: Iterable[Tally]) -> Tally:
    summed = Tally()
    for tally in tallies:
        summed.include(tally)
    return summed


def from_json(values: Mapping[str, tuple[float, float]]) -> Tally:
    return Tally({name: (got, of) for name, (got, of) in values.items()})
