"""The peer's order in our words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from octavo.dialects._languages import tags_of
from octavo.dialects.docling.chunking import DEFAULT_TOKENIZER, DEFAULT_TOKENS
from octavo.dialects.docling.wire import (
    LAST_PAGE,
    CallbackSpec,
    Chunker,
    ConvertOptions,
    HierarchicalChunker,
)
from octavo.domain.errors import InvalidRequest
from octavo.domain.job import NO_FIELDS, JobOptions, PageSelection, Profile
from octavo.ports.engines import NO_INK

DIALECT = "docling"
CHUNK = "chunk"
"""The type of a task that gives chunks."""
FORMATS = {"md": "markdown", "json": "docling", "html": "html", "text": "text", "doctags": "doctags"}
"""`to_formats` as a name in EXPORTERS."""
INPUTS = {
    "application/pdf": "pdf",
    "text/html": "html",
    "text/plain": "md",
    "application/rtf": "rtf",
    "application/msword": "doc",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.ms-excel": "xls",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
"""Our media types as the peer's `from_formats`; pictures are `image`."""
_PLAIN_TEXT = frozenset({"md", "csv", "asciidoc", "latex", "vtt", "json_docling"})
"""What cannot be told from a text by its content."""
MARKED = "marked"
_IMAGES = {"placeholder": MARKED, "embedded": "inline", "referenced": "url"}
_FORM_LISTS = frozenset({"from_formats", "to_formats", "ocr_lang", "page_range", "callbacks"})
LONGEST_S = 7 * 86_400.0
"""Of a document's time; more is no limit in earnest."""
_POINTS_AN_INCH = 72
_PAGE_DPIS = (72, 108, 144)
"""Of page pictures: those there are."""
_NOT_TAKEN = tuple(
    name
    for name in ConvertOptions.model_fields
    if name.endswith(("_custom_config", "_model", "_model_local", "_model_api", "_local", "_api"))
)
_PRESETS = tuple(
    name for name in ConvertOptions.model_fields if name.endswith("_preset") and name != "ocr_preset"
)
_TARGETS = ("inbody", "zip")


class NotAllowed(InvalidRequest):
    """The shape is right, and we do not do it."""

    code = "not_allowed"


@dataclass(frozen=True, slots=True)
class Order:
    """What becomes of every document of one request."""

    options: JobOptions
    from_formats: frozenset[str] | None
    """None: of any."""
    metadata: dict[str, Any]
    """What a task must know of its order to be answered."""
    callbacks: tuple[CallbackSpec, ...] = ()


def order_of(options: ConvertOptions, target: str, callbacks: Sequence[CallbackSpec]) -> Order:
    """Raises `NotAllowed` naming what we do not do, and `InvalidRequest` for an unknown language."""
    _require_target(target)
    _require_done(options)
    first, last = options.page_range
    if last < first:
        raise NotAllowed(
            "page_range must begin with the first page and end with the last.", option="page_range"
        )
    return Order(
        JobOptions(
            engine="auto" if options.do_ocr else NO_INK,
            profile=Profile.ADVANCED if options.do_chart_extraction else Profile.STANDARD,
            languages=tags_of(options.ocr_lang or (), option="ocr_lang") if options.do_ocr else (),
            pages=_pages(first, last),
            document_type=NO_FIELDS,
            ink_only=options.force_ocr and options.do_ocr,
            time_limit_s=min(options.document_timeout, LONGEST_S) if options.document_timeout else None,
        ),
        frozenset(map(str, options.from_formats)) if options.from_formats else None,
        {
            "dialect": DIALECT,
            "to_formats": [str(name) for name in dict.fromkeys(options.to_formats)],
            "images": _IMAGES[options.image_export_mode] if options.include_images else MARKED,
            "page_images": _page_images(options),
            "target": target,
            **(
                {"page_break": options.md_page_break_placeholder} if options.md_page_break_placeholder else {}
            ),
            **({"abort_on_error": True} if options.abort_on_error else {}),
        },
        tuple(callbacks),
    )


def chunk_order_of(
    options: ConvertOptions,
    chunker: Chunker,
    target: str,
    callbacks: Sequence[CallbackSpec],
    *,
    with_document: bool,
) -> Order:
    """Raises as `order_of`."""
    if target == "presigned_url":
        raise NotAllowed("presigned_url target is not supported for chunk endpoints.", option="target")
    order = order_of(options.model_copy(update={"to_formats": []}), target, callbacks)
    told = {
        "task": CHUNK,
        "chunking": chunker.model_dump(),
        "most_tokens": _most_tokens(chunker),
        "with_document": with_document,
    }
    return replace(order, metadata=order.metadata | told)


def _most_tokens(chunker: Chunker) -> int | None:
    """Raises `NotAllowed` where only the tokeniser could say it."""
    if isinstance(chunker, HierarchicalChunker):
        return None
    if chunker.max_tokens is not None:
        return chunker.max_tokens
    if chunker.tokenizer == DEFAULT_TOKENIZER:
        return DEFAULT_TOKENS
    raise NotAllowed(
        f"This server does not have the tokenizer {chunker.tokenizer!r}; say max_tokens, which it counts by "
        "the lengths of words.",
        option="max_tokens",
    )


def _page_images(options: ConvertOptions) -> str:
    """At which resolution pages are drawn. Placeholders stand for every picture, as there."""
    if not options.include_page_images or options.image_export_mode == "placeholder":
        return "none"
    wanted = options.images_scale * _POINTS_AN_INCH
    return str(min(_PAGE_DPIS, key=lambda dpi: abs(dpi - wanted)))


def options_in(fields: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """A form's fields as the members of an order: lists where lists are meant, the last one else."""
    named = {name.removesuffix("[]"): values for name, values in fields.items()}
    return {name: list(values) if name in _FORM_LISTS else values[-1] for name, values in named.items()}


def require_allowed(order: Order, media_type: str, filename: str | None) -> None:
    """Raises `NotAllowed` for a format that `from_formats` leaves out."""
    if order.from_formats is None:
        return
    found = "image" if media_type.startswith("image/") else INPUTS.get(media_type, media_type)
    if found in order.from_formats or (found == "md" and order.from_formats & _PLAIN_TEXT):
        return
    raise NotAllowed(f"File format not allowed: {filename or found}", option="from_formats")


def _require_target(target: str) -> None:
    """In the words by which the peer's client knows that it has to ask for another."""
    if target == "presigned_url":
        raise NotAllowed(
            "Presigned URL target requires artifact storage to be configured and enabled on the server.",
            option="target",
        )
    if target not in _TARGETS:
        raise NotAllowed(
            f"target kind '{target}' is not allowed. Allowed values: {sorted(_TARGETS)}.", option="target"
        )


def _require_done(options: ConvertOptions) -> None:
    if options.do_picture_description:
        raise NotAllowed(
            "do_picture_description is not available on this server.", option="do_picture_description"
        )
    for name in _NOT_TAKEN:
        if getattr(options, name) is not None:
            raise NotAllowed(f"{name}: custom configuration is disabled by server policy.", option=name)
    for name in _PRESETS:
        if getattr(options, name) not in (None, "default"):
            raise NotAllowed(f"{name}: only 'default' is available on this server.", option=name)
    _require_written(options)


def _require_written(options: ConvertOptions) -> None:
    if options.pipeline in ("vlm", "asr"):
        raise NotAllowed(
            f"The pipeline '{options.pipeline}' is not available on this server.", option="pipeline"
        )
    unwritten = [name for name in options.to_formats if name not in FORMATS]
    if unwritten:
        raise NotAllowed(
            f"to_formats: {', '.join(unwritten)} is not written by this server. "
            f"Allowed values: {sorted(FORMATS)}.",
            option="to_formats",
        )


def _pages(first: int, last: int) -> PageSelection:
    """Clients say the largest number they have for "to the end"."""
    return (
        PageSelection()
        if first == 1 and last >= LAST_PAGE
        else PageSelection.of([(first, min(last, LAST_PAGE))])
    )
