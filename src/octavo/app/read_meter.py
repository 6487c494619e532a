"""How often each key has read, in this process: reads are too many to ask the database for each."""

from datetime import datetime

from octavo.domain.ids import KeyId
from octavo.domain.limits import Allowance, allowance_of, take

MAX_KEYS = 10_000
"""Some 2 MB. Whoever is forgotten early starts anew."""


class ReadMeter:
    """One per process, and so each process lets a key read as often as its limit says."""

    def __init__(self) -> None:
        self._arrivals: dict[KeyId, float] = {}

    def take(self, key_id: KeyId, limit: int, now: datetime) -> Allowance:
        """Count one read; a refused one does not count."""
        at = now.timestamp()
        known = self._arrivals.pop(key_id, at)
        moved = take(known, at, limit)
        arrival = known if moved is None else moved
        self._arrivals[key_id] = arrival
        if len(self._arrivals) > MAX_KEYS:
            del self._arrivals[next(iter(self._arrivals))]
        return allowance_of("read", limit, arrival - at, refused=moved is None)
