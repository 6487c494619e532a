"""Documents that come in a form: each is stored and opened, and kept when the whole form was read.

The fields that say what the documents are may stand behind them.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.requests import Request

from octavo.app.receive import discard_file, keep_file, store_document
from octavo.app.services import Services
from octavo.dialects._kit import address_of
from octavo.dialects.invaro.errors import Invalid, UploadRefused, describe
from octavo.dialects.invaro.ids import document_id
from octavo.dialects.invaro.inbound import callbacks_to, file_metadata, type_from
from octavo.dialects.invaro.kinds import BASE
from octavo.dialects.invaro.limits import count_more
from octavo.dialects.invaro.outbound import FORMATS, render_uploaded
from octavo.dialects.invaro.wire import Object
from octavo.domain.errors import (
    DocumentTooLarge,
    EmptyDocument,
    InvalidRequest,
    OctavoError,
    UnreadableDocument,
    UnsupportedMediaType,
)
from octavo.domain.file import StoredFile
from octavo.domain.limits import RateLimited
from octavo.domain.tenancy import Principal, Scope
from octavo.http.bodies import FORM_OVERHEAD_BYTES, body_of, refuse_oversize, safe_filename
from octavo.http.multipart import Form
from octavo.http.problems import blaming_the_document

PARTS = frozenset({"files", "file"})
MOST_FILES = 50
MAX_FILE_BYTES = 10 * 2**20
MAX_FORM_BYTES = 500 * 2**20
_EXTENSIONS = "PDF, JPG, JPEG, PNG"
_OF_ONE = (UnreadableDocument, UnsupportedMediaType, DocumentTooLarge, EmptyDocument, RateLimited)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refused:
    """A document of the form that is not kept."""

    filename: str | None
    error: OctavoError

    def render(self) -> Object:
        status, told = describe(self.error)
        return {"filename": self.filename, "status": status, "error": told}


@dataclass
class Received:
    """Of one form, in its order."""

    documents: list[tuple[StoredFile, int] | Refused] = field(default_factory=list)
    """Files with their numbers of pages."""
    fields: dict[str, list[str]] = field(default_factory=dict)

    @property
    def kept(self) -> list[tuple[StoredFile, int]]:
        return [one for one in self.documents if not isinstance(one, Refused)]

    @property
    def refused(self) -> list[Refused]:
        return [one for one in self.documents if isinstance(one, Refused)]

    def text(self, *names: str) -> str | None:
        """The first of these fields that says something."""
        return next((text for name in names for text in self.fields.get(name, ()) if text.strip()), None)

    def type_said(self) -> str | None:
        """Raises `Invalid`."""
        return type_from(self.text("type", "doc_type"), "type")


async def type_said(received: Received) -> str | None:
    return received.type_said()


async def receive_form(
    request: Request,
    look: Callable[[Received], Awaitable[T]],
    *,
    caller: Principal,
    services: Services,
) -> tuple[Received, T]:
    """Every document of the form, kept, and what `look` says when the whole form was read.

    Raises what `look` raises; `UploadRefused` where there is no file, `Invalid` where there are too many, or
    the fields are wrong; where not one can be kept, the first one's error. Nothing is kept then.
    """
    caller.require(Scope.FILES_WRITE)
    refuse_oversize(request, MAX_FORM_BYTES, beside_bytes=FORM_OVERHEAD_BYTES)
    received = Received()
    try:
        await _store_all(request, received, caller, services)
        _check(received)
        callback_url = received.text("callback_url")
        callbacks_to(callback_url, services)
        metadata = file_metadata(received.type_said(), callback_url)
        seen = await look(received)
    except BaseException as error:
        for file, _ in received.kept:
            await discard_file(file, services=services)
        if type(error) is InvalidRequest:
            raise UploadRefused(error.summary, **error.details) from error
        raise
    for at, one in enumerate(received.documents):
        if not isinstance(one, Refused):
            file = await keep_file(one[0], metadata=metadata, principal=caller, services=services)
            received.documents[at] = (file, one[1])
    return received, seen


def render_received(request: Request, received: Received, type_: str | None) -> list[Object]:
    """As an upload answers, in the order of the form."""
    told: list[Object] = []
    for one in received.documents:
        if isinstance(one, Refused):
            told.append(one.render())
        else:
            url = address_of(request, f"{BASE}/files/{document_id(one[0].id)}/download")
            told.append(render_uploaded(one[0], type_, url))
    return told


async def _store_all(request: Request, received: Received, caller: Principal, services: Services) -> None:
    form = Form(request.headers.get("content-type", ""), body_of(request), file_parts=PARTS, several=True)
    while await form.find_file():
        if len(received.documents) == MOST_FILES:
            raise Invalid(f"A request takes at most {MOST_FILES} files.", limit=MOST_FILES)
        name = safe_filename(form.filename)
        try:
            if received.documents:
                await count_more(request, 1, caller=caller, services=services)
            received.documents.append(await _store(form, name, caller, services))
        except OctavoError as error:
            if not _is_of_the_document(error):
                raise
            received.documents.append(Refused(name, error))
    received.fields = form.fields


async def _store(
    form: Form, name: str | None, caller: Principal, services: Services
) -> tuple[StoredFile, int]:
    try:
        with blaming_the_document():
            file, inspection = await store_document(
                _limited(form.content()),
                filename=name,
                media_types=frozenset(FORMATS),
                principal=caller,
                services=services,
            )
    except UnsupportedMediaType:
        raise UnsupportedMediaType(f"{name or 'file'}: send one of {_EXTENSIONS}.") from None
    return file, inspection.page_count


async def _limited(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Raises `DocumentTooLarge`."""
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > MAX_FILE_BYTES:
            raise DocumentTooLarge(
                f"A file may take {MAX_FILE_BYTES} bytes.", limit=MAX_FILE_BYTES, unit="bytes"
            )
        yield chunk


def _is_of_the_document(error: OctavoError) -> bool:
    """And of no other in the form."""
    return isinstance(error, _OF_ONE)


def _check(received: Received) -> None:
    if not received.documents:
        raise UploadRefused("The form has no part 'files' with a file.", option="files")
    if not received.kept:
        raise received.refused[0].error
