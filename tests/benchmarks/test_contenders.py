"""How contenders are asked: a process that answers, fails, dies or takes too long."""

import json
import sys
from pathlib import Path

import pytest
from benchmarks.accuracy.structure.__main__ import main
from benchmarks.accuracy.structure.compare import run_task, table_of
from benchmarks.accuracy.structure.contenders import NAMES, Contender, Runner, contenders
from benchmarks.accuracy.structure.found import Found
from benchmarks.accuracy.structure.tally import Tally
from benchmarks.accuracy.structure.tasks import TASKS, Case, Task
from benchmarks.peers import BESIDE, HERE, PEERS, requirements_of, runner_of

from octavo.domain.document import BlockType

RUNNERS = HERE / "runners"
ACTOR = f"""
import os, sys, time
sys.path.insert(0, {str(RUNNERS)!r})
from protocol import serve

def read(path):
    print("this is no answer")
    if "bad" in path:
        raise ValueError("cannot")
    if "crash" in path:
        os._exit(3)
    if "slow" in path:
        time.sleep(600)
    return {{"blocks": [{{"label": "paragraph", "text": path, "page": 1}}]}}

serve(read)
"""


@pytest.fixture
def actor(tmp_path: Path) -> Contender:
    script = tmp_path / "actor.py"
    script.write_text(ACTOR)
    return Contender("actor", frozenset({".pdf"}), (sys.executable, str(script)))


def score(found: Found) -> Tally:
    tally = Tally()
    tally.add("read", bool(found.blocks))
    return tally


def test_a_runner_answers_fails_dies_and_answers_again(actor: Contender) -> None:
    with Runner(actor) as runner:
        good = runner.ask(Path("good.pdf"), 60)
        bad = runner.ask(Path("bad.pdf"), 60)
        dead = runner.ask(Path("crash.pdf"), 60)
        late = runner.ask(Path("slow.pdf"), 0.5)
        again = runner.ask(Path("again.pdf"), 60)

    assert good.found is not None
    assert good.found.text.endswith("good.pdf")
    assert (bad.found, bad.error) == (None, "ValueError: cannot")
    assert (dead.found, dead.error) == (None, "its process ended")
    assert (late.found, late.error) == (None, "no answer within 0.5 s")
    assert again.found is not None
    assert runner.peak_mib > 5


def test_who_fails_on_a_document_found_nothing_and_who_is_absent_is_named(
    actor: Contender, tmp_path: Path
) -> None:
    cases = [Case(name, Path(f"{name}.pdf"), 2, score) for name in ("good", "bad")]
    task = Task("Example", lambda _, __: iter(cases), ("read", "never"))
    absent = Contender("other", frozenset({".pdf"}), (), "make it")
    blind = Contender("third", frozenset({".docx"}), ())

    results = run_task("example", task, [actor, absent, blind], tmp_path, tmp_path, None)

    rows = table_of("example", task, results, [actor, absent, blind]).rows
    assert rows[0][:4] == ("actor", 0.5, None, "1/2")
    assert rows[1][0] == "other: not installed"
    assert rows[2][0] == "third: does not read these"


def test_a_set_that_is_not_there_has_no_cases(tmp_path: Path) -> None:
    assert [case for task in TASKS.values() for case in task.cases(tmp_path, tmp_path)] == []


def test_peers_without_an_environment_are_told_how_to_get_one(tmp_path: Path) -> None:
    chosen = contenders(NAMES, tmp_path, tmp_path)

    assert {one.name for one in chosen if one.absent} == set(PEERS)
    assert all("benchmarks.peers" in str(one.absent) for one in chosen if one.name in PEERS)


@pytest.mark.parametrize("name", [*PEERS, *BESIDE])
def test_a_peer_has_requirements_with_versions_and_a_runner(name: str) -> None:
    lines = requirements_of(name).read_text(encoding="utf-8").splitlines()

    assert lines
    assert all("==" in line and "//" not in line for line in lines)
    assert runner_of(name).exists()


def test_what_is_under_the_agpl_takes_part_only_where_it_is_named() -> None:
    assert not any("GPL" in peer.licence for peer in PEERS.values())
    assert not set(BESIDE) & set(NAMES)


def test_our_block_types_are_labels() -> None:
    from benchmarks.accuracy.structure.found import LABELS

    assert {kind.value for kind in BlockType} - {"list"} <= LABELS


def test_a_run_leaves_a_report_with_who_is_absent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sets = tmp_path / "sets" / "formulas"
    sets.mkdir(parents=True)
    (sets / "one.json").write_text('{"id": "one", "file": "one.png", "latex": "x"}')
    (sets / "one.png").write_bytes(b"")
    given = [
        "--data",
        str(tmp_path / "sets"),
        "--out",
        str(tmp_path / "out"),
        "--sets",
        "formulas",
        "manuals",
    ]

    assert main([*given, "--contenders", "octavo-fast", "docvortex"]) == 0

    report = json.loads((tmp_path / "out" / "structure.json").read_text())
    (rows,) = report["tables"].values()
    assert [row["who"] for row in rows] == ["octavo-fast", "docvortex: not installed"]
    assert rows[0]["failed"] == "1/1", "an empty file is no picture"
    assert "not installed" in capsys.readouterr().out
