"""The form's fields, as the API takes them: lists as repeated fields, with `[]`, as JSON, or joined by `,` or `+`."""

import codecs
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import orjson
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

_JOINTS = re.compile(r"[+,]")
_Name = Annotated[str, Field(max_length=200)]
_LISTS = frozenset(
    {
        "languages",
        "ocr_languages",
        "skip_infer_table_types",
        "extract_image_block_types",
        "split_pdf_page_range",
    }
)


def _listed(value: Any) -> Any:
    """A single text may be a list in itself."""
    if not isinstance(value, list) or len(value) != 1 or not isinstance(value[0], str):
        return value
    try:
        found = orjson.loads(value[0])
    except orjson.JSONDecodeError:
        found = None
    parts = found if isinstance(found, list) else _JOINTS.split(value[0])
    return [part.strip() if isinstance(part, str) else part for part in parts if part not in ("", None)]


def _flag(value: Any) -> Any:
    """Whatever is not `true` is false."""
    return value.strip().lower() == "true" if isinstance(value, str) else value


def _unquoted(value: Any) -> Any:
    return value.replace("'", "").replace('"', "").strip().lower() if isinstance(value, str) else value


def _none(value: Any) -> Any:
    return None if value in ("", "null", "None") else value


def _known_encoding(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError:
        raise ValueError(f"unknown encoding: {name[:40]}") from None
    return name


_Texts = Annotated[list[_Name], BeforeValidator(_listed), Field(max_length=100)]
_Flag = Annotated[bool, BeforeValidator(_flag)]
_Count = Annotated[int, Field(ge=0, le=10_000_000)]
_Wish = Annotated[_Count | None, BeforeValidator(_none)]


class PartitionForm(BaseModel):
    """What `GeneralFormParams` takes, with its defaults; unknown fields are passed over."""

    model_config = ConfigDict(extra="ignore")

    xml_keep_tags: _Flag = False
    languages: _Texts = []
    ocr_languages: _Texts = []
    skip_infer_table_types: _Texts = []
    gz_uncompressed_content_type: _Name | None = None
    output_format: Literal["application/json", "text/csv"] = "application/json"
    coordinates: _Flag = False
    content_type: _Name | None = None
    encoding: Annotated[_Name, AfterValidator(_known_encoding)] = "utf-8"
    hi_res_model_name: Annotated[_Name | None, BeforeValidator(_none)] = None
    include_page_breaks: _Flag = False
    pdf_infer_table_structure: _Flag = True
    strategy: Annotated[_Name, BeforeValidator(_unquoted)] = "auto"
    extract_image_block_types: _Texts = []
    unique_element_ids: _Flag = False
    chunking_strategy: Annotated[_Name | None, BeforeValidator(_none)] = None
    combine_under_n_chars: _Wish = None
    max_characters: Annotated[_Wish, Field()] = None
    multipage_sections: _Flag = True
    new_after_n_chars: _Wish = None
    overlap: _Wish = None
    overlap_all: _Flag = False
    include_orig_elements: _Flag = True
    starting_page_number: _Wish = None
    include_slide_notes: _Flag = True


def members_of(fields: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """A form's fields by name: lists where lists are meant, the first one else."""
    named = {name.removesuffix("[]"): values for name, values in fields.items()}
    return {name: list(values) if name in _LISTS else values[0] for name, values in named.items()}
