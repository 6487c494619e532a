"""One document's harm is kept from the next."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psutil
import pytest
from tests.isolation import misdeeds

from octavo.adapters.isolation.children import Children
from octavo.adapters.isolation.confine import Confinement
from octavo.domain.errors import DocumentTooLarge, OctavoError
from octavo.ports.isolation import ChildDied

_RULES = Confinement(memory_bytes=2**30, file_bytes=2**20, programs=False)
_FREER = Confinement(memory_bytes=2**30, file_bytes=2**20, programs=True)


@pytest.fixture
async def children(tmp_path: Path) -> AsyncIterator[Children]:
    pool = Children(2, tmp_path / "scratch")
    yield pool
    await pool.close()


async def _run(
    children: Children, function: Callable[..., object], *given: object, within_s: float = 30.0
) -> object:
    return await children.run(function, *given, rules=_RULES, within_s=within_s)


def _gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


async def _until(true: Callable[[], bool], within_s: float = 10.0) -> None:
    async with asyncio.timeout(within_s):
        while not true():  # noqa: ASYNC110 - another process makes it true
            await asyncio.sleep(0.005)


def _said(path: Path) -> bool:
    return path.exists() and path.read_text() != ""


async def test_work_is_done_in_another_process_that_is_kept(children: Children) -> None:
    first = await _run(children, misdeeds.pid)
    second = await _run(children, misdeeds.pid)

    assert first == second != os.getpid()


@pytest.mark.parametrize(
    ("misdeed", "reason"),
    [
        (misdeeds.segfault, "crashed"),
        (misdeeds.leave, "crashed"),
        (misdeeds.abort, "crashed"),
        (misdeeds.eat_memory, "memory"),
        (misdeeds.eat_memory_in_small_bites, "memory"),
        (misdeeds.answer_with_code, "crashed"),
        (misdeeds.refuse_in_an_unknown_way, "crashed"),
    ],
)
async def test_a_lost_child_is_told_with_the_reason_and_replaced(
    children: Children, misdeed: Callable[[], object], reason: str
) -> None:
    with pytest.raises(ChildDied) as lost:
        await _run(children, misdeed)

    assert lost.value.details["reason"] == reason
    assert await _run(children, misdeeds.innocent, 21) == 42


@pytest.mark.parametrize("misdeed", [misdeeds.loop, misdeeds.loop_in_native_code])
async def test_a_child_that_overruns_its_time_is_killed(
    children: Children, misdeed: Callable[[], object]
) -> None:
    pid = await _run(children, misdeeds.pid)
    assert isinstance(pid, int)

    with pytest.raises(ChildDied) as lost:
        await _run(children, misdeed, within_s=0.2)

    assert lost.value.details["reason"] == "timeout"
    await _until(lambda: _gone(pid), 0.2)


async def test_all_innocent_work_survives_beside_the_guilty(children: Children) -> None:
    guilty = [misdeeds.segfault, misdeeds.eat_memory, misdeeds.loop, misdeeds.leave, misdeeds.abort]
    work = []
    for number, misdeed in enumerate(guilty):
        work += [_run(children, misdeeds.innocent, number * 3 + more) for more in range(3)]
        work.append(_run(children, misdeed, within_s=2.0))

    answers = await asyncio.gather(*work, return_exceptions=True)

    assert [answer for answer in answers if isinstance(answer, int)] == [number * 2 for number in range(15)]
    assert sum(isinstance(answer, ChildDied) for answer in answers) == len(guilty)


async def test_what_the_work_raises_on_purpose_arrives_with_its_details(children: Children) -> None:
    before = await _run(children, misdeeds.pid)

    with pytest.raises(DocumentTooLarge, match="too many pages") as refused:
        await _run(children, misdeeds.refuse)

    assert refused.value.details == {"max_pages": 10}
    assert await _run(children, misdeeds.pid) == before, "it was no fault of the child's"


async def test_a_bug_is_told_without_what_it_says_about_the_document(
    children: Children, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ChildDied) as lost:
        await _run(children, misdeeds.fail, "forty-two")

    told = f"{lost.value.summary} {lost.value.details} {caplog.text}"
    assert lost.value.details["reason"] == "crashed"
    assert "ValueError at misdeeds.py" in caplog.text
    assert "forty-two" not in told


async def test_cancelling_kills_the_child_at_once_and_frees_its_place(
    children: Children, tmp_path: Path
) -> None:
    said = tmp_path / "pid"
    working = asyncio.create_task(_run(children, misdeeds.announce_and_loop, said))
    await _until(lambda: _said(said))
    pid = int(said.read_text())

    began = time.monotonic()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    await _until(lambda: _gone(pid), 1.0)

    assert time.monotonic() - began < 1.0
    assert await asyncio.gather(*(_run(children, misdeeds.innocent, n) for n in (1, 2))) == [2, 4]


async def test_waiting_work_that_is_cancelled_costs_no_child(children: Children, tmp_path: Path) -> None:
    said = [tmp_path / "1", tmp_path / "2"]
    working = [asyncio.create_task(_run(children, misdeeds.announce_and_loop, path)) for path in said]
    await _until(lambda: all(_said(path) for path in said))
    waiting = asyncio.create_task(_run(children, misdeeds.innocent, 1))
    await asyncio.sleep(0)

    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert sorted(children.pids) == sorted(int(path.read_text()) for path in said)
    for task in working:
        task.cancel()


async def test_programs_that_a_child_started_die_with_it(children: Children, tmp_path: Path) -> None:
    said = tmp_path / "pid"
    working = asyncio.create_task(
        children.run(misdeeds.announce_a_program_and_wait, said, rules=_FREER, within_s=30)
    )
    await _until(lambda: _said(said))

    working.cancel()

    await _until(lambda: _gone(int(said.read_text())), 0.5)


async def test_a_child_killed_while_it_rests_is_nobodys_fault(children: Children) -> None:
    pid = await _run(children, misdeeds.pid)
    assert isinstance(pid, int)
    os.kill(pid, signal.SIGKILL)
    await _until(lambda: _gone(pid))

    assert await _run(children, misdeeds.innocent, 21) == 42


async def test_a_child_killed_by_the_kernel_ran_out_of_memory(children: Children, tmp_path: Path) -> None:
    said = tmp_path / "pid"
    working = asyncio.create_task(_run(children, misdeeds.announce_and_loop, said))
    await _until(lambda: _said(said))

    os.kill(int(said.read_text()), signal.SIGKILL)

    with pytest.raises(ChildDied) as lost:
        await working
    assert lost.value.details["reason"] == "memory"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux filters system calls")
async def test_the_kernel_refuses_network_programs_and_other_processes(children: Children) -> None:
    attempts = await _run(children, misdeeds.attempts, os.getpid())

    assert isinstance(attempts, dict)
    assert set(attempts.values()) == {"errno 1"}, attempts


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux filters system calls")
async def test_an_engine_that_is_a_program_may_start_it_but_not_reach_the_network(children: Children) -> None:
    attempts = await children.run(misdeeds.attempts, os.getpid(), rules=_FREER, within_s=30)

    allowed = {name for name, outcome in attempts.items() if outcome == "done"}
    assert allowed == {"program", "signal"}


async def test_a_child_writes_no_file_beyond_its_limit(children: Children, tmp_path: Path) -> None:
    assert await _run(children, misdeeds.write_much, tmp_path / "small", 2**19) == "done"
    assert await _run(children, misdeeds.write_much, tmp_path / "large", 2**21) == "errno 27"


async def test_a_child_does_not_see_our_secrets(children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_DATABASE_URL", "postgresql://user:secret@host")

    assert "secret" not in str(await _run(children, misdeeds.environment))


async def test_the_same_topic_goes_to_the_same_child(children: Children) -> None:
    async def ask(topic: str) -> object:
        return await children.run(misdeeds.pid, rules=_RULES, within_s=30, topic=topic)

    await asyncio.gather(_run(children, misdeeds.nap), _run(children, misdeeds.nap))
    one, other = await asyncio.gather(ask("one"), ask("other"))

    assert one != other
    assert [await ask("other"), await ask("one"), await ask("other")] == [other, one, other]


async def test_every_child_is_prepared_also_the_one_that_replaces_another(children: Children) -> None:
    await children.prepare(_RULES, misdeeds.nap)
    assert len(children.pids) == 2

    with pytest.raises(ChildDied):
        await _run(children, misdeeds.segfault)

    await _until(lambda: len(children.pids) == 2)


async def test_a_preparation_that_fails_leaves_the_children_usable(children: Children) -> None:
    await children.prepare(_RULES, misdeeds.refuse)

    assert await _run(children, misdeeds.innocent, 21) == 42


async def test_closing_leaves_no_process_and_takes_no_work(children: Children) -> None:
    await children.prepare(_RULES, misdeeds.nap)
    pids = children.pids

    await children.close()

    assert all(_gone(pid) for pid in pids)
    with pytest.raises(OctavoError, match="stopping"):
        await _run(children, misdeeds.innocent, 1)


async def test_no_child_outlives_a_killed_parent(tmp_path: Path) -> None:
    program = textwrap.dedent("""
        import asyncio, sys
        from pathlib import Path
        from octavo.adapters.isolation.children import Children
        from octavo.adapters.isolation.confine import Confinement
        from tests.isolation import misdeeds

        async def main():
            rules = Confinement(2**30, 2**20, programs=False)
            children = Children(2, Path(sys.argv[1]))
            await children.run(misdeeds.announce_and_loop, Path(sys.argv[1], "pid"), rules=rules, within_s=60)

        asyncio.run(main())
    """)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], env=environment) as parent:  # noqa: ASYNC220
        await _until(lambda: _said(tmp_path / "pid"), 30)
        parent.kill()

    await _until(lambda: _gone(int((tmp_path / "pid").read_text())), 2)
