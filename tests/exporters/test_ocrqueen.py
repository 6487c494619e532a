"""The document in OCRQueen's words, and the list of its pictures."""

import json
from base64 import b64decode
from typing import Any

import pytest
from tests.exporters.everything import everything
from tests.exporters.samples import block_of, document_of, page_of

from octavo.domain.document import Block, BlockType, Document
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS

AT = "/v1/jobs/job_1/images/"
COMMON = {
    "id",
    "type",
    "role",
    "page",
    "bbox",
    "bbox_units",
    "reading_order_index",
    "text",
    "text_source",
    "confidence",
    "verified",
}
OWN = {
    "table": {"headers", "rows"},
    "image": {"url", "image_b64", "alt", "caption", "image_type", "embedded_text"},
    "diagram": {"nodes", "edges", "image_url", "image_b64"},
    "chart": {"chart_type", "title", "categories", "series", "data_table", "image_b64"},
    "formula": {"latex", "rendered_image_b64"},
}


def exported(document: Document, format_: str = "ocrqueen", **options: str) -> bytes:
    exporter = EXPORTERS[format_]
    return b"".join(exporter.render(document, Rendering(AT, exporter.chosen(options))))


def told(document: Document, **options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported(document, **options))
    return found


def blocks(values: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for page in values["document"]["pages"] for block in page["blocks"]]


def of_type(values: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(block for block in blocks(values) if block["type"] == kind)


def test_the_top_has_the_documented_members() -> None:
    document = told(everything())["document"]

    assert list(document) == ["source", "extraction", "pages", "markdown"]
    assert set(document["source"]) == {"kind", "filename", "file_hash", "page_count", "page_sizes"}
    assert document["source"]["page_sizes"][0] == [8.2639, 11.6944]
    assert set(document["extraction"]) == {
        "model",
        "profile",
        "duration_ms",
        "faithfulness_score",
        "per_page_failures",
    }
    assert [page["page"] for page in document["pages"]] == [1, 2, 3]


def test_every_block_has_the_members_of_its_type() -> None:
    found = blocks(told(everything()))

    for block in found:
        assert set(block) == COMMON | OWN.get(block["type"], set()), block["type"]
    assert set(OWN) <= {block["type"] for block in found}, "each type is tried"


def test_the_markdown_is_the_same_in_both_places_and_the_markdown_formats() -> None:
    values = told(everything(), images="none")
    plain = exported(everything(), "markdown", images="none").decode()

    assert values["markdown"] == values["document"]["markdown"] == plain.removesuffix("\n")


@pytest.mark.parametrize("sign", ["a", "ä", '"'])
def test_a_long_text_comes_out_whole_twice(sign: str) -> None:
    """It is packed in between, and unpacked in parts."""
    pages = [page_of(n, block_of(BlockType.PARAGRAPH, f"{n} " + sign * 100_000, page=n)) for n in (1, 2, 3)]
    values = told(document_of(*pages))

    assert values["markdown"] == values["document"]["markdown"]
    assert values["markdown"].count(sign) == 300_000
    assert values["markdown"].startswith("1 ")


def test_an_image_has_an_address_or_its_bytes_and_never_both() -> None:
    by_url, inline, without = (
        of_type(told(everything(), images=wish), "image") for wish in ("url", "inline", "none")
    )

    assert (by_url["url"], by_url["image_b64"]) == (AT + by_url["id"], None)
    assert inline["url"] is None
    assert b64decode(inline["image_b64"]).startswith(b"\x89PNG")
    assert (without["url"], without["image_b64"]) == (None, None)


def test_the_markdown_names_pictures_as_the_blocks_do() -> None:
    values = told(everything())

    assert f"]({of_type(values, 'image')['url']})" in values["markdown"]
    assert AT not in told(everything(), images="inline")["markdown"]


def test_a_formula_carries_its_picture() -> None:
    """Neither formulas nor charts have a member for an address."""

    def pictures(**options: str) -> list[str | None]:
        found = blocks(told(everything(), **options))
        return [block["rendered_image_b64"] for block in found if block["type"] == "formula"]

    assert any(pictures())
    assert not any(pictures(images="none"))


def test_places_are_told_only_where_they_are_wanted() -> None:
    assert all(block["bbox"] is None for block in blocks(told(everything(), layout="no")))
    assert of_type(told(everything()), "heading")["bbox"] == [0.1, 0.06, 0.9, 0.1]


@pytest.mark.parametrize(("verified", "confidence"), [(True, 1.0), (False, None)])
def test_what_is_proven_is_certain(verified: bool, confidence: float | None) -> None:
    plain = block_of(BlockType.PARAGRAPH, "So it is.")
    block = Block(
        plain.id, plain.type, 1, plain.bbox, 0, plain.text, plain.text_source, None, verified=verified
    )

    assert blocks(told(document_of(page_of(1, block))))[0]["confidence"] == confidence


def test_the_list_of_pictures_says_which_block_shows_which() -> None:
    lines = [json.loads(line) for line in exported(everything(), "pictures").splitlines()]

    image = of_type(told(everything()), "image")
    assert lines[0]["block"] == image["id"]
    assert (lines[0]["page"], lines[0]["type"], lines[0]["media_type"]) == (1, "image", "image/png")
    assert lines[0]["url"] == AT + lines[0]["name"]
    assert [line["page"] for line in lines] == sorted(line["page"] for line in lines)
