"""What is never in the repository."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.house.tracked import ROOT, python_files, text_of, tracked

UNFINISHED = re.compile(
    "|".join((r"\bTO" + "DO", "FIX" + "ME", r"\bXX" + r"X\b", r"raise NotImpl" + "ementedError"))
)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:(?:work|root)/[\w.]+|(?:Users|home)/(?!ann\b)[\w.]+)")
"""`ann` is nobody: the home of a test."""
MOCKS = re.compile(r"^\s*(?:from unittest(?:\.mock)? import.*|import unittest\.mock.*)", re.MULTILINE)
BELOW_SETTINGS = (
    "http",
    "dialects",
    "dashboard",
    "adapters",
    "app",
    "pipeline",
    "exporters",
    "ports",
    "domain",
)
PASSED_ON = {
    "src/octavo/adapters/isolation/process.py": "what a child inherits is chosen here, by name",
    "src/octavo/adapters/engines/tesseract_program.py": "the program inherits what its child process was given",
}
"""The environment is not read here for a decision; it is handed to a process that is started."""


def _lines_with(pattern: re.Pattern[str], names: Iterable[Path]) -> list[str]:
    return [
        f"{name}:{number} {line.strip()}"
        for name in names
        for number, line in enumerate((text_of(name) or "").splitlines(), 1)
        if pattern.search(line)
    ]


def test_nothing_is_left_unfinished() -> None:
    found = _lines_with(UNFINISHED, python_files("src", "tests", "tools", "benchmarks"))

    assert not found, "\n".join(["finish it, or leave it out:", *found])


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = _lines_with(MACHINE_PATH, tracked())

    assert not found, "\n".join(["this works on one machine only:", *found])


def test_fakes_and_not_mocks() -> None:
    """In the integration tests a library's own trouble may have to be acted."""
    names = [name for name in python_files("tests") if name.parts[1] != "integration"]

    found = _lines_with(MOCKS, names)

    assert not found, "\n".join(["write a fake that passes the port's contract:", *found])


def test_nothing_below_settings_reads_the_environment() -> None:
    names = [name for name in python_files("src") if name.parts[2] in BELOW_SETTINGS]

    found = [line for name in names if str(name) not in PASSED_ON for line in _environment_readings(name)]

    assert not found, "\n".join(["make it a setting:", *found])


def _environment_readings(name: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
        attribute = isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"}
        imported = isinstance(node, ast.ImportFrom) and {"environ", "getenv"} & {
            one.name for one in node.names
        }
        if attribute or imported:
            yield f"{name}:{getattr(node, 'lineno', 0)}"
