"""What is asked for every document, and what came of one."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from octavo.cli.process.inputs import Document, Wanted


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for every document."""

    fields: dict[str, str]
    """The form's fields beside the file."""
    formats: list[Wanted]
    folder: Path
    overlay: bool = False
    """Draw the blocks over the pages, too."""
    show_fields: bool = False
    """Fetch the fields, for the screen."""


@dataclass(frozen=True, slots=True)
class Outcome:
    document: Document
    job: dict[str, Any] | None
    """As the API told it last; None where the document was not accepted."""
    written: tuple[Path, ...]
    problem: str | None
    """One line; None where every page asked for was read."""
    status: str
    fields: dict[str, Any] | None = None
    """As the API tells them; None where there are none, or nobody asked."""


def seconds_of(job: dict[str, Any]) -> float | None:
    """From the beginning of the work to its end, as the server measured it."""
    if not job.get("started_at") or not job.get("finished_at"):
        return None
    begun, ended = (datetime.fromisoformat(job[name]) for name in ("started_at", "finished_at"))
    return (ended - begun).total_seconds()
