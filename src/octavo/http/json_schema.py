"""A JSON Schema as an answer."""

from typing import Any

import orjson
from starlette.responses import Response

MEDIA_TYPE = "application/schema+json"


def schema_response(schema: dict[str, Any]) -> Response:
    return Response(orjson.dumps(schema), media_type=MEDIA_TYPE)
