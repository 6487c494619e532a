"""`python -m octavo.http.openapi > openapi.json` writes the committed copy of the OpenAPI document."""

import json
import sys
from contextlib import AbstractAsyncContextManager

from fastapi import FastAPI

from octavo.app.services import Services
from octavo.http.app import create_app


def render(app: FastAPI) -> str:
    """The text of `openapi.json`."""
    return json.dumps(app.openapi(), indent=2, ensure_ascii=False) + "\n"


def _never_opened() -> AbstractAsyncContextManager[Services]:
    raise AssertionError("an app that only describes itself needs no services")


if __name__ == "__main__":
    sys.stdout.write(render(create_app(_never_opened)))
