"""Who calls: the vendor's header, or a Bearer token."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from octavo.domain.tenancy import Principal
from octavo.http.auth import key_text, submitter_for


async def sender_of(request: Request) -> Principal:
    """Raises `Unauthenticated`, `RateLimited`."""
    key = request.headers.get("unstructured-api-key") or key_text(request)
    return await submitter_for(request, key.strip() if key else None)


Sender = Annotated[Principal, Depends(sender_of)]
