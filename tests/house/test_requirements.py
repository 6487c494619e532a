"""Decision 6: every package by version and hash, and no address of where it comes from."""

import re
import tomllib
from pathlib import Path

import pytest
from tests.house.tracked import ROOT, text_of, tracked

ADDRESS = re.compile(r"https?://(?!127\.0\.0\.1)|git\+|--(?:extra-)?index-url|--find-links|--trusted-host")
LOCK_FILES = {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "conda-lock.yml"}
LISTS = [name for name in tracked() if name.parts[0] == "requirements"]
PINNED = [name for name in LISTS if name.suffix == ".txt"]


def requirements(name: Path) -> list[str]:
    """Each requirement as one line, continuation lines joined, remarks left out."""
    joined = (text_of(name) or "").replace("\\\n", " ")
    return [
        line for line in (raw.strip() for raw in joined.splitlines()) if line and not line.startswith("#")
    ]


def test_there_are_requirements() -> None:
    assert {name.name for name in PINNED} >= {"build.txt", "runtime.txt", "dev.txt", "models.txt"}


@pytest.mark.parametrize(
    "name", [*LISTS, Path("pyproject.toml"), Path("Makefile"), Path("Dockerfile")], ids=str
)
def test_no_address_is_named(name: Path) -> None:
    found = ADDRESS.findall(text_of(name) or "")

    assert not found, f"{name}: pip asks the index it is configured for, and the hashes decide"


@pytest.mark.parametrize("name", PINNED, ids=str)
def test_every_requirement_has_a_version_and_hashes(name: Path) -> None:
    loose = [
        line
        for line in requirements(name)
        if not re.match(r"^[\w.\[\],-]+==\S+.*--hash=sha256:[0-9a-f]{64}", line)
    ]

    assert not loose, "make lock pins them"


def test_there_is_no_other_lock_file() -> None:
    assert not [name for name in tracked() if name.name in LOCK_FILES]


def test_there_is_exactly_one_opencv_and_it_is_headless() -> None:
    names = {line.partition("==")[0].lower() for name in PINNED for line in requirements(name)}

    assert {name for name in names if name.startswith("opencv")} == {"opencv-python-headless"}


def test_the_package_says_which_pythons_it_supports() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["requires-python"] == ">=3.11,<3.14"
    assert "3.11, 3.12 or 3.13" in (text_of(Path("README.md")) or ""), "README tells the same"
