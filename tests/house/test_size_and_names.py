"""House rules 3, 11 and 14: small files and functions, named for what they hold, documented."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tracked import ROOT, python_files, tracked

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "service", "misc"}

STATEMENTS = Path("src/octavo/adapters/postgres/migrations")
"""A migration is a list of statements, read from top to bottom; cutting it up would hide what is done."""


def _tree(name: Path) -> ast.Module:
    return ast.parse((ROOT / name).read_text(encoding="utf-8"))


def _long_functions(name: Path) -> Iterator[str]:
    for node in ast.walk(_tree(name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MAX_FUNCTION_LINES:
                yield f"{name}:{node.lineno} {node.name} has {lines} lines"


def test_a_file_is_at_most_400_lines() -> None:
    sources = python_files("src", "tools", "benchmarks", "tests")
    lengths = {str(name): len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in sources}

    assert sources
    assert {name: lines for name, lines in lengths.items() if lines > MAX_FILE_LINES} == {}, (
        "split a long file by what it holds"
    )


def test_a_function_is_at_most_50_lines() -> None:
    sources = [name for name in python_files("src", "tools") if STATEMENTS not in name.parents]

    assert [found for name in sources for found in _long_functions(name)] == []


def test_nothing_has_a_vague_name() -> None:
    vague = [name for name in tracked() if VAGUE & {part.partition(".")[0].lower() for part in name.parts}]

    assert vague == [], "name files and folders for what they hold"


def test_a_public_module_says_what_it_is() -> None:
    public = [
        name
        for name in python_files("src", "tools")
        if not name.stem.startswith("_") or name.stem in {"__init__", "__main__"}
    ]

    assert [name for name in public if not ast.get_docstring(_tree(name))] == []
