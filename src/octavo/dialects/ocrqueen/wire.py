"""The shapes on the wire, snake_case. What is not known yet is null, never absent."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Hours = Annotated[int, Field(ge=0, le=168)]
KEPT_H = 24


class ExtractOptions(BaseModel):
    """The part `options` of an extraction. An unknown name is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")

    extraction_profile: Literal["standard", "advanced"] | None = None
    include_layout: bool = False
    preserve_images: bool = True
    storage_destination_id: str | None = None
    callback_url: Annotated[str, Field(min_length=1, max_length=2048)] | None = None
    retain_hours: Hours = KEPT_H
    result_retain_hours: Hours | None = None
    """Null: as long as the source."""
    bypass_cache: bool = False
    domain: Annotated[str, Field(max_length=100)] | None = None
    """Taken and passed over."""


JobObject = dict[str, Any]
"""job_id, status, file_info, created_at, started_at, completed_at, estimated_seconds, status_url, expires_at,
document, markdown, cache_hit, error."""
