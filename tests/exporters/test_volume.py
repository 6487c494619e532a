"""Several documents bound into one."""

import json

import pytest
from tests.exporters.everything import everything
from tests.exporters.samples import HEADER, document_of, page_of

from octavo.app.batches.volume import volume_options
from octavo.domain.document import Document
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS
from octavo.exporters.volume import bind


def rendered(name: str, document: Document) -> str:
    exporter = EXPORTERS[name]
    return b"".join(exporter.render(document, Rendering(options=exporter.chosen({})))).decode()


def test_pages_are_numbered_on_and_no_block_has_the_id_of_another() -> None:
    one = document_of(page_of(1), page_of(2))

    bound = bind([one, one, everything()], "March")

    numbers = [page.number for page in bound.pages]
    first, second = one.source.page_count, 2 * one.source.page_count
    assert numbers[:4] == [1, 2, first + 1, first + 2]
    assert numbers[4:] == [page.number + second for page in everything().pages]
    assert all(block.page == page.number for page in bound.pages for block in page.blocks)
    ids = [block.id for page in bound.pages for block in page.blocks]
    assert len(set(ids)) == len(ids)
    assert (bound.source.filename, bound.fields) == ("March", {})
    assert list(bound.pages) == list(bound.pages), "they can be walked again"


def test_what_runs_over_a_page_break_still_does() -> None:
    alone = rendered("markdown", everything())

    twice = rendered("markdown", bind([everything(), everything()], "twice"))

    assert twice.count("The end.") == 2 * alone.count("The end.")
    assert len(twice.splitlines()) == 2 * len(alone.splitlines()) + 1
    tied = [
        (block.id, block.body[name])
        for page in bind([document_of(page_of(1)), everything()], "x").pages
        for block in page.blocks
        for name in ("continuation_of", "caption_id", "footnote_of")
        if name in block.body
    ]
    known = {
        block.id for page in bind([document_of(page_of(1)), everything()], "x").pages for block in page.blocks
    }
    assert tied
    assert {target for _, target in tied} <= known


def test_boxes_on_other_pages_move_along() -> None:
    before = json.dumps([block.body for page in everything().pages for block in page.blocks])
    moved = bind([document_of(page_of(1)), everything()], "x")
    pages = [
        box["page"]
        for page in moved.pages
        for block in page.blocks
        for box in block.body.get("boxes", ())
        if isinstance(box, dict) and "page" in box
    ]

    assert '"boxes"' in before
    assert all(number > HEADER.source.page_count for number in pages)


@pytest.mark.parametrize("name", ["markdown", "xml", "html", "docx"])
def test_pictures_of_a_volume_are_inside_unless_somebody_wants_them_elsewhere(name: str) -> None:
    assert volume_options(EXPORTERS[name], {})["images"] == "inline"
    assert volume_options(EXPORTERS[name], {"images": "none"})["images"] == "none"
    assert "images" not in volume_options(EXPORTERS["pdf"], {})
