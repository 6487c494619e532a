"""Language models as the API takes and answers them. No answer has a key."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from octavo.domain.template import ModelChoice
from octavo.http.options import Text
from octavo.ports.templates import SEALED


class ModelBody(BaseModel):
    """A language model behind an OpenAI-compatible endpoint."""

    model_config = ConfigDict(extra="forbid")

    base_url: Annotated[Text, Field(pattern=r"^https?://[^\s/]+\S*$", max_length=500)]
    model: Annotated[Text, Field(min_length=1, max_length=200)]
    api_key: Annotated[Text, Field(min_length=1, max_length=1000)] | None = None
    """Never shown again; left out of a change, it stays."""
    timeout_s: Annotated[float, Field(gt=0, le=600)] = 60.0
    max_retries: Annotated[int, Field(ge=0, le=10)] = 2
    input_price: Annotated[float, Field(ge=0, le=1e6)] | None = None
    """Of a million tokens, in your own currency."""
    output_price: Annotated[float, Field(ge=0, le=1e6)] | None = None


class ModelChoiceAnswer(BaseModel):
    base_url: str
    model: str
    has_api_key: bool
    timeout_s: float
    max_retries: int
    input_price: float | None
    output_price: float | None


def model_from(given: ModelBody | None, before: ModelChoice | None) -> ModelChoice | None:
    """The key stays only where it goes to the same place as before."""
    if given is None:
        return None
    key = given.api_key
    if key is None and before is not None and before.base_url == given.base_url and before.api_key:
        key = SEALED
    return ModelChoice(
        base_url=given.base_url,
        model=given.model,
        api_key=key,
        timeout_s=given.timeout_s,
        max_retries=given.max_retries,
        input_price=given.input_price,
        output_price=given.output_price,
    )


def render_model(model: ModelChoice | None) -> ModelChoiceAnswer | None:
    if model is None:
        return None
    return ModelChoiceAnswer(
        base_url=model.base_url,
        model=model.model,
        has_api_key=bool(model.api_key),
        timeout_s=model.timeout_s,
        max_retries=model.max_retries,
        input_price=model.input_price,
        output_price=model.output_price,
    )
