"""`metadata.<key>=<value>` in the query of a list."""

from starlette.requests import Request

from octavo.domain.errors import InvalidRequest
from octavo.http.bodies import require_no_nul

MAX_METADATA_FILTERS = 8


def metadata_filters(request: Request) -> tuple[tuple[str, str], ...]:
    """Raises `InvalidRequest`."""
    filters = tuple(
        (name.removeprefix("metadata."), value)
        for name, value in request.query_params.multi_items()
        if name.startswith("metadata.") and name != "metadata."
    )
    if len(filters) > MAX_METADATA_FILTERS:
        raise InvalidRequest(
            f"Filter by at most {MAX_METADATA_FILTERS} metadata keys.",
            option="metadata",
            limit=MAX_METADATA_FILTERS,
        )
    for name, value in filters:
        require_no_nul(name + value, "metadata")
    return filters
