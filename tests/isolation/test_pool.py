"""The work on real documents, through real children."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from octavo.adapters.engines.models import check_models, default_models_dir
from octavo.adapters.engines.tesseract_program import find_program
from octavo.adapters.isolation import ChildPool
from octavo.adapters.isolation import child as work
from octavo.domain.document import EngineIdentity, Source
from octavo.domain.errors import (
    EmptyDocument,
    EngineUnavailable,
    LanguageUnavailable,
    UnreadableDocument,
    UnsupportedMediaType,
)
from octavo.domain.job import Profile
from octavo.exporters.document_file import decode_page, open_document
from octavo.exporters.table import EXPORTERS
from octavo.ports.isolation import (
    AssembleRequest,
    ChildDied,
    Frame,
    PageOutcome,
    ReadRequest,
    RenderRequest,
    SourceFile,
)
from octavo.ports.readers import Limits

_SAMPLES = Path(__file__).parents[2] / "samples"
_REPORT = _SAMPLES / "water-report.pdf"
_needs_models = pytest.mark.skipif(
    bool(check_models(default_models_dir())), reason="the reading models are not prepared; run `make setup`"
)
pytestmark = _needs_models


def _pool(scratch_dir: Path, page_timeout_s: float = 60.0) -> ChildPool:
    return ChildPool(
        2, default_models_dir(), Limits(), page_timeout_s, 2 * 2**30, scratch_dir, readable=(_SAMPLES,)
    )


@pytest.fixture
async def pool(tmp_path: Path) -> AsyncIterator[ChildPool]:
    """Its children may read the samples and write in `tmp_path`."""
    async with _pool(tmp_path) as children:
        yield children


def _request(
    path: Path,
    numbers: tuple[int, ...],
    *,
    media_type: str = "application/pdf",
    budget_s: float = 30.0,
    engine: str = "auto",
    languages: tuple[str, ...] = (),
) -> ReadRequest:
    return ReadRequest(path, media_type, None, numbers, engine, Profile.FAST, languages, budget_s)


async def test_a_file_is_told_by_its_content(pool: ChildPool, tmp_path: Path) -> None:
    inspection = await pool.inspect(_REPORT, filename="report.png", password=None)

    assert (inspection.media_type, inspection.page_count) == ("application/pdf", 3)
    assert inspection.warnings == ("name_mismatch",)
    assert await pool.media_type(_REPORT, filename="report.png") == "application/pdf"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyDocument),
        (bytes(range(1, 200)) * 9, UnsupportedMediaType),
        (b"%PDF-1.7\nbroken", UnreadableDocument),
    ],
)
async def test_what_is_wrong_with_a_file_arrives_as_it_was_raised(
    pool: ChildPool, tmp_path: Path, content: bytes, refusal: type[Exception]
) -> None:
    path = tmp_path / "upload"
    path.write_bytes(content)

    with pytest.raises(refusal):
        await pool.inspect(path, filename=None, password=None)


async def test_pages_come_back_in_the_order_asked_for(pool: ChildPool) -> None:
    outcomes = await pool.read(_request(_REPORT, (3, 1)))

    assert [outcome.number for outcome in outcomes] == [3, 1]
    for outcome in outcomes:
        assert outcome.frame is not None
        page = decode_page(outcome.frame)
        assert page.number == outcome.number
        assert sum(len(word.text) for word in page.words) == outcome.characters
        assert outcome.grounded_characters == outcome.characters > 500
        assert outcome.confidence == 1.0


async def test_a_used_up_budget_still_reads_one_page(pool: ChildPool) -> None:
    outcomes = await pool.read(_request(_REPORT, (1, 2, 3), budget_s=0.0))

    assert [outcome.number for outcome in outcomes] == [1]


async def test_a_page_that_cannot_be_read_does_not_take_the_others_with_it(pool: ChildPool) -> None:
    first, missing, last = await pool.read(_request(_REPORT, (1, 99, 2)))

    assert first.frame is not None
    assert last.frame is not None
    assert missing.frame is None
    assert missing.failure is not None
    assert (missing.failure.page, missing.failure.code) == (99, "page_unreadable")


async def test_a_scan_is_read_with_a_warm_engine(pool: ChildPool) -> None:
    await pool.warm("auto", Profile.FAST)

    (outcome,) = await pool.read(_request(_SAMPLES / "receipt-photo.jpg", (1,), media_type="image/jpeg"))

    assert outcome.characters > 200
    assert outcome.confidence is not None
    assert outcome.confidence > 0.9


async def test_an_engine_or_language_that_is_not_here_is_told(pool: ChildPool) -> None:
    with pytest.raises(EngineUnavailable):
        await pool.read(_request(_REPORT, (1,), engine="crystal-ball"))
    with pytest.raises(LanguageUnavailable):
        await pool.read(_request(_REPORT, (1,), languages=("tlh",)))


async def test_a_page_that_takes_too_long_ends_its_child(tmp_path: Path) -> None:
    async with _pool(tmp_path, page_timeout_s=0.05) as pool:
        await pool.warm("auto", Profile.FAST)

        with pytest.raises(ChildDied) as lost:
            await pool.read(
                _request(_SAMPLES / "receipt-photo.jpg", (1,), media_type="image/jpeg", budget_s=0.0)
            )

    assert lost.value.details["reason"] == "timeout"


async def test_a_cancelled_page_frees_its_processor(pool: ChildPool) -> None:
    await pool.warm("auto", Profile.ADVANCED)
    pids = pool.pids
    scans = _request(_SAMPLES / "old-book-scans.pdf", (1, 2, 3, 4, 5, 6, 7))
    before = {pid: _processor_s(pid) for pid in pids}
    reading = [asyncio.create_task(pool.read(scans)) for _ in pids]
    async with asyncio.timeout(30):
        while any(_processor_s(pid) < before[pid] + 0.2 for pid in pids):  # noqa: ASYNC110 - others make it true
            await asyncio.sleep(0.02)

    for task in reading:
        task.cancel()
    await asyncio.gather(*reading, return_exceptions=True)

    async with asyncio.timeout(1.0):
        while not all(_gone(pid) for pid in pids):  # noqa: ASYNC110 - the kernel makes it true
            await asyncio.sleep(0.005)


def _processor_s(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def _gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() in {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}
    except psutil.NoSuchProcess:
        return True


async def test_pages_become_a_document_and_every_export(pool: ChildPool, tmp_path: Path) -> None:
    outcomes = await pool.read(_request(_REPORT, (1, 2, 3)))
    target = tmp_path / "document"

    await pool.assemble(_assembly(outcomes, tmp_path / "frames", target))
    formats = [name for name, exporter in EXPORTERS.items() if not exporter.needs_source]
    for format_ in formats:
        await pool.render(RenderRequest(target, format_, tmp_path / format_))

    document = open_document(target)
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert document.source.filename == "water-report.pdf"
    sizes = {name: (tmp_path / name).stat().st_size for name in formats}
    assert {name for name, size in sizes.items() if size < 200} <= {"pictures"}, "the report has none"


def _assembly(outcomes: tuple[PageOutcome, ...], frames_file: Path, target: Path) -> AssembleRequest:
    frames = []
    with frames_file.open("wb") as file:
        for outcome in outcomes:
            assert outcome.frame is not None
            frames.append(Frame(outcome.number, frames_file, file.tell(), len(outcome.frame)))
            file.write(outcome.frame)
    return AssembleRequest(
        frames=tuple(frames),
        failures=(),
        source=Source("water-report.pdf", "application/pdf", 1, "0" * 64, 3),
        engine=EngineIdentity("ppocrv6", "1", "sha256:0"),
        profile=Profile.FAST,
        duration_ms=1,
        grounded_share=1.0,
        mean_confidence=1.0,
        target=target,
    )


async def test_an_engine_that_is_a_program_reads_in_its_child(pool: ChildPool) -> None:
    try:
        find_program()
    except EngineUnavailable as error:
        pytest.skip(error.summary)

    scan = _SAMPLES / "receipt-photo.jpg"
    (outcome,) = await pool.read(_request(scan, (1,), media_type="image/jpeg", engine="tesseract"))

    assert outcome.characters > 100


def _source(path: Path) -> SourceFile:
    request = _request(path, (1,))
    return SourceFile(request.path, request.media_type, request.password)


def test_the_slices_of_one_document_open_it_once(tmp_path: Path) -> None:
    """A bucket's blob has another local path for each slice: a hard link to the same file."""
    other = tmp_path / "link"
    os.link(_copied(tmp_path / "source"), other)
    try:
        first = work._reader(_source(tmp_path / "source"), Limits())

        assert work._reader(_source(other), Limits()) is first
        assert work._reader(_source(_copied(tmp_path / "another")), Limits()) is not first
    finally:
        work.close_open()


def _copied(target: Path) -> Path:
    target.write_bytes(_REPORT.read_bytes())
    return target
