"""A child that was taken over opens what it was given, and nothing else of ours."""

import logging
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.isolation import misdeeds

from octavo.adapters.isolation.children import _UNFENCED, Children
from octavo.adapters.isolation.confine import Confinement
from octavo.adapters.isolation.landlock import Access, interface_version, known_access, restrict_files
from octavo.adapters.isolation.process import Child

_needs_landlock = pytest.mark.skipif(
    interface_version() == 0, reason="this kernel has no Landlock, so that files are not limited here"
)
_DENIED = "errno 13"
_ELSEWHERE = "errno 18"
"""How the kernel refuses a link into another folder: as if that were another disk."""


@dataclass(frozen=True, slots=True)
class Place:
    """A data folder as `octavo serve` makes it, a scratch folder, and children that were given both."""

    data_dir: Path
    scratch_dir: Path
    rules: Confinement
    children: Children

    async def run(self, function: Callable[..., Any], *given: Any, programs: bool = False) -> Any:
        rules = replace(self.rules, programs=programs)
        return await self.children.run(function, *given, rules=rules, within_s=30)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    data_dir, scratch_dir = tmp_path / "data", tmp_path / "scratch"
    for name in ("blobs/objects/source", "secret.key", "serve.json", "postgres/base/1"):
        path = data_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("content")
    scratch_dir.mkdir()
    tests = str(Path(__file__).parents[1])
    rules = Confinement(
        2**30,
        2**20,
        programs=False,
        readable=(str(data_dir / "blobs"), tests),
        writable=(str(scratch_dir),),
    )
    children = Children(1, scratch_dir)
    yield Place(data_dir, scratch_dir, rules, children)
    await children.close()


@_needs_landlock
@pytest.mark.parametrize("programs", [False, True], ids=["plain", "with programs"])
async def test_a_child_reads_its_document_and_writes_its_target(place: Place, programs: bool) -> None:
    target = place.scratch_dir / "octavo-export-1" / "export"
    target.parent.mkdir()

    outcome = await place.run(
        misdeeds.copy, place.data_dir / "blobs/objects/source", target, programs=programs
    )

    assert outcome == "done"
    assert target.read_text() == "content"


@_needs_landlock
@pytest.mark.parametrize("programs", [False, True], ids=["plain", "with programs"])
async def test_a_child_opens_no_secret_no_database_and_nobody_elses_files(
    place: Place, programs: bool
) -> None:
    secrets = [place.data_dir / name for name in ("secret.key", "serve.json", "postgres/base/1")]
    others = [Path("/etc/passwd"), Path(f"/proc/{os.getpid()}/environ"), Path(f"/proc/{os.getpid()}/maps")]

    opened = await place.run(misdeeds.reaches, *secrets, *others, programs=programs)

    assert set(opened.values()) == {_DENIED}, opened


@_needs_landlock
async def test_a_child_does_not_see_what_is_beside_its_folders(place: Place) -> None:
    listed = await place.run(
        misdeeds.lists, place.data_dir, place.data_dir / "postgres", Path.home(), Path(tempfile.gettempdir())
    )

    assert set(listed.values()) == {_DENIED}, listed


@_needs_landlock
async def test_a_way_around_leads_to_the_same_file(place: Place) -> None:
    secret = place.data_dir / "secret.key"
    (place.scratch_dir / "link").symlink_to(secret)
    around = [
        place.data_dir / "blobs" / ".." / "secret.key",
        place.scratch_dir / "link",
        Path(f"/proc/self/root{secret}"),
    ]

    opened = await place.run(misdeeds.reaches, *around)

    assert set(opened.values()) == {_DENIED}, opened


@_needs_landlock
@pytest.mark.parametrize("programs", [False, True], ids=["plain", "with programs"])
async def test_a_child_writes_nowhere_but_in_its_scratch_folder(
    place: Place, tmp_path: Path, programs: bool
) -> None:
    source = place.data_dir / "blobs/objects/source"
    targets = [source, place.data_dir / "blobs/new", place.data_dir / "secret.key", tmp_path / "beside"]

    outcomes = [await place.run(misdeeds.copy, source, target, programs=programs) for target in targets]

    assert outcomes == [_DENIED] * len(targets)
    assert source.read_text() == "content", "opening it for writing did not empty it"


@_needs_landlock
async def test_what_a_child_leaves_does_not_lead_us_elsewhere(place: Place) -> None:
    """Our process stores what it finds under the target's name, with all our rights."""
    led = await place.run(
        misdeeds.lead_elsewhere, place.scratch_dir / "target", place.data_dir / "secret.key"
    )

    assert led == {"symbolic link": _DENIED, "hard link": _ELSEWHERE, "pipe": _DENIED}


@_needs_landlock
async def test_a_program_that_a_child_starts_opens_no_more(place: Place) -> None:
    document, secret = place.data_dir / "blobs/objects/source", place.data_dir / "secret.key"

    assert await place.run(misdeeds.program_reads, document, programs=True) == 0
    assert await place.run(misdeeds.program_reads, secret, programs=True) != 0


async def test_without_the_kernels_help_work_is_done_and_the_log_says_so_once(
    place: Place, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = Child.start

    async def start_without_help(rules: Confinement, scratch_dir: Path) -> Child:
        child = await start(rules, scratch_dir)
        child.fenced = False
        return child

    monkeypatch.setattr(Child, "start", start_without_help)

    assert await place.run(misdeeds.innocent, 21) == 42
    assert await place.run(misdeeds.innocent, 21, programs=True) == 42

    told = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert [message for message in told if "Landlock" in message] == [_UNFENCED]


def test_a_kernel_without_landlock_restricts_nothing_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octavo.adapters.isolation.landlock.interface_version", lambda: 0)

    assert restrict_files([]) is False
    assert Path("/etc/passwd").read_bytes()


@pytest.mark.parametrize(
    ("version", "newest"),
    [
        (1, Access.MAKE_SYM),
        (2, Access.REFER),
        (3, Access.TRUNCATE),
        (4, Access.TRUNCATE),
        (5, Access.IOCTL_DEV),
        (7, Access.IOCTL_DEV),
    ],
)
def test_an_older_kernel_is_asked_only_for_what_it_knows(version: int, newest: Access) -> None:
    assert max(known_access(version)) is newest


@given(st.integers(1, 100))
def test_a_newer_kernel_knows_all_that_an_older_one_does(version: int) -> None:
    assert known_access(version) & known_access(version + 1) == known_access(version)


def test_rules_reach_the_child_as_they_were_made() -> None:
    limited = Confinement(1, 2, programs=True, readable=("/a", "/b"), writable=("/c",))
    free = Confinement(1, 2, programs=False)

    assert Confinement.from_json(limited.to_json()) == limited
    assert Confinement.from_json(free.to_json()) == free
