"""Each sample document has its text, is what it says, and is small."""

import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from tests.house.tracked import ROOT, tracked
from tools.make_samples import SAMPLES

FOLDER = ROOT / "samples"
MOST_BYTES = 4 * 2**20


def truth(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (FOLDER / "truth" / f"{Path(name).stem}.json").read_text(encoding="utf-8")
    )
    return found


def page_count(name: str) -> int:
    if name.endswith(".pdf"):
        with pikepdf.open(FOLDER / name) as pdf:
            return len(pdf.pages)
    with Image.open(FOLDER / name) as picture:
        return int(getattr(picture, "n_frames", 1))


def test_the_samples_are_those_that_the_script_makes() -> None:
    there = {path.name for path in FOLDER.iterdir() if path.is_file()}

    assert there - {"README.md"} == set(SAMPLES)


def test_all_samples_together_are_small() -> None:
    sizes = [(ROOT / name).stat().st_size for name in tracked() if name.parts[0] == "samples"]

    assert sum(sizes) < MOST_BYTES


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_has_a_text_for_each_page(name: str) -> None:
    pages = truth(name)["pages"]

    assert [page["number"] for page in pages] == list(range(1, page_count(name) + 1))
    assert all(len(page["text"].split()) > 20 for page in pages)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_names_its_source_and_licence(name: str) -> None:
    rows = [
        line
        for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
        if f"`{name}`" in line
    ]

    assert len(rows) == 1
    assert rows[0].rstrip(" |").endswith(("Apache-2.0", "public domain"))


def test_the_scan_has_no_text_of_its_own() -> None:
    with pikepdf.open(FOLDER / "old-book-scans.pdf") as pdf:
        assert all("/Font" not in page.get("/Resources", {}) for page in pdf.pages)


def test_a_page_that_was_turned_says_how_it_stands_upright() -> None:
    assert truth("delivery-papers.tiff")["upright_rotations"] == [0, 90, 180, 0]
