"""What the numbers were made on, and what processes used."""

import contextlib
import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from octavo.settings import processor_count

MIB = 2**20


def describe_machine() -> dict[str, Any]:
    """Read it beside every number: a busy machine makes wall times worthless."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processors": processor_count(),
        "model": _processor_model(),
        "python": platform.python_version(),
        "load": " ".join(f"{load:.1f}" for load in os.getloadavg()),
    }


def _processor_model() -> str:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def cpu_seconds(processes: Iterable[psutil.Process]) -> float:
    """User and system time of these, and of those of their children that have ended and were waited for."""
    total = 0.0
    for process in processes:
        with contextlib.suppress(psutil.Error):
            times = process.cpu_times()
            total += times.user + times.system
            total += getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0)
    return total


def family(pid: int) -> list[psutil.Process]:
    """The process and everything below it that lives."""
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    return []


def rss_mib(process: psutil.Process) -> float | None:
    """Resident memory; None where the process has ended."""
    with contextlib.suppress(psutil.Error):
        return float(process.memory_info().rss) / MIB
    return None


class CpuMeter:
    """CPU seconds of process families since it was made; a child that ends between is still counted,
    because its parent inherits its times.
    """

    def __init__(self, *pids: int) -> None:
        self._pids = pids
        self._before = self._now()

    def spent(self) -> float:
        return self._now() - self._before

    def _now(self) -> float:
        return cpu_seconds(process for pid in self._pids for process in family(pid))
