"""One document through `octavo process`, against an API that does not always do as it should."""

import asyncio
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from starlette.responses import JSONResponse, Response

from octavo.cli.process import client as client_module
from octavo.cli.process.inputs import Document, Wanted
from octavo.cli.process.order import Order, Outcome
from octavo.cli.process.progress import report_on
from octavo.cli.process.read import read_documents
from octavo.cli.process.summary import show_summary
from tests.cli.conftest import Octavo
from tests.cli.fake_api import FakeApi, job_at, problem

FINISHED = job_at("completed", done=2, total=2)


@dataclass
class Notes:
    """A reporter that only remembers."""

    ends: dict[str, str] = field(default_factory=dict)
    seen: list[int] = field(default_factory=list)

    def sending(self, name: str) -> None:
        del name

    def working(self, name: str, job: dict[str, Any]) -> None:
        del name
        self.seen.append(job["progress"]["pages_done"])

    def ended(self, name: str, outcome: str) -> None:
        self.ends[name] = outcome


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "_FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr("octavo.cli.process.read.LOOK_EVERY_S", 0)


async def _read(api: FakeApi, folder: Path, *formats: str) -> tuple[Outcome, Notes]:
    source = folder / "letter.pdf"
    source.write_bytes(b"the bytes of a letter")
    notes = Notes()
    order = Order({"engine": "auto"}, [Wanted(name, {}) for name in formats or ("json",)], folder)
    async with api.client() as client:
        [outcome] = await read_documents([Document(source, "letter")], order, client=client, reporter=notes)
    return outcome, notes


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_document_is_sent_followed_and_written_in_every_format(tmp_path: Path) -> None:
    api = FakeApi(states=[job_at("queued", done=0, total=2), job_at("processing", done=1, total=2), FINISHED])

    outcome, notes = await _read(api, tmp_path, "json", "markdown", "text")

    assert (outcome.status, outcome.problem) == ("completed", None)
    assert [path.name for path in outcome.written] == ["letter.json", "letter.md", "letter.txt"]
    assert {path.read_bytes() for path in outcome.written} == {b"result"}
    assert notes.seen == [0, 1, 2]
    assert b"the bytes of a letter" in api.bodies[0]
    assert b'name="engine"' in api.bodies[0]


async def test_a_refusal_is_told_in_the_servers_words(tmp_path: Path) -> None:
    api = FakeApi(submissions=[problem(415, "This is no kind of file that Octavo reads.")])

    outcome, notes = await _read(api, tmp_path)

    assert (outcome.status, outcome.job) == ("refused", None)
    assert notes.ends == {"letter.pdf": "This is no kind of file that Octavo reads."}


async def test_a_failed_job_is_told_with_its_reason(tmp_path: Path) -> None:
    error = {"code": "unreadable_document", "summary": "The file is damaged."}
    api = FakeApi(states=[job_at("failed", done=0, total=2, error=error)])

    outcome, _ = await _read(api, tmp_path)

    assert (outcome.status, outcome.problem, outcome.written) == ("failed", "The file is damaged.", ())


async def test_a_document_with_lost_pages_is_written_and_is_no_success(tmp_path: Path) -> None:
    api = FakeApi(states=[job_at("completed", done=2, total=2, failed=1)])

    outcome, _ = await _read(api, tmp_path)

    assert (outcome.status, outcome.problem) == ("partial", "1 of 2 pages could not be read.")
    assert (tmp_path / "letter.json").exists()


async def test_a_format_that_a_document_cannot_have_is_told_and_the_others_are_written(
    tmp_path: Path,
) -> None:
    api = FakeApi(
        states=[FINISHED], results=[problem(400, "It has no pages of its own."), Response(b"result")]
    )

    outcome, _ = await _read(api, tmp_path, "pdf", "markdown", "text")

    assert (outcome.status, outcome.problem) == ("partial", "No pdf: It has no pages of its own.")
    assert (tmp_path / "letter.pdf").read_bytes() == b"the bytes of a letter"
    assert [path.name for path in outcome.written] == ["letter.md", "letter.txt"]


async def test_a_server_that_is_busy_is_asked_again_for_the_same_job(tmp_path: Path) -> None:
    busy = [problem(503, "Try again."), problem(429, "Too many.", retry_after="0")]
    accepted = JSONResponse(job_at("queued", done=0, total=2), 202)
    api = FakeApi(submissions=[*busy, accepted], states=[FINISHED])

    outcome, _ = await _read(api, tmp_path)

    assert outcome.status == "completed"
    assert len(api.idempotency_keys) == 3
    assert len(set(api.idempotency_keys)) == 1
    assert all(b"the bytes of a letter" in body for body in api.bodies)


async def test_a_server_that_stays_away_is_given_up_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "PATIENCE_S", 0.05)
    api = FakeApi(submissions=[problem(503, "The database is not available at the moment.")])

    outcome, _ = await _read(api, tmp_path)

    assert outcome.problem == "The database is not available at the moment."


async def test_what_is_no_octavo_is_recognised(tmp_path: Path) -> None:
    api = FakeApi(submissions=[Response(b"<html>hello</html>", media_type="text/html")])

    outcome, _ = await _read(api, tmp_path)

    assert outcome.problem == "What answered is no Octavo server. Check --server."


async def test_a_result_that_cannot_be_fetched_leaves_no_half_file(tmp_path: Path) -> None:
    api = FakeApi(states=[FINISHED], results=[problem(410, "The result's retention has ended.")])

    outcome, _ = await _read(api, tmp_path)

    assert outcome.problem == "The result's retention has ended."
    assert _names(tmp_path) == ["letter.pdf"]


async def test_an_interruption_cancels_what_is_not_read_yet(tmp_path: Path) -> None:
    api = FakeApi(states=[job_at("processing", done=1, total=2)])
    reading = asyncio.create_task(_read(api, tmp_path))
    async with asyncio.timeout(10):
        await api.looked_at.wait()

    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading

    assert api.cancelled == ["job_1"]


def test_a_terminal_shows_bars_with_pages_speed_and_time_left() -> None:
    seen = io.StringIO()
    console = Console(file=seen, force_terminal=True, width=160, color_system=None)

    with report_on(console, ["a.pdf", "b[1].pdf"]) as reporter:
        reporter.sending("a.pdf")
        reporter.working("a.pdf", job_at("processing", done=3, total=9))
        reporter.working("b[1].pdf", job_at("queued", done=0, total=4))
        reporter.ended("b[1].pdf", "refused: [why]")

    shown = seen.getvalue()
    for part in ("a.pdf", "3/9 pages", "2.0 pages/s", "1:15 min left", "b[1].pdf", "refused: [why]"):
        assert part in shown


def test_a_log_gets_plain_lines_and_no_more_than_needed() -> None:
    seen = io.StringIO()
    console = Console(file=seen, width=20, soft_wrap=True)

    with report_on(console, ["a.pdf"]) as reporter:
        reporter.sending("a.pdf")
        reporter.working("a.pdf", job_at("queued", done=0, total=9))
        for done in range(1, 9):
            reporter.working("a.pdf", job_at("processing", done=done, total=9))
        reporter.ended("a.pdf", "completed")

    assert seen.getvalue().splitlines() == [
        "a.pdf: sending",
        "a.pdf: 1/9 pages, 1:15 min left",
        "a.pdf: completed",
    ]


def test_the_summary_has_one_row_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    written = ["a.json", "a.docling.json", "a.overlay/page-1.png", "a.overlay/page-2.png"]
    paths = tuple(Path("out") / name for name in written)
    good = Outcome(Document(Path("in/a.pdf"), "a"), FINISHED, paths, None, "completed")
    bad = Outcome(Document(Path("in/b.pdf"), "b"), None, (), "This file is empty.", "refused")

    show_summary([good, bad])

    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == ["file", "pages", "seconds", "engine", "confidence", "status", "output"]
    assert rows[1] == [
        "a.pdf",
        "2/2",
        "2.5",
        "ppocrv6",
        "0.988",
        "completed",
        "out/a.json .docling.json a.overlay/",
    ]
    assert rows[2] == ["b.pdf", "-", "-", "-", "-", "refused: This file is empty.", "-"]


def test_a_server_that_does_not_start_is_quoted(
    octavo: Octavo, tmp_path: Path, clean_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x")
    monkeypatch.setenv("OCTAVO_SSL_CERTFILE", str(tmp_path / "gone.pem"))
    monkeypatch.setenv("OCTAVO_SSL_KEYFILE", str(tmp_path / "gone.key"))

    ran = octavo("process", str(tmp_path / "a.pdf"), "--out", str(tmp_path / "out"))

    assert ran.status == 75
    assert "Octavo could not be started. The file gone.pem cannot be read." in ran.errors
