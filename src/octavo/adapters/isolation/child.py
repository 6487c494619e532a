"""The work itself; every function here runs in a child process.

Our own process only names them, so that the heavy libraries are imported inside.
"""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from octavo.adapters.isolation.settle import settle
from octavo.domain.document import Document, Page, PageFailure
from octavo.domain.errors import DocumentTooLarge, InvalidRequest, NotFound, PageUnreadable
from octavo.domain.field import Attachment, FieldsSummary
from octavo.domain.geometry import BBox
from octavo.domain.job import Profile
from octavo.exporters.rendering import Cutting
from octavo.ports.engines import Orienter, PageImage, Recogniser
from octavo.ports.isolation import (
    AssembleRequest,
    BindRequest,
    ExtractRequest,
    Frame,
    PageOutcome,
    PictureRequest,
    ReadRequest,
    RenderRequest,
    SourceFile,
)
from octavo.ports.readers import Inspection, Limits, Reader


@dataclass(slots=True)
class _Open:
    """The document read last: slices of one document come one after another."""

    key: tuple[object, ...]
    reader: Reader
    handle: int
    """Keeps the file's number from being given to another file."""


_open: list[_Open] = []
"""None or one."""


def warm(engine: str, profile: Profile, models_dir: Path) -> None:
    """Load what the first page would have to wait for. Raises `EngineUnavailable`."""
    from octavo.adapters.engines.load import load_layout, load_orienter, load_recogniser

    load_recogniser(engine, profile, (), models_dir)
    load_orienter(models_dir)
    load_layout()
    settle()


def media_type(path: Path) -> str:
    """Raises `EmptyDocument`, `UnsupportedMediaType`."""
    from octavo.adapters.readers.sniff import XML, media_type_of
    from octavo.adapters.readers.table import READERS, inspect_source

    found = media_type_of(path)
    # Most XML is no invoice; only opening it tells.
    return found if found in READERS and found != XML else inspect_source(path).media_type


def inspect(path: Path, filename: str | None, password: str | None, limits: Limits) -> Inspection:
    from octavo.adapters.readers.table import inspect_source

    return inspect_source(path, filename=filename, password=password, limits=limits)


def read(request: ReadRequest, models_dir: Path, limits: Limits) -> tuple[PageOutcome, ...]:
    """Pages until the budget is used up; a bug on a later page leaves it to the next slice.

    That one begins with it, so that it is blamed alone.
    """
    from octavo.adapters.engines.load import load_orienter

    recogniser = _recogniser(request, models_dir)
    orienter = load_orienter(models_dir)
    second = _second(request, models_dir)
    settle()
    reader = _reader(SourceFile(request.path, request.media_type, request.password), limits)
    began = time.monotonic()
    outcomes: list[PageOutcome] = []
    for number in request.numbers:
        if outcomes and time.monotonic() - began >= request.budget_s:
            break
        try:
            outcomes.append(_read_one(reader, number, recogniser, orienter, second, request))
        except Exception:
            if not outcomes:
                raise
            break
    return tuple(outcomes)


def _recogniser(request: ReadRequest, models_dir: Path) -> Recogniser:
    from octavo.adapters.engines.catalogue import AUTO
    from octavo.adapters.engines.load import load_recogniser
    from octavo.adapters.engines.vision.kind import NAME
    from octavo.adapters.engines.vision.reader import VisionReader
    from octavo.adapters.isolation.outside import transcribe

    if request.engine != NAME:
        return load_recogniser(request.engine, request.profile, request.languages, models_dir)
    first = load_recogniser(AUTO, request.profile, request.languages, models_dir)
    return VisionReader(replace(first.identity, name=NAME), first, transcribe)


def _second(request: ReadRequest, models_dir: Path) -> Recogniser | None:
    """Another engine to confirm the reading with, where the profile asks for it and this child may start it."""
    from octavo.adapters.engines.catalogue import AUTO, ENGINES
    from octavo.adapters.engines.load import load_second

    if request.profile is not Profile.ADVANCED:
        return None
    first = request.engine if request.engine in ENGINES else AUTO
    return load_second(first, request.languages, models_dir)


def _read_one(
    reader: Reader,
    number: int,
    recogniser: Recogniser,
    orienter: Orienter,
    second: Recogniser | None,
    request: ReadRequest,
) -> PageOutcome:
    from octavo.adapters.engines.load import load_layout
    from octavo.adapters.engines.symbols.namer import load_namer
    from octavo.exporters.document_file import encode_page
    from octavo.pipeline.read import measure, read_page

    began = time.monotonic()
    try:
        page = read_page(
            reader,
            number,
            recogniser=recogniser,
            orienter=orienter,
            language=request.languages[0] if len(request.languages) == 1 else None,
            profile=request.profile,
            roles=load_layout() if request.profile is not Profile.FAST else None,
            second=second,
            namer=load_namer() if request.profile is not Profile.FAST else None,
            ink_only=request.ink_only,
        )
    except (PageUnreadable, DocumentTooLarge) as error:
        # A picture over the limit is this page's trouble alone: the document's own were checked before.
        failure = PageFailure(number, error.code, error.summary, attempts=1)
        return PageOutcome(number, None, failure, 0, 0, None, _since(began))
    found = measure(page)
    return PageOutcome(
        number=number,
        frame=encode_page(page),
        failure=None,
        characters=found.characters,
        grounded_characters=found.grounded_characters,
        confidence=found.confidence,
        duration_ms=_since(began),
    )


def assemble(request: AssembleRequest) -> None:
    """Settle what only all pages together tell, and write the document file; one page in memory at a time."""
    from octavo.domain.document import Extraction
    from octavo.exporters.document_file import encode_page, write_document
    from octavo.exporters.header_json import DocumentHeader
    from octavo.pipeline.assemble import assemble as assemble_pages
    from octavo.pipeline.joins import join_over_breaks

    extraction = Extraction(
        engine=request.engine,
        profile=request.profile,
        duration_ms=request.duration_ms,
        faithfulness_score=request.grounded_share,
        mean_confidence=request.mean_confidence,
        per_page_failures=request.failures,
    )
    pages = join_over_breaks(assemble_pages(_FramedPages(request.frames)))
    frames = ((page.number, encode_page(page)) for page in pages)
    write_document(request.target, DocumentHeader(request.source, extraction), frames)


def extract(request: ExtractRequest) -> FieldsSummary:
    """Look for the fields and write them down; how they stand."""
    import orjson

    from octavo.domain.document_types.schema import specs_of
    from octavo.exporters.document_file import open_document
    from octavo.exporters.fields_json import fields_to_json
    from octavo.exporters.questions_json import questions_to_json
    from octavo.pipeline.fields.extract import extract_fields, questions_about

    pages = open_document(request.document).pages
    attachments = _attachments(request.source)
    if request.questions is not None:
        asking = questions_about(pages, request.order, embedded=attachments)
        request.questions.write_bytes(orjson.dumps(questions_to_json(asking.questions, asking.notes)))
    fields = extract_fields(pages, request.order, embedded=attachments, told=request.told)
    values = fields_to_json(fields, specs_of(fields.document_type, request.order.template))
    request.target.write_bytes(orjson.dumps(values, option=orjson.OPT_SERIALIZE_NUMPY))
    return fields.summary


def _attachments(source: SourceFile | None) -> tuple[Attachment, ...]:
    from octavo.adapters.readers.pdf.attachments import read_attachments
    from octavo.adapters.readers.sniff import XML

    if source is None:
        return ()
    if source.media_type == XML:
        return (Attachment(source.path.name, source.path.read_bytes(), is_document=True),)
    return read_attachments(source.path, password=source.password)


def render(request: RenderRequest, limits: Limits) -> None:
    """Write one export. The format is known: whoever asks looked it up in the same table."""
    from octavo.exporters.rendering import Rendering, SourceAccess
    from octavo.exporters.table import EXPORTERS

    document = _opened(request)
    source = request.source
    access = None
    if source is not None:
        look = partial(_look, source, limits)
        access = SourceAccess(source.path, source.media_type, source.password, look, _cutter(look))
    rendering = Rendering(request.images_at, request.options, access)
    with request.target.open("wb") as target:
        for chunk in EXPORTERS[request.format].render(document, rendering):
            target.write(chunk)


def bind(request: BindRequest, limits: Limits) -> None:
    """Write several documents as one export; those that cannot be had in that format are left out."""
    from octavo.exporters.rendering import Rendering
    from octavo.exporters.searchable_pdf.merging import merge
    from octavo.exporters.table import EXPORTERS
    from octavo.exporters.volume import bind as bound

    exporter = EXPORTERS[request.parts[0].format]
    if not exporter.needs_source:
        whole = bound([_opened(part) for part in request.parts], request.name)
        rendering = Rendering(request.parts[0].images_at, request.parts[0].options)
        with request.target.open("wb") as target:
            for chunk in exporter.render(whole, rendering):
                target.write(chunk)
        return
    written: list[Path] = []
    refusal: InvalidRequest | None = None
    for part in request.parts:
        try:
            render(part, limits)
            written.append(part.target)
        except InvalidRequest as error:
            refusal = error
    if refusal is not None and not written:
        raise refusal
    merge(written, request.target)


def _opened(request: RenderRequest) -> Document:
    import orjson

    from octavo.exporters.document_file import open_document

    document = open_document(request.document)
    if request.fields is not None:
        document = replace(document, fields=orjson.loads(request.fields.read_bytes()))
    if request.filename is not None:
        named = replace(document.source, filename=request.filename or None)
        document = replace(document, source=named)
    return document


def _cutter(look: Callable[[int, float], PageImage]) -> Callable[[Page, float, BBox | None], Cutting]:
    """Draws a page once for all that is cut from it in a row."""
    from octavo.pipeline.ink import crop
    from octavo.pipeline.pictures import JPEG, encode_picture
    from octavo.pipeline.upright import as_read

    drawn: dict[tuple[int, float], PageImage] = {}

    def cutting(page: Page, dpi: float, box: BBox | None) -> Cutting:
        place = (page.number, dpi)
        if place not in drawn:
            drawn.clear()
            drawn[place] = as_read(look(page.number, dpi), page.transform)
        image = drawn[place] if box is None else crop(drawn[place], box)
        return Cutting(encode_picture(image, JPEG), JPEG, image.width, image.height)

    return cutting


def picture(request: PictureRequest, limits: Limits) -> None:
    """Write a page as it is seen, turned upright as it was for reading. Raises `NotFound`."""
    from octavo.pipeline.pictures import encode_picture
    from octavo.pipeline.upright import as_read

    image = as_read(_look(request.source, limits, request.number, request.dpi), request.transform)
    request.target.write_bytes(encode_picture(image, request.media_type))


def _look(source: SourceFile, limits: Limits, number: int, dpi: float) -> PageImage:
    """Page `number` as displayed. Raises `NotFound`."""
    from octavo.ports.readers import NativePage

    reader = _reader(source, limits)
    page = reader.load(number) if 0 < number <= reader.page_count else None
    if page is None or isinstance(page, NativePage):
        raise NotFound("This page has no picture: its source is no PDF and no image.", page=number)
    return page.render(dpi)


@dataclass(frozen=True, slots=True)
class _FramedPages:
    """The pages, decoded one by one, as often as they are walked."""

    frames: tuple[Frame, ...]

    def __iter__(self) -> Iterator[Page]:
        from octavo.exporters.document_file import decode_page

        for frame in self.frames:
            with frame.path.open("rb") as file:
                file.seek(frame.offset)
                yield decode_page(file.read(frame.length))


def _reader(source: SourceFile, limits: Limits) -> Reader:
    from octavo.adapters.readers.table import open_source

    handle = os.open(source.path, os.O_RDONLY)
    status = os.fstat(handle)
    # A bucket's file has another path for every slice; what it is stays.
    key = (status.st_dev, status.st_ino, status.st_size, source.media_type, source.password)
    if _open and _open[0].key == key:
        os.close(handle)
        return _open[0].reader
    close_open()
    try:
        reader = open_source(source.path, source.media_type, password=source.password, limits=limits)
    except BaseException:
        os.close(handle)
        raise
    _open.append(_Open(key, reader, handle))
    return reader


def close_open() -> None:
    while _open:
        last = _open.pop()
        last.reader.close()
        os.close(last.handle)


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
