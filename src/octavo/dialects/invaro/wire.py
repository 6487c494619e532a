"""The shapes on the wire, snake_case. Members that clients of other versions send are passed over."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(min_length=1, max_length=400)]
Url = Annotated[str, Field(min_length=1, max_length=2048)]
Object = dict[str, Any]


class Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Order(Lenient):
    """What may stand beside any documents."""

    schema_id: Name | None = None
    callback_url: Url | None = None
    options: Object | None = None


class Start(Order):
    """`POST /parse/{kind}`: one of the three names the documents; `document_id` counts before `file_id`."""

    document_id: Name | None = None
    file_id: Name | None = None
    file_ids: Annotated[list[Name], Field(min_length=1, max_length=50)] | None = None


class BatchFile(Lenient):
    document_id: Name | None = None
    file_id: Name | None = None
    schema_id: Name | None = None


class StartBatch(Order):
    files: Annotated[list[BatchFile], Field(min_length=1, max_length=50)]


class NewSchema(Lenient):
    name: Annotated[str, Field(min_length=1, max_length=255)]
    type: Annotated[str, Field(max_length=64)]
    schema_string: Object | list[Any] | str
    description: Annotated[str, Field(max_length=2000)] = ""


class ChangedSchema(Lenient):
    """What is left out stays."""

    schema_string: Object | list[Any] | str | None = None
    description: Annotated[str, Field(max_length=2000)] | None = None
