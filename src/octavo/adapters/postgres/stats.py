"""Counters as they are told."""

from octavo.adapters.postgres.rows import Row
from octavo.domain.job import JobStatus
from octavo.ports.history import JobStats, StatsDay


def stats_from_rows(rows: list[Row], days: int) -> JobStats:
    by_status = {status.value: 0 for status in JobStatus}
    totals: dict[str, int] = dict.fromkeys(
        ("submitted", "completed", "failed", "cancelled", "pages", "pages_failed", "cache_hits", "bytes"), 0
    )
    by_day: dict[str, dict[str, int]] = {}
    for row in rows:
        day, name, amount = row["day"], row["name"], row["amount"]
        if day.year > 1:
            if not name.startswith("status:"):
                by_day.setdefault(day.isoformat(), {})[name] = amount
        elif name.startswith("status:"):
            by_status[name.removeprefix("status:")] = amount
        else:
            totals[name] = amount
    newest = sorted(by_day.items())[-days:] if days else []
    return JobStats(by_status, totals, tuple(StatsDay(day, counts) for day, counts in newest))
