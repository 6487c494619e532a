"""Listings are known by one pitch and the signs of a program."""

from dataclasses import replace

from tests.pipeline.fakes import HEIGHT, WIDTH, line_of

from octavo.domain.document import ReadPage
from octavo.pipeline.structure.listings import listed
from octavo.pipeline.structure.rows import Row, to_rows
from octavo.pipeline.structure.segments import to_segments

QUERY = ("SELECT user_name, usage", "FROM function_usage", "WHERE function_id = 'ADMIN'", "ORDER BY 1;")
LETTER = ("Dear Sir or Madam,", "we thank you for your letter", "of the third of May and hope", "to see you.")


def typed(*texts: str, monospace: bool = True) -> list[Row]:
    lines = (replace(line_of(text, 60, 60 + 14 * at), monospace=monospace) for at, text in enumerate(texts))
    return to_rows(to_segments(ReadPage(1, WIDTH, HEIGHT, tuple(lines))), 0)


def test_a_program_in_one_pitch_is_a_listing() -> None:
    assert list(listed(typed(*QUERY))) == [0, 1, 2, 3]


def test_a_typewritten_letter_is_none() -> None:
    assert list(listed(typed(*LETTER))) == []


def test_a_program_set_as_text_is_left_to_the_model() -> None:
    assert list(listed(typed(*QUERY, monospace=False))) == []
