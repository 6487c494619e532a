"""What is seen while documents are read: live bars on a terminal, plain lines anywhere else."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TaskID, TextColumn
from rich.text import Text

LINE_EVERY_S = 5.0
"""A log wants signs of life, not every page."""


class Reporter(Protocol):
    def sending(self, name: str) -> None: ...

    def working(self, name: str, job: dict[str, Any]) -> None:
        """With the job as the API tells it."""
        ...

    def ended(self, name: str, outcome: str) -> None:
        """`outcome` is one line: `completed`, or what went wrong."""
        ...


@contextmanager
def report_on(console: Console, names: list[str]) -> Iterator[Reporter]:
    if not console.is_terminal:
        yield Lines(console)
        return
    bars = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        Pages(),
        Speed(),
        TextColumn("{task.fields[note]}", markup=False),
        console=console,
    )
    with bars:
        yield Bars(bars, names)


class Bars:
    def __init__(self, progress: Progress, names: list[str]) -> None:
        self._progress = progress
        self._bars: dict[str, TaskID] = {
            name: progress.add_task(name, total=None, start=False, note="waiting", speed=None, eta=None)
            for name in names
        }

    def sending(self, name: str) -> None:
        self._progress.update(self._bars[name], note="sending")

    def working(self, name: str, job: dict[str, Any]) -> None:
        facts = job["progress"]
        bar = self._bars[name]
        self._progress.start_task(bar)
        self._progress.update(
            bar,
            total=facts["pages_total"],
            completed=facts["pages_done"],
            note=_note(job),
            speed=facts["pages_per_s"],
            eta=facts["eta_s"],
        )

    def ended(self, name: str, outcome: str) -> None:
        self._progress.update(self._bars[name], note=outcome, eta=None)
        self._progress.stop_task(self._bars[name])


class Lines:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._told: dict[str, tuple[float, Any]] = {}

    def sending(self, name: str) -> None:
        self._say(f"{name}: sending")

    def working(self, name: str, job: dict[str, Any]) -> None:
        facts = job["progress"]
        told_at, told = self._told.get(name, (0.0, None))
        now = time.monotonic()
        if not facts["pages_done"] or facts["pages_done"] == told or now < told_at + LINE_EVERY_S:
            return
        self._told[name] = (now, facts["pages_done"])
        left = f", {_span(facts['eta_s'])} left" if facts["eta_s"] else ""
        self._say(f"{name}: {facts['pages_done']}/{facts['pages_total']} pages{left}")

    def ended(self, name: str, outcome: str) -> None:
        self._say(f"{name}: {outcome}")

    def _say(self, line: str) -> None:
        self._console.print(line, markup=False)


class Pages(ProgressColumn):
    def render(self, task: Task) -> Text:
        total = "?" if task.total is None else f"{task.total:g}"
        return Text(f"{task.completed:g}/{total} pages", justify="right")


class Speed(ProgressColumn):
    """Speed and time left as the server measures them: it knows when reading began."""

    def render(self, task: Task) -> Text:
        speed, eta = task.fields["speed"], task.fields["eta"]
        parts = [_speed_text(speed)] if speed else []
        if eta:
            parts.append(f"{_span(eta)} left")
        return Text(", ".join(parts), justify="right")


def _speed_text(pages_per_s: float) -> str:
    """A scan takes seconds a page, a digital page milliseconds: each in the unit that says something."""
    return f"{pages_per_s:.1f} pages/s" if pages_per_s >= 1 else f"{1 / pages_per_s:.1f} s/page"


def _note(job: dict[str, Any]) -> str:
    position = job["progress"].get("queue_position")
    if job["status"] == "queued":
        return f"queued, {position} before it" if position else "queued"
    return str(job["progress"]["stage"])


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d} min" if minutes else f"{rest} s"
