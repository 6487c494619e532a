"""Every text format writes what was looked at and found good. Tolerance: none, byte for byte."""

import pytest
from tests.exporters.goldens import FOLDER, FORMATS, current, golden_path


@pytest.mark.parametrize("format_", FORMATS)
def test_an_export_is_the_one_that_was_read_by_a_person(format_: str) -> None:
    written = golden_path(format_).read_bytes().decode()

    assert current(format_).decode() == written, (
        "read the difference, then: python -m tests.exporters.goldens"
    )


def test_there_is_no_golden_that_nothing_is_held_to() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {golden_path(format_).name for format_ in FORMATS}
