"""The language of listings."""

import pytest

from octavo.pipeline.structure.code import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("import os\n\ndef run(x):\n    return self.value", "python"),
        ("function add(a, b) {\n    return a + b;\n}\nconsole.log(add(3, 5));", "javascript"),
        ("SELECT name\nFROM people\nWHERE age > 3", "sql"),
        ("#include <stdio.h>\nint main(void) {\n  printf(text);\n}", "c"),
        ("$ cd folder\n$ make all", "bash"),
        ('{\n  "name": "x",\n  "count": 3\n}', "json"),
    ],
)
def test_the_language_of_a_listing_is_told_where_it_is_evident(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text", ["x = 1\ny = 2\nz = 3\nw = 4", "", "some output of a program\n12 34 56\n78 90"]
)
def test_no_language_is_guessed(text: str) -> None:
    assert language_of(text) is None
