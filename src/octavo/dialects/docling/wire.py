"""The shapes on the wire, snake_case. Answers say `null` for what there is not; unknown members are passed over."""

import re
from enum import StrEnum
from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

LAST_PAGE = 2**31 - 1
MAX_SOURCES = 50
"""Of one request."""
MOST_CALLBACKS = 5
MAX_TOKENS = 32_768
"""Of a chunk: what the longest models of embeddings take."""
_SEPARATORS = re.compile(r"[;,]")
_Name = Annotated[str, Field(max_length=100)]


def _listed(value: Any) -> Any:
    """One value, several in one text, or a list of such texts, as older clients send them."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        return value
    if len(value) == 1 and isinstance(value[0], str) and value[0].lstrip().startswith("["):
        value = _from_json(value[0])
    found: list[Any] = []
    for entry in value if isinstance(value, list) else [value]:
        found += [part.strip() for part in _SEPARATORS.split(entry)] if isinstance(entry, str) else [entry]
    return [entry for entry in found if entry != ""]


def _from_json(value: Any) -> Any:
    """Nested values stand in form fields as JSON."""
    try:
        return orjson.loads(value) if isinstance(value, str) else value
    except orjson.JSONDecodeError:
        return value


def _nested(value: Any) -> Any:
    """Nothing at all, and nothing in it, say nothing."""
    return (_from_json(value) if value != "" else None) or None


def _one(value: Any) -> Any:
    return None if value == "" else value


_Listed = BeforeValidator(_listed)
_Nested = Annotated[dict[str, Any] | None, BeforeValidator(_nested)]
_Preset = Annotated[_Name | None, BeforeValidator(_one)]

InputFormat = StrEnum(
    "InputFormat",
    "docx doc rtf pptx ppt html mhtml image pdf asciidoc md csv xlsx xls odt ods odp xml_uspto xml_jats xml_xbrl "
    "xml_doclang dclx mets_gbs json_docling audio video vtt latex email epub boxnote iwork_pages iwork_keynote "
    "iwork_numbers ebcdic afp",
)
OutputFormat = StrEnum(
    "OutputFormat", "md json yaml html html_split_page text doctags vtt doclang dclx chunks latex"
)
MARKDOWN = OutputFormat("md")


class ConvertOptions(BaseModel):
    """What `ConvertDocumentsOptions` of the peer takes, with its defaults."""

    model_config = ConfigDict(extra="ignore")

    from_formats: Annotated[list[InputFormat] | None, _Listed] = None
    to_formats: Annotated[list[OutputFormat], _Listed, Field(min_length=1)] = [MARKDOWN]
    image_export_mode: Literal["placeholder", "embedded", "referenced"] = "placeholder"
    do_ocr: bool = True
    force_ocr: bool = False
    ocr_engine: _Name = "auto"
    ocr_lang: Annotated[list[_Name] | None, _Listed, Field(max_length=50)] = None
    ocr_preset: _Name = "auto"
    ocr_custom_config: _Nested = None
    pdf_backend: _Name = "docling_parse"
    table_mode: Literal["fast", "accurate"] = "accurate"
    table_cell_matching: bool = True
    pipeline: Literal["legacy", "standard", "vlm", "asr"] = "standard"
    page_range: Annotated[
        tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]], BeforeValidator(_listed)
    ] = (1, LAST_PAGE)
    document_timeout: Annotated[float | None, BeforeValidator(_one), Field(gt=0, allow_inf_nan=False)] = None
    abort_on_error: bool = False
    do_table_structure: bool = True
    do_pdf_heading_hierarchy: bool = False
    pdf_heading_hierarchy_options: _Nested = None
    include_images: bool = True
    include_page_images: bool = False
    images_scale: Annotated[float, Field(gt=0, le=2)] = 2.0
    md_page_break_placeholder: Annotated[str, Field(max_length=1000)] = ""
    md_compact_tables: bool = False
    chunking_options: _Nested = None
    chunking_preset: _Preset = None
    do_code_enrichment: bool = False
    do_formula_enrichment: bool = False
    do_picture_classification: bool = False
    do_chart_extraction: bool = False
    chart_extraction_preset: _Preset = None
    chart_extraction_custom_config: _Nested = None
    do_picture_description: bool = False
    picture_description_area_threshold: float = 0.05
    picture_description_local: _Nested = None
    picture_description_api: _Nested = None
    picture_description_preset: _Preset = None
    picture_description_custom_config: _Nested = None
    vlm_pipeline_model: _Preset = None
    vlm_pipeline_model_local: _Nested = None
    vlm_pipeline_model_api: _Nested = None
    vlm_pipeline_preset: _Preset = None
    vlm_pipeline_custom_config: _Nested = None
    code_formula_preset: _Preset = None
    code_formula_custom_config: _Nested = None
    table_structure_preset: _Preset = None
    table_structure_custom_config: _Nested = None
    layout_preset: _Preset = None
    layout_custom_config: _Nested = None
    picture_classification_preset: _Preset = None
    picture_classification_custom_config: _Nested = None


class _Chunker(BaseModel):
    """What both chunkers take."""

    model_config = ConfigDict(extra="ignore")

    use_markdown_tables: bool = False
    use_markdown_images: bool = False
    image_placeholder: Annotated[str, Field(max_length=1000)] = "![IMAGE]"
    include_raw_text: bool = False


class HierarchicalChunker(_Chunker):
    chunker: Literal["hierarchical"] = "hierarchical"


class HybridChunker(_Chunker):
    chunker: Literal["hybrid"] = "hybrid"
    max_tokens: Annotated[int | None, BeforeValidator(_one), Field(gt=0, le=MAX_TOKENS)] = None
    tokenizer: Annotated[str, Field(min_length=1, max_length=200)] = "sentence-transformers/all-MiniLM-L6-v2"
    merge_peers: bool = True


Chunker = HierarchicalChunker | HybridChunker


class FileSource(BaseModel):
    kind: Literal["file"]
    base64_string: str
    filename: Annotated[str, Field(min_length=1, max_length=1000)]


class HttpSource(BaseModel):
    kind: Literal["http"]
    url: Annotated[str, Field(min_length=1, max_length=8000)]
    headers: Annotated[dict[str, str], Field(max_length=20)] = {}


class CallbackSpec(BaseModel):
    """Who is told of a task's progress; in a form, also a bare URL."""

    url: Annotated[str, Field(min_length=1, max_length=2048)]
    headers: Annotated[dict[str, str], Field(max_length=20)] = {}
    ca_cert: str = ""


def _callback(value: Any) -> Any:
    if isinstance(value, str):
        value = _from_json(value) if value.lstrip().startswith("{") else {"url": value}
    return value


Callbacks = Annotated[
    list[Annotated[CallbackSpec, BeforeValidator(_callback)]],
    Field(max_length=MOST_CALLBACKS),
    BeforeValidator(lambda value: [one for one in value if one != ""] if isinstance(value, list) else value),
]


class Target(BaseModel):
    model_config = ConfigDict(extra="ignore")

    kind: Literal[
        "inbody", "zip", "presigned_url", "put", "s3", "azure_blob", "google_cloud_storage", "google_drive"
    ]


Sources = Annotated[
    list[Annotated[FileSource | HttpSource, Field(discriminator="kind")]],
    Field(min_length=1, max_length=MAX_SOURCES),
]


class ConvertSources(BaseModel):
    """`POST /v1/convert/source`."""

    options: ConvertOptions = ConvertOptions()
    sources: Sources
    target: Target = Target(kind="inbody")
    callbacks: Callbacks = []


class ChunkSources(BaseModel):
    """`POST /v1/chunk/…/source`, but for `chunking_options`, whose model the address names."""

    convert_options: ConvertOptions = ConvertOptions()
    sources: Sources
    include_converted_doc: bool = False
    target: Target = Target(kind="inbody")
    callbacks: Callbacks = []
    chunking_options: dict[str, Any] = {}


class FormExtras(BaseModel):
    """What stands in a form beside the options."""

    target_type: Literal["inbody", "zip", "presigned_url"] = "inbody"
    callbacks: Callbacks = []
    include_converted_doc: bool = False


TaskStatus = dict[str, Any]
"""task_id, task_type, task_status, task_position, task_meta, error_message, failure."""
