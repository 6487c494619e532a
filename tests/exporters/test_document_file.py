"""The laws of the stored form: what is written is what is read, in whole and in parts."""

import tracemalloc
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from tests.exporters import strategies
from tests.exporters.samples import HEADER, page_of

from octavo.domain.document import Page
from octavo.domain.errors import NotFound
from octavo.exporters.document_file import (
    MAGIC,
    TRAILER_BYTES,
    DocumentFileDamaged,
    decode_page,
    encode_page,
    open_document,
    parse_index,
    parse_trailer,
    read_index,
    read_page_frame,
    write_document,
)
from octavo.exporters.header_json import DocumentHeader
from octavo.exporters.page_json import page_from_json, page_to_json


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.pages)
def test_a_page_comes_back_from_json_as_it_was(page: Page) -> None:
    pictures = b"".join(picture.content for picture in page.pictures)

    assert page_from_json(page_to_json(page), pictures) == page


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.pages)
def test_a_page_comes_back_from_its_frame_as_it_was(page: Page) -> None:
    assert decode_page(encode_page(page)) == page


def test_a_number_of_numpy_does_not_cost_the_page() -> None:
    block = replace(page_of(1).blocks[0], body={"columns": np.int64(2), "minimum": np.float64(0.5)})

    kept = decode_page(encode_page(replace(page_of(1), blocks=(block,)))).blocks[0]

    assert kept.body == {"columns": 2, "minimum": 0.5}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.headers, strategies.page_lists)
def test_a_document_comes_back_from_its_file_as_often_as_it_is_walked(
    header: DocumentHeader, pages: list[Page]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "document"
        write_document(path, header, ((page.number, encode_page(page)) for page in pages))

        document = open_document(path)

        assert DocumentHeader(document.source, document.extraction, document.fields) == header
        assert [list(document.pages), list(document.pages)] == [pages, pages]


def test_three_ranged_reads_give_one_page(tmp_path: Path) -> None:
    path = _write(tmp_path, count=20)
    content = path.read_bytes()

    trailer = content[-TRAILER_BYTES:]
    offset, length = parse_trailer(trailer)
    entry = parse_index(trailer, content[offset : offset + length]).entry(7)
    page = decode_page(content[entry.offset : entry.offset + entry.length])

    assert page == page_of(7)
    assert content.startswith(MAGIC)
    assert (entry.width_pt, entry.height_pt) == (page.width_pt, page.height_pt)


def test_a_frame_read_by_its_number_is_that_page(tmp_path: Path) -> None:
    path = _write(tmp_path, count=3)

    assert decode_page(read_page_frame(path, 2)).number == 2


def test_a_page_that_was_not_read_is_not_found(tmp_path: Path) -> None:
    path = _write(tmp_path, count=3)

    with pytest.raises(NotFound, match="Page 4"):
        read_page_frame(path, 4)


@pytest.mark.parametrize("kept", [0, 5, 40, -1])
def test_a_file_cut_short_is_called_damaged(tmp_path: Path, kept: int) -> None:
    path = _write(tmp_path, count=3)
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(DocumentFileDamaged, match="submit the document again"):
        read_index(path)


def test_an_index_with_a_changed_byte_is_called_damaged(tmp_path: Path) -> None:
    path = _write(tmp_path, count=3)
    content = bytearray(path.read_bytes())
    content[-TRAILER_BYTES - 4] ^= 1
    path.write_bytes(content)

    with pytest.raises(DocumentFileDamaged):
        read_index(path)


def test_five_thousand_pages_are_written_and_walked_in_little_memory(tmp_path: Path) -> None:
    frame = encode_page(page_of(1))
    path = tmp_path / "document"
    tracemalloc.start()

    write_document(path, HEADER, ((number, frame) for number in range(1, 5001)))
    walked = sum(1 for _ in open_document(path).pages)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert walked == 5000
    assert peak < 12 * 2**20, f"{peak / 2**20:.1f} MiB"


def _write(folder: Path, *, count: int) -> Path:
    path = folder / "document"
    write_document(path, HEADER, ((number, encode_page(page_of(number))) for number in range(1, count + 1)))
    return path
