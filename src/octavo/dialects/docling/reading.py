"""One document's exports as its order wants them, passed on in pieces."""

import codecs
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from mimetypes import guess_extension

import orjson

from octavo.app.block_picture import picture_types, pictures_of
from octavo.app.export import Export, export_result
from octavo.app.picture import picture_address
from octavo.app.services import Services
from octavo.dialects.docling.inbound import FORMATS, MARKED
from octavo.domain.job import Job, JobStatus
from octavo.domain.tenancy import Principal

ARTIFACTS = "artifacts/"
"""The folder of an archive in which the pictures are that its documents name."""
_MEMBERS = {
    "md_content": "md",
    "json_content": "json",
    "html_content": "html",
    "text_content": "text",
    "doctags_content": "doctags",
    "doclang_content": "doclang",
}
"""In the peer's order, with the format each holds."""
_PICTURED = frozenset({"md", "json", "html"})
_LONGEST_NAME = 64
_PAGE_BREAK = re.compile(rb"<!-- page \d+ -->")


@dataclass(frozen=True, slots=True)
class Reading:
    order: Mapping[str, object]
    caller: Principal
    services: Services

    @property
    def formats(self) -> list[str]:
        """Those of a job that another API ordered: as where nothing is asked for."""
        wanted = self.order.get("to_formats")
        return [str(name) for name in wanted] if isinstance(wanted, list) else ["md"]

    @property
    def has_artifacts(self) -> bool:
        return self.order.get("images") == "url" and bool(_PICTURED & set(self.formats))

    async def exports(self, job: Job) -> dict[str, Export]:
        """Empty for a document that failed."""
        if job.status is not JobStatus.COMPLETED:
            return {}
        return {name: await self.export(job, name) for name in self.formats}

    async def export(self, job: Job, name: str) -> Export:
        """Rendered by a child process the first time."""
        return await export_result(
            job.id, FORMATS[name], self._options(name), principal=self.caller, services=self.services
        )

    async def content(
        self, job: Job, name: str, export: Export, *, in_archive: bool = False
    ) -> AsyncIterator[bytes]:
        content = self.services.blobs.read(export.key)
        page_break = self.order.get("page_break")
        if name == "md" and page_break:
            content = _with_breaks(content, str(page_break).encode())
        if in_archive and self.has_artifacts and name in _PICTURED:
            types = await picture_types(job.id, principal=self.caller, services=self.services)
            names = {name.encode(): _artifact(name, types[name]).encode() for name in types}
            content = _renamed(content, picture_address(job.id, "").encode(), names)
        async for piece in content:
            yield piece

    async def artifacts(self, job: Job) -> AsyncIterator[tuple[str, AsyncIterator[bytes]]]:
        async for picture in pictures_of(job.id, principal=self.caller, services=self.services):
            yield _artifact(picture.name, picture.media_type), _once(picture.content)

    def _options(self, name: str) -> dict[str, str]:
        images = str(self.order.get("images", "none"))
        match name:
            case "md":
                breaks = {"page_breaks": "yes"} if self.order.get("page_break") else {}
                return {"images": images, **breaks}
            case "json":
                return {
                    "images": "none" if images == MARKED else images,
                    "page_images": str(self.order.get("page_images", "none")),
                }
            case "html":
                return {"images": "none" if images == MARKED else images, "fields": "no"}
            case "text":
                return {"pages": "joined"}
            case _:
                return {}


async def document_object(job: Job, exports: Mapping[str, Export], reading: Reading) -> AsyncIterator[bytes]:
    """A document with every member, null where it was not asked for."""
    yield b'{"filename":' + orjson.dumps(job.filename or "file.pdf")
    for member, name in _MEMBERS.items():
        yield f',"{member}":'.encode()
        export = exports.get(name)
        if export is None:
            yield b"null"
            continue
        content = reading.content(job, name, export)
        async for chunk in content if name == "json" else _quoted(content):
            yield chunk
    yield b"}"


async def _quoted(content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """UTF-8 text as a JSON string; a character may lie across two pieces."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    yield b'"'
    async for chunk in content:
        yield orjson.dumps(decoder.decode(chunk))[1:-1]
    yield orjson.dumps(decoder.decode(b"", final=True))[1:-1]
    yield b'"'


async def _with_breaks(content: AsyncIterator[bytes], placeholder: bytes) -> AsyncIterator[bytes]:
    """The lines that say where a page begins are the caller's own."""
    begun = b""
    async for chunk in content:
        *whole, begun = (begun + chunk).split(b"\n")
        for line in whole:
            yield (placeholder if _PAGE_BREAK.fullmatch(line) else line) + b"\n"
    yield begun


async def _renamed(
    content: AsyncIterator[bytes], before: bytes, names: Mapping[bytes, bytes]
) -> AsyncIterator[bytes]:
    """Addresses of pictures, `before` and a name, are paths in the archive; one may lie across two pieces."""
    address = re.compile(re.escape(before) + rb"([\w.-]{1,%d})" % _LONGEST_NAME)
    longest = len(before) + _LONGEST_NAME
    begun = b""
    async for piece in content:
        begun += piece
        whole, done = b"", 0
        for found in address.finditer(begun, 0):
            if found.start() + longest > len(begun):
                break
            whole += begun[done : found.start()] + names.get(found[1], found[0])
            done = found.end()
        end = max(done, len(begun) - longest)
        yield whole + begun[done:end]
        begun = begun[end:]
    yield address.sub(lambda found: names.get(found[1], found[0]), begun)


def _artifact(name: str, media_type: str) -> str:
    return f"{ARTIFACTS}{name}{guess_extension(media_type) or ''}"


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
