"""Pictures that are cut from the page when they are asked for."""

import base64
import json
from typing import Any

import pytest
from tests.exporters.pieces import table_body
from tests.exporters.samples import block_of, document_of, page_of

from octavo.domain.document import BlockType, Document, Page
from octavo.domain.errors import NotFound
from octavo.domain.geometry import BBox
from octavo.exporters.rendering import Cutting, Rendering, SourceAccess
from octavo.exporters.table import EXPORTERS

TABLE = table_body([["a", "b"], ["1", "2"]], 1, (0.1, 0.1, 0.9, 0.5))


def document() -> Document:
    return document_of(
        page_of(
            1,
            block_of(BlockType.TABLE, "a b 1 2", body=TABLE),
            block_of(BlockType.PARAGRAPH, "One.", index=3),
        ),
        page_of(2),
    )


class Scissors:
    def __init__(self, *, has_look: bool = True) -> None:
        self.cuts: list[tuple[int, float, BBox | None]] = []
        self._has_look = has_look

    def __call__(self, page: Page, dpi: float, box: BBox | None) -> Cutting:
        if not self._has_look:
            raise NotFound("No look.")
        self.cuts.append((page.number, dpi, box))
        return Cutting(b"picture", "image/jpeg", 30, 20)


def exported(name: str, scissors: Scissors, **options: str) -> bytes:
    exporter = EXPORTERS[name]
    chosen = exporter.chosen(options)
    assert exporter.wants_source(chosen)
    source = SourceAccess(None, "application/pdf", None, lambda *_: None, scissors)  # type: ignore[arg-type]
    return b"".join(exporter.render(document(), Rendering(options=chosen, source=source)))


def elements(scissors: Scissors, **options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported("unstructured", scissors, **options).splitlines()]


def test_a_table_comes_with_the_part_of_the_page_that_it_lies_on() -> None:
    scissors = Scissors()

    table, *others = elements(scissors, crops="tables")

    assert base64.b64decode(table["metadata"]["image_base64"]) == b"picture"
    assert table["metadata"]["image_mime_type"] == "image/jpeg"
    [(number, dpi, box)] = scissors.cuts
    assert (number, dpi) == (1, 200)
    assert box is not None
    assert box.x0 * 595 == pytest.approx(0.1 * 595 - 5, abs=0.1)
    assert box.y1 * 842 == pytest.approx(0.13 * 842 + 5, abs=0.1)
    assert not any("image_base64" in element["metadata"] for element in others)


def test_every_element_can_be_cut_out() -> None:
    found = elements(Scissors(), crops="all")

    assert all("image_base64" in element["metadata"] for element in found)


def test_what_has_no_look_has_no_picture() -> None:
    found = elements(Scissors(has_look=False), crops="all")

    assert not any("image_base64" in element["metadata"] for element in found)


def test_the_source_is_only_wanted_where_something_is_cut_from_it() -> None:
    for name in ("unstructured", "docling"):
        assert not EXPORTERS[name].wants_source(EXPORTERS[name].chosen({}))
    assert EXPORTERS["pdf"].wants_source(EXPORTERS["pdf"].chosen({}))


def test_a_docling_document_shows_its_pages() -> None:
    scissors = Scissors()

    pages = json.loads(exported("docling", scissors, page_images="144"))["pages"]

    assert list(pages) == ["1", "2"]
    assert pages["2"]["image"]["uri"].startswith("data:image/jpeg;base64,")
    assert pages["2"]["image"]["dpi"] == 144
    assert pages["2"]["image"]["size"] == {"width": 30.0, "height": 20.0}
    assert scissors.cuts == [(1, 144, None), (2, 144, None)]
