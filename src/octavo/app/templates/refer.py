"""References: files of the owner's own that values are looked up in, and that language models are shown."""

import asyncio
from dataclasses import replace
from pathlib import PurePath

from octavo.app.services import Services
from octavo.app.templates.change import require_version
from octavo.domain.errors import DocumentTooLarge, InvalidRequest, NotFound
from octavo.domain.ids import TemplateId, new_id
from octavo.domain.template import Reference, Template
from octavo.domain.tenancy import Principal, Scope
from octavo.pipeline.fields.references.tables import tables_of

ENDINGS = (".json", ".md", ".txt", ".csv", ".tsv")
MAX_REFERENCES = 20
MAX_BYTES = 1024 * 1024
"""Of one file."""
MAX_ALL_BYTES = 2 * 1024 * 1024
"""Of a template's files: each of its documents is read with all of them."""


async def add_reference(
    template_id: TemplateId,
    name: str,
    content: bytes,
    *,
    endings: tuple[str, ...] = ENDINGS,
    expected_version: int | None = None,
    principal: Principal,
    services: Services,
) -> Template:
    """Keep a file with the template, as its next version; the new one is the last of its references.

    Args:
        template_id: Whose it is.
        name: Of the file; its ending says how it is read.
        content: UTF-8.
        endings: Those that are taken.
        expected_version: The one the caller has seen; None: whichever there is.
        principal: Who asks.
        services: What to work with.

    Raises:
        NotFound. Conflict: the template was changed since that version.
        InvalidRequest: another kind of file, no text, or one file too many. DocumentTooLarge.
    """
    principal.require(Scope.TEMPLATES_WRITE)
    templates = services.store.tenant(principal.tenant).templates
    template = await templates.template(template_id)
    require_version(template, expected_version)
    text = _text(name, content, endings)
    _require_room(template, len(content))
    tables = await asyncio.to_thread(tables_of, name, text)
    now = services.clock.now()
    entries = sum(len(table.rows) for table in tables)
    reference = Reference(new_id(now), name, len(content), entries, now, text=text)
    return await templates.change(replace(template, references=(*template.references, reference)))


async def remove_reference(
    template_id: TemplateId, reference_id: str, *, principal: Principal, services: Services
) -> Template:
    """The next version does without it. Raises `NotFound`."""
    principal.require(Scope.TEMPLATES_WRITE)
    templates = services.store.tenant(principal.tenant).templates
    template = await templates.template(template_id)
    left = tuple(one for one in template.references if one.id != reference_id)
    if len(left) == len(template.references):
        raise NotFound("There is no such reference.")
    return await templates.change(replace(template, references=left))


def _text(name: str, content: bytes, endings: tuple[str, ...]) -> str:
    if PurePath(name).suffix.lower() not in endings:
        raise InvalidRequest(f"A reference is a file whose name ends in {', '.join(endings)}.", option="name")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidRequest("A reference is text in UTF-8.", option="content") from None
    if not text.strip() or "\0" in text:
        raise InvalidRequest("A reference is text in UTF-8, and not empty.", option="content")
    return text


def _require_room(template: Template, size_bytes: int) -> None:
    if len(template.references) >= MAX_REFERENCES:
        raise InvalidRequest(f"A template has at most {MAX_REFERENCES} references.", limit=MAX_REFERENCES)
    taken = sum(one.size_bytes for one in template.references)
    if size_bytes > MAX_BYTES or taken + size_bytes > MAX_ALL_BYTES:
        raise DocumentTooLarge(
            f"A reference may take {MAX_BYTES} bytes, and all of a template {MAX_ALL_BYTES}.",
            limit=MAX_BYTES,
            unit="bytes",
        )
