import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pipeline.fields.papers import A4, flowing, page_of, view

from octavo.domain.document import BlockType, Origin, Page
from octavo.domain.field import FieldSource, Place
from octavo.domain.geometry import BBox
from octavo.domain.native import native_block
from octavo.pipeline.fields import view as view_module
from octavo.pipeline.fields.language import guess_languages
from octavo.pipeline.fields.tokens import Token, confidence_of, place_of, source_of, split_at_colon
from octavo.pipeline.fields.view import MOST_PAGES, view_of


def test_a_label_and_its_value_from_different_blocks_share_a_row() -> None:
    seen = view((50, 100, "Total"), (400, 101, "12.00"), (50, 130, "Thanks"))

    assert [row.text for row in seen.rows] == ["Total  12.00", "Thanks"]
    assert len(seen.rows[0].segments) == 2


def test_words_of_one_line_stay_one_run() -> None:
    seen = view((50, 100, "Invoice number 42"))

    assert [segment.text for segment in seen.segments] == ["Invoice number 42"]


def test_a_page_that_leans_a_little_keeps_its_rows() -> None:
    seen = view(*[(40.0 + 90 * n, 100 + 1.5 * n, f"a{n}") for n in range(6)])

    assert [row.text for row in seen.rows] == ["a0  a1  a2  a3  a4  a5"]


@given(rows=st.integers(1, 8), columns=st.integers(1, 4))
def test_any_grid_of_words_comes_back_row_by_row(rows: int, columns: int) -> None:
    texts = [
        (40.0 + 120 * col, 60.0 + 15 * row, f"r{row}c{col}") for col in range(columns) for row in range(rows)
    ]

    seen = view(*texts)

    assert [row.text for row in seen.rows] == [
        "  ".join(f"r{row}c{col}" for col in range(columns)) for row in range(rows)
    ]


def test_text_without_layout_gets_places_that_are_not_told() -> None:
    seen = view_of([flowing("Total:  12.00\nDate:   01.02.2020")])

    assert [row.text for row in seen.rows] == ["Total:  12.00", "Date:  01.02.2020"]
    assert place_of(seen.rows[0].tokens) == (Place(1, None),)
    assert source_of(seen.rows[0].tokens) is FieldSource.NATIVE


def test_columns_of_a_table_without_layout_stand_above_each_other() -> None:
    cells = [
        {"row": row, "col": col, "row_span": 1, "col_span": 1, "text": text, "header": row == 0, "bbox": None}
        for row, line in enumerate([["Item", "Amount"], ["A long description", "5.00"]])
        for col, text in enumerate(line)
    ]
    body = {"n_rows": 2, "n_cols": 2, "cells": cells}
    table = native_block(BlockType.TABLE, page=1, index=0, text="…", body=body)

    head, line = view_of([Page(1, *A4, (table,))]).rows

    assert head.segments[1].bbox.x0 == line.segments[1].bbox.x0
    assert head.segments[0].bbox.x1 < head.segments[1].bbox.x0


def test_a_label_glued_to_its_value_is_two_words() -> None:
    token = Token("DATE:01/02/2019", BBox(0.1, 0.1, 0.4, 0.12), 1, 0.9, Origin.OCR)

    label, value = split_at_colon(token)

    assert (label.text, value.text) == ("DATE:", "01/02/2019")
    assert label.bbox.x1 == value.bbox.x0
    assert split_at_colon(Token("https://a.b", token.bbox, 1, 0.9, Origin.OCR))[0].text == "https://a.b"
    assert len(split_at_colon(Token("10:49", token.bbox, 1, 0.9, Origin.OCR))) == 1


def test_words_of_one_line_make_one_place_and_of_two_lines_two() -> None:
    seen = view((50, 100, "12, Main Street"), (50, 115, "Springfield"))

    places = place_of([token for row in seen.rows for token in row.tokens])

    assert [place.page for place in places] == [1, 1]
    assert places[0].bbox is not None
    assert places[0].bbox.width > 0.1


def test_confidence_is_that_of_the_words_by_their_letters() -> None:
    box = BBox(0, 0, 1, 1)
    tokens = [Token("abc", box, 1, 0.9, Origin.OCR), Token("d", box, 1, 0.5, Origin.OCR)]

    assert confidence_of(tokens) == 0.8
    assert confidence_of([Token("abc", box, 1, None, Origin.OCR)]) is None
    assert confidence_of([Token("abc", box, 1, None, Origin.TEXT_LAYER)]) == 1.0


def test_pages_beyond_the_bound_are_walked_one_at_a_time() -> None:
    pages = [page_of([(50, 100, f"page {number}")], number=number) for number in range(1, MOST_PAGES + 4)]

    seen = view_of(pages)

    assert len(seen.pages) == MOST_PAGES
    assert [page.number for page in seen.walk()] == list(range(1, MOST_PAGES + 4))
    assert [page.number for page in view_of(iter(pages)).walk()] == list(range(1, MOST_PAGES + 4))


def test_pages_with_very_many_words_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_module, "MOST_WORDS", 5)
    pages = [page_of([(50, 100, f"page {number} of 9")], number=number) for number in range(1, 10)]

    seen = view_of(pages)

    assert [page.number for page in seen.pages] == [1, 2]
    assert [page.number for page in seen.walk()] == list(range(1, 10))
    assert [page.number for page in view_of(iter(pages)).walk()] == list(range(1, 10))


def test_small_words_tell_the_language() -> None:
    assert guess_languages(["Rechnung", "und", "Datum", "für", "den", "Betrag"])[0] == "de"
    assert guess_languages(["facture", "pour", "le", "montant", "et", "la", "date"])[0] == "fr"
    assert guess_languages([]) == ()
