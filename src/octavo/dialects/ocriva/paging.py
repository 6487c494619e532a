"""Lists by page number, in the vendor's envelope."""

from typing import Annotated, Any

from fastapi import Query
from pydantic import AfterValidator

MOST_AT_ONCE = 100


def _capped(limit: int) -> int:
    """Who asks for more turns more pages: `pagination` says how many there are of this size."""
    return min(limit, MOST_AT_ONCE)


Page = Annotated[int, Query(ge=1, le=10**9)]
Limit = Annotated[int, Query(ge=1, le=10**9), AfterValidator(_capped)]


def paged(data: list[dict[str, Any]], page: int, limit: int, total: int) -> dict[str, Any]:
    return {
        "data": data,
        "pagination": {"page": page, "limit": limit, "total": total, "pages": -(-total // limit)},
    }
