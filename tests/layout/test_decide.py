"""The likeliest stretches of rows with one role."""

import numpy as np
from numpy.typing import NDArray
from tests.pipeline.fakes import HEIGHT, WIDTH, line_of

from octavo.domain.document import ReadPage
from octavo.pipeline.structure.decide import stretches
from octavo.pipeline.structure.role_names import ROLES
from octavo.pipeline.structure.rows import Row, to_rows
from octavo.pipeline.structure.segments import to_segments


def rows_of(*texts: str, column: int = 0) -> list[Row]:
    lines = tuple(line_of(text, 60, 60 + 14 * at) for at, text in enumerate(texts))
    page = ReadPage(1, WIDTH, HEIGHT, lines)
    return to_rows(to_segments(page), column)


def chances(*rows: tuple[dict[str, float], float]) -> NDArray[np.float32]:
    """One line for each row: some roles' probabilities, and that a block begins."""
    table = np.full((len(rows), len(ROLES) + 1), 0.001, np.float32)
    for at, (roles, begins) in enumerate(rows):
        for role, share in roles.items():
            table[at, ROLES.index(role)] = share
        table[at, -1] = begins
    return table


def test_rows_that_do_not_begin_a_block_share_its_role() -> None:
    rows = rows_of("A long title that", "runs on", "Text.")

    found = stretches(
        rows,
        chances(
            ({"heading": 0.9}, 0.9),
            ({"heading": 0.45, "paragraph": 0.5}, 0.05),
            ({"paragraph": 0.95}, 0.95),
        ),
    )

    assert [(part.role, len(part.rows)) for part in found] == [("heading", 2), ("paragraph", 1)]


def test_two_sure_roles_part_rows_even_where_no_beginning_was_seen() -> None:
    rows = rows_of("Heading", "Text of the section.")

    found = stretches(rows, chances(({"heading": 0.999}, 0.9), ({"paragraph": 0.999}, 0.3)))

    assert [part.role for part in found] == ["heading", "paragraph"]


def test_a_block_ends_with_its_column() -> None:
    rows = [*rows_of("left"), *rows_of("right", column=1)]

    found = stretches(rows, chances(({"paragraph": 0.99}, 0.9), ({"paragraph": 0.99}, 0.01)))

    assert [len(part.rows) for part in found] == [1, 1]


def test_every_row_is_in_exactly_one_stretch() -> None:
    random = np.random.default_rng(3)
    rows = rows_of(*(f"row {at}" for at in range(40)))
    table = random.random((40, len(ROLES) + 1)).astype(np.float32)
    table[:, :-1] /= table[:, :-1].sum(axis=1, keepdims=True)

    found = stretches(rows, table)

    assert [row for part in found for row in part.rows] == rows
    assert all(0 <= part.confidence <= 1 for part in found)


def test_nothing_is_made_of_nothing() -> None:
    assert stretches([], np.zeros((0, len(ROLES) + 1), np.float32)) == []


def test_a_sentence_that_names_a_table_is_no_caption() -> None:
    likely = ({"caption": 0.9}, 0.9)

    (sentence,) = stretches(rows_of("Table 3-2 lists the variables."), chances(likely))
    (caption,) = stretches(rows_of("Table 3-2 Variables"), chances(likely))

    assert (sentence.role, caption.role) == ("paragraph", "caption")


def test_one_line_of_type_between_others_is_no_picture() -> None:
    text, label = ({"paragraph": 0.9}, 0.9), ({"picture": 0.8, "heading": 0.15}, 0.9)

    alone = stretches(rows_of("Text.", "Highlights", "More."), chances(text, label, text))
    labels = stretches(rows_of("Text.", "Nut case", "Key way", "More."), chances(text, label, label, text))

    assert [part.role for part in alone] == ["paragraph", "heading", "paragraph"]
    assert {part.role for part in labels} == {"paragraph", "picture"}


def test_the_second_line_of_a_numbered_heading_goes_on() -> None:
    rows = rows_of("2 Manifolds and", "simplicial complexes", "2.1 Charts")

    found = stretches(rows, chances(*[({"heading": 1.0}, 0.8)] * 3))

    assert [[row.text for row in stretch.rows] for stretch in found] == [
        ["2 Manifolds and", "simplicial complexes"],
        ["2.1 Charts"],
    ]
