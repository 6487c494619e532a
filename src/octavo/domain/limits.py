"""How often a key may ask: the generic cell rate algorithm (GCRA), as a law of two numbers.

Each bucket keeps one moment, its theoretical arrival time (TAT): a request moves it on by the
interval between two requests at the allowed rate, and is refused when it would come to lie further
ahead of now than the whole window. So `limit` requests may come at once, and then one an interval.
The store's UPSERT and the readers' memory follow the same `take`.
"""

from dataclasses import dataclass
from math import ceil
from typing import Literal

from octavo.domain.errors import QuotaExceeded

WINDOW_S = 60
LimitName = Literal["submit", "read"]


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """Of one key, in requests a minute; None: as many as it likes."""

    submits_per_minute: int | None = None
    reads_per_minute: int | None = None


NO_LIMITS = RequestLimits()


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left after a request was counted; what every edge writes into its headers."""

    name: LimitName
    limit: int
    remaining: int
    reset_s: float
    """Until the whole limit is there again."""
    retry_after_s: float = 0.0
    """Of a refused request: when one more is let in."""
    window_s: int = WINDOW_S

    @property
    def refused(self) -> bool:
        return self.retry_after_s > 0


class RateLimited(QuotaExceeded):
    """Too many requests with this key; `retry_after_s` says when the next is let in."""

    code = "rate_limited"

    def __init__(self, allowance: Allowance) -> None:
        super().__init__(
            f"This key has a limit of {allowance.limit} requests a minute. Slow down.",
            limit=allowance.limit,
            retry_after_s=max(1, ceil(allowance.retry_after_s)),
        )
        self.allowance = allowance


def allowance_of(name: LimitName, limit: int, ahead_s: float, *, refused: bool) -> Allowance:
    """`ahead_s`: how far the bucket's TAT lies ahead of now, after what was counted."""
    interval = WINDOW_S / limit
    ahead = max(0.0, ahead_s)
    retry_after = max(ahead + interval - WINDOW_S, 1e-3) if refused else 0.0
    remaining = 0 if refused else max(0, int((WINDOW_S - ahead) / interval + 1e-6))
    return Allowance(name, limit, remaining, ahead, retry_after)


def take(tat: float, now: float, limit: int) -> float | None:
    """The bucket's TAT after one more request at `now` (seconds on any clock); None: refused."""
    moved = max(tat, now) + WINDOW_S / limit
    return moved if moved - now <= WINDOW_S + 1e-6 else None
