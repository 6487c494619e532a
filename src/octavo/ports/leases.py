"""What one of all processes does at a time."""

from typing import Protocol


class Leases(Protocol):
    async def take(self, name: str, holder: str, for_s: float) -> bool:
        """Whether `name` is this holder's for so long from now; taking what one holds makes it last longer.

        False while it is another's. The clock is the store's own, so that those of machines may differ.
        """
        ...

    async def give_back(self, name: str, holder: str) -> None:
        """Before its time; what is another's stays."""
        ...
