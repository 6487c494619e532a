"""Word's own footnotes, as python-docx and the service's own reader find them."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.exporters.everything import everything
from tests.exporters.samples import block_of, document_of, page_of
from tests.exporters.test_docx import exported

from octavo.adapters.readers.docx.reader import DocxKind
from octavo.domain.document import Block, BlockType, Document
from octavo.ports.readers import Limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def noted(target: Block, *notes: tuple[str, str]) -> Document:
    """A page with this block and footnotes, (mark, text), whose marks are in it."""
    footnotes = [
        block_of(BlockType.FOOTNOTE, text, index=at, body={"marker": mark, "footnote_of": target.id})
        for at, (mark, text) in enumerate(notes, 1)
    ]
    return document_of(page_of(1, target, *footnotes))


def part(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


def footnotes(content: bytes) -> dict[str, str]:
    """Texts by id, without the lines above them."""
    found = part(content, "word/footnotes.xml").iter(f"{_W}footnote")
    return {
        note.get(f"{_W}id"): "".join(text.text or "" for text in note.iter(f"{_W}t"))
        for note in found
        if note.get(f"{_W}type") is None
    }


def references(content: bytes) -> list[tuple[str, bool]]:
    """Ids in the order of the text, and whether the mark is the printed one."""
    found = part(content, "word/document.xml").iter(f"{_W}footnoteReference")
    return [(one.get(f"{_W}id"), one.get(f"{_W}customMarkFollows") == "1") for one in found]


def words(content: bytes) -> list[str]:
    return [
        "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))
        for paragraph in part(content, "word/document.xml").iter(f"{_W}p")
    ]


def test_a_footnote_is_words_own_and_its_mark_leads_to_it() -> None:
    content = exported(everything())

    assert references(content) == [("1", False)]
    assert footnotes(content) == {"1": " Without <taxes>."}
    assert not any("taxes" in line for line in words(content))


def test_marks_that_word_would_count_otherwise_stay_as_they_are_printed() -> None:
    text = block_of(BlockType.PARAGRAPH, "One* and two\u00b9 and three\u2075.")

    content = exported(noted(text, ("*", "* A star."), ("1", "1 A one."), ("5", "5. A five.")))

    assert references(content) == [("1", True), ("2", False), ("3", True)]
    assert footnotes(content) == {"1": "* A star.", "2": " A one.", "3": "5 A five."}
    assert words(content)[0] == "One* and two and three5."


def test_a_mark_in_an_entry_or_a_cell_leads_to_its_footnote() -> None:
    items = [{"text": "Tea", "marker": "-"}, {"text": "Milk\u00b9 or none", "marker": "-"}]
    cells = [{"row": 0, "col": at, "text": text} for at, text in enumerate(["Price", "12,50\u00b9"])]
    entries = block_of(BlockType.LIST, "Tea\nMilk\u00b9 or none", body={"items": items})
    table = block_of(BlockType.TABLE, "Price 12,50", body={"n_rows": 1, "n_cols": 2, "cells": cells})

    for target in (entries, table):
        content = exported(noted(target, ("1", "1 Of oats.")))

        assert references(content) == [("1", False)]
        assert footnotes(content) == {"1": " Of oats."}
        assert not any("oats" in line for line in words(content))


def test_a_footnote_without_a_place_for_its_mark_stays_a_paragraph() -> None:
    items = [{"text": "Tea", "marker": "-"}]
    content = exported(noted(block_of(BlockType.LIST, "Tea", body={"items": items}), ("7", "7 Of oats.")))

    assert references(content) == []
    assert words(content)[-1] == "7 Of oats."


def test_a_footnote_before_its_mark_stays_where_it_is() -> None:
    text = block_of(BlockType.PARAGRAPH, "Tea\u00b9.", index=1)
    note = block_of(BlockType.FOOTNOTE, "1 Green.", body={"marker": "1", "footnote_of": text.id})

    content = exported(document_of(page_of(1, note, text)))

    assert references(content) == []
    assert words(content) == ["1 Green.", "Tea1."]


@pytest.mark.parametrize("mark", ["1", "*", "\u2020", "iv"])
def test_the_service_reads_the_footnotes_that_it_writes(tmp_path: Path, mark: str) -> None:
    raised = {"1": "\u00b9", "iv": "\u2071\u1d5b"}.get(mark, mark)
    path = tmp_path / "noted.docx"
    path.write_bytes(exported(noted(block_of(BlockType.PARAGRAPH, f"Tea{raised} is hot."), (mark, "Green."))))

    reader = DocxKind().open(path, password=None, limits=Limits())
    try:
        blocks = reader.load(1).blocks
    finally:
        reader.close()

    text, footnote = (
        next(b for b in blocks if b.type is t) for t in (BlockType.PARAGRAPH, BlockType.FOOTNOTE)
    )
    assert footnote.body == {"marker": mark, "footnote_of": text.id}
    assert footnote.text.removeprefix(mark).strip() == "Green."
    assert text.text in (f"Tea{raised} is hot.", f"Tea{mark} is hot.")
