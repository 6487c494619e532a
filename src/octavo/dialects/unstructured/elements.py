"""One document's elements as they are asked for, read from its export a piece at a time."""

import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import orjson

from octavo.app.export import Export, export_result
from octavo.app.picture import has_pictures
from octavo.app.services import Services
from octavo.dialects.unstructured.chunking import Chunker, Element
from octavo.dialects.unstructured.inbound import PDF, Shaping
from octavo.domain.job import Job
from octavo.domain.tenancy import Principal
from octavo.exporters.unstructured import element_id

FORMAT = "unstructured"
_MOST_PARENTS = 64
"""Those that something later can still name: no outline is so deep."""
_IMAGES = ("image_base64", "image_mime_type")


async def export_of(job: Job, shaping: Shaping, caller: Principal, services: Services) -> Export:
    """Rendered by a child process the first time. Raises as `export_result`."""
    options = {
        "images": "inline" if shaping.image_types else "none",
        "notes": "yes" if shaping.with_notes else "no",
        "crops": shaping.crops if has_pictures(job) else "none",
    }
    return await export_result(job.id, FORMAT, options, principal=caller, services=services)


async def elements_of(export: Export, shaping: Shaping, services: Services) -> AsyncIterator[Element]:
    shaped = _Shaped(shaping, export.job)
    chunker = Chunker(shaping.chunking, unique_ids=shaping.unique_ids) if shaping.chunking else None
    async for line in _lines(services.blobs.read(export.key)):
        for element in shaped.take(orjson.loads(line)):
            for found in chunker.take(element) if chunker else (element,):
                yield found
    for found in chunker.end() if chunker else ():
        yield found


async def _lines(content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    begun = b""
    async for chunk in content:
        *whole, begun = (begun + chunk).split(b"\n")
        for line in whole:
            yield line


@dataclass(slots=True)
class _Shaped:
    """Fits stored elements to one request: their page numbers, ids, and what they tell of."""

    shaping: Shaping
    job: Job
    page: int | None = None
    position: int = 0
    parents: dict[str, str] = field(default_factory=dict)
    """New ids by stored ones."""

    def take(self, element: Element) -> Iterator[Element]:
        """The element, behind a page break where one is due; a chunker takes none."""
        metadata = element["metadata"]
        number = metadata["page_number"] + self.shaping.first_page - 1
        if number != self.page:
            if self.page is not None and self.shaping.page_breaks and not self.shaping.chunking:
                yield self._break(metadata)
            self.page, self.position = number, 0
        metadata["page_number"] = number
        stored = element["element_id"]
        element["element_id"] = self._id(element)
        self.position += 1
        if "parent_id" in metadata:
            metadata["parent_id"] = self.parents.get(metadata["parent_id"], metadata["parent_id"])
        if element["type"] in ("Title", "ListItem"):
            self._remember(stored, element["element_id"])
        self._trim(element, metadata)
        yield element

    def _id(self, element: Element) -> str:
        if self.shaping.unique_ids:
            return str(uuid.uuid4())
        return element_id(element["metadata"]["filename"], element["text"], self.page, self.position)

    def _remember(self, stored: str, shown: str) -> None:
        self.parents[stored] = shown
        if len(self.parents) > _MOST_PARENTS * 2:
            for old in list(self.parents)[:_MOST_PARENTS]:
                del self.parents[old]

    def _trim(self, element: Element, metadata: dict[str, Any]) -> None:
        if not self.shaping.coordinates:
            metadata.pop("coordinates", None)
        if not metadata.get("languages") and self.shaping.languages:
            metadata["languages"] = list(self.shaping.languages)
        if self._is_without_html(metadata):
            metadata.pop("text_as_html", None)
        if element["type"].lower() not in self.shaping.image_types:
            for name in _IMAGES:
                metadata.pop(name, None)

    def _is_without_html(self, metadata: dict[str, Any]) -> bool:
        ending = PurePath(metadata["filename"]).suffix.lower().removeprefix(".")
        kinds = {ending, "pdf" if self.job.media_type == PDF else self.job.media_type}
        return bool(kinds & self.shaping.without_html)

    def _break(self, metadata: dict[str, Any]) -> Element:
        told = {name: metadata[name] for name in ("filename", "filetype")} | {"page_number": self.page}
        id_ = (
            str(uuid.uuid4()) if self.shaping.unique_ids else element_id(told["filename"], "", self.page, -1)
        )
        return {"type": "PageBreak", "element_id": id_, "text": "", "metadata": told}
