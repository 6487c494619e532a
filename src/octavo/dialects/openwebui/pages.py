"""A document's Markdown, parted where its pages begin."""

import re
from collections.abc import AsyncIterator

import orjson

from octavo.domain.job import Job

_BREAK = re.compile(rb"<!-- page (\d+) -->")


def first_page(job: Job) -> int:
    """The number of the first page that was read."""
    ranges = job.options.pages.ranges
    return ranges[0][0] if ranges else 1


async def rendered(content: AsyncIterator[bytes], job: Job, first: int) -> AsyncIterator[bytes]:
    """A JSON list of texts; a page is in memory at a time."""
    is_first = True
    yield b"["
    async for number, text in _pages(content, first):
        metadata = {"page": number - 1, "page_label": str(number), "total_pages": job.page_count}
        told = {"page_content": text, "metadata": metadata}
        yield (b"" if is_first else b",") + orjson.dumps(told)
        is_first = False
    yield b"]"


async def _pages(content: AsyncIterator[bytes], number: int) -> AsyncIterator[tuple[int, str]]:
    """Those that have any text."""
    lines: list[bytes] = []
    async for line in _lines(content):
        found = _BREAK.fullmatch(line)
        if found is None:
            lines.append(line)
            continue
        if text := _text(lines):
            yield number, text
        number, lines = int(found[1]), []
    if text := _text(lines):
        yield number, text


def _text(lines: list[bytes]) -> str:
    return b"\n".join(lines).decode().strip("\n")


async def _lines(content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    begun = b""
    async for chunk in content:
        *whole, begun = (begun + chunk).split(b"\n")
        for line in whole:
            yield line
    yield begun
