"""What comes in, camelCase. A name that is not documented is refused, not ignored."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from octavo.http.bodies import parse_json
from octavo.http.options import Metadata, Text
from octavo.http.problems import ValidationFailed

Language = Annotated[Text, Field(pattern=r"^(auto|[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)$", max_length=35)]


def _from_json_text(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return parse_json(value)
    except ValidationFailed as error:
        raise ValueError("must be a JSON object") from error


class _Named(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)


class Reading(_Named):
    """How a document is read. What is None was not said."""

    language: Language | None = None
    extract_tables: bool | None = None
    ocr_fallback: bool | None = None


class ProcessForm(Reading):
    """The fields beside `file`. `options` is the older page's object; what stands outside of it counts first."""

    document_type: Annotated[Text, Field(max_length=64)] = "generic"
    options: Annotated[Reading, BeforeValidator(_from_json_text)] | None = None

    def reading(self) -> Reading:
        said = self.options.model_dump(by_alias=True, exclude_none=True) if self.options else {}
        own = self.model_dump(by_alias=True, exclude_none=True, include=set(Reading.model_fields))
        return Reading.model_validate(said | own)


class AsyncForm(ProcessForm):
    webhook_url: Annotated[Text, Field(max_length=2048)] | None = None
    webhook_secret: Annotated[Text, Field(min_length=8, max_length=512)] | None = None
    callback_metadata: Metadata | None = None
    """A JSON object, as text; told back."""
    priority: Literal["normal", "high"] = "normal"


class NewWebhook(_Named):
    url: Annotated[Text, Field(min_length=1, max_length=2048)]
    events: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=20)] = []
    """Empty: all of them."""
    active: bool = True


class ChangedWebhook(_Named):
    """What is left out stays."""

    url: Annotated[Text, Field(min_length=1, max_length=2048)] | None = None
    events: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=20)] | None = None
    active: bool | None = None
