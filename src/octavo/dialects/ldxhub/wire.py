"""The shapes on the wire, snake_case. What does not apply is absent, never null."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(min_length=1, max_length=100)]


class CreateJob(BaseModel):
    """`POST /{service}/jobs`. Unknown members are passed over: clients send those of sibling services."""

    model_config = ConfigDict(extra="ignore")

    engine: Annotated[str, Field(max_length=100)]
    file_id: Id
    output_format: Annotated[str, Field(max_length=20)]
    languages: list[Annotated[str, Field(max_length=35)]] = []
    """Only the first counts."""


class CreateUpload(BaseModel):
    model_config = ConfigDict(extra="ignore")

    filename: Annotated[str, Field(min_length=1, max_length=1000)]


class AppendChunk(BaseModel):
    model_config = ConfigDict(extra="ignore")

    data: str
    """Base64."""


FileInfo = dict[str, Any]
"""file_id, filename, size (bytes), created_at, updated_at, expires_at."""

JobObject = dict[str, Any]
"""job_id, file_id, engine, status, progress, output_file_id?, error?, created_at, updated_at, completed_at?,
expires_at; in this order, as recorded."""
