"""Moments as text, where no model of an edge writes them: details of errors, facts of events."""

from datetime import datetime


def to_text(moment: datetime) -> str:
    """RFC 3339 with `Z`, as all answers have it. `moment` is aware, UTC."""
    return moment.isoformat().replace("+00:00", "Z")
