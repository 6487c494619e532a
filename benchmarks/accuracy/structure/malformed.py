"""Broken, hostile and protected files through the real children: a result, a typed refusal, or a fault of ours.

python -m benchmarks.accuracy malformed [--limit N]
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.accuracy.structure.publish import publish
from benchmarks.accuracy.whole_documents import ENGINE
from benchmarks.machine import describe_machine
from benchmarks.report import DEFAULT_DATA, DEFAULT_OUT, Report, Table, say
from octavo.adapters.engines.models import default_models_dir
from octavo.adapters.isolation import ChildPool
from octavo.domain.errors import DocumentEncrypted, OctavoError, TemporaryFailure
from octavo.domain.job import Profile
from octavo.ports.isolation import ChildDied, ReadRequest
from octavo.ports.readers import Limits

MOST_PAGES = 12
"""Of one file; the others are like them."""
PAGE_TIMEOUT_S = 120.0
MOST_S = 150.0
"""For a whole file: no file of the set may take longer, whatever comes of it."""


class Outcome(StrEnum):
    READ = "read"
    PARTIAL = "partial"
    REFUSED = "refused"
    LOCKED = "locked"
    """Refused, for want of a password."""
    STOPPED = "stopped"
    """The child was ended within its limits of time and memory, or crashed alone."""
    FAULT = "fault"
    """Anything else: not foreseen, or not in time."""


READ_IT = frozenset({Outcome.READ})
GOT_SOMETHING = READ_IT | {Outcome.PARTIAL}
SAID_NO = frozenset({Outcome.REFUSED, Outcome.LOCKED})
ALLOWED = {
    "ok": READ_IT,
    "ok_recoverable": GOT_SOMETHING | SAID_NO,
    "either": GOT_SOMETHING | SAID_NO,
    "error": SAID_NO,
    "password_required": frozenset({Outcome.LOCKED}),
    "password_required_or_error": SAID_NO,
    "resource_limit": GOT_SOMETHING | SAID_NO | {Outcome.STOPPED},
    "hostile": GOT_SOMETHING | SAID_NO,
    "unsupported_or_error": SAID_NO,
    "unsupported_or_ok": GOT_SOMETHING | SAID_NO,
}


@dataclass(frozen=True, slots=True)
class Row:
    file: str
    expected: str
    outcome: Outcome
    code: str | None
    seconds: float
    right: bool


def is_right(expected: str, outcome: Outcome, seconds: float) -> bool:
    return outcome in ALLOWED[expected] and seconds <= MOST_S


async def read_all(data: Path, models_dir: Path, limit: int | None) -> list[Row]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="octavo-malformed-") as scratch:
        async with _pool(models_dir, Path(scratch)) as pool:
            await pool.warm(ENGINE, Profile.STANDARD)
            for truth, path in islice(_files(data / "malformed"), limit):
                rows += [row async for row in _rows(pool, truth, path)]
                if not rows[-1].right:
                    say(f"  {rows[-1]}")
    return rows


async def _rows(pool: ChildPool, truth: dict[str, Any], path: Path) -> Any:
    """A protected file is read twice: without its password, and with it."""
    name, expect = truth.get("upload_name") or path.name, truth["expect"]
    yield await _row(pool, path, name, expect["outcome"], None)
    if expect.get("password"):
        yield await _row(pool, path, name, "ok", expect["password"])


async def _row(pool: ChildPool, path: Path, name: str, expected: str, password: str | None) -> Row:
    began = time.monotonic()
    outcome, code = await _outcome(pool, path, name, password)
    seconds = time.monotonic() - began
    shown = f"{path.name} (with its password)" if password else path.name
    return Row(shown, expected, outcome, code, seconds, is_right(expected, outcome, seconds))


async def _outcome(
    pool: ChildPool, path: Path, name: str, password: str | None
) -> tuple[Outcome, str | None]:
    try:
        async with asyncio.timeout(2 * MOST_S):
            return await _read(pool, path, name, password)
    except DocumentEncrypted as error:
        return Outcome.LOCKED, error.code
    except ChildDied as error:
        return Outcome.STOPPED, str(error.details.get("reason") or error.code)
    except TemporaryFailure as error:
        return Outcome.FAULT, error.code
    except OctavoError as error:
        return Outcome.REFUSED, error.code
    except Exception as error:  # noqa: BLE001 - what nobody foresaw is what is looked for
        return Outcome.FAULT, type(error).__name__


async def _read(pool: ChildPool, path: Path, name: str, password: str | None) -> tuple[Outcome, str | None]:
    """Page by page, as slices of a job are in the end."""
    inspection = await pool.inspect(path, filename=name, password=password)
    failures: list[str] = []
    numbers = range(1, min(inspection.page_count, MOST_PAGES) + 1)
    for number in numbers:
        request = ReadRequest(
            path, inspection.media_type, password, (number,), ENGINE, Profile.STANDARD, (), PAGE_TIMEOUT_S
        )
        try:
            (outcome,) = await pool.read(request)
        except ChildDied as error:
            # A job gives up the page that ends its process, and goes on.
            failures.append(error.code)
            continue
        failures += [outcome.failure.code] if outcome.failure else []
    if not failures:
        return Outcome.READ, None
    return (Outcome.PARTIAL if len(failures) < len(numbers) else Outcome.REFUSED), failures[0]


def _files(folder: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        yield truth, path.with_name(truth["file"])


def _pool(models_dir: Path, scratch: Path) -> ChildPool:
    return ChildPool(
        slots=1,
        models_dir=models_dir,
        limits=Limits(),
        page_timeout_s=PAGE_TIMEOUT_S,
        memory_bytes=2 * 2**30,
        scratch_dir=scratch,
    )


def report_of(rows: list[Row]) -> Report:
    """How many of each kind came out as they may; every one that did not, and the slowest."""
    outcomes = [
        (
            expected,
            len(group),
            sum(row.right for row in group),
            ", ".join(
                f"{count} {kind}" for kind, count in Counter(row.outcome for row in group).most_common()
            ),
            max(row.seconds for row in group),
        )
        for expected in dict.fromkeys(row.expected for row in rows)
        if (group := [row for row in rows if row.expected == expected])
    ]
    wrong = [(row.file, row.expected, row.outcome, row.code, row.seconds) for row in rows if not row.right]
    slow = sorted(rows, key=lambda row: -row.seconds)[:5]
    return Report(
        "malformed",
        (
            Table("By expectation", ("expected", "files", "right", "outcomes", "slowest s"), tuple(outcomes)),
            Table("Not as expected", ("file", "expected", "outcome", "code", "s"), tuple(wrong)),
            Table("Slowest", ("file", "outcome", "s"), tuple((r.file, r.outcome, r.seconds) for r in slow)),
        ),
        (f"{sum(row.right for row in rows)} of {len(rows)} as expected.",),
        {"rows": [asdict(row) for row in rows]},
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy malformed", description=__doc__)
    parser.add_argument("--limit", type=int, default=None, help="files")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="real documents with ground truth")
    parser.add_argument("--models", type=Path, default=default_models_dir())
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="folder for the report")
    options = parser.parse_args(arguments)
    before = describe_machine()
    rows = asyncio.run(read_all(options.data, options.models, options.limit))
    report = report_of(rows)
    publish(report, before, options.out)
    return 0 if all(row.right for row in rows) else 1
