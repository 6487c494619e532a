"""What holds for every format in the table."""

import tracemalloc
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pytest
from tests.exporters.everything import everything
from tests.exporters.samples import HEADER

from octavo.adapters.blobs.keys import check_key
from octavo.domain.document import Document, Page
from octavo.domain.ids import JobId
from octavo.domain.storage import export_key
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS

FORMATS = tuple(name for name, exporter in EXPORTERS.items() if not exporter.needs_source)
MOST_MIB = 4
COPIES = 25
NOTHING_BUT_TEXT = {
    "markdown",
    "text",
    "csv",
    "chunks",
    "pictures",
    "tables",
    "unstructured",
    "docling_chunks",
}


@dataclass(frozen=True, slots=True)
class ManyPages:
    """The pages of `everything` over and over, made as they are walked, as often as they are."""

    copies: int

    def __iter__(self) -> Iterator[Page]:
        originals = tuple(everything().pages)
        for copy in range(self.copies):
            for page in originals:
                yield _moved(page, 3 * copy, copy)


def _moved(page: Page, pages: int, copy: int) -> Page:
    """A page further on, with ids of its own; nothing of it runs over a page break."""
    blocks = tuple(
        replace(
            block,
            id=f"blk_{copy:06d}{block.id[-6:]}",
            page=block.page + pages,
            body={
                name: value
                for name, value in block.body.items()
                if name not in ("boxes", "joined_text", "continuation_of", "caption_id", "footnote_of")
            },
        )
        for block in page.blocks
    )
    return replace(page, number=page.number + pages, blocks=blocks)


def chunks_of(name: str, pages: Iterable[Page]) -> Iterator[bytes]:
    exporter = EXPORTERS[name]
    document = Document(HEADER.source, HEADER.extraction, pages, {})
    return exporter.render(document, Rendering(options=exporter.chosen({})))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    assert b"".join(chunks_of(name, everything().pages)) == b"".join(chunks_of(name, everything().pages))


@pytest.mark.parametrize("name", FORMATS)
def test_a_long_document_is_written_in_little_memory(name: str) -> None:
    """One page is held at a time: what is kept for the end of a file is small."""
    list(chunks_of(name, everything().pages))
    tracemalloc.start()

    size = sum(len(chunk) for chunk in chunks_of(name, ManyPages(COPIES)))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 5000
    assert peak < MOST_MIB * 2**20, f"{peak / 2**20:.1f} MiB for {size / 2**20:.1f} MiB"


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_without_pages_can_be_had_in_every_format(name: str) -> None:
    assert bool(b"".join(chunks_of(name, ()))) == (name not in NOTHING_BUT_TEXT)


@pytest.mark.parametrize("name", FORMATS)
def test_pages_that_can_be_walked_only_once_are_enough(name: str) -> None:
    once = b"".join(chunks_of(name, iter(everything().pages)))

    assert once == b"".join(chunks_of(name, everything().pages))


def test_no_two_formats_have_the_same_media_type_or_ending() -> None:
    types = [exporter.media_type for exporter in EXPORTERS.values()]
    endings = [exporter.extension for exporter in EXPORTERS.values()]

    assert len(types) == len(set(types))
    assert len(endings) == len(set(endings))


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_option_has_a_default_and_another_value(name: str) -> None:
    assert all(len(set(values)) == len(values) > 1 for values in EXPORTERS[name].options.values())


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_export_with_any_of_its_options_has_a_key_of_its_own_that_every_store_takes(name: str) -> None:
    choices = EXPORTERS[name].options
    wanted = [{option: value} for option, values in choices.items() for value in values] or [{}]

    keys = [check_key(export_key(JobId("0" * 24), name, EXPORTERS[name].chosen(one))) for one in wanted]

    # The defaults are asked for once with each option.
    assert len(set(keys)) == len(keys) - max(0, len(choices) - 1)
