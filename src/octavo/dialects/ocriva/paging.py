"""Lists by page number, in the vendor's envelope."""

from typing import Annotated, Any

from fastapi import Query

MOST_AT_ONCE = 100
Page = Annotated[int, Query(ge=1, le=10**9)]
Limit = Annotated[int, Query(ge=1, le=MOST_AT_ONCE)]


def paged(data: list[dict[str, Any]], page: int, limit: int, total: int) -> dict[str, Any]:
    return {
        "data": data,
        "pagination": {"page": page, "limit": limit, "total": total, "pages": -(-total // limit)},
    }
