"""The reference is what the code says, and the picture what its script draws."""

import pytest
from tests.house.tracked import ROOT
from tools.make_flow import render as render_flow
from tools.make_reference import FOLDER, PAGES, render


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_reference_is_current(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")

    assert written == render(name), "run: python -m tools.make_reference"


def test_there_is_no_page_that_nothing_makes() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES)


def test_the_picture_of_the_flow_is_current() -> None:
    assert (ROOT / "docs" / "flow.svg").read_text(encoding="utf-8") == render_flow(), (
        "run: python -m tools.make_flow"
    )
