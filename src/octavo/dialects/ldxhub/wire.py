"""The shapes on the wire, snake_case. What does not apply is absent, never null."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from octavo.http.options import MAX_INSTRUCTIONS, Text

Id = Annotated[str, Field(min_length=1, max_length=100)]


class CreateJob(BaseModel):
    """`POST /{service}/jobs`. Unknown members are passed over: clients send those of sibling services."""

    model_config = ConfigDict(extra="ignore")

    engine: Annotated[str, Field(max_length=100)]
    file_id: Id
    output_format: Annotated[str, Field(max_length=20)]
    languages: list[Annotated[str, Field(max_length=35)]] = []
    """Only the first counts."""


class CreateByExample(BaseModel):
    """What StructFlow's and AnalyzeDoc's orders have in common."""

    model_config = ConfigDict(extra="ignore")

    model: Annotated[Text, Field(min_length=1, max_length=300)]
    system_prompt: Annotated[Text, Field(max_length=MAX_INSTRUCTIONS)]
    example_output: dict[str, Any]
    """The JSON that is wanted, with values that say the types: the example is the schema."""


class RecordIn(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: Annotated[Text, Field(min_length=1, max_length=200)] | int
    data: Any
    """A text, or members of any depth."""


class CreateStructFlow(CreateByExample):
    inputs: list[RecordIn] | None = None
    file_id: Id | None = None
    """A JSONL file, instead of `inputs`."""


class CreateAnalyzeDoc(CreateByExample):
    file_id: Id
    output_format: Annotated[str, Field(max_length=20)] = "json"


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
