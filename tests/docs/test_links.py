"""Links lead somewhere, and names that look like files, settings or modules of ours are."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.docs.pages import pages, text
from tests.house.tracked import ROOT, tracked

from octavo.settings import Settings, environment_name

LINK = re.compile(r"(?<!\\)!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`((?:src|tests|docs|tools|samples|benchmarks|requirements)/[\w./-]+)`")
MODULE = re.compile(r"`(octavo(?:\.[a-z_]+)+)")
VARIABLE = re.compile(r"\bOCTAVO_[A-Z0-9_]+\b")


def anchors(page: Path) -> set[str]:
    """As code hosts make them: lower case, only letters, digits, `-` and `_`, spaces as `-`."""
    prose = FENCE.sub("", text(page))
    plain = [re.sub(r"[`*]", "", heading).strip().lower() for heading in HEADING.findall(prose)]
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("page", pages(), ids=str)
def test_a_link_leads_somewhere(page: Path) -> None:
    dead = []
    for target in LINK.findall(FENCE.sub("", text(page))):
        if re.match(r"https?:|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (ROOT / page.parent / path).resolve() if path else ROOT / page
        found = there.exists() and there.is_relative_to(ROOT)
        if not found or (anchor and anchor not in anchors(there.relative_to(ROOT))):
            dead.append(target)

    assert dead == []


@pytest.mark.parametrize("page", pages(), ids=str)
def test_a_file_that_is_named_exists(page: Path) -> None:
    assert [name for name in FILE.findall(text(page)) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", pages(), ids=str)
def test_a_module_that_is_named_exists(page: Path) -> None:
    missing = [name for name in MODULE.findall(text(page)) if not _is_importable(name)]

    assert missing == []


@pytest.mark.parametrize("page", pages(), ids=str)
def test_a_setting_that_is_named_exists(page: Path) -> None:
    known = {environment_name(name) for name in Settings.model_fields}

    assert set(VARIABLE.findall(text(page))) <= known


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [Path("README.md")]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        for target in LINK.findall(text(page)):
            there = (ROOT / page.parent / target.partition("#")[0]).resolve()
            if there.is_dir():
                there /= "README.md"
            if there.is_file() and there.is_relative_to(ROOT):
                waiting.append(there.relative_to(ROOT))

    assert [page for page in pages() if page not in reached] == []


def test_the_readme_names_the_two_commands_and_shows_the_flow() -> None:
    readme = text(Path("README.md"))

    assert "```shell\nmake demo\n```" in readme
    assert "```shell\nmake test\n```" in readme
    assert "](docs/flow.svg)" in readme


def test_what_a_stranger_looks_for_is_there() -> None:
    names = {str(name) for name in tracked()}

    assert names >= {
        "LICENSE",
        "NOTICE",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "Dockerfile",
        "compose.yaml",
    }


def _is_importable(name: str) -> bool:
    """A module, or something that a module has."""
    module, _, attribute = name.rpartition(".")
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        found = find_spec(module)
        return found is not None and attribute in Path(found.origin or "").read_text(encoding="utf-8")
