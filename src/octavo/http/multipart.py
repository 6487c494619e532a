"""multipart/form-data read once, front to back, with files whose bytes are passed on as they come.

The text fields may stand before or after a file. The iterator of a form's only file ends only after
the whole form was read, so that a form that turns out to be wrong, or breaks off, fails while its
file is being stored and nothing of it is kept.
"""

from collections.abc import AsyncIterator, Iterable

from multipart import (  # type: ignore[import-untyped]  # the library has no annotations
    MultipartError,
    MultipartSegment,
    ParserLimitReached,
    PushMultipartParser,
    parse_options_header,
)

from octavo.domain.errors import InvalidRequest, UnsupportedMediaType

MAX_FIELD_BYTES = 64 * 1024
MAX_FIELDS_BYTES = 256 * 1024
MAX_PARTS = 64
MAX_PART_HEADER_BYTES = 8 * 1024
FILE_PART = "file"


class Form:
    """One form body.

    Call `find_file`, and where it found one, run through `content` once. `fields` is complete
    after that; where several files may come, after `find_file` found no more.
    """

    def __init__(
        self,
        content_type: str,
        body: AsyncIterator[bytes],
        *,
        file_parts: frozenset[str] = frozenset({FILE_PART}),
        several: bool = False,
        max_parts: int = MAX_PARTS,
    ) -> None:
        """Raises `UnsupportedMediaType` or `InvalidRequest` when this is no multipart form.

        Args:
            content_type: The header's value.
            body: Its chunks.
            file_parts: The names a part with a file may have.
            several: More than one file may come; without it a second one is refused.
            max_parts: Files and fields together.
        """
        kind, boundary = media_type_of(content_type)
        if kind != "multipart/form-data":
            raise UnsupportedMediaType("Send multipart/form-data.", media_type=kind)
        if not 1 <= len(boundary) <= 200 or not boundary.isascii() or not boundary.isprintable():
            raise InvalidRequest("The Content-Type of a form must name its boundary.", header="Content-Type")
        self.fields: dict[str, list[str]] = {}
        self.filename: str | None = None
        """As the file part names it, unchecked."""
        self.part: str | None = None
        """The name of the part the file came in."""
        self.content_type: str | None = None
        """As the file part says it; what the file is, its content tells."""
        self._file_parts = file_parts
        self._several = several
        self._max_parts = max_parts
        self._parser = PushMultipartParser(
            boundary, max_segment_count=max_parts, max_header_size=MAX_PART_HEADER_BYTES
        )
        self._events = self._read(body)
        self._field_bytes = 0

    async def find_file(self) -> bool:
        """Read up to the file part; False when the form ended without one."""
        async for segment in self._events:
            if isinstance(segment, MultipartSegment):
                if self._is_file(segment):
                    self.filename, self.part = segment.filename, segment.name
                    self.content_type = segment.header("content-type")
                    return True
                await self._read_field(segment)
        return False

    async def content(self) -> AsyncIterator[bytes]:
        """The bytes of the file part. Raises `InvalidRequest`, also for what follows the file."""
        async for event in self._events:
            if event is None:
                break
            if isinstance(event, bytes):
                yield event
        if self._several:
            return
        async for event in self._events:
            if isinstance(event, MultipartSegment):
                if self._is_file(event):
                    raise InvalidRequest("Send one file in a request.", option=event.name)
                await self._read_field(event)

    async def _read_field(self, segment: MultipartSegment) -> None:
        content = bytearray()
        async for event in self._events:
            if event is None:
                break
            if isinstance(event, bytes):
                content += event
                self._count(segment, len(content), len(event))
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            raise InvalidRequest(f"The field {_told(segment)} is not UTF-8 text.") from error
        self.fields.setdefault(segment.name, []).append(text)

    def _count(self, segment: MultipartSegment, field_bytes: int, added: int) -> None:
        self._field_bytes += added
        if field_bytes > MAX_FIELD_BYTES or self._field_bytes > MAX_FIELDS_BYTES:
            raise InvalidRequest(
                f"The field {_told(segment)} is too large: a field may take {MAX_FIELD_BYTES} bytes, "
                f"all of them {MAX_FIELDS_BYTES}.",
                limit=MAX_FIELD_BYTES,
            )

    async def _read(self, body: AsyncIterator[bytes]) -> AsyncIterator[MultipartSegment | bytes | None]:
        try:
            async for chunk in body:
                for event in self._parse(chunk):
                    yield bytes(event) if isinstance(event, bytearray) else event
            self._parser.close()
        except ParserLimitReached as error:
            raise InvalidRequest(
                f"The form has more than {self._max_parts} parts, or a part with headers too long.",
                limit=self._max_parts,
            ) from error
        except MultipartError as error:
            raise InvalidRequest("The form is broken or ends too early.") from error

    def _is_file(self, segment: MultipartSegment) -> bool:
        if segment.name in self._file_parts:
            return True
        if segment.filename is not None:
            names = " or ".join(repr(name) for name in sorted(self._file_parts))
            raise InvalidRequest(f"The file must be in the part {names}.", option=min(self._file_parts))
        return False

    def _parse(self, chunk: bytes) -> Iterable[MultipartSegment | bytes | bytearray | None]:
        return self._parser.parse(chunk) if chunk else ()


def media_type_of(content_type: str) -> tuple[str, str]:
    """The media type, lower case, and the boundary; each empty where none is said."""
    kind, options = parse_options_header(content_type)
    return str(kind), str(options.get("boundary", ""))


def _told(segment: MultipartSegment) -> str:
    return repr(segment.name[:40])
