"""The peer's order in our words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from octavo.dialects._languages import tags_of
from octavo.dialects.docling.wire import LAST_PAGE, ConvertOptions
from octavo.domain.errors import InvalidRequest
from octavo.domain.job import NO_FIELDS, JobOptions, PageSelection, Profile
from octavo.ports.engines import NO_INK

DIALECT = "docling"
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
_IMAGES = {"placeholder": "none", "embedded": "inline", "referenced": "url"}
_FORM_LISTS = frozenset({"from_formats", "to_formats", "ocr_lang", "page_range", "callbacks"})
_NOT_DONE = (
    "force_ocr",
    "include_page_images",
    "do_code_enrichment",
    "do_picture_classification",
    "do_picture_description",
)
"""What is no on our side, and refused where it is asked for."""
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


def order_of(options: ConvertOptions, target: str, callbacks: Sequence[Any]) -> Order:
    """Raises `NotAllowed` naming what we do not do, and `InvalidRequest` for an unknown language."""
    _require_target(target)
    if callbacks:
        raise NotAllowed("Callbacks are disabled by server policy.", option="callbacks")
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
        ),
        frozenset(map(str, options.from_formats)) if options.from_formats else None,
        {
            "dialect": DIALECT,
            "to_formats": [str(name) for name in dict.fromkeys(options.to_formats)],
            "images": _IMAGES[options.image_export_mode] if options.include_images else "none",
            "target": target,
        },
    )


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
    for name in _NOT_DONE:
        if getattr(options, name):
            raise NotAllowed(f"{name} is not available on this server.", option=name)
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
    if options.md_page_break_placeholder:
        raise NotAllowed(
            "md_page_break_placeholder is not available on this server; ask for json, whose texts name their page.",
            option="md_page_break_placeholder",
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
