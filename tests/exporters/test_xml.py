"""The XML says what the JSON says and keeps to its schema."""

import json
from base64 import b64decode
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from tests.exporters import strategies
from tests.exporters.everything import PICTURES, everything
from tests.exporters.samples import block_of, document_of, page_of
from tests.house.tracked import ROOT

from octavo.domain.document import BlockType, Document, Page
from octavo.exporters.header_json import DocumentHeader
from octavo.exporters.markup import legal
from octavo.exporters.page_json import BLOCK_KEYS, page_to_json
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS
from octavo.exporters.xml_schema import document_xsd

SCHEMA = etree.XMLSchema(etree.fromstring(document_xsd().encode()))


def root_of(document: Document, **options: str) -> etree._Element:
    rendering = Rendering("pictures/", EXPORTERS["xml"].chosen(options))
    return etree.fromstring(b"".join(EXPORTERS["xml"].render(document, rendering)))


def value_of(found: etree._Element) -> Any:
    """Back to the JSON value."""
    match found.get("type"):
        case "list":
            return [value_of(inner) for inner in found]
        case "object":
            return {inner.get("name", etree.QName(inner).localname): value_of(inner) for inner in found}
        case "number" | "boolean":
            return json.loads(found.text or "")
        case "null":
            return None
        case _:
            return found.text or ""


def cleaned(value: Any) -> Any:
    """Without the characters that XML cannot hold."""
    if isinstance(value, str):
        return legal(value)
    if isinstance(value, list):
        return [cleaned(inner) for inner in value]
    if isinstance(value, dict):
        return {legal(key): cleaned(inner) for key, inner in value.items()}
    return value


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.headers, strategies.page_lists)
def test_whatever_a_document_says_the_xml_keeps_to_its_schema(
    header: DocumentHeader, pages: list[Page]
) -> None:
    root = root_of(Document(header.source, header.extraction, pages, header.fields))

    assert SCHEMA.validate(root), SCHEMA.error_log
    assert len(root.findall("{*}page")) == len(pages)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.headers, strategies.page_lists)
def test_nothing_that_the_json_says_of_a_block_is_lost(header: DocumentHeader, pages: list[Page]) -> None:
    root = root_of(Document(header.source, header.extraction, pages, header.fields))

    blocks = [block for page in pages for block in page_to_json(page)["blocks"]]
    for found, block in zip(root.iterfind("{*}page/{*}block"), blocks, strict=True):
        body = {key: value for key, value in block.items() if key not in BLOCK_KEYS}
        inside = found.find("{*}body")
        assert inside is not None
        assert value_of(inside) == cleaned(body)
        assert (found.findtext("{*}text") or "") == legal(block["text"])
        assert [float(edge) for edge in (found.get("bbox") or "").split()] == (block["bbox"] or [])
        assert found.get("type") == block["type"]
        words = [word["text"] for line in block["lines"] for word in line["words"]]
        assert [word.text or "" for word in found.iter("{*}word")] == cleaned(words)


def test_values_are_elements_named_as_in_the_json() -> None:
    root = root_of(everything())

    assert [
        cell.text for cell in root.iterfind(".//{*}block[@id='blk_000000000208']/{*}body/{*}headers/{*}entry")
    ] == [
        "Fruit",
        "Stock",
    ]
    assert root.findtext(".//{*}latex") == "E = mc^2"


def test_a_name_that_xml_cannot_have_stands_in_an_attribute() -> None:
    block = block_of(BlockType.PARAGRAPH, "x", body={"1 <a>": [True, None, 1.5, "s"], "member": {}})

    body = root_of(document_of(page_of(1, block))).find(".//{*}body")

    assert body is not None
    assert [etree.QName(member).localname for member in body] == ["member", "member"]
    assert value_of(body) == {"1 <a>": [True, None, 1.5, "s"], "member": {}}


def test_words_can_be_left_out() -> None:
    root = root_of(everything(), words="no")

    assert root.find(".//{*}word") is None
    assert SCHEMA.validate(root), SCHEMA.error_log


@pytest.mark.parametrize("choice", ["url", "inline", "none"])
def test_pictures_are_inside_at_their_address_or_only_named(choice: str) -> None:
    found = root_of(everything(), images=choice).findall(".//{*}picture")

    urls = [f"pictures/{picture.name}" if choice == "url" else None for picture in PICTURES.values()]
    assert [picture.get("url") for picture in found] == urls
    contents = [picture.content if choice == "inline" else b"" for picture in PICTURES.values()]
    assert [b64decode(picture.text or "") for picture in found] == contents


def test_what_is_not_as_published_is_noticed() -> None:
    root = root_of(everything())
    block = root.find(".//{*}block")
    assert block is not None
    block.set("type", "poem")

    assert not SCHEMA.validate(root)


def test_the_published_schema_is_current() -> None:
    published = (ROOT / "docs" / "reference" / "document.xsd").read_text(encoding="utf-8")

    assert published == document_xsd(), "run: python -m tools.make_reference document.xsd"
