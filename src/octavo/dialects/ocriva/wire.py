"""What comes in, camelCase. Members nobody documents are passed over."""

from datetime import date
from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from octavo.http.options import Metadata, Text

ResultFormat = Literal["json", "csv", "text", "pdf", "docx", "xml", "html", "image"]
Digits = Annotated[str, Field(pattern=r"^[0-9]{1,18}$")]
Line = Annotated[Text, Field(min_length=1, max_length=1000)]


def _day(value: Any) -> Any:
    """`YYYY-MM-DD`, also as the beginning of a longer moment; empty is none."""
    if isinstance(value, str):
        return (value[:10] if value[10:11] in ("", "T") else value) or None
    return value


Day = Annotated[date | None, BeforeValidator(_day)]


def _pages(value: Any) -> Any:
    """`{"start": 1, "end": 3}` as JSON, or `1-3`; our own way to write it."""
    if not isinstance(value, str) or not value.strip().startswith("{"):
        return value
    try:
        given = orjson.loads(value)
    except orjson.JSONDecodeError:
        raise ValueError("must be a JSON object") from None
    return f"{given.get('start', given.get('from', 1))}-{given.get('end', given.get('to', ''))}"


PageRange = Annotated[str | None, Field(alias="pageRange", max_length=200), BeforeValidator(_pages)]


class Login(BaseModel):
    model_config = ConfigDict(extra="ignore")

    token: Line


class BatchFields(BaseModel):
    """Of `POST /batch/upload`, beside its files."""

    model_config = ConfigDict(extra="ignore")

    project_id: Annotated[str | None, Field(alias="projectId")] = None
    template_id: Annotated[str | None, Field(alias="templateId")] = None
    page_range: PageRange = None
    name: Annotated[Text, Field(max_length=200)] | None = None
    metadata: Metadata | None = None


class UploadFields(BaseModel):
    """Of `POST /upload`, beside its file. What the file is, its content tells."""

    model_config = ConfigDict(extra="ignore")

    file_name: Annotated[Line, Field(alias="fileName")]
    file_type: Annotated[Literal["pdf", "image", "document"], Field(alias="fileType")]
    file_size: Annotated[Digits, Field(alias="fileSize")]
    """Bytes; those that came are counted."""
    mime_type: Annotated[Line, Field(alias="mimeType")]
    project_id: Annotated[Line, Field(alias="projectId")]
    template_id: Annotated[str | None, Field(alias="templateId")] = None
    upload_type: Annotated[Text | None, Field(alias="uploadType", max_length=200)] = None
    metadata: Metadata | None = None
    batch_id: Annotated[str | None, Field(alias="batchId")] = None
    page_range: PageRange = None


class LegacyUpload(UploadFields):
    """Of the older API: the file tells what is left out."""

    file_name: Annotated[Line | None, Field(alias="fileName")] = None  # type: ignore[assignment]
    file_type: Annotated[Text | None, Field(alias="fileType", max_length=200)] = None  # type: ignore[assignment]
    file_size: Annotated[Text | None, Field(alias="fileSize", max_length=200)] = None  # type: ignore[assignment]
    mime_type: Annotated[Text | None, Field(alias="mimeType", max_length=200)] = None  # type: ignore[assignment]
    project_id: Annotated[str | None, Field(alias="projectId")] = None  # type: ignore[assignment]


class ChangeTemplate(BaseModel):
    """What is left out stays as it is."""

    model_config = ConfigDict(extra="ignore")

    name: Annotated[Text, Field(min_length=1, max_length=200)] | None = None
    description: Annotated[Text, Field(max_length=2000)] | None = None
    template_schema: Annotated[Metadata | None, Field(alias="templateSchema")] = None
    instructions: Annotated[Text, Field(max_length=20_000)] | None = None
    result_format: Annotated[ResultFormat | None, Field(alias="resultFormat")] = None
    extraction_mode: Annotated[Literal["structured", "free_text"] | None, Field(alias="extractionMode")] = (
        None
    )
    is_active: Annotated[bool | None, Field(alias="isActive")] = None


class NewTemplate(ChangeTemplate):
    name: Annotated[Text, Field(min_length=1, max_length=200)]
    description: Annotated[Text, Field(max_length=2000)]
    template_schema: Annotated[Metadata, Field(alias="templateSchema")]
    project_id: Annotated[Line, Field(alias="projectId")]
