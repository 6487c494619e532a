"""The form in our words: how to read, and what becomes of the elements."""

from dataclasses import dataclass

from octavo.dialects._languages import tags_of
from octavo.dialects.unstructured.chunking import Chunking
from octavo.dialects.unstructured.wire import PartitionForm
from octavo.domain.errors import InvalidRequest
from octavo.domain.job import NO_FIELDS, JobOptions, Profile
from octavo.domain.languages import iso_639_3
from octavo.exporters.unstructured import TYPES

STRATEGIES = ["fast", "hi_res", "auto", "ocr_only"]
CHUNKING_STRATEGIES = ["basic", "by_title"]
MODELS = frozenset({"yolox", "yolox_quantized", "yolox_tiny", "detectron2_onnx", "layout_v1.1.0", "chipper"})
"""Names of layout models that callers send; ours reads instead."""
MAX_CHARACTERS = 500
_IMAGE_NAMES = frozenset({"image", "figure", "picture"})
_PICTURED = frozenset({"image", "formula"})
"""Types of elements that have pictures in the document itself; of others, the part of the page is cut out."""
_NO_STRUCTURE = frozenset({"fast", "ocr_only"})
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Shaping:
    """What becomes of the elements of every document of one request."""

    coordinates: bool
    page_breaks: bool
    unique_ids: bool
    first_page: int
    languages: tuple[str, ...]
    """Of elements whose page does not say; ISO 639-3."""
    image_types: frozenset[str]
    """Lower case; empty: no pictures."""
    crops: str
    """An option of the export: of which elements the part of the page is cut out."""
    without_html: frozenset[str]
    """Media types and endings whose tables come without HTML."""
    chunking: Chunking | None
    is_csv: bool
    with_notes: bool


def options_of(form: PartitionForm) -> JobOptions:
    """Raises `InvalidRequest`."""
    if form.strategy not in STRATEGIES:
        raise InvalidRequest(
            f"Invalid strategy: {form.strategy}. Must be one of {STRATEGIES}", option="strategy"
        )
    model = (form.hi_res_model_name or "yolox").lower()
    if model not in MODELS:
        raise InvalidRequest(f"Unknown model type: {form.hi_res_model_name}", option="hi_res_model_name")
    return JobOptions(
        profile=Profile.FAST if form.strategy == "fast" else Profile.STANDARD,
        languages=tags_of(form.languages or form.ocr_languages, option="languages"),
        document_type=NO_FIELDS,
        ink_only=form.strategy == "ocr_only",
    )


def shaping_of(form: PartitionForm) -> Shaping:
    """Raises `InvalidRequest`."""
    images = _image_types(form)
    tags = tags_of(form.languages or form.ocr_languages, option="languages")
    return Shaping(
        coordinates=form.coordinates,
        page_breaks=form.include_page_breaks,
        unique_ids=form.unique_element_ids,
        first_page=form.starting_page_number or 1,
        languages=tuple(iso_639_3(tag) for tag in tags),
        image_types=images,
        crops="none" if images <= _PICTURED else "tables" if images <= _PICTURED | {"table"} else "all",
        without_html=_without_html(form),
        chunking=_chunking(form),
        is_csv=form.output_format == "text/csv",
        with_notes=form.include_slide_notes,
    )


def _image_types(form: PartitionForm) -> frozenset[str]:
    """Raises `InvalidRequest` for what is no type of an element."""
    named = {name.lower() for name in form.extract_image_block_types}
    found = frozenset("image" if name in _IMAGE_NAMES else name for name in named)
    if found - TYPES:
        raise InvalidRequest(
            f"extract_image_block_types: there are no elements of the type {', '.join(sorted(found - TYPES))}.",
            option="extract_image_block_types",
        )
    return found


def _without_html(form: PartitionForm) -> frozenset[str]:
    skipped = {name.lower().removeprefix(".") for name in form.skip_infer_table_types}
    if not form.pdf_infer_table_structure or form.strategy in _NO_STRUCTURE:
        skipped.add("pdf")
    return frozenset(skipped)


def _chunking(form: PartitionForm) -> Chunking | None:
    if form.chunking_strategy is None:
        return None
    strategy = form.chunking_strategy.lower()
    if strategy not in CHUNKING_STRATEGIES:
        raise InvalidRequest(
            f"Invalid chunking strategy: {strategy}. Must be one of {CHUNKING_STRATEGIES}",
            option="chunking_strategy",
        )
    most = MAX_CHARACTERS if form.max_characters is None else form.max_characters
    combined = most if form.combine_under_n_chars is None else form.combine_under_n_chars
    overlap = form.overlap or 0
    if most <= 0:
        raise InvalidRequest(f"'max_characters' argument must be > 0, got {most}", option="max_characters")
    if combined > most:
        raise InvalidRequest(
            f"'combine_text_under_n_chars' argument must not exceed `max_characters` value, got {combined} > {most}",
            option="combine_under_n_chars",
        )
    if overlap >= most:
        raise InvalidRequest(
            f"'overlap' argument must be less than `max_characters`, got {overlap} >= {most}",
            option="overlap",
        )
    by_title = strategy == "by_title"
    return Chunking(
        by_title=by_title,
        most=most,
        enough=min(most, most if form.new_after_n_chars is None else form.new_after_n_chars),
        combine_under=combined if by_title else 0,
        across_pages=form.multipage_sections or not by_title,
        overlap=overlap,
        overlap_all=form.overlap_all,
        with_originals=form.include_orig_elements,
    )
